#include "lazada_fixture.h"
#include "sandbox/lazada/pushes.h"
#include "sandbox/wire/sign.h"

namespace {

using namespace shops;
using namespace std::chrono_literals;

class LazadaPush : public LazadaShop {
 protected:
  LazadaPush() { EXPECT_TRUE(caller_.channel->push_to("http://127.0.0.1:1/hooks/lazada").ok()); }

  // The messages of one kind as they wait in the outbox, oldest first.
  std::vector<Json> messages(const std::string& kind) {
    std::vector<Json> out;
    for (const auto& row : list(member(caller_.channel->truth(), "pushes"), "messages")) {
      if (text(row, "kind") != kind) continue;
      out.push_back(sandbox::wire::parse(text(row, "body")).value());
    }
    return out;
  }
  std::vector<std::string> words(const std::string& kind, const char* name) {
    std::vector<std::string> out;
    for (const auto& one : messages(kind)) out.push_back(text(member(one, "data"), name));
    return out;
  }
};

using Words = std::vector<std::string>;

TEST(LazadaPushSign, IsTheHmacOfAppKeyAndBodyInLowerCase) {
  const sandbox::LazadaCredentials credentials{"100777", "k7Qm2vXz9LtR4sWy", ""};
  const std::string body =
      R"({"seller_id":"200166","message_type":0,"data":{"order_status":"pending",)"
      R"("trade_order_id":"491253082180001","trade_order_line_id":"491253082280001",)"
      R"("status_update_time":1700000000},"timestamp":1700000001234,"site":"lazada_vn"})";

  const auto headers = sandbox::lazada::push_headers(credentials, body);

  EXPECT_EQ(headers.at(0).first, "Authorization");
  EXPECT_EQ(headers.at(0).second,
            "e2f99607ecf3713077d369c2c1c7b38f1a03a52620482c7982460da7d21ee3d0");
}

TEST(LazadaPushRules, RetryTwelveTimesEveryHalfHourAfterHalfASecond) {
  const auto rules = sandbox::lazada::push_rules();

  EXPECT_EQ(rules.retry_after.size(), 12U);
  EXPECT_EQ(rules.retry_after.front(), 30min);
  EXPECT_EQ(rules.answer_within, 500ms);
}

TEST_F(LazadaPush, EveryRowOfAnOrderHasItsOwnMessage) {
  const auto order = buy("GAO-ST25-5KG", 3);
  const auto told = messages("0");

  ASSERT_EQ(told.size(), 3U);
  EXPECT_EQ(text(told.at(0), "seller_id"), "200166");
  EXPECT_EQ(text(told.at(0), "site"), "lazada_vn");
  EXPECT_GT(integer(told.at(0), "timestamp"), 100'000'000'000);  // milliseconds
  const auto about = member(told.at(0), "data");
  EXPECT_TRUE(member(about, "trade_order_id").is_string());
  EXPECT_EQ(text(about, "trade_order_id"), order);
  EXPECT_EQ(text(about, "order_status"), "pending");
  EXPECT_LT(integer(about, "status_update_time"), 100'000'000'000);  // seconds
  buy("CHE-SHAN-200", 1);
  EXPECT_EQ(messages("0").size(), 4U);  // nothing is told twice
}

TEST_F(LazadaPush, AParcelIsToldStepByStep) {
  const auto order = buy("GAO-ST25-5KG", 2);
  package_call("/order/package/rts", "readyToShipReq", pack(order));
  caller_.context.clock.advance(2h);
  caller_.channel->tick();
  caller_.context.clock.advance(30h);
  caller_.channel->tick();

  EXPECT_EQ(words("14", "status"), (Words{"READY_TO_SHIP", "DELIVERED"}));
  EXPECT_EQ(words("0", "order_status"),
            (Words{"pending", "pending", "packed", "packed", "ready_to_ship", "ready_to_ship",
                   "shipped", "shipped", "delivered", "delivered"}));
}

TEST_F(LazadaPush, AReturnSpeaksInNumbers) {
  const auto order = delivered_order("GAO-ST25-5KG", 1);
  act(R"({"act":"return","order_id":")" + order + R"(","type":"RETURN"})");
  const auto reverse = only_reverse();
  const auto line = text(list(reverse, "reverse_order_lines").at(0), "reverse_order_line_id");
  for (const auto* action : {"agreeReturn", "confirmDelivery", "agreeRefund"}) {
    caller_.get("/order/reverse/return/update",
                {{"action", action},
                 {"reverse_order_id", text(reverse, "reverse_order_id")},
                 {"reverse_order_item_ids", "[" + line + "]"}});
  }

  EXPECT_EQ(words("10", "reverse_status"),
            (Words{"RTM_INIT", "RTM_SHIPPING_BACK", "RTM_RECEIVE_ITEM", "REFUND_SUCCESS"}));
  EXPECT_TRUE(member(member(messages("10").at(0), "data"), "trade_order_id").is_integer());
}

TEST_F(LazadaPush, ProductsAreToldWhenAddedEditedAndRemovedButNotForStock) {
  const auto made = member(caller_.create(LazadaCaller::sku_xml("ST25-05", "5kg", 40) +
                                          LazadaCaller::sku_xml("ST25-10", "10kg", 30)),
                           "data");
  const auto write = [&](const std::string& rest) {
    caller_.post(
        "/product/price_quantity/update",
        {{"payload", LazadaCaller::skus("<Sku><SellerSku>ST25-05</SellerSku>" + rest + "</Sku>")}});
  };
  write("<Quantity>12</Quantity>");
  EXPECT_TRUE(messages("4").empty());
  write("<Price>190000</Price>");
  caller_.post("/product/remove",
               {{"sku_id_list", "[\"SkuId_" + text(made, "item_id") + "_" +
                                    text(list(made, "sku_list").at(0), "sku_id") + "\"]"}});

  ASSERT_EQ(messages("3").size(), 1U);
  EXPECT_EQ(list(member(messages("3").at(0), "data"), "sku_list").size(), 2U);
  EXPECT_EQ(words("3", "action"), Words{"PUBLISHED"});
  EXPECT_EQ(words("4", "action"), Words{"EDITED_UPDATED"});
  EXPECT_EQ(words("5", "action"), Words{"EDITED_DELETED"});
}

TEST_F(LazadaPush, ReviewsLowStockAndTheSellerAreTold) {
  act(R"({"act":"review","sku":"GAO-ST25-5KG","verdict":"lock","reason":"Vi phạm"})");
  act(R"({"act":"review","sku":"GAO-ST25-5KG","verdict":"approve"})");
  buy("CHE-SHAN-200", 22);
  buy("CHE-SHAN-200", 1);
  act(R"({"act":"notify","message_type":13,"status":"close"})");

  EXPECT_EQ(words("1", "status"), (Words{"LOCK", "APPROVED"}));
  EXPECT_EQ(words("1", "reason").at(0), "Vi phạm");
  EXPECT_EQ(words("6", "seller_sku"), Words{"CHE-SHAN-200"});
  EXPECT_EQ(integer(member(messages("6").at(0), "data"), "real_quantity"), 25);
  EXPECT_EQ(words("13", "status"), Words{"close"});
}

TEST_F(LazadaPush, TheEndOfTheGrantIsToldDailyAndThenNothingMore) {
  caller_.context.clock.advance(std::chrono::hours{24 * 178 + 1});
  caller_.channel->tick();
  caller_.channel->tick();
  caller_.context.clock.advance(24h);
  caller_.channel->tick();
  EXPECT_EQ(messages("8").size(), 2U);
  EXPECT_EQ(text(messages("8").at(0), "seller_id"), "null");

  caller_.context.clock.advance(24h);
  buy("GAO-ST25-5KG", 1);
  EXPECT_TRUE(messages("0").empty());
}

TEST_F(LazadaPush, ALaterTryCarriesTheNewestStatus) {
  const auto order = buy("GAO-ST25-5KG", 1);
  EXPECT_EQ(caller_.channel->deliver_pushes(), 1U);  // nobody listens at port 1
  pack(order);
  EXPECT_EQ(words("0", "order_status"), (Words{"pending", "packed"}));

  caller_.context.clock.advance(31min);
  EXPECT_EQ(caller_.channel->deliver_pushes(), 2U);

  EXPECT_EQ(words("0", "order_status"), (Words{"packed", "packed"}));
}

TEST_F(LazadaPush, WhatHappenedBeforeTheAddressWasSetIsNotTold) {
  LazadaCaller other;
  other.grant("0_100777_first");
  ASSERT_TRUE(other.channel->buy({{"GAO-ST25-5KG", 1}}).ok());

  ASSERT_TRUE(other.channel->push_to("http://127.0.0.1:1/").ok());
  other.get("/seller/get");

  EXPECT_EQ(list(member(other.channel->truth(), "pushes"), "messages").size(), 0U);
}

}  // namespace
