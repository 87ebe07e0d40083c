#include "app/call_stores.h"

namespace app {

namespace cc = connectors::common;

std::optional<cc::BucketState> StoredPace::bucket(const std::string& name) {
  std::optional<cc::BucketState> state;
  store_.read([&](jobs::Tables& tables) { state = tables.pace.bucket(name); });
  return state;
}

void StoredPace::save(const std::string& name, const cc::BucketState& state) {
  store_.write([&](jobs::Tables& tables) { tables.pace.put(name, state); });
}

std::optional<cc::BreakerState> StoredPace::breaker(const std::string& account,
                                                    const std::string& group) {
  std::optional<cc::BreakerState> state;
  store_.read([&](jobs::Tables& tables) {
    for (auto& row : tables.pace.breakers(catalog::AccountId{account})) {
      if (row.group == group) state = std::move(row.state);
    }
  });
  return state;
}

void StoredPace::save(const std::string& account, const std::string& group,
                      const cc::BreakerState& state) {
  store_.write(
      [&](jobs::Tables& tables) { tables.pace.put(catalog::AccountId{account}, group, state); });
}

std::optional<std::string> StoredUploads::find(const std::string& content) {
  std::optional<std::string> remote;
  const auto not_before = clock_.now() - kUploadKept;
  store_.read(
      [&](jobs::Tables& tables) { remote = tables.uploads.find(account_, content, not_before); });
  return remote;
}

void StoredUploads::save(const std::string& content, const std::string& remote) {
  store_.write(
      [&](jobs::Tables& tables) { tables.uploads.put(account_, content, remote, clock_.now()); });
}

void StoredUploads::forget(const std::string& content) {
  store_.write([&](jobs::Tables& tables) { tables.uploads.erase(account_, content); });
}

}  // namespace app
