#include "jobs/worksheets.h"

#include <algorithm>
#include <map>

#include "jobs/handlers/common.h"

namespace jobs {
namespace {

constexpr std::size_t kSheetsLookedAt = 10'000;

void confirm_listing(Tables& tables, const catalog::AccountId& account, const WorksheetRow& row) {
  auto listing = tables.catalog.listings.listing(account, row.sku);
  if (!listing) return;
  if (!row.content_hash.empty()) listing->sent_content_hash = row.content_hash;
  if (listing->state == catalog::ListingState::declared) {
    listing->state = catalog::ListingState::live;
  }
  tables.catalog.listings.put(*listing);
}

void confirm_observed(Tables& tables, const catalog::AccountId& account, const WorksheetRow& row,
                      base::Instant at) {
  auto seen = tables.catalog.listings.observed(account, row.sku).value_or(catalog::Observed{});
  if (row.price_new >= 0) seen.price = catalog::Money{row.price_new};
  if (row.stock_new >= 0) seen.stock = row.stock_new;
  seen.visible = row.action != WorksheetAction::withdraw;
  seen.at = at;
  seen.source = catalog::kConfirmed;
  tables.catalog.listings.put_observed(account, row.sku, seen);
}

// "I typed v" bounds what is shown from above at that moment: it anchors the exposure.
void confirm_stock(Tables& tables, const catalog::AccountId& account, const WorksheetRow& row,
                   base::Instant at) {
  auto stock = tables.catalog.listings.stock(account, row.sku);
  if (!stock || row.stock_new < 0 || stock->attempt == catalog::Attempt::none) return;
  if (stock->attempt_value != row.stock_new) return;
  catalog::close_attempt(*stock, catalog::Answer::accepted);
  if (stock->inflated()) catalog::begin_anchor(*stock, row.stock_new, at);
  mark_if_off_target(tables, *stock, at);
  tables.catalog.listings.put(*stock);
}

// The later row says all that the earlier one did.
bool covers(const WorksheetRow& later, const WorksheetRow& earlier) {
  return later.worksheet.value > earlier.worksheet.value &&
         (earlier.price_new < 0 || later.price_new >= 0) &&
         (earlier.stock_new < 0 || later.stock_new >= 0) &&
         (earlier.content_hash.empty() || !later.content_hash.empty());
}

}  // namespace

std::vector<UnconfirmedRow> unconfirmed_rows(Tables& tables, const catalog::AccountId& account) {
  std::map<catalog::Sku, WorksheetRow> confirmed;
  for (auto& row : tables.worksheets.last_confirmed(account)) confirmed[row.sku] = std::move(row);
  std::map<WorksheetId, const Worksheet*> sheets;
  const auto all = tables.worksheets.worksheets(account, kSheetsLookedAt);
  for (const auto& sheet : all) sheets[sheet.id] = &sheet;
  std::vector<UnconfirmedRow> out;
  for (auto& row : tables.worksheets.open_rows(account)) {
    const auto last = confirmed.find(row.sku);
    if (last != confirmed.end() && covers(last->second, row)) continue;
    UnconfirmedRow open;
    if (const auto sheet = sheets.find(row.worksheet); sheet != sheets.end()) {
      open.stem = sheet->second->stem;
      open.declared_at = sheet->second->created_at;
    }
    if (last != confirmed.end()) {
      open.last_confirmed_at = last->second.confirmed_at;
      open.last_confirmed_by = last->second.confirmed_by;
    }
    open.row = std::move(row);
    out.push_back(std::move(open));
  }
  return out;
}

int confirm_worksheet(Tables& tables, const Worksheet& sheet, const std::vector<catalog::Sku>& skus,
                      base::Instant at, std::string_view by) {
  int confirmed = 0;
  for (const auto& row : tables.worksheets.rows(sheet.id)) {
    if (row.confirmed_at) continue;
    if (!skus.empty() && std::find(skus.begin(), skus.end(), row.sku) == skus.end()) continue;
    tables.worksheets.confirm(sheet.id, row.sku, at, by);
    confirm_listing(tables, sheet.account, row);
    confirm_observed(tables, sheet.account, row, at);
    confirm_stock(tables, sheet.account, row, at);
    ++confirmed;
  }
  return confirmed;
}

}  // namespace jobs
