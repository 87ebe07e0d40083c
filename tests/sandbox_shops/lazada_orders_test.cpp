#include <gtest/gtest.h>

#include "callers.h"

namespace {

using namespace shops;
using namespace std::chrono_literals;

struct Counters {
  std::int64_t total, sellable, withhold, occupy;
  bool operator==(const Counters&) const = default;
};

class LazadaOrders : public testing::Test {
 protected:
  void SetUp() override { caller().grant("0_100777_first"); }
  virtual LazadaCaller& caller() { return caller_; }
  Counters counters() {
    const auto stock = list(caller().sku_row("GAO-ST25-5KG"), "multiWarehouseInventories").at(0);
    return {integer(stock, "totalQuantity"), integer(stock, "sellableQuantity"),
            integer(stock, "withholdQuantity"), integer(stock, "occupyQuantity")};
  }
  std::string buy(std::int64_t quantity) {
    return caller().channel->buy({{"GAO-ST25-5KG", quantity}}).value().order_id;
  }
  std::vector<Json> units(const std::string& order) {
    return sandbox::wire::as_list(
        member(caller().get("/order/items/get", {{"order_id", order}}), "data"));
  }
  LazadaCaller caller_;
};

TEST_F(LazadaOrders, ShowOneRowPerUnitWithMaskedBuyers) {
  const auto id = buy(2);

  const auto order = member(caller_.get("/order/get", {{"order_id", id}}), "data");
  const auto rows = units(id);
  const auto many =
      member(caller_.get("/orders/items/get", {{"order_ids", "[" + id + "]"}}), "data");

  EXPECT_EQ(id.size(), 15U);
  EXPECT_TRUE(member(order, "order_id").is_integer());
  EXPECT_EQ(text(order, "price"), "398000.00");
  EXPECT_EQ(text(order, "created_at").substr(19), " +0700");
  EXPECT_NE(text(member(order, "address_shipping"), "phone").find('*'), std::string::npos);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_NE(text(rows.at(0), "order_item_id"), text(rows.at(1), "order_item_id"));
  EXPECT_TRUE(member(rows.at(0), "sku_id").is_string());
  EXPECT_EQ(list(sandbox::wire::as_list(many).at(0), "order_items").size(), 2U);
  EXPECT_EQ(text(caller_.get("/order/get", {{"order_id", "1"}}), "code"), "16");
}

TEST_F(LazadaOrders, MoveTheFourCountersUntilReadyToShip) {
  const auto id = buy(1);
  EXPECT_EQ(counters(), (Counters{50, 49, 0, 1}));

  const auto unit = text(units(id).at(0), "order_item_id");
  const auto packed = caller_.post(
      "/order/fulfill/pack",
      {{"packReq", R"({"pack_order_list":[{"order_id":)" + id + R"(,"order_item_list":[)" + unit +
                       R"(]}],"delivery_type":"dropship","shipping_allocate_type":"TFS"})"}});
  const auto row = list(list(member(member(packed, "result"), "data"), "pack_order_list").at(0),
                        "order_item_list")
                       .at(0);
  EXPECT_EQ(text(row, "item_err_code"), "0");
  EXPECT_FALSE(text(row, "tracking_number").empty());
  EXPECT_EQ(counters(), (Counters{50, 49, 0, 1}));
  const auto packages = R"({"packages":[{"package_id":")" + text(row, "package_id") + R"("}]})";
  caller_.post("/order/package/rts", {{"readyToShipReq", packages}});

  EXPECT_EQ(counters(), (Counters{49, 49, 0, 0}));
  EXPECT_EQ(text(units(id).at(0), "status"), "ready_to_ship");
  caller_.context.clock.advance(2h);
  EXPECT_EQ(text(units(id).at(0), "status"), "shipped");
  EXPECT_FALSE(caller_.channel->cancel(id).ok());
}

TEST_F(LazadaOrders, QuantityIsTheTotalAndSellableIsWhatIsLeft) {
  buy(3);
  const auto write = [&](const char* path, const std::string& member_xml) {
    return text(caller_.post(path, {{"payload", LazadaCaller::skus("<Sku><SellerSku>GAO-ST25-5KG"
                                                                   "</SellerSku>" +
                                                                   member_xml + "</Sku>")}}),
                "code");
  };

  EXPECT_EQ(write("/product/price_quantity/update", "<Quantity>20</Quantity>"), "0");
  EXPECT_EQ(counters(), (Counters{20, 17, 0, 3}));
  EXPECT_EQ(write("/product/price_quantity/update", "<Quantity>2</Quantity>"), "501");
  EXPECT_EQ(write("/product/stock/sellable/update", "<SellableQuantity>9</SellableQuantity>"), "0");
  EXPECT_EQ(counters(), (Counters{12, 9, 0, 3}));
  EXPECT_EQ(write("/product/stock/sellable/adjust", "<SellableQuantity>-10</SellableQuantity>"),
            "501");
  EXPECT_EQ(write("/product/stock/sellable/adjust", "<SellableQuantity>-4</SellableQuantity>"),
            "0");
  EXPECT_EQ(counters(), (Counters{8, 5, 0, 3}));
}

TEST_F(LazadaOrders, CancelBeforeShipmentGivesEverythingBack) {
  const auto id = buy(5);

  EXPECT_TRUE(caller_.channel->cancel(id).ok());

  EXPECT_EQ(counters(), (Counters{50, 50, 0, 0}));
  EXPECT_EQ(text(units(id).at(0), "status"), "canceled");
  EXPECT_EQ(integer(member(caller_.channel->truth(), "sold"), "GAO-ST25-5KG"), 0);
}

TEST_F(LazadaOrders, OutOfStockAsAReasonEmptiesTheShelf) {
  const auto id = buy(1);
  const auto unit = text(units(id).at(0), "order_item_id");

  const auto answer = caller_.get(
      "/order/reverse/cancel/create",
      {{"order_id", id}, {"order_item_id_list", "[" + unit + "]"}, {"reason_id", "15"}});

  EXPECT_EQ(text(answer, "code"), "0");
  EXPECT_EQ(counters(), (Counters{0, 0, 0, 0}));
}

TEST_F(LazadaOrders, ListsStayBelowFiveThousandAndPage) {
  for (int i = 0; i < 5; ++i) buy(1);
  const auto ask = [&](const std::string& offset, const std::string& limit) {
    return caller_.get("/orders/get", {{"created_after", "2020-01-01T00:00:00+07:00"},
                                       {"offset", offset},
                                       {"limit", limit},
                                       {"status", "topack"}});
  };

  const auto page = member(ask("4", "2"), "data");

  EXPECT_EQ(integer(page, "count"), 1);
  EXPECT_EQ(integer(page, "countTotal"), 5);
  EXPECT_EQ(text(ask("4900", "99"), "code"), "0");
  EXPECT_EQ(text(ask("4900", "100"), "code"), "97");
  EXPECT_EQ(text(caller_.get("/orders/get"), "code"), "1");
  EXPECT_EQ(text(caller_.get("/orders/get", {{"update_after", "yesterday"}}), "code"), "17");
}

class LazadaUnpaid : public LazadaOrders {
 protected:
  LazadaCaller& caller() override { return unpaid_; }
  LazadaCaller unpaid_{{.api_rps = 1'000, .payment = sandbox::LazadaPayment::abandoned}};
};

TEST_F(LazadaUnpaid, OrdersWithholdAndExpireAfterThirtyMinutes) {
  const auto id = buy(1);

  EXPECT_EQ(counters(), (Counters{50, 49, 1, 0}));
  unpaid_.context.clock.advance(29min);
  EXPECT_EQ(counters(), (Counters{50, 49, 1, 0}));
  unpaid_.context.clock.advance(2min);
  EXPECT_EQ(counters(), (Counters{50, 50, 0, 0}));
  EXPECT_EQ(text(units(id).at(0), "status"), "canceled");
}

TEST_F(LazadaOrders, StateSurvivesARestartWhole) {
  const auto id = buy(2);
  LazadaCaller other;

  other.channel->load(caller_.channel->save());
  other.access = caller_.access;

  EXPECT_EQ(other.channel->save(), caller_.channel->save());
  EXPECT_EQ(text(other.get("/order/get", {{"order_id", id}}), "code"), "0");
  EXPECT_EQ(integer(member(other.channel->truth(), "sold"), "GAO-ST25-5KG"), 2);
  other.channel->reset();
  EXPECT_EQ(list(other.channel->truth(), "orders").size(), 0U);
  EXPECT_EQ(list(other.channel->truth(), "listings").size(), 3U);
}

}  // namespace
