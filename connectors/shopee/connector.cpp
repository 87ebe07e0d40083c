#include "connectors/shopee/connector.h"

#include <utility>

#include "connectors/shopee/after_sale.h"
#include "connectors/shopee/client.h"
#include "connectors/shopee/consent.h"
#include "connectors/shopee/featuring.h"
#include "connectors/shopee/fulfilment.h"
#include "connectors/shopee/locations.h"
#include "connectors/shopee/mapping.h"
#include "connectors/shopee/order_pages.h"
#include "connectors/shopee/products.h"
#include "connectors/shopee/pushes.h"
#include "connectors/shopee/reads.h"
#include "connectors/shopee/rules.h"
#include "connectors/shopee/webhooks.h"

namespace connectors::shopee {

namespace {

using base::Error;
using base::ErrorCode;

class ShopeeConnector final : public Connector {
 public:
  ShopeeConnector(Options options, const Environment& environment)
      : client_(std::move(options), environment),
        reads_(client_, environment.clock),
        locations_(client_),
        products_(client_, reads_, locations_, environment.waiter),
        pushes_(client_, reads_, locations_),
        order_pages_(client_),
        consent_(client_, environment.clock),
        rules_(client_, reads_),
        featuring_(client_),
        fulfilment_(client_),
        after_sale_(client_),
        push_messages_(client_) {}

  base::Status check() const { return client_.check(); }

  Capabilities capabilities() const override {
    Capabilities can;
    can.own_shipping = true;
    can.title_code_points_max = kTitleMax;
    can.read_batch_max = kItemsPerRead;
    can.groups_variants = client_.options().grouped;
    if (can.groups_variants) {
      can.variants_per_listing_max = kModelsMax;
      can.variant_price_spread_max = kPriceSpreadMax;
      can.publish_batch_max = kModelsMax;  // one product may fill it
    }
    return can;
  }

  base::Result<ShopInfo> test() override { return read_shop(client_); }
  PublishReport publish(std::span<const ListingContent> batch) override {
    return products_.publish(batch);
  }
  PushReport push_stock(std::span<const StockUpdate> batch) override {
    return pushes_.stock(batch);
  }
  PushReport push_prices(std::span<const PriceUpdate> batch) override {
    return pushes_.prices(batch);
  }
  PushReport erase(std::span<const catalog::Binding> bindings) override {
    return pushes_.erase(bindings);
  }
  base::Result<std::vector<RemoteListing>> read(
      std::span<const catalog::Binding> bindings) override {
    return reads_.read(bindings);
  }
  base::Result<ListingPage> list(const std::string& page_cursor) override {
    return reads_.list(page_cursor);
  }
  base::Result<std::optional<RemoteListing>> find(const catalog::Sku& sku) override {
    return reads_.find(sku);
  }
  base::Result<OrderPage> pull_orders(const OrderQuery& query) override {
    return order_pages_.pull(query);
  }
  base::Result<OrderPage> fetch_orders(std::span<const std::string> remote_ids) override {
    return order_pages_.fetch(remote_ids);
  }
  base::Result<std::vector<std::string>> declare(const std::string&,
                                                 std::span<const WorksheetLine>) override {
    return Error{ErrorCode::invalid, "Shopee has an API: nothing is typed in by hand", {}, {}};
  }

  Consent* consent() override { return &consent_; }
  ListingRules* listing_rules() override { return &rules_; }
  Featuring* featuring() override { return &featuring_; }
  Fulfilment* fulfilment() override { return &fulfilment_; }
  AfterSale* after_sale() override { return &after_sale_; }
  Webhooks* webhooks() override { return &push_messages_; }

 private:
  Client client_;
  Reads reads_;
  Locations locations_;
  Products products_;
  Pushes pushes_;
  OrderPages order_pages_;
  ShopConsent consent_;
  ShopRules rules_;
  ShopFeaturing featuring_;
  ShopFulfilment fulfilment_;
  ShopAfterSale after_sale_;
  PushMessages push_messages_;
};

}  // namespace

base::Result<std::unique_ptr<Connector>> make(const Settings& settings,
                                              const Environment& environment) {
  auto options = read_options(settings);
  if (!options) return options.error();
  auto connector = std::make_unique<ShopeeConnector>(std::move(options).value(), environment);
  if (const auto usable = connector->check(); !usable) return usable.error();
  return std::unique_ptr<Connector>{std::move(connector)};
}

}  // namespace connectors::shopee
