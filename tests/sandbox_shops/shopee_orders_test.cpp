#include <gtest/gtest.h>

#include <set>

#include "callers.h"

namespace {

using namespace shops;
using namespace std::chrono_literals;

class ShopeeOrders : public testing::Test {
 protected:
  ShopeeOrders() { caller_.grant("first-code"); }
  std::string buy(std::int64_t quantity) {
    return caller_.channel->buy({{"GAO-ST25-5KG", quantity}}).value().order_id;
  }
  Json order(const std::string& sn, const std::string& optional = "") {
    const auto answer = caller_.get(
        "order/get_order_detail", "order_sn_list=" + sn + "&response_optional_fields=" + optional);
    return list(member(answer, "response"), "order_list").at(0);
  }
  std::int64_t stock() const {
    for (const auto& row : caller_.channel->shown()) {
      if (row.sku == "GAO-ST25-5KG") return row.stock;
    }
    return -1;
  }
  std::string window() const {
    const auto now = base::to_unix_s(caller_.context.clock.now());
    return "time_range_field=create_time&time_from=" + std::to_string(now - 86'400) +
           "&time_to=" + std::to_string(now + 60);
  }
  ShopeeCaller caller_;
};

TEST_F(ShopeeOrders, DeductStockAtCreationAndGiveItBackOnCancel) {
  const auto before = stock();

  const auto sn = buy(4);
  EXPECT_EQ(stock(), before - 4);
  EXPECT_TRUE(caller_.channel->cancel(sn).ok());

  EXPECT_EQ(stock(), before);
  EXPECT_EQ(text(order(sn, "cancel_by"), "cancel_by"), "buyer");
  EXPECT_FALSE(caller_.channel->cancel(sn).ok());
  EXPECT_FALSE(caller_.channel->buy({{"GAO-ST25-5KG", 1}, {"MATONG-NHAN-500", 9'999}}).ok());
  EXPECT_EQ(stock(), before);
}

TEST_F(ShopeeOrders, ShowOptionalFieldsOnlyWhenAsked) {
  const auto sn = buy(2);

  const auto plain = order(sn);
  caller_.advance(5s);
  const auto full = order(sn, "item_list,total_amount%2Crecipient_address,buyer_username");

  EXPECT_EQ(text(plain, "order_status"), "UNPAID");
  EXPECT_FALSE(sandbox::wire::has(plain, "item_list"));
  EXPECT_EQ(text(full, "order_status"), "READY_TO_SHIP");
  EXPECT_EQ(integer(list(full, "item_list").at(0), "model_quantity_purchased"), 2);
  EXPECT_EQ(integer(full, "total_amount"), 396'000);
  EXPECT_NE(text(member(full, "recipient_address"), "phone").find("******"), std::string::npos);
}

TEST_F(ShopeeOrders, PageByCursorWithoutLossOrRepeat) {
  std::set<std::string> bought;
  for (int i = 0; i < 7; ++i) bought.insert(buy(1));
  std::set<std::string> seen;
  std::string cursor;
  int pages = 0;

  for (bool more = true; more && pages < 10; ++pages) {
    const auto page =
        member(caller_.get("order/get_order_list", window() + "&page_size=3&cursor=" + cursor),
               "response");
    for (const auto& row : list(page, "order_list")) {
      EXPECT_TRUE(seen.insert(text(row, "order_sn")).second);
      EXPECT_FALSE(sandbox::wire::has(row, "order_status"));
    }
    more = sandbox::wire::as_flag(member(page, "more")).value_or(false);
    cursor = text(page, "next_cursor");
  }

  EXPECT_EQ(pages, 3);
  EXPECT_EQ(seen, bought);
  EXPECT_EQ(cursor, "");
}

TEST_F(ShopeeOrders, WindowsEndAtFifteenDays) {
  const auto ask = [&](std::int64_t days) {
    return text(
        caller_.get("order/get_order_list",
                    "time_range_field=update_time&page_size=20&time_from=1700000000&time_to=" +
                        std::to_string(1'700'000'000 + days * 86'400)),
        "error");
  };

  EXPECT_EQ(ask(15), "");
  EXPECT_EQ(ask(16), "order.order_list_invalid_time");
  EXPECT_EQ(ask(-1), "order.order_list_invalid_time");
  EXPECT_EQ(text(caller_.get("order/get_order_detail", "order_sn_list=NONE"), "error"),
            "error_not_found");
}

TEST_F(ShopeeOrders, AreShippedTrackedAndPaidOut) {
  const auto sn = buy(1);
  caller_.advance(5s);
  const auto offer =
      member(caller_.get("logistics/get_shipping_parameter", "order_sn=" + sn), "response");
  const auto address = list(member(offer, "pickup"), "address_list").at(0);
  const auto slot = text(list(address, "time_slot_list").at(0), "pickup_time_id");
  const auto body = R"({"order_sn":")" + sn + R"(","pickup":{"address_id":)" +
                    text(address, "address_id") + R"(,"pickup_time_id":")" + slot + R"("}})";

  EXPECT_EQ(text(caller_.post("logistics/ship_order", body), "error"), "");
  EXPECT_EQ(text(caller_.post("logistics/ship_order", body), "error"),
            "logistics.package_already_shipped");
  const auto track = [&] {
    return text(member(caller_.get("logistics/get_tracking_number", "order_sn=" + sn), "response"),
                "tracking_number");
  };
  EXPECT_EQ(track(), "");
  caller_.advance(20s);
  EXPECT_FALSE(track().empty());
  EXPECT_EQ(text(order(sn), "order_status"), "PROCESSED");
  caller_.advance(2h);
  EXPECT_EQ(text(order(sn), "order_status"), "SHIPPED");
  EXPECT_EQ(text(caller_.post("order/cancel_order",
                              R"({"order_sn":")" + sn + R"(","cancel_reason":"CUSTOMER_REQUEST"})"),
                 "error"),
            "order.error_limit");
  const auto income =
      member(member(caller_.get("payment/get_escrow_detail", "order_sn=" + sn), "response"),
             "order_income");
  EXPECT_EQ(integer(income, "escrow_amount"),
            198'000 - integer(income, "commission_fee") - integer(income, "service_fee") -
                integer(income, "seller_transaction_fee") - integer(income, "withholding_vat_tax") -
                integer(income, "withholding_pit_tax"));
}

TEST_F(ShopeeOrders, TruthCountsWritesAndSavesWhole) {
  const auto sn = buy(3);
  caller_.get("shop/get_shop_info");
  caller_.post("product/update_stock",
               R"({"item_id":23620001001,"stock_list":[{"seller_stock":[{"stock":8}]}]})");
  const auto truth = caller_.channel->truth();
  ShopeeCaller other;

  other.channel->load(caller_.channel->save());
  other.access = caller_.access;

  EXPECT_EQ(integer(member(truth, "calls"), "writes"), 1);
  EXPECT_EQ(integer(member(truth, "sold"), "GAO-ST25-5KG"), 3);
  EXPECT_EQ(other.channel->save(), caller_.channel->save());
  EXPECT_EQ(text(other.get("shop/get_shop_info"), "error"), "");
  EXPECT_EQ(member(other.channel->truth(), "listings"), member(truth, "listings"));
  other.channel->reset();
  EXPECT_EQ(list(other.channel->truth(), "orders").size(), 0U);
  EXPECT_EQ(text(other.grant("first-code"), "error"), "");
}

}  // namespace
