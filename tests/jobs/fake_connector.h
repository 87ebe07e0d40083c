#pragma once
// A marketplace in memory behind the Connector port, whose next answers can be spoilt:
//
//   fake.next_stock = Trouble{unavailable};              // refused before it reached the channel
//   fake.next_stock = {unknown, Landing::lands};         // applied, and the answer is lost
//   fake.next_stock = {unknown, Landing::lands, true};   // … and our process dies (throws Crash)
//
// Trouble is used once, unless `repeats` says more. Threads: one per instance.
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "connectors/after_sale.h"
#include "connectors/connector.h"
#include "connectors/fulfilment.h"

namespace jobs_test {

struct Crash {};  // not a std::exception: nobody on the way may swallow it

enum class Landing { never, lands };

struct Trouble {
  base::Error error;
  Landing landing = Landing::never;
  bool crash = false;
  int repeats = 1;
};

struct Shown {
  connectors::RemoteListing listing;
  int stock_writes = 0;
};

class FakeConnector final : public connectors::Connector,
                            public connectors::Fulfilment,
                            public connectors::AfterSale {
 public:
  connectors::Capabilities capabilities() const override { return can; }
  base::Result<connectors::ShopInfo> test() override { return connectors::ShopInfo{}; }
  connectors::PublishReport publish(std::span<const connectors::ListingContent> batch) override;
  connectors::PushReport push_stock(std::span<const connectors::StockUpdate> batch) override;
  connectors::PushReport push_prices(std::span<const connectors::PriceUpdate> batch) override;
  base::Result<std::vector<connectors::RemoteListing>> read(
      std::span<const catalog::Binding> bindings) override;
  base::Result<connectors::ListingPage> list(const std::string& page_cursor) override;
  base::Result<std::optional<connectors::RemoteListing>> find(const catalog::Sku& sku) override;
  base::Result<connectors::OrderPage> pull_orders(const connectors::OrderQuery& query) override;
  base::Result<std::vector<std::string>> declare(
      const std::string& stem, std::span<const connectors::WorksheetLine> lines) override;

  base::Result<connectors::OrderPage> fetch_orders(
      std::span<const std::string> remote_ids) override;

  connectors::Fulfilment* fulfilment() override { return ships ? this : nullptr; }
  connectors::AfterSale* after_sale() override { return this; }
  connectors::Webhooks* webhooks() override { return messages; }
  base::Result<std::vector<connectors::HandoverChoice>> choices(const std::string&) override {
    return std::vector<connectors::HandoverChoice>{};
  }
  base::Result<std::vector<connectors::Parcel>> ship(
      const connectors::ShipRequest& request) override;
  base::Result<std::vector<connectors::Parcel>> parcels(const std::string& order_id) override;
  base::Result<connectors::Label> label(const std::string& order_id) override;
  base::Status cancel(const std::string& order_id, std::span<const std::string> line_ids,
                      connectors::CancelReason reason) override;
  base::Status answer_cancellation(const std::string&, connectors::Decision) override {
    return base::Done{};
  }
  base::Result<connectors::ReturnPage> pull_returns(const connectors::OrderQuery& query) override;
  base::Status answer_return(const std::string&, connectors::Decision) override {
    return base::Done{};
  }
  base::Result<connectors::SettlementPage> pull_settlements(
      const connectors::OrderQuery& query) override;

  // A buyer takes `packs` of the SKU at `at`; the order is there at the next pull.
  void sell(const catalog::Sku& sku, std::int64_t packs, base::Instant at);
  int writing_calls() const { return publishes + stock_pushes + price_pushes; }
  std::int64_t shown_stock(const catalog::Sku& sku) const;

  connectors::Capabilities can;
  std::map<std::string, Shown> shop;  // by item id
  std::vector<catalog::Order> orders;
  std::map<std::string, std::string> shipped;  // order -> tracking number
  bool ships = true;
  connectors::Webhooks* messages = nullptr;  // null: the channel sends none
  int numbers_after = 0;                     // questions before a tracking number is given out
  std::vector<catalog::ReturnCase> cases;    // one a page
  std::vector<catalog::Settlement> paid;
  std::vector<std::vector<std::string>> published;  // SKUs by call
  std::vector<std::vector<std::string>> stocked;    // items by call
  std::vector<std::vector<std::string>> priced;     // items by call
  std::map<std::string, std::string> siblings;      // SKU -> the item it was to join
  std::optional<Trouble> next_publish, next_stock, next_price, next_read, next_pull, next_ship;
  int publishes = 0, stock_pushes = 0, price_pushes = 0, reads = 0, finds = 0, pulls = 0;

 private:
  void create(const connectors::ListingContent& content);

  int last_item_ = 0;
};

}  // namespace jobs_test
