#pragma once
// The Connector over one store. Private to this folder: connector.h is what others include.
// Threads: one.
#include <memory>

#include "connectors/provincial/after_sale.h"
#include "connectors/provincial/client.h"
#include "connectors/provincial/featuring.h"
#include "connectors/provincial/fulfilment.h"
#include "connectors/provincial/mapping.h"
#include "connectors/provincial/order_reader.h"
#include "connectors/provincial/products.h"
#include "connectors/provincial/pushes.h"
#include "connectors/provincial/reads.h"
#include "connectors/provincial/rules.h"
#include "connectors/provincial/system_check.h"
#include "connectors/provincial/terms.h"
#include "connectors/provincial/webhooks.h"

namespace connectors::provincial {

class Store final : public Connector {
 public:
  // Tests hand in the wire.
  Store(Options options, const Environment& environment,
        std::shared_ptr<common::Transport> wire = nullptr);

  base::Status check() const { return client_.check(); }

  Capabilities capabilities() const override;
  base::Result<ShopInfo> test() override;
  PublishReport publish(std::span<const ListingContent> batch) override;
  PushReport push_stock(std::span<const StockUpdate> batch) override;
  PushReport push_prices(std::span<const PriceUpdate> batch) override;
  base::Result<std::vector<RemoteListing>> read(
      std::span<const catalog::Binding> bindings) override;
  base::Result<ListingPage> list(const std::string& page_cursor) override;
  base::Result<std::optional<RemoteListing>> find(const catalog::Sku& sku) override;
  PushReport erase(std::span<const catalog::Binding> bindings) override;
  base::Result<OrderPage> pull_orders(const OrderQuery& query) override;
  base::Result<OrderPage> fetch_orders(std::span<const std::string> remote_ids) override;
  base::Result<std::vector<std::string>> declare(const std::string& stem,
                                                 std::span<const WorksheetLine> lines) override;

  ListingRules* listing_rules() override { return &rules_; }
  Featuring* featuring() override { return &featuring_; }
  SystemCheck* system_check() override { return &check_; }
  Fulfilment* fulfilment() override { return &fulfilment_; }
  AfterSale* after_sale() override { return &after_sale_; }
  Webhooks* webhooks() override { return &webhooks_; }

 private:
  Client client_;
  Reads reads_;
  Terms terms_;
  Products products_;
  Pushes pushes_;
  StoreRules rules_;
  StoreFeaturing featuring_;
  StoreCheck check_;
  OrderReader orders_{client_};
  StoreFulfilment fulfilment_{client_};
  StoreAfterSale after_sale_{client_};
  StoreWebhooks webhooks_{client_};
};

}  // namespace connectors::provincial
