#include "storage/memory/call_tables.h"

namespace storage::memory {

using connectors::common::BreakerState;
using connectors::common::BucketState;

std::optional<BucketState> PaceTable::bucket(std::string_view name) {
  return find(transaction_.state().buckets, std::string(name));
}

void PaceTable::put(std::string_view name, const BucketState& state) {
  require(!name.empty(), "a bucket needs its name");
  transaction_.undo().assign(transaction_.changing().buckets, std::string(name), state);
}

std::vector<jobs::PaceTable::NamedBucket> PaceTable::buckets() {
  std::vector<NamedBucket> out;
  for (const auto& [name, state] : transaction_.state().buckets) out.push_back({name, state});
  return out;
}

std::vector<jobs::PaceTable::NamedBreaker> PaceTable::breakers(const catalog::AccountId& account) {
  std::vector<NamedBreaker> out;
  for (const auto& [key, state] : transaction_.state().breakers) {
    if (key.first == account) out.push_back({key.second, state});
  }
  return out;
}

void PaceTable::put(const catalog::AccountId& account, std::string_view group,
                    const BreakerState& state) {
  auto& all = transaction_.changing();
  require(all.accounts.contains(account), "unknown account: " + account.text);
  require(!group.empty(), "a breaker needs its group");
  transaction_.undo().assign(all.breakers, {account, std::string(group)}, state);
}

std::optional<std::string> UploadTable::find(const catalog::AccountId& account,
                                             std::string_view content, base::Instant not_before) {
  const auto row = memory::find(transaction_.state().uploads, {account, std::string(content)});
  if (!row || row->second < not_before) return std::nullopt;
  return row->first;
}

void UploadTable::put(const catalog::AccountId& account, std::string_view content,
                      std::string_view remote, base::Instant at) {
  auto& all = transaction_.changing();
  require(all.accounts.contains(account), "unknown account: " + account.text);
  require(!content.empty() && !remote.empty(), "an upload needs its content and its name");
  transaction_.undo().assign(all.uploads, {account, std::string(content)},
                             {std::string(remote), at});
}

void UploadTable::erase(const catalog::AccountId& account, std::string_view content) {
  transaction_.undo().erase(transaction_.changing().uploads, {account, std::string(content)});
}

std::optional<std::string> MapTable::applied(const catalog::AccountId& account) {
  return find(transaction_.state().applied_maps, account);
}

void MapTable::put(const catalog::AccountId& account, std::string_view fingerprint) {
  auto& all = transaction_.changing();
  require(all.accounts.contains(account), "unknown account: " + account.text);
  require(!fingerprint.empty(), "maps need their fingerprint");
  transaction_.undo().assign(all.applied_maps, account, std::string(fingerprint));
}

}  // namespace storage::memory
