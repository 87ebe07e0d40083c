// The stock part of ListingTable, and the scan that shows every listing with what was seen.
#include <array>

#include "storage/sqlite/listing_table.h"
#include "storage/sqlite/query.h"

namespace storage::sqlite {
namespace {

constexpr const char* kPutStock = R"sql(
INSERT INTO listing_stock (account, sku, exposure, target, shown, want_version, done_version,
  attempt, attempt_value, attempt_is_delta, attempt_version, attempt_at, anchor_at,
  anchor_quantity, sold_after_anchor, cancelled_after_anchor)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (account, sku) DO UPDATE SET exposure = excluded.exposure, target = excluded.target,
  shown = excluded.shown, want_version = excluded.want_version,
  done_version = excluded.done_version, attempt = excluded.attempt,
  attempt_value = excluded.attempt_value, attempt_is_delta = excluded.attempt_is_delta,
  attempt_version = excluded.attempt_version, attempt_at = excluded.attempt_at,
  anchor_at = excluded.anchor_at, anchor_quantity = excluded.anchor_quantity,
  sold_after_anchor = excluded.sold_after_anchor,
  cancelled_after_anchor = excluded.cancelled_after_anchor)sql";
#define STOCK_COLUMNS                                                            \
  "account, sku, exposure, target, shown, want_version, done_version, attempt, " \
  "attempt_value, attempt_is_delta, attempt_version, attempt_at, anchor_at, "    \
  "anchor_quantity, sold_after_anchor, cancelled_after_anchor "
constexpr const char* kStock =
    "SELECT " STOCK_COLUMNS "FROM listing_stock WHERE account = ? AND sku = ?";
constexpr const char* kStockOf =
    "SELECT " STOCK_COLUMNS "FROM listing_stock WHERE sku = ? ORDER BY account";
// Stock rows first: the planner would start from the wider listings.
constexpr const char* kSharesOf =
    "SELECT s.account, s.sku, s.exposure, s.target, s.shown, s.want_version, s.done_version, "
    "s.attempt, s.attempt_value, s.attempt_is_delta, s.attempt_version, s.attempt_at, "
    "s.anchor_at, s.anchor_quantity, s.sold_after_anchor, s.cancelled_after_anchor, l.state "
    "FROM listing_stock s CROSS JOIN listing l ON l.account = s.account AND l.sku = s.sku "
    "WHERE s.sku = ? ORDER BY s.account";
// The conditions repeat those of the partial indexes, word for word.
constexpr const char* kDirty =
    "SELECT " STOCK_COLUMNS
    "FROM listing_stock WHERE account = ? AND want_version <> done_version "
    "AND attempt = 'none' ORDER BY sku LIMIT ?";
constexpr const char* kUnanchored =
    "SELECT " STOCK_COLUMNS
    "FROM listing_stock WHERE account = ? "
    "AND (anchor_at IS NOT NULL OR attempt <> 'none' OR exposure > shown) ORDER BY sku LIMIT ?";
#undef STOCK_COLUMNS
#define VIEW_COLUMNS                                                                       \
  "SELECT l.account, l.sku, l.state, l.content_hash, l.sent_content_hash, l.held_reason, " \
  "l.price, coalesce(s.target, 0), l.seen_price, l.seen_stock, l.seen_visible, "           \
  "l.seen_source, s.shown "                                                                \
  "FROM listing l LEFT JOIN listing_stock s ON s.account = l.account AND s.sku = l.sku "
constexpr const char* kViews = VIEW_COLUMNS "ORDER BY l.account, l.sku";
constexpr const char* kViewsOf = VIEW_COLUMNS "WHERE l.account = ? ORDER BY l.account, l.sku";
#undef VIEW_COLUMNS

const std::string& attempt_word(catalog::Attempt attempt) {
  static const std::array<std::string, 3> words{"none", "sent", "unknown"};
  return words.at(static_cast<std::size_t>(attempt));
}

std::optional<catalog::Attempt> attempt_from(std::string_view text) {
  for (const auto attempt :
       {catalog::Attempt::none, catalog::Attempt::sent, catalog::Attempt::unknown}) {
    if (text == attempt_word(attempt)) return attempt;
  }
  return std::nullopt;
}

catalog::ListingStock read_stock(Query& row) {
  catalog::ListingStock out;
  out.account.text = row.view();
  out.sku.text = row.view();
  out.exposure = row.integer();
  out.target = row.integer();
  out.shown = row.integer();
  out.want_version = row.integer();
  out.done_version = row.integer();
  out.attempt = known(attempt_from(row.view()));
  out.attempt_value = row.integer();
  out.attempt_is_delta = row.flag();
  out.attempt_version = row.integer();
  out.attempt_at = row.instant();
  out.anchor_at = row.maybe_instant();
  out.anchor_quantity = row.integer();
  out.sold_after_anchor = row.integer();
  out.cancelled_after_anchor = row.integer();
  return out;
}

std::vector<catalog::ListingStock> read_all(Query& query) {
  std::vector<catalog::ListingStock> out;
  while (query.step()) out.push_back(read_stock(query));
  return out;
}

catalog::ListingView read_view(Query& row) {
  catalog::ListingView out;
  out.account = row.view();
  out.sku = row.view();
  out.state = known(catalog::listing_state_from(row.view()));
  out.content_hash = row.view();
  out.sent_content_hash = row.view();
  out.held_reason = row.view();
  out.price = row.integer();
  out.stock_target = row.integer();
  out.seen = !row.is_null();
  out.seen_price = row.integer();
  out.seen_stock = row.integer();
  out.seen_visible = row.flag();
  const bool by_person = row.view() == catalog::kConfirmed;
  out.stock_is_reckoned = by_person && !row.is_null();
  out.reckoned_stock = row.integer();
  return out;
}

}  // namespace

std::optional<catalog::ListingStock> ListingTable::stock(const catalog::AccountId& account,
                                                         const catalog::Sku& sku) {
  Query query(database_, kStock);
  query.bind(account, sku);
  if (!query.step()) return std::nullopt;
  return read_stock(query);
}

void ListingTable::put(const catalog::ListingStock& stock) {
  Query query(database_, kPutStock);
  query.bind(stock.account, stock.sku, stock.exposure, stock.target, stock.shown,
             stock.want_version, stock.done_version, attempt_word(stock.attempt),
             stock.attempt_value, stock.attempt_is_delta, stock.attempt_version, stock.attempt_at,
             stock.anchor_at, stock.anchor_quantity, stock.sold_after_anchor,
             stock.cancelled_after_anchor);
  query.run();
}

std::vector<catalog::ListingStock> ListingTable::stock_of(const catalog::Sku& sku) {
  Query query(database_, kStockOf);
  query.bind(sku);
  return read_all(query);
}

std::vector<catalog::ListingShare> ListingTable::shares_of(const catalog::Sku& sku) {
  Query query(database_, kSharesOf);
  query.bind(sku);
  std::vector<catalog::ListingShare> out;
  while (query.step()) {
    auto& share = out.emplace_back();
    share.stock = read_stock(query);
    share.state = known(catalog::listing_state_from(query.view()));
  }
  return out;
}

std::vector<catalog::ListingStock> ListingTable::dirty_stock(const catalog::AccountId& account,
                                                             std::size_t rows_max) {
  Query query(database_, kDirty);
  query.bind(account, rows_max);
  return read_all(query);
}

std::vector<catalog::ListingStock> ListingTable::unanchored_stock(const catalog::AccountId& account,
                                                                  std::size_t rows_max) {
  Query query(database_, kUnanchored);
  query.bind(account, rows_max);
  return read_all(query);
}

void ListingTable::for_each_listing(const catalog::AccountId& account,
                                    const std::function<void(const catalog::ListingView&)>& visit) {
  Query query(database_, account.empty() ? kViews : kViewsOf);
  if (!account.empty()) query.bind(account);
  while (query.step()) visit(read_view(query));
}

}  // namespace storage::sqlite
