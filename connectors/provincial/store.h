#pragma once
// The Connector over one store. Private to this folder: connector.h is what others include.
// Threads: one.
#include <memory>

#include "connectors/provincial/after_sale.h"
#include "connectors/provincial/batch_size.h"
#include "connectors/provincial/client.h"
#include "connectors/provincial/fulfilment.h"
#include "connectors/provincial/mapping.h"
#include "connectors/provincial/order_reader.h"
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
  base::Result<OrderPage> pull_orders(const OrderQuery& query) override;
  base::Result<OrderPage> fetch_orders(std::span<const std::string> remote_ids) override;
  base::Result<std::vector<std::string>> declare(const std::string& stem,
                                                 std::span<const WorksheetLine> lines) override;

  Fulfilment* fulfilment() override { return &fulfilment_; }
  AfterSale* after_sale() override { return &after_sale_; }
  Webhooks* webhooks() override { return &webhooks_; }

 private:
  struct Wanted;  // one element of a publish batch
  using Sent = std::vector<Wanted>;

  void prepare(std::span<const ListingContent> batch, PublishReport& report, Sent& creates,
               Sent& updates) const;
  base::Result<Pictures> pictures_of(const ListingContent& content) const;
  std::optional<base::Error> drop_known_pictures(std::span<Wanted> updates);
  void send(PublishReport& report, const std::string& list, std::span<Wanted> wanted);
  bool settle(PublishReport& report, const Wanted& wanted, const common::Json& answer) const;
  base::Result<std::vector<common::Json>> products(const std::vector<std::string>& ids);
  // One timed batch call.
  base::Result<std::vector<common::Json>> call(BatchSize& size, const std::string& list,
                                               std::vector<common::Json> elements,
                                               common::Repeatable repeatable);
  // `verdict` looks at one answered product: nothing means accepted.
  template <typename Update, typename ToJson, typename Verdict>
  PushReport push(BatchSize& size, std::span<const Update> batch, common::Repeatable repeatable,
                  const ToJson& to_json, const Verdict& verdict);

  base::Clock& clock_;
  Client client_;
  OrderReader orders_{client_};
  StoreFulfilment fulfilment_{client_};
  StoreAfterSale after_sale_{client_};
  StoreWebhooks webhooks_{client_};
  BatchSize contents_{20};
  BatchSize levels_{kBatchMax};
  BatchSize prices_{kBatchMax};
};

}  // namespace connectors::provincial
