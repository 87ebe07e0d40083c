#include "connectors/lazada/connector.h"

#include <utility>

#include "connectors/lazada/after_sale.h"
#include "connectors/lazada/catalogue.h"
#include "connectors/lazada/client.h"
#include "connectors/lazada/consent.h"
#include "connectors/lazada/featuring.h"
#include "connectors/lazada/fulfilment.h"
#include "connectors/lazada/images.h"
#include "connectors/lazada/order_pages.h"
#include "connectors/lazada/price_steps.h"
#include "connectors/lazada/product_xml.h"
#include "connectors/lazada/publisher.h"
#include "connectors/lazada/rules.h"
#include "connectors/lazada/shelf.h"
#include "connectors/lazada/sku_batches.h"
#include "connectors/lazada/webhooks.h"

namespace connectors::lazada {

namespace {

using base::Error;
using base::ErrorCode;
using catalog::Binding;

constexpr std::size_t kVariantsMax = 20;  // packs of one product, and of one publish batch

Error unbound(const catalog::Sku& sku) {
  return {ErrorCode::invalid, "Lazada: " + sku.text + " has no SkuId to write to", {}, {}};
}

class LazadaConnector final : public Connector {
 public:
  LazadaConnector(Options options, const Environment& environment)
      : client_(std::move(options), environment) {}

  base::Status check() const { return client_.check(); }

  Capabilities capabilities() const override;
  base::Result<ShopInfo> test() override { return consent_.shop(); }
  PublishReport publish(std::span<const ListingContent> batch) override {
    auto report = publisher_.publish(batch);
    for (const auto& rejection : report.rejected) images_.forget(batch[rejection.index]);
    return report;
  }
  PushReport push_stock(std::span<const StockUpdate> batch) override;
  PushReport push_prices(std::span<const PriceUpdate> batch) override {
    PushReport report;
    prices_.push(batch, report);
    return report;
  }
  base::Result<std::vector<RemoteListing>> read(std::span<const Binding> bindings) override {
    auto shown = shelf_.read(bindings);
    if (shown) prices_.remember(shown.value());
    return shown;
  }
  base::Result<ListingPage> list(const std::string& page_cursor) override {
    auto page = shelf_.list(page_cursor);
    if (page) prices_.remember(page.value().listings);
    return page;
  }
  base::Result<std::optional<RemoteListing>> find(const catalog::Sku& sku) override {
    return shelf_.find(sku);
  }
  PushReport erase(std::span<const Binding> bindings) override { return shelf_.erase(bindings); }
  base::Result<OrderPage> pull_orders(const OrderQuery& query) override {
    return order_pages_.pull(query);
  }
  base::Result<OrderPage> fetch_orders(std::span<const std::string> remote_ids) override {
    return order_pages_.fetch(remote_ids);
  }
  base::Result<std::vector<std::string>> declare(const std::string&,
                                                 std::span<const WorksheetLine>) override {
    return Error{ErrorCode::invalid, "Lazada has an API: nothing is typed in by hand", {}, {}};
  }

  Consent* consent() override { return &consent_; }
  ListingRules* listing_rules() override { return &rules_; }
  Featuring* featuring() override { return &featuring_; }
  Fulfilment* fulfilment() override { return &fulfilment_; }
  AfterSale* after_sale() override { return &after_sale_; }
  Webhooks* webhooks() override { return &webhooks_; }

 private:
  Client client_;
  Catalogue catalogue_{client_};
  Images images_{client_};
  Publisher publisher_{client_, catalogue_, images_};
  SkuBatches batches_{client_};
  PriceSteps prices_{client_, batches_};
  Shelf shelf_{client_};
  OrderPages order_pages_{client_};
  LazadaConsent consent_{client_};
  LazadaRules rules_{client_, catalogue_};
  LazadaFeaturing featuring_{client_, batches_};
  LazadaFulfilment fulfilment_{client_};
  LazadaAfterSale after_sale_{client_};
  LazadaWebhooks webhooks_{client_};
};

Capabilities LazadaConnector::capabilities() const {
  const auto& options = client_.options();
  Capabilities can;
  can.own_shipping = true;
  can.stock_write = catalog::StockWrite::absolute_and_delta;
  can.groups_variants = options.variants == Variants::grouped;
  can.variants_per_listing_max = can.groups_variants ? kVariantsMax : 1;
  can.publish_batch_max = can.groups_variants ? kVariantsMax : 1;
  can.stock_batch_max = options.stock_batch;
  can.price_batch_max = options.stock_batch;
  can.read_batch_max = kReadBatchMax;
  can.title_code_points_max = kTitleBytesMax;
  return can;
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
    rows.push_back({i, update.binding, update.sku, update.quantity, {}});
  }
  batches_.push(SkuWrite::set_sellable, sets, report);
  const bool halted = report.stopped_by.has_value();
  if (!halted) batches_.push(SkuWrite::adjust_sellable, changes, report);
  return report;
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
