#include "storage/sqlite/call_tables.h"

#include "storage/sqlite/query.h"

namespace storage::sqlite {
namespace {

using connectors::common::BreakerState;
using connectors::common::BucketState;

constexpr char kBucket[] =
    "SELECT micro_tokens, rate_permille, at, blocked_until FROM pace_bucket WHERE name = ?";
constexpr char kBuckets[] =
    "SELECT name, micro_tokens, rate_permille, at, blocked_until FROM pace_bucket ORDER BY name";
constexpr char kPutBucket[] =
    "INSERT INTO pace_bucket (name, micro_tokens, rate_permille, at, blocked_until) "
    "VALUES (?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET "
    "micro_tokens = excluded.micro_tokens, rate_permille = excluded.rate_permille, "
    "at = excluded.at, blocked_until = excluded.blocked_until";
constexpr char kBreakers[] =
    "SELECT endpoint_group, is_open, retry_at, opened, reason FROM breaker WHERE account = ? "
    "ORDER BY endpoint_group";
constexpr char kPutBreaker[] =
    "INSERT INTO breaker (account, endpoint_group, is_open, retry_at, opened, reason) "
    "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (account, endpoint_group) DO UPDATE SET "
    "is_open = excluded.is_open, retry_at = excluded.retry_at, opened = excluded.opened, "
    "reason = excluded.reason";
constexpr char kUpload[] =
    "SELECT remote FROM uploaded_picture WHERE account = ? AND content = ? AND uploaded_at >= ?";
constexpr char kPutUpload[] =
    "INSERT INTO uploaded_picture (account, content, remote, uploaded_at) VALUES (?, ?, ?, ?) "
    "ON CONFLICT (account, content) DO UPDATE SET remote = excluded.remote, "
    "uploaded_at = excluded.uploaded_at";
constexpr char kMaps[] = "SELECT fingerprint FROM applied_maps WHERE account = ?";
constexpr char kPutMaps[] =
    "INSERT INTO applied_maps (account, fingerprint) VALUES (?, ?) "
    "ON CONFLICT (account) DO UPDATE SET fingerprint = excluded.fingerprint";
constexpr char kEraseUpload[] = "DELETE FROM uploaded_picture WHERE account = ? AND content = ?";

BucketState read_bucket(Query& query) {
  BucketState state;
  state.micro_tokens = query.integer();
  state.rate_permille = query.small();
  state.at = query.instant();
  state.blocked_until = query.instant();
  return state;
}

}  // namespace

std::optional<BucketState> PaceTable::bucket(std::string_view name) {
  const std::string wanted(name);
  Query query(database_, kBucket);
  query.bind(wanted);
  if (!query.step()) return std::nullopt;
  return read_bucket(query);
}

void PaceTable::put(std::string_view name, const BucketState& state) {
  const std::string key(name);
  Query query(database_, kPutBucket);
  query.bind(key, state.micro_tokens, state.rate_permille, state.at, state.blocked_until);
  query.run();
}

std::vector<jobs::PaceTable::NamedBucket> PaceTable::buckets() {
  Query query(database_, kBuckets);
  std::vector<NamedBucket> out;
  while (query.step()) {
    auto& row = out.emplace_back();
    row.name = query.text();
    row.state = read_bucket(query);
  }
  return out;
}

std::vector<jobs::PaceTable::NamedBreaker> PaceTable::breakers(const catalog::AccountId& account) {
  Query query(database_, kBreakers);
  query.bind(account);
  std::vector<NamedBreaker> out;
  while (query.step()) {
    auto& row = out.emplace_back();
    row.group = query.text();
    row.state.open = query.flag();
    row.state.retry_at = query.instant();
    row.state.opened = query.small();
    row.state.reason = query.text();
  }
  return out;
}

void PaceTable::put(const catalog::AccountId& account, std::string_view group,
                    const BreakerState& state) {
  const std::string key(group);
  Query query(database_, kPutBreaker);
  query.bind(account, key, state.open, state.retry_at, state.opened, state.reason);
  query.run();
}

std::optional<std::string> UploadTable::find(const catalog::AccountId& account,
                                             std::string_view content, base::Instant not_before) {
  const std::string key(content);
  Query query(database_, kUpload);
  query.bind(account, key, not_before);
  if (!query.step()) return std::nullopt;
  return query.text();
}

void UploadTable::put(const catalog::AccountId& account, std::string_view content,
                      std::string_view remote, base::Instant at) {
  const std::string key(content);
  const std::string name(remote);
  Query query(database_, kPutUpload);
  query.bind(account, key, name, at);
  query.run();
}

void UploadTable::erase(const catalog::AccountId& account, std::string_view content) {
  const std::string key(content);
  Query query(database_, kEraseUpload);
  query.bind(account, key);
  query.run();
}

std::optional<std::string> MapTable::applied(const catalog::AccountId& account) {
  Query query(database_, kMaps);
  query.bind(account);
  if (!query.step()) return std::nullopt;
  return query.text();
}

void MapTable::put(const catalog::AccountId& account, std::string_view fingerprint) {
  const std::string text(fingerprint);
  Query query(database_, kPutMaps);
  query.bind(account, text);
  query.run();
}

}  // namespace storage::sqlite
