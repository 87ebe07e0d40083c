#include "connectors/common/known_uploads.h"

#include <exception>

namespace connectors::common {

std::string KnownUploads::find(const std::string& content) {
  if (const auto known = known_.find(content); known != known_.end()) return known->second;
  if (store_ == nullptr) return {};
  try {
    const auto kept = store_->find(content);
    if (kept) known_[content] = *kept;
    return kept.value_or(std::string{});
  } catch (const std::exception&) {
    return {};
  }
}

void KnownUploads::keep(const std::string& content, const std::string& remote) {
  if (known_.size() >= kKnownMax) known_.clear();
  known_[content] = remote;
  if (store_ == nullptr) return;
  try {
    store_->save(content, remote);
  } catch (const std::exception&) {  // the next process uploads it again
  }
}

void KnownUploads::forget(const std::string& content) {
  known_.erase(content);
  if (store_ == nullptr) return;
  try {
    store_->forget(content);
  } catch (const std::exception&) {  // it is too old some day
  }
}

}  // namespace connectors::common
