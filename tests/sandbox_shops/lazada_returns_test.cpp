#include "lazada_fixture.h"

namespace {

using namespace shops;
using namespace std::chrono_literals;

class LazadaReturns : public LazadaShop {
 protected:
  std::int64_t sellable() { return integer(caller_.sku_row("GAO-ST25-5KG"), "quantity"); }
  Json line() { return list(only_reverse(), "reverse_order_lines").at(0); }
  Json update(const std::string& action, const Pairs& more = {}) {
    Pairs wish = {{"action", action},
                  {"reverse_order_id", text(only_reverse(), "reverse_order_id")},
                  {"reverse_order_item_ids", "[" + text(line(), "reverse_order_line_id") + "]"}};
    wish.insert(wish.end(), more.begin(), more.end());
    return caller_.get("/order/reverse/return/update", wish);
  }
  Json decide(const std::string& agree) {
    return caller_.get(
        "/order/reverse/cancel/seller/decide",
        {{"reverse_order_id", text(only_reverse(), "reverse_order_id")}, {"agree_cancel", agree}});
  }
  std::vector<Json> entries(const std::string& from, const std::string& to) {
    return sandbox::wire::as_list(
        member(caller_.get("/finance/transaction/details/get",
                           {{"start_time", from}, {"end_time", to}, {"trans_type", "-1"}}),
               "data"));
  }
};

TEST_F(LazadaReturns, ASellerCancelsWithAReasonThatWasOffered) {
  const auto order = buy("GAO-ST25-5KG", 2);
  const Pairs who = {{"order_id", order}, {"order_item_id_list", ids_of(units(order))}};
  const auto create = [&](const std::string& reason) {
    auto wish = who;
    wish.emplace_back("reason_id", reason);
    return code(caller_.get("/order/reverse/cancel/create", wish));
  };

  const auto offered = member(caller_.get("/order/reverse/cancel/validate", who), "data");

  EXPECT_GE(list(offered, "reason_options").size(), 3U);
  EXPECT_EQ(create("4711"), "104");
  EXPECT_EQ(create("21"), "0");
  EXPECT_EQ(create("21"), "114");
  EXPECT_EQ(sellable(), 50);
  EXPECT_EQ(text(units(order).at(0), "cancel_return_initiator"), "cancellation-seller");
}

TEST_F(LazadaReturns, CancellingOnePackedUnitCancelsItsParcel) {
  const auto order = buy("GAO-ST25-5KG", 3);
  pack(order);

  caller_.post("/order/cancel",
               {{"order_item_id", text(units(order).at(0), "order_item_id")}, {"reason_id", "10"}});

  for (const auto& unit : units(order)) EXPECT_EQ(text(unit, "status"), "canceled");
  EXPECT_EQ(sellable(), 50);
}

TEST_F(LazadaReturns, ABuyerWhoCancelsAPackedParcelAsksTheSeller) {
  const auto order = buy("GAO-ST25-5KG", 1);
  pack(order);

  EXPECT_TRUE(caller_.channel->cancel(order).ok());
  const auto asked = units(order).at(0);
  const auto answer = decide("true");

  EXPECT_EQ(text(asked, "status"), "packed");
  EXPECT_TRUE(member(asked, "need_cancel_confirm").as_bool());
  EXPECT_FALSE(text(asked, "cancel_trigger_time").empty());
  EXPECT_EQ(code(answer), "0");
  EXPECT_EQ(text(units(order).at(0), "status"), "canceled");
  EXPECT_EQ(text(line(), "reverse_status"), "CANCEL_SUCCESS");
  EXPECT_EQ(code(decide("true")), "131");
}

TEST_F(LazadaReturns, ASellerMayRefuseToCancelAndTimeDecidesOtherwise) {
  const auto refused = buy("GAO-ST25-5KG", 1);
  pack(refused);
  EXPECT_TRUE(caller_.channel->cancel(refused).ok());
  EXPECT_EQ(code(decide("false")), "0");
  EXPECT_EQ(text(units(refused).at(0), "status"), "packed");
  EXPECT_EQ(text(line(), "reverse_status"), "REQUEST_REJECT");

  const auto silent = buy("GAO-ST25-5KG", 1);
  pack(silent);
  EXPECT_TRUE(caller_.channel->cancel(silent).ok());
  caller_.context.clock.advance(25h);
  EXPECT_EQ(text(units(silent).at(0), "status"), "canceled");
}

TEST_F(LazadaReturns, AReturnGoesBackAndIsRefundedWhenItArrived) {
  const auto order = delivered_order("GAO-ST25-5KG", 1);
  EXPECT_TRUE(caller_.channel->cancel(order).ok());
  EXPECT_EQ(text(only_reverse(), "request_type"), "RETURN");

  EXPECT_EQ(code(update("agreeRefund")), "114");
  EXPECT_EQ(code(update("agreeReturn")), "0");
  EXPECT_EQ(text(line(), "ofc_status"), "RETURN_SHIPPING_BACK");
  EXPECT_EQ(code(update("confirmDelivery")), "0");
  EXPECT_EQ(code(update("refuseRefund")), "108");
  EXPECT_EQ(code(update("refuseRefund", {{"reason_id", "20001"}})), "109");
  EXPECT_EQ(code(update("refuseRefund", {{"reason_id", "20001"}, {"comment", "hàng khác"}})),
            "110");
  EXPECT_EQ(code(update("agreeRefund")), "0");

  EXPECT_EQ(text(line(), "reverse_status"), "REFUND_SUCCESS");
  EXPECT_EQ(integer(line(), "refund_amount"), 199'000);
  EXPECT_EQ(text(units(order).at(0), "status"), "returned");
  EXPECT_EQ(sellable(), 49);
  const auto history =
      caller_.get("/order/reverse/return/history/list",
                  {{"reverse_order_line_id", text(line(), "reverse_order_line_id")}});
  EXPECT_EQ(list(member(history, "data"), "list").size(), 4U);
}

TEST_F(LazadaReturns, ARefundOfFreshFoodIsAgreedOrDisputed) {
  const auto order = delivered_order("GAO-ST25-5KG", 1);
  act(R"({"act":"return","order_id":")" + order + R"(","type":"ONLY_REFUND"})");
  const auto decide_refund = [&](const std::string& action, const Pairs& more) {
    Pairs wish = {{"action", action},
                  {"reverse_order_id", text(only_reverse(), "reverse_order_id")},
                  {"reverse_order_item_ids", "[" + text(line(), "reverse_order_line_id") + "]"}};
    wish.insert(wish.end(), more.begin(), more.end());
    return code(caller_.get("/order/reverse/onlyrefund/seller/decide", wish));
  };

  EXPECT_EQ(code(update("agreeReturn")), "114");
  EXPECT_EQ(decide_refund("startDispute", {{"comment", "x"}}), "110");
  EXPECT_EQ(decide_refund("startDispute",
                          {{"comment", "x"}, {"image_info_list", R"([{"file_url":"u"}])"}}),
            "0");
  EXPECT_TRUE(member(line(), "is_dispute").as_bool());
  EXPECT_EQ(decide_refund("agreeRefund", {}), "114");
  caller_.context.clock.advance(std::chrono::hours{24 * 4});
  EXPECT_EQ(text(line(), "reverse_status"), "REFUND_SUCCESS");
}

TEST_F(LazadaReturns, ListsAreFilteredByTypeStatusAndTime) {
  const auto order = delivered_order("GAO-ST25-5KG", 2);
  act(R"({"act":"return","order_id":")" + order + R"(","type":"RETURN","units":1})");
  act(R"({"act":"return","order_id":")" + order + R"(","type":"ONLY_REFUND"})");
  const auto count = [&](const Pairs& more) {
    Pairs wish = {{"page_no", "1"}, {"page_size", "10"}};
    wish.insert(wish.end(), more.begin(), more.end());
    return integer(member(caller_.get("/reverse/getreverseordersforseller", wish), "result"),
                   "total");
  };

  EXPECT_EQ(count({}), 2);
  EXPECT_EQ(count({{"request_type_list", R"(["ONLY_REFUND"])"}}), 1);
  EXPECT_EQ(count({{"reverse_status_list", R"(["CANCEL_SUCCESS"])"}}), 0);
  EXPECT_EQ(count({{"return_to_type", "RTM"}}), 1);
  EXPECT_EQ(count({{"trade_order_id", "1"}}), 0);
  EXPECT_EQ(count({{"ReverseOrderLineTimeRangeEnd", "1000"}}), 0);
  EXPECT_EQ(code(caller_.get("/reverse/getreverseordersforseller", {{"page_no", "1"}})), "120");
}

TEST_F(LazadaReturns, TheStatementAddsUpAndKeepsWithheldTaxApart) {
  act(R"({"act":"rules","rules":{"withheld_per_10000":150}})");
  const auto order = delivered_order("GAO-ST25-5KG", 1);
  act(R"({"act":"return","order_id":")" + order + R"(","type":"RETURN"})");
  update("instantRefund");

  std::map<std::string, Json> by_type;
  for (const auto& row : entries("2026-01-01", "2026-01-02")) ADD_FAILURE() << row.serialize();
  const auto today = text(units(order).at(0), "created_at").substr(0, 10);
  for (const auto& row : entries(today, today)) by_type[text(row, "fee_type")] = row;
  const auto statement =
      member(caller_.get("/finance/payout/status/get", {{"created_after", "2020-01-01"}}), "data");

  EXPECT_EQ(text(by_type["13"], "amount"), "199000.00");
  EXPECT_EQ(text(by_type["13"], "WHT_amount"), "-2985.00");
  EXPECT_EQ(text(by_type["16"], "amount"), "-13930.00");
  EXPECT_EQ(text(by_type["3"], "amount"), "-7960.00");
  EXPECT_EQ(text(by_type["14"], "amount"), "-199000.00");
  EXPECT_EQ(text(by_type["14"], "WHT_amount"), "2985.00");
  EXPECT_EQ(text(by_type["15"], "amount"), "13930.00");
  const auto row = sandbox::wire::as_list(statement).at(0);
  EXPECT_EQ(text(row, "payout"), "-7960.00 VND");
  EXPECT_EQ(text(row, "paid"), "0");
  caller_.context.clock.advance(std::chrono::hours{24 * 8});
  const auto later =
      member(caller_.get("/finance/payout/status/get", {{"created_after", "2020-01-01"}}), "data");
  EXPECT_EQ(text(sandbox::wire::as_list(later).at(0), "paid"), "1");
}

TEST_F(LazadaReturns, StateWithReturnsAndPromotionsSurvivesARestart) {
  const auto order = delivered_order("GAO-ST25-5KG", 2);
  act(R"({"act":"return","order_id":")" + order + R"(","type":"RETURN","units":1})");
  act(R"({"act":"campaign","sku":"CHE-SHAN-200","quantity":5})");
  act(R"({"act":"rules","rules":{"scalars":"texts"}})");
  pack(buy("MATONG-NHAN-500", 1));
  LazadaCaller other;

  other.channel->load(caller_.channel->save());

  EXPECT_EQ(other.channel->save(), caller_.channel->save());
}

}  // namespace
