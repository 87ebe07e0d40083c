#include "storage/sqlite/listing_table.h"

#include "storage/sqlite/query.h"

namespace storage::sqlite {
namespace {

constexpr const char* kPutAccount = R"sql(
INSERT INTO account (id, channel, shop_name, status, markup_permille, round_up_to,
  jump_percent_max, share_weight)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET channel = excluded.channel, shop_name = excluded.shop_name,
  status = excluded.status, markup_permille = excluded.markup_permille,
  round_up_to = excluded.round_up_to, jump_percent_max = excluded.jump_percent_max,
  share_weight = excluded.share_weight, revision = account.revision + 1
WHERE (account.channel, account.shop_name, account.status, account.markup_permille,
  account.round_up_to, account.jump_percent_max, account.share_weight)
  <> (excluded.channel, excluded.shop_name, excluded.status, excluded.markup_permille,
  excluded.round_up_to, excluded.jump_percent_max, excluded.share_weight)
RETURNING revision)sql";
#define ACCOUNT_COLUMNS                                                              \
  "id, channel, shop_name, status, markup_permille, round_up_to, jump_percent_max, " \
  "share_weight "
constexpr const char* kAccount = "SELECT " ACCOUNT_COLUMNS "FROM account WHERE id = ?";
constexpr const char* kAccounts = "SELECT " ACCOUNT_COLUMNS "FROM account ORDER BY id";
#undef ACCOUNT_COLUMNS

constexpr const char* kPutListing = R"sql(
INSERT INTO listing (account, sku, state, item_id, unit_id, content_hash, sent_content_hash,
  price, featured_rank, held_reason)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (account, sku) DO UPDATE SET state = excluded.state, item_id = excluded.item_id,
  unit_id = excluded.unit_id, content_hash = excluded.content_hash,
  sent_content_hash = excluded.sent_content_hash, price = excluded.price,
  featured_rank = excluded.featured_rank, held_reason = excluded.held_reason,
  revision = listing.revision + 1
WHERE (listing.state, listing.item_id, listing.unit_id, listing.content_hash,
  listing.sent_content_hash, listing.price, listing.featured_rank, listing.held_reason)
  <> (excluded.state, excluded.item_id, excluded.unit_id, excluded.content_hash,
  excluded.sent_content_hash, excluded.price, excluded.featured_rank, excluded.held_reason)
RETURNING revision)sql";
#define LISTING_COLUMNS                                                             \
  "account, sku, state, item_id, unit_id, content_hash, sent_content_hash, price, " \
  "featured_rank, held_reason "
constexpr const char* kListing =
    "SELECT " LISTING_COLUMNS "FROM listing WHERE account = ? AND sku = ?";
constexpr const char* kBoundTo =
    "SELECT " LISTING_COLUMNS
    "FROM listing WHERE account = ? AND item_id = ? AND unit_id = ? AND item_id <> '' "
    "ORDER BY sku LIMIT 1";
// The conditions repeat those of the partial indexes of the same names, word for word.
constexpr const char* kToPublish =
    "SELECT " LISTING_COLUMNS
    "FROM listing WHERE account = ? AND (state IN ('wanted', 'creating') "
    "OR (state IN ('live', 'declared', 'withdrawn') AND content_hash <> sent_content_hash)) "
    "ORDER BY sku LIMIT ?";
constexpr const char* kToReprice =
    "SELECT " LISTING_COLUMNS
    "FROM listing WHERE account = ? AND state = 'live' "
    "AND (seen_price IS NULL OR seen_price <> price) ORDER BY sku LIMIT ?";
constexpr const char* kListings =
    "SELECT " LISTING_COLUMNS "FROM listing WHERE account = ? AND sku > ? ORDER BY sku LIMIT ?";
#undef LISTING_COLUMNS

constexpr const char* kObserved =
    "SELECT seen_stock, seen_price, seen_visible, seen_name, seen_at, seen_source "
    "FROM listing WHERE account = ? AND sku = ? AND seen_at IS NOT NULL";
constexpr const char* kPutObserved =
    "UPDATE listing SET seen_stock = ?, seen_price = ?, seen_visible = ?, seen_name = ?, "
    "seen_at = ?, seen_source = ? WHERE account = ? AND sku = ?";

catalog::Account read_account(Query& row) {
  catalog::Account out;
  out.id.text = row.view();
  out.channel = row.view();
  out.shop_name = row.view();
  out.status = known(catalog::channel_status_from(row.view()));
  out.price_rule.markup_permille = row.small();
  out.price_rule.round_up_to = row.integer();
  out.price_rule.jump_percent_max = row.small();
  out.share_weight = row.small();
  return out;
}

catalog::Listing read_listing(Query& row) {
  catalog::Listing out;
  out.account.text = row.view();
  out.sku.text = row.view();
  out.state = known(catalog::listing_state_from(row.view()));
  out.binding.item_id = row.view();
  out.binding.unit_id = row.view();
  out.content_hash = row.view();
  out.sent_content_hash = row.view();
  out.price = row.money();
  out.featured_rank = row.small();
  out.held_reason = row.view();
  return out;
}

std::vector<catalog::Listing> read_listings(Query& query) {
  std::vector<catalog::Listing> out;
  while (query.step()) out.push_back(read_listing(query));
  return out;
}

}  // namespace

catalog::Put ListingTable::put(const catalog::Account& account) {
  Query query(database_, kPutAccount);
  query.bind(account.id, account.channel, account.shop_name, word(account.status),
             account.price_rule.markup_permille, account.price_rule.round_up_to,
             account.price_rule.jump_percent_max, account.share_weight);
  return run_upsert(query);
}

std::optional<catalog::Account> ListingTable::account(const catalog::AccountId& id) {
  Query query(database_, kAccount);
  query.bind(id);
  if (!query.step()) return std::nullopt;
  return read_account(query);
}

std::vector<catalog::Account> ListingTable::accounts() {
  Query query(database_, kAccounts);
  std::vector<catalog::Account> out;
  while (query.step()) out.push_back(read_account(query));
  return out;
}

catalog::Put ListingTable::put(const catalog::Listing& listing) {
  Query query(database_, kPutListing);
  query.bind(listing.account, listing.sku, word(listing.state), listing.binding.item_id,
             listing.binding.unit_id, listing.content_hash, listing.sent_content_hash,
             listing.price, listing.featured_rank, listing.held_reason);
  return run_upsert(query);
}

std::optional<catalog::Listing> ListingTable::listing(const catalog::AccountId& account,
                                                      const catalog::Sku& sku) {
  Query query(database_, kListing);
  query.bind(account, sku);
  if (!query.step()) return std::nullopt;
  return read_listing(query);
}

std::optional<catalog::Listing> ListingTable::listing_bound_to(const catalog::AccountId& account,
                                                               const catalog::Binding& binding) {
  Query query(database_, kBoundTo);
  query.bind(account, binding.item_id, binding.unit_id);
  if (!query.step()) return std::nullopt;
  return read_listing(query);
}

std::vector<catalog::Listing> ListingTable::listings_to_publish(const catalog::AccountId& account,
                                                                std::size_t rows_max) {
  Query query(database_, kToPublish);
  query.bind(account, rows_max);
  return read_listings(query);
}

std::vector<catalog::Listing> ListingTable::listings_to_reprice(const catalog::AccountId& account,
                                                                std::size_t rows_max) {
  Query query(database_, kToReprice);
  query.bind(account, rows_max);
  return read_listings(query);
}

std::vector<catalog::Listing> ListingTable::listings(const catalog::AccountId& account,
                                                     const catalog::Sku& after,
                                                     std::size_t rows_max) {
  Query query(database_, kListings);
  query.bind(account, after, rows_max);
  return read_listings(query);
}

std::optional<catalog::Observed> ListingTable::observed(const catalog::AccountId& account,
                                                        const catalog::Sku& sku) {
  Query query(database_, kObserved);
  query.bind(account, sku);
  if (!query.step()) return std::nullopt;
  catalog::Observed out;
  out.stock = query.integer();
  out.price = query.money();
  out.visible = query.flag();
  out.name = query.view();
  out.at = query.instant();
  out.source = query.view();
  return out;
}

void ListingTable::put_observed(const catalog::AccountId& account, const catalog::Sku& sku,
                                const catalog::Observed& seen) {
  Query query(database_, kPutObserved);
  query.bind(seen.stock, seen.price, seen.visible, seen.name, seen.at, seen.source, account, sku);
  if (query.run() == 1) return;
  throw StorageError(Fault::constraint, "no listing of " + sku.text + " on " + account.text);
}

}  // namespace storage::sqlite
