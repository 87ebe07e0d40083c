#include "connectors/carriers/create_once.h"

namespace connectors::carriers {

namespace {

using base::ErrorCode;

bool may_have_happened(ErrorCode code) {
  return code == ErrorCode::unknown_outcome || code == ErrorCode::conflict;
}

}  // namespace

base::Result<Booking> create_once(Carrier& carrier, const ShipmentRequest& request, Attempt attempt,
                                  base::Instant now) {
  const bool can_find = carrier.traits().lookup == Lookup::by_reference;
  if (can_find && attempt == Attempt::again) {
    const auto found = carrier.find(request.reference, now - kLookBack);
    if (!found) return found.error();
    if (found.value()) return *found.value();
  }
  auto created = carrier.create(request);
  if (created || !can_find || !may_have_happened(created.error().code)) return created;

  const auto found = carrier.find(request.reference, now - kLookBack);
  if (found && found.value()) return *found.value();
  return created;
}

}  // namespace connectors::carriers
