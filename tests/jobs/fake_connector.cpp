#include "tests/jobs/fake_connector.h"

#include <algorithm>

namespace jobs_test {
namespace {

using connectors::RemoteListing;

// The trouble of this call, used up.
std::optional<Trouble> take(std::optional<Trouble>& slot) {
  const auto trouble = slot;
  if (slot && --slot->repeats <= 0) slot.reset();
  return trouble;
}

bool applies(const std::optional<Trouble>& trouble) {
  return !trouble || trouble->landing == Landing::lands;
}

// After the effect: dies, stops the report, or rejects every row.
template <typename Report>
bool spoil(const std::optional<Trouble>& trouble, std::size_t rows, Report& report) {
  if (!trouble) return false;
  if (trouble->crash) throw Crash{};
  if (trouble->error.code == base::ErrorCode::rejected) {
    for (std::size_t i = 0; i < rows; ++i) report.rejected.push_back({i, trouble->error});
  } else {
    report.stopped_by = trouble->error;
  }
  return true;
}

}  // namespace

void FakeConnector::create(const connectors::ListingContent& content) {
  RemoteListing made;
  made.sku = content.sku;
  made.binding.item_id = "item-" + std::to_string(++last_item_);
  made.title = content.title.vi;
  made.stock = content.initial_stock;
  made.price = content.price;
  made.visible = content.visible;
  shop[made.binding.item_id].listing = made;
}

connectors::PublishReport FakeConnector::publish(
    std::span<const connectors::ListingContent> batch) {
  ++publishes;
  auto& call = published.emplace_back();
  for (const auto& content : batch) {
    call.push_back(content.sku.text);
    siblings[content.sku.text] = content.sibling_item_id;
  }
  const auto trouble = take(next_publish);
  connectors::PublishReport report;
  for (std::size_t i = 0; applies(trouble) && i < batch.size(); ++i) {
    auto binding = batch[i].binding;
    if (binding.empty()) {
      create(batch[i]);
      binding.item_id = "item-" + std::to_string(last_item_);
    } else {
      shop[binding.item_id].listing.title = batch[i].title.vi;
      shop[binding.item_id].listing.visible = batch[i].visible;
    }
    report.accepted.push_back({i, binding});
  }
  if (trouble) report.accepted.clear();
  spoil(trouble, batch.size(), report);
  return report;
}

connectors::PushReport FakeConnector::push_stock(std::span<const connectors::StockUpdate> batch) {
  ++stock_pushes;
  auto& call = stocked.emplace_back();
  for (const auto& update : batch) call.push_back(update.binding.item_id);
  const auto trouble = take(next_stock);
  connectors::PushReport report;
  for (std::size_t i = 0; applies(trouble) && i < batch.size(); ++i) {
    auto& shown = shop.at(batch[i].binding.item_id);
    ++shown.stock_writes;
    const auto before = batch[i].is_delta ? shown.listing.stock : 0;
    shown.listing.stock = before + batch[i].quantity;
    if (!trouble) report.accepted.push_back(i);
  }
  spoil(trouble, batch.size(), report);
  return report;
}

connectors::PushReport FakeConnector::push_prices(std::span<const connectors::PriceUpdate> batch) {
  ++price_pushes;
  auto& call = priced.emplace_back();
  for (const auto& update : batch) call.push_back(update.binding.item_id);
  const auto trouble = take(next_price);
  connectors::PushReport report;
  for (std::size_t i = 0; applies(trouble) && i < batch.size(); ++i) {
    shop.at(batch[i].binding.item_id).listing.price = batch[i].price;
    if (!trouble) report.accepted.push_back(i);
  }
  spoil(trouble, batch.size(), report);
  return report;
}

base::Result<std::vector<RemoteListing>> FakeConnector::read(
    std::span<const catalog::Binding> bindings) {
  ++reads;
  if (const auto trouble = take(next_read)) return trouble->error;
  std::vector<RemoteListing> out;
  for (const auto& binding : bindings) {
    const auto found = shop.find(binding.item_id);
    if (found != shop.end()) out.push_back(found->second.listing);
  }
  return out;
}

base::Result<connectors::ListingPage> FakeConnector::list(const std::string&) {
  connectors::ListingPage page;
  for (const auto& [id, shown] : shop) page.listings.push_back(shown.listing);
  return page;
}

base::Result<std::optional<RemoteListing>> FakeConnector::find(const catalog::Sku& sku) {
  ++finds;
  for (const auto& [id, shown] : shop) {
    if (shown.listing.sku == sku) return std::optional(shown.listing);
  }
  return std::optional<RemoteListing>{};
}

base::Result<connectors::OrderPage> FakeConnector::pull_orders(
    const connectors::OrderQuery& query) {
  ++pulls;
  if (const auto trouble = take(next_pull)) return trouble->error;
  connectors::OrderPage page;
  for (const auto& order : orders) {
    const bool inside = order.updated_at > query.from && order.updated_at <= query.to;
    if (inside) page.orders.push_back(order);
  }
  return page;
}

base::Result<std::vector<std::string>> FakeConnector::declare(
    const std::string& stem, std::span<const connectors::WorksheetLine>) {
  return std::vector<std::string>{stem + ".xlsx"};
}

void FakeConnector::sell(const catalog::Sku& sku, std::int64_t packs, base::Instant at) {
  for (auto& [id, shown] : shop) {
    if (shown.listing.sku != sku) continue;
    shown.listing.stock -= packs;
    catalog::Order order;
    order.remote_id = "order-" + std::to_string(orders.size() + 1);
    order.created_at = order.updated_at = at;
    catalog::OrderLine line;
    line.remote_line_id = "1";
    line.remote_item_id = id;
    line.sku = sku;
    line.quantity = packs;
    order.lines.push_back(line);
    orders.push_back(order);
    return;
  }
}

std::int64_t FakeConnector::shown_stock(const catalog::Sku& sku) const {
  for (const auto& [id, shown] : shop) {
    if (shown.listing.sku == sku) return shown.listing.stock;
  }
  return -1;
}

base::Result<connectors::OrderPage> FakeConnector::fetch_orders(
    std::span<const std::string> remote_ids) {
  connectors::OrderPage page;
  for (const auto& order : orders) {
    if (std::find(remote_ids.begin(), remote_ids.end(), order.remote_id) != remote_ids.end()) {
      page.orders.push_back(order);
    }
  }
  return page;
}

base::Result<std::vector<connectors::Parcel>> FakeConnector::ship(
    const connectors::ShipRequest& request) {
  const auto trouble = take(next_ship);
  if (applies(trouble)) shipped.emplace(request.order_id, "TRACK-" + request.order_id);
  if (trouble && trouble->crash) throw Crash{};
  if (trouble) return trouble->error;
  return parcels(request.order_id);
}

base::Result<std::vector<connectors::Parcel>> FakeConnector::parcels(const std::string& order_id) {
  std::vector<connectors::Parcel> out;
  if (const auto found = shipped.find(order_id); found != shipped.end()) {
    const bool given = numbers_after-- <= 0;
    out.push_back({"P-" + order_id, "SPX", given ? found->second : "", "arranged", true});
  }
  return out;
}

base::Result<connectors::Label> FakeConnector::label(const std::string& order_id) {
  if (!shipped.contains(order_id)) {
    return base::Error{base::ErrorCode::rejected, "not arranged", {}, {}};
  }
  return connectors::Label{"application/pdf", "%PDF-1.4 " + order_id};
}

base::Status FakeConnector::cancel(const std::string& order_id, std::span<const std::string>,
                                   connectors::CancelReason) {
  if (shipped.contains(order_id)) {
    return base::Error{base::ErrorCode::rejected, "it is on its way", {}, {}};
  }
  for (auto& order : orders) {
    if (order.remote_id != order_id) continue;
    order.status = catalog::OrderStatus::cancelled;
    order.updated_at += base::Millis{1};
    for (auto& line : order.lines) line.cancelled = line.quantity;
  }
  return base::Done{};
}

base::Result<connectors::ReturnPage> FakeConnector::pull_returns(
    const connectors::OrderQuery& query) {
  connectors::ReturnPage page;
  const auto at = query.page_cursor.empty() ? 0 : std::stoul(query.page_cursor);
  if (at < cases.size()) page.cases.push_back(cases[at]);
  if (at + 1 < cases.size()) page.next_cursor = std::to_string(at + 1);
  return page;
}

base::Result<connectors::SettlementPage> FakeConnector::pull_settlements(
    const connectors::OrderQuery&) {
  connectors::SettlementPage page;
  page.settlements = paid;
  return page;
}

}  // namespace jobs_test
