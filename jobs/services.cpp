#include "jobs/services.h"

namespace jobs {

const Channel* Services::channel(const catalog::AccountId& account) const {
  for (const auto& candidate : channels) {
    if (candidate.account == account) return &candidate;
  }
  return nullptr;
}

const CarrierAccount* Services::carrier(const catalog::AccountId& account) const {
  for (const auto& candidate : carriers) {
    if (candidate.id == account) return &candidate;
  }
  return nullptr;
}

}  // namespace jobs
