// A channel that people type into: everything that changed since it was last confirmed goes onto
// one worksheet. The bound is raised and the sheet committed before a file is written, so a clerk
// never holds a number we do not count; a sheet whose files are missing is written again.
#include <algorithm>
#include <map>

#include "base/time_text.h"
#include "catalog/stock_service.h"
#include "jobs/content.h"
#include "jobs/handlers/common.h"
#include "jobs/handlers/handlers.h"

namespace jobs {
namespace {

using catalog::Listing;
using catalog::ListingState;

std::string reason(const WorksheetRow& row) {
  if (row.action == WorksheetAction::create) return "Hàng mới lên sàn";
  if (row.action == WorksheetAction::withdraw) return "Ngừng bán";
  std::string out;
  const auto add = [&](const char* text) { out += (out.empty() ? "" : ", ") + std::string(text); };
  if (!row.content_hash.empty()) add("Đổi thông tin");
  if (row.price_new >= 0) add("Đổi giá");
  if (row.stock_new >= 0) add("Đổi tồn");
  return out;
}

class WorksheetRun {
 public:
  explicit WorksheetRun(JobContext& context) : context_(context), channel_(context.channel) {}

  Outcome run(RetryPolicy& policy) {
    collect();
    std::vector<Worksheet> sheets;
    context_.services.store.read([&](Tables& tables) {
      sheets = tables.worksheets.worksheets(channel_.account, kSheetsRewrittenMax);
    });
    std::reverse(sheets.begin(), sheets.end());
    for (const auto& sheet : sheets) {
      if (auto stop = write(sheet, policy)) return *stop;
    }
    return Done{};
  }

 private:
  static constexpr std::size_t kSheetsRewrittenMax = 3;

  base::Instant now() const { return context_.services.clock.now(); }

  void collect() {
    std::vector<base::Error> problems;
    context_.services.store.write([&](Tables& tables) {
      rows_.clear();
      problems.clear();
      for (const auto& row : tables.worksheets.open_rows(channel_.account)) {
        open_[row.sku] = row;  // the latest wins
      }
      add_listings(tables, problems);
      add_stock(tables);
      add_prices(tables);
      if (!rows_.empty()) insert(tables);
    });
    for (const auto& problem : problems) {
      context_.services.observer.notice(channel_.account, problem);
    }
    if (!rows_.empty()) {
      context_.services.observer.moved(channel_.account, "declared",
                                       static_cast<std::int64_t>(rows_.size()));
    }
  }

  // A full sheet takes no further goods; they wait, nothing of them is opened, for the next one.
  bool takes(const catalog::Sku& sku) const {
    return rows_.size() < kWorksheetRowsMax || rows_.contains(sku);
  }

  WorksheetRow& row(const catalog::Sku& sku) {
    auto& out = rows_[sku];
    out.sku = sku;
    return out;
  }

  void add_listings(Tables& tables, std::vector<base::Error>& problems) {
    for (auto& listing :
         tables.catalog.listings.listings_to_publish(channel_.account, kDirtyRowsMax)) {
      if (!takes(listing.sku)) continue;
      const auto open = open_.find(listing.sku);
      if (open != open_.end() && open->second.content_hash == listing.content_hash) continue;
      if (listing.state != ListingState::withdrawn) {
        const auto content = build_content(tables, channel_, context_.services, listing, now());
        if (!content) {
          problems.push_back(content.error());
          listing.state = ListingState::held;
          listing.held_reason = content.error().message;
          tables.catalog.listings.put(listing);
          continue;
        }
      }
      auto& line = row(listing.sku);
      line.content_hash = listing.content_hash;
      if (listing.state == ListingState::withdrawn) {
        line.action = WorksheetAction::withdraw;
      } else if (listing.binding.empty()) {
        line.action = WorksheetAction::create;
        line.price_new = listing.price.minor;
        create(tables, listing, line);
      }
    }
  }

  // The clerk's market knows the listing by our own SKU.
  void create(Tables& tables, Listing& listing, WorksheetRow& line) {
    listing.binding = {listing.sku.text, {}};
    listing.state = ListingState::declared;
    tables.catalog.listings.put(listing);
    const auto pools = pools_of(tables, listing.sku);
    catalog::replan(tables.catalog, pools, now());
    auto group = catalog::load_group(tables.catalog, pools, now());
    auto* planned = group.find(channel_.account, listing.sku);
    if (planned == nullptr || planned->stock.attempt != catalog::Attempt::none) return;
    auto& stock = planned->stock;
    const auto value = std::max<std::int64_t>(0, std::min(stock.target, group.room_for(*planned)));
    catalog::open_attempt(stock, {catalog::StepKind::set, value}, now());
    tables.catalog.listings.put(stock);
    line.stock_new = value;
  }

  void add_stock(Tables& tables) {
    for (const auto& dirty : tables.catalog.listings.dirty_stock(channel_.account, kDirtyRowsMax)) {
      if (!takes(dirty.sku)) continue;
      auto group = catalog::load_group(tables.catalog, pools_of(tables, dirty.sku), now());
      auto* planned = group.find(channel_.account, dirty.sku);
      const auto listing = tables.catalog.listings.listing(channel_.account, dirty.sku);
      if (planned == nullptr || !listing || listing->binding.empty()) continue;
      auto& stock = planned->stock;
      const auto step =
          catalog::next_step(stock, group.room_for(*planned), catalog::StockWrite::absolute);
      if (step.kind == catalog::StepKind::wait) continue;
      if (step.kind == catalog::StepKind::none) {
        stock.target = stock.shown;
        stock.done_version = stock.want_version;
        tables.catalog.listings.put(stock);
        continue;
      }
      auto& line = row(dirty.sku);
      line.stock_old = stock.shown;
      line.stock_new = step.value;
      catalog::open_attempt(stock, step, now());
      tables.catalog.listings.put(stock);
    }
  }

  void add_prices(Tables& tables) {
    for (const auto& listing :
         tables.catalog.listings.listings_to_reprice(channel_.account, kDirtyRowsMax)) {
      if (!takes(listing.sku)) continue;
      const auto open = open_.find(listing.sku);
      if (open != open_.end() && open->second.price_new == listing.price.minor) continue;
      const auto seen = tables.catalog.listings.observed(channel_.account, listing.sku);
      auto& line = row(listing.sku);
      line.price_old = seen ? seen->price.minor : -1;
      line.price_new = listing.price.minor;
    }
  }

  void insert(Tables& tables) {
    Worksheet sheet;
    sheet.account = channel_.account;
    sheet.created_at = now();
    sheet.stem = next_stem(tables);
    int position = 0;
    for (auto& [sku, line] : rows_) {
      line.position = ++position;
      sheet.rows.push_back(line);
    }
    tables.worksheets.insert(sheet);
  }

  std::string next_stem(Tables& tables) const {
    constexpr int kSheetsPerDayMax = 999;
    const auto day = channel_.account.text + "-" + base::local_date(now()) + "-";
    for (int number = 1; number < kSheetsPerDayMax; ++number) {
      auto stem = day + (number < 10 ? "0" : "") + std::to_string(number);
      if (!tables.worksheets.worksheet(stem)) return stem;
    }
    throw std::runtime_error("too many worksheets of " + channel_.account.text + " today");
  }

  // Writes the files of a sheet unless they are there; nothing to say when they are.
  std::optional<Outcome> write(const Worksheet& sheet, RetryPolicy& policy) {
    std::vector<connectors::WorksheetLine> lines;
    bool open = false;
    context_.services.store.read([&](Tables& tables) {
      lines.clear();
      confirmed_.clear();
      for (const auto& row : tables.worksheets.last_confirmed(channel_.account)) {
        confirmed_[row.sku] = row.confirmed_at;
      }
      for (const auto& line : tables.worksheets.rows(sheet.id)) {
        open = open || !line.confirmed_at;
        lines.push_back(to_line(tables, line));
      }
    });
    if (!open) return std::nullopt;
    const auto files = channel_.connector->declare(sheet.stem, lines);
    if (files || files.error().code == base::ErrorCode::conflict) return std::nullopt;
    return policy.decide(files.error(), context_.job.attempt);
  }

  connectors::WorksheetLine to_line(Tables& tables, const WorksheetRow& row) const {
    connectors::WorksheetLine line;
    line.content.sku = row.sku;
    if (const auto listing = tables.catalog.listings.listing(channel_.account, row.sku)) {
      auto content = build_content(tables, channel_, context_.services, *listing, now());
      if (content) line.content = std::move(content).value();
    }
    line.action = to_string(row.action);
    line.price_old = row.price_old;
    line.price_new = row.price_new;
    line.stock_old = row.stock_old;
    line.stock_new = row.stock_new;
    line.reason_vi = reason(row);
    if (const auto last = confirmed_.find(row.sku); last != confirmed_.end()) {
      line.confirmed_at = last->second;
    }
    return line;
  }

  JobContext& context_;
  const Channel& channel_;
  std::map<catalog::Sku, WorksheetRow> rows_;
  std::map<catalog::Sku, WorksheetRow> open_;
  std::map<catalog::Sku, std::optional<base::Instant>> confirmed_;
};

}  // namespace

Outcome run_declare_worksheet(JobContext& context, RetryPolicy& policy) {
  return WorksheetRun(context).run(policy);
}

}  // namespace jobs
