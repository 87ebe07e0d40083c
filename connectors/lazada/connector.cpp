#include "connectors/lazada/connector.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <utility>

#include "connectors/lazada/client.h"
#include "connectors/lazada/images.h"
#include "connectors/lazada/mapping.h"
#include "connectors/lazada/order_pages.h"
#include "connectors/lazada/sku_batches.h"

namespace connectors::lazada {

namespace {

using base::Error;
using base::ErrorCode;
using catalog::Binding;

constexpr std::size_t kReadBatchMax = 50;
constexpr std::size_t kSingleReadsMax = 10;     // more items are found by walking the list
constexpr std::size_t kListOffsetMax = 10'000;  // Lazada serves no further

Error unbound(const catalog::Sku& sku) {
  return {ErrorCode::invalid, "Lazada: " + sku.text + " has no SkuId to write to", {}, {}};
}

class LazadaConnector final : public Connector {
 public:
  LazadaConnector(Options options, const Environment& environment)
      : client_(std::move(options), environment),
        images_(client_),
        batches_(client_),
        order_pages_(client_) {}

  base::Status check() const { return client_.check(); }

  Capabilities capabilities() const override {
    Capabilities can;
    can.stock_write = catalog::StockWrite::absolute_and_delta;
    can.stock_batch_max = client_.options().stock_batch;
    can.price_batch_max = client_.options().stock_batch;
    can.read_batch_max = kReadBatchMax;
    can.title_code_points_max = kTitleBytesMax;
    return can;
  }

  base::Result<ShopInfo> test() override;
  PublishReport publish(std::span<const ListingContent> batch) override;
  PushReport push_stock(std::span<const StockUpdate> batch) override;
  PushReport push_prices(std::span<const PriceUpdate> batch) override;
  base::Result<std::vector<RemoteListing>> read(std::span<const Binding> bindings) override;
  base::Result<ListingPage> list(const std::string& page_cursor) override;
  base::Result<std::optional<RemoteListing>> find(const catalog::Sku& sku) override;
  base::Result<OrderPage> pull_orders(const OrderQuery& query) override {
    return order_pages_.pull(query);
  }
  base::Result<std::vector<std::string>> declare(const std::string&,
                                                 std::span<const WorksheetLine>) override {
    return Error{ErrorCode::invalid, "Lazada has an API: nothing is typed in by hand", {}, {}};
  }

 private:
  base::Result<Binding> create(const ListingContent& content);
  base::Result<Binding> update(const ListingContent& content);
  base::Status sweep(std::vector<std::string>& missing, std::vector<RemoteListing>& found);

  Client client_;
  Images images_;
  SkuBatches batches_;
  OrderPages order_pages_;
};

base::Result<ShopInfo> LazadaConnector::test() {
  const auto answer = client_.seller();
  if (!answer) return answer.error();
  ShopInfo info;
  info.shop_name = common::text_at(answer.value(), "data", "name");
  info.remote_id = common::text_at(answer.value(), "data", "seller_id");
  const auto status = common::text_at(answer.value(), "data", "status");
  if (!status.empty() && status != "ACTIVE") info.note = "seller is " + status;
  return info;
}

PublishReport LazadaConnector::publish(std::span<const ListingContent> batch) {
  PublishReport report;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const auto& content = batch[i];
    auto binding = content.binding.empty() ? create(content) : update(content);
    if (binding) {
      report.accepted.push_back({i, std::move(binding).value()});
    } else if (concerns_the_goods(binding.error())) {
      report.rejected.push_back({i, binding.error()});
    } else {
      report.stopped_by = binding.error();
      break;
    }
  }
  return report;
}

base::Result<Binding> LazadaConnector::create(const ListingContent& content) {
  if (auto problem = problem_with(content)) return *problem;
  const auto images = images_.urls_of(content);
  if (!images) return images.error();
  const auto answer =
      client_.create_product(create_xml(content, images.value(), client_.options()));
  if (!answer) return answer.error();
  auto binding = created_binding(answer.value(), content.sku);
  if (binding.empty()) {
    return Error{ErrorCode::unknown_outcome, "Lazada: the answer names no product", {}, {}};
  }
  return binding;
}

base::Result<Binding> LazadaConnector::update(const ListingContent& content) {
  if (content.binding.unit_id.empty()) return unbound(content.sku);
  if (!content.visible) {  // leaving the shop needs no fresh content
    const auto hidden = client_.update_product(hide_xml(content.binding));
    if (!hidden && hidden.error().code != ErrorCode::not_found) return hidden.error();
    return content.binding;
  }
  if (auto problem = problem_with(content)) return *problem;
  const auto images = images_.urls_of(content);
  if (!images) return images.error();
  const auto answer =
      client_.update_product(update_xml(content, images.value(), client_.options()));
  if (!answer) return answer.error();
  return content.binding;
}

PushReport LazadaConnector::push_stock(std::span<const StockUpdate> batch) {
  PushReport report;
  std::vector<SkuRow> sets;
  std::vector<SkuRow> changes;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const auto& update = batch[i];
    const bool negative = !update.is_delta && update.quantity < 0;
    if (update.binding.unit_id.empty() || negative) {
      report.rejected.push_back({i, unbound(update.sku)});
      if (negative) report.rejected.back().error.message = "Lazada: stock below zero";
      continue;
    }
    auto& rows = update.is_delta ? changes : sets;
    rows.push_back({i, update.binding, update.sku, update.quantity});
  }
  batches_.push(SkuWrite::set_sellable, sets, report);
  const bool halted = report.stopped_by.has_value();
  if (!halted) batches_.push(SkuWrite::adjust_sellable, changes, report);
  return report;
}

PushReport LazadaConnector::push_prices(std::span<const PriceUpdate> batch) {
  PushReport report;
  std::vector<SkuRow> rows;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const auto& update = batch[i];
    if (update.binding.unit_id.empty()) {
      report.rejected.push_back({i, unbound(update.sku)});
      continue;
    }
    rows.push_back({i, update.binding, update.sku, update.price});
  }
  batches_.push(SkuWrite::set_price, rows, report);
  return report;
}

base::Result<std::vector<RemoteListing>> LazadaConnector::read(std::span<const Binding> bindings) {
  std::vector<std::string> items;
  for (const auto& binding : bindings) {
    const bool known = std::find(items.begin(), items.end(), binding.item_id) != items.end();
    if (!binding.empty() && !known) items.push_back(binding.item_id);
  }
  std::vector<RemoteListing> found;
  if (items.size() > kSingleReadsMax) {
    if (const auto swept = sweep(items, found); !swept) return swept.error();
  }
  for (const auto& item : items) {  // what a list missed is asked for by name before it is "gone"
    const auto answer = client_.product(item);
    if (!answer && answer.error().code == ErrorCode::not_found) continue;
    if (!answer) return answer.error();
    auto shown = listings(answer.value());
    std::move(shown.begin(), shown.end(), std::back_inserter(found));
  }
  std::erase_if(found, [&](const RemoteListing& listing) {
    return std::none_of(bindings.begin(), bindings.end(), [&](const Binding& wanted) {
      return wanted == listing.binding ||
             (wanted.unit_id.empty() && wanted.item_id == listing.binding.item_id);
    });
  });
  return found;
}

// Reads list pages until every wanted item was met; those not met stay in `missing`.
base::Status LazadaConnector::sweep(std::vector<std::string>& missing,
                                    std::vector<RemoteListing>& found) {
  std::string cursor;
  do {
    auto page = list(cursor);
    if (!page) return page.error();
    for (auto& listing : page.value().listings) {
      const bool met = std::any_of(found.begin(), found.end(), [&](const RemoteListing& known) {
        return known.binding == listing.binding;
      });
      if (met) continue;
      std::erase(missing, listing.binding.item_id);
      found.push_back(std::move(listing));
    }
    cursor = page.value().next_cursor;
  } while (!cursor.empty() && !missing.empty());
  return base::Done{};
}

base::Result<ListingPage> LazadaConnector::list(const std::string& page_cursor) {
  std::size_t offset = 0;
  const char* end = page_cursor.data() + page_cursor.size();
  const auto [stop, failure] = std::from_chars(page_cursor.data(), end, offset);
  if (!page_cursor.empty() && (failure != std::errc{} || stop != end)) {
    return Error{ErrorCode::invalid, "Lazada: the page cursor cannot be read", {}, {}};
  }
  const auto answer = client_.products(offset);
  if (!answer) return answer.error();
  const auto count = product_count(answer.value());
  ListingPage page{listings(answer.value()), {}};
  const std::size_t next = offset + count.shown;
  const std::size_t full = std::min(client_.options().page_size, kProductPageMax);
  const bool more = count.total ? next < *count.total : count.shown >= full;
  if (count.shown == 0 || !more) return page;
  if (next >= kListOffsetMax) {
    return Error{ErrorCode::protocol, "Lazada: the shop has more products than it lists", {}, {}};
  }
  page.next_cursor = std::to_string(next);
  return page;
}

// The search is Lazada's; the comparison is ours. Of several twins the oldest is the listing.
base::Result<std::optional<RemoteListing>> LazadaConnector::find(const catalog::Sku& sku) {
  std::optional<RemoteListing> found;
  const auto answer = client_.products_by_sku(sku.text);
  if (!answer && answer.error().code == ErrorCode::not_found) return found;
  if (!answer) return answer.error();
  const auto older = [](const Binding& a, const Binding& b) {
    return a.item_id.size() != b.item_id.size() ? a.item_id.size() < b.item_id.size()
                                                : a.item_id < b.item_id;
  };
  for (auto& listing : listings(answer.value())) {
    if (listing.sku != sku) continue;
    if (!found || older(listing.binding, found->binding)) found = std::move(listing);
  }
  return found;
}

}  // namespace

base::Result<std::unique_ptr<Connector>> make(const Settings& settings,
                                              const Environment& environment) {
  auto options = read_options(settings);
  if (!options) return options.error();
  auto connector = std::make_unique<LazadaConnector>(std::move(options).value(), environment);
  if (const auto usable = connector->check(); !usable) return usable.error();
  return std::unique_ptr<Connector>{std::move(connector)};
}

}  // namespace connectors::lazada
