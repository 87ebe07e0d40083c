// Stock, orders, sign-in and state of the simulated store.
#include <gtest/gtest.h>

#include "tests/sandbox/support.h"

namespace sandbox_test {
namespace {

using base::ErrorCode;
using namespace std::chrono_literals;

const std::string kProducts = "/wp-json/wc/v3/products";
const std::string kOrders = "/wp-json/wc/v3/orders";

std::int64_t stock(Shop& shop, const std::string& id) {
  return shop.get(kProducts + "/" + id).at("stock_quantity").as_number().to_int64();
}

TEST(ProvincialStore, BuyersTakeWhatIsShownAndNoMore) {
  Shop shop;
  const auto id = shop.add("A", 65'000, 3);

  const auto bought = shop.channel().buy({{"A", 2}});
  const auto refused = shop.channel().buy({{"A", 1}, {"A", 1}});

  ASSERT_TRUE(bought);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::rejected);
  EXPECT_EQ(stock(shop, id), 1);
  EXPECT_EQ(shop.get(kOrders).at(0).at("total").as_string(), "130000");
}

TEST(ProvincialStore, DraftsUnknownGoodsAndNothingAtAllAreNotSold) {
  Shop shop;
  const auto id = shop.add("A", 65'000, 3);
  shop.call("PUT", kProducts + "/" + id, R"({"status":"draft"})");

  EXPECT_FALSE(shop.channel().buy({{"A", 1}}));
  EXPECT_FALSE(shop.channel().buy({{"B", 1}}));
  EXPECT_FALSE(shop.channel().buy({{"A", -1}}));
  EXPECT_FALSE(shop.channel().buy({}));
  EXPECT_EQ(shop.channel().truth().at("orders").size(), 0U);
}

TEST(ProvincialStore, CancelledOrdersGiveTheirUnitsBackOnce) {
  Shop shop;
  const auto id = shop.add("A", 65'000, 3);
  const auto order = shop.channel().buy({{"A", 2}}).value().order_id;

  const auto answer = shop.call("PUT", kOrders + "/" + order, R"({"status":"cancelled"})");

  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(stock(shop, id), 3);
  EXPECT_FALSE(shop.channel().cancel(order));
  EXPECT_EQ(stock(shop, id), 3);
  EXPECT_EQ(shop.channel().truth().at("sold").size(), 0U);
}

TEST(ProvincialStore, CompletedOrdersCarryTheirDates) {
  Shop shop;
  shop.add("A", 65'000, 3);
  const auto order = shop.channel().buy({{"A", 1}}).value().order_id;

  const auto done = parsed(shop.call("PUT", kOrders + "/" + order, R"({"status":"completed"})"));
  const auto wrong = shop.call("PUT", kOrders + "/" + order, R"({"status":"lost"})");

  EXPECT_EQ(done.at("status").as_string(), "completed");
  EXPECT_EQ(done.at("date_completed_gmt"), done.at("date_paid_gmt"));
  EXPECT_TRUE(done.at("date_paid_gmt").is_string());
  EXPECT_EQ(wrong.status, 400);
}

TEST(ProvincialStore, InventoryDeltaIsRelativeAndStockIsAbsolute) {
  Shop shop;
  const auto id = shop.add("A", 65'000, 72);

  shop.call("PUT", kProducts + "/" + id, R"({"inventory_delta":-2})");
  EXPECT_EQ(stock(shop, id), 70);
  shop.call("PUT", kProducts + "/" + id, R"({"stock_quantity":0})");
  EXPECT_EQ(stock(shop, id), 0);
  EXPECT_EQ(shop.get(kProducts + "/" + id).at("stock_status").as_string(), "outofstock");
}

TEST(ProvincialStore, StockIsDroppedWhereItIsNotManaged) {
  Shop shop;
  const auto made =
      parsed(shop.call("POST", kProducts, R"({"name":"A","sku":"A","stock_quantity":5})"));

  EXPECT_TRUE(made.at("stock_quantity").is_null());
  EXPECT_EQ(made.at("stock_status").as_string(), "instock");
}

TEST(ProvincialStore, TypesAreCheckedOutsideABatchOnly) {
  Shop shop;
  const auto alone = shop.call("POST", kProducts, R"({"name":"A","regular_price":65000})");
  const auto batch = parsed(shop.call("POST", kProducts + "/batch",
                                      R"({"create":[{"name":"A","regular_price":65000}]})"));

  EXPECT_EQ(alone.status, 400);
  EXPECT_EQ(parsed(alone).at("code").as_string(), "rest_invalid_param");
  EXPECT_EQ(batch.at("create").at(0).at("price").as_string(), "65000");
}

TEST(ProvincialStore, TrashedProductsLeaveTheListAndFreeTheirSku) {
  Shop shop;
  const auto id = shop.add("A", 65'000, 3);

  const auto trashed = shop.call("DELETE", kProducts + "/" + id + "?force=false");
  const auto again = shop.call("DELETE", kProducts + "/" + id);

  EXPECT_EQ(parsed(trashed).at("status").as_string(), "publish");
  EXPECT_EQ(again.status, 410);
  EXPECT_EQ(shop.get(kProducts).size(), 0U);
  EXPECT_EQ(shop.get(kProducts + "/" + id).at("status").as_string(), "trash");
  EXPECT_NE(shop.add("A", 1, 1), id);
  EXPECT_EQ(shop.call("DELETE", kProducts + "/" + id + "?force=true").status, 200);
  EXPECT_EQ(shop.call("GET", kProducts + "/" + id).status, 404);
}

TEST(ProvincialStore, SignsInByHeaderOnly) {
  Shop shop;
  const auto& keys = shop.credentials();
  const auto in_query = request("GET", kProducts + "?consumer_key=" + keys.consumer_key +
                                           "&consumer_secret=" + keys.consumer_secret);
  const auto batch = request("POST", kProducts + "/batch", "{}");

  EXPECT_EQ(shop.channel().handle(in_query).status, 401);
  EXPECT_EQ(parsed(shop.channel().handle(in_query)).at("message").as_string(),
            "Sorry, you cannot list resources.");
  EXPECT_EQ(parsed(shop.channel().handle(batch)).at("code").as_string(),
            "woocommerce_rest_cannot_batch");
  EXPECT_EQ(shop.channel().truth().at("calls").at("unauthorized").as_integer(), 3);
}

TEST(ProvincialStore, CountsReadsApartFromWrites) {
  Shop shop;
  shop.add("A", 65'000, 3);
  shop.get(kProducts);

  const auto calls = shop.channel().truth().at("calls");

  EXPECT_EQ(calls.at("total").as_integer(), 2);
  EXPECT_EQ(calls.at("writes").as_integer(), 1);
  EXPECT_EQ(calls.at("by_path").at(kProducts).as_integer(), 2);
}

TEST(ProvincialStore, StateSurvivesWhole) {
  Shop shop;
  const auto id = shop.add("A", 65'000, 3);
  const auto order = shop.channel().buy({{"A", 2}}).value().order_id;
  shop.call("PUT", kOrders + "/" + order, R"({"status":"completed"})");
  Shop other;

  other.channel().load(Json::parse(shop.channel().save().serialize()));

  EXPECT_EQ(other.channel().truth(), shop.channel().truth());
  EXPECT_EQ(other.get(kProducts + "/" + id), shop.get(kProducts + "/" + id));
  EXPECT_EQ(other.get(kOrders), shop.get(kOrders));
  EXPECT_NE(other.add("B", 1, 1), id);
}

}  // namespace
}  // namespace sandbox_test
