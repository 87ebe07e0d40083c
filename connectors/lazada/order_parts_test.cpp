// Consent, parcels, cancellations, returns, money and messages over a scripted wire.
#include <gtest/gtest.h>

#include "base/time_text.h"
#include "connectors/common/hmac.h"
#include "connectors/lazada/after_sale.h"
#include "connectors/lazada/consent.h"
#include "connectors/lazada/fulfilment.h"
#include "connectors/lazada/order_pages.h"
#include "connectors/lazada/parcel_calls.h"
#include "connectors/lazada/scripted_shop.h"
#include "connectors/lazada/webhooks.h"

namespace connectors::lazada {
namespace {

using base::ErrorCode;
using namespace std::chrono_literals;

class LazadaParts : public ScriptedShop {
 protected:
  LazadaParts() { sign_in(); }

  // Answers of order/items/get: one text per read, the last repeats.
  void units(const std::string& rows) { answer("/order/items/get", ok("[" + rows + "]")); }
  static std::string unit(const std::string& id, const std::string& status,
                          const std::string& package = {}, const std::string& more = {}) {
    return R"({"order_item_id":)" + id + R"(,"order_id":7,"sku":"A","sku_id":"11",)" +
           R"("item_price":5000.00,"status":")" + status + R"(","package_id":")" + package +
           R"(","tracking_code":")" + (package.empty() ? "" : "LEXVN1") +
           R"(","shipment_provider":"LEX VN")" + more + "}";
  }
  static std::string packed(const std::string& code) {
    return inner(R"({"pack_order_list":[{"order_id":7,"order_item_list":[{"order_item_id":71,)"
                 R"("msg":"m","item_err_code":")" +
                 code + R"(","package_id":"FP1","retry":false}]}]})");
  }
  static std::string rows_of_packages(const std::string& code) {
    return inner(R"({"packages":[{"package_id":"FP1","msg":"m","item_err_code":")" + code +
                 R"("}]})");
  }
  static std::string reasons(const std::string& rows) {
    return ok(R"({"tip_type":"warn","tip_content":"t","reason_options":[)" + rows + "]}");
  }
  std::string header(const std::string& body) const {
    return common::hmac_sha256_hex(kSecret, "100777" + body);
  }
};

TEST_F(LazadaParts, ThePageAsksForTheCallbackThatTheAppHas) {
  auto shop = client();
  LazadaConsent consent{shop};

  const auto pages = consent.pages("https://nongsan.example/cb?shop=1");

  ASSERT_TRUE(pages.ok());
  ASSERT_EQ(pages.value().size(), 1U);
  EXPECT_EQ(pages.value()[0].url,
            "https://auth.example/oauth/authorize?response_type=code&force_auth=true&redirect_uri="
            "https%3A%2F%2Fnongsan.example%2Fcb%3Fshop%3D1&client_id=100777");
  EXPECT_EQ(calls(), 0U);
}

TEST_F(LazadaParts, ACodeIsSpentOnceAndItsPairStoredBeforeAnythingElse) {
  sessions_.kept.reset();
  auto shop = client();
  LazadaConsent consent{shop};
  EXPECT_FALSE(consent.state().has_value());
  answer("/auth/token/create", pair("1", "15552000"));
  answer("/seller/get", ok(R"({"name":"HTX","seller_id":"200166","status":"ACTIVE"})"));

  const auto info = consent.redeem({{"code", "0_100777_demoCode"}, {"state", "x"}});

  ASSERT_TRUE(info.ok()) << info.error().message;
  EXPECT_EQ(info.value().remote_id, "200166");
  EXPECT_EQ(sessions_.kept->access_token, "access-1");
  EXPECT_EQ(sent("/auth/token/create").size(), 1U);
  const auto state = consent.state();
  ASSERT_TRUE(state.has_value());
  EXPECT_GT(state->access_ends, clock_.now() + 167h);
  EXPECT_GT(state->renewal_ends, clock_.now() + 179 * 24h);
  EXPECT_EQ(state->consent_ends, state->renewal_ends);
}

TEST_F(LazadaParts, ARefusedConsentIsNoCode) {
  auto shop = client();
  LazadaConsent consent{shop};

  EXPECT_EQ(consent.redeem({{"error", "access_denied"}}).error().code, ErrorCode::rejected);
  EXPECT_EQ(consent.redeem({}).error().code, ErrorCode::invalid);
  EXPECT_EQ(calls(), 0U);
}

TEST_F(LazadaParts, APairThatCouldNotBeStoredIsStoredBeforeTheNextCall) {
  sessions_.kept.reset();
  sessions_.broken = true;
  auto shop = client();
  LazadaConsent consent{shop};
  answer("/auth/token/create", pair("1", "15552000"));
  answer("/seller/get", ok(R"({"name":"HTX"})"));

  EXPECT_EQ(consent.redeem({{"code", "c"}}).error().code, ErrorCode::unavailable);
  sessions_.broken = false;
  ASSERT_TRUE(shop.seller().ok());

  EXPECT_EQ(sessions_.kept->access_token, "access-1");
  EXPECT_EQ(sent("/auth/token/create").size(), 1U) << "a code works once";
}

TEST_F(LazadaParts, ShippingPacksAnnouncesAndReadsTheParcel) {
  auto shop = client();
  LazadaFulfilment parcels{shop};
  units(unit("71", "pending") + "," + unit("72", "canceled"));
  units(unit("71", "packed", "FP1"));
  units(unit("71", "ready_to_ship", "FP1"));
  answer("/order/fulfill/pack", packed("0"));
  answer("/order/package/rts", rows_of_packages("0"));

  const auto shipped = parcels.ship({"7", {}, {}, {}, {}});

  ASSERT_TRUE(shipped.ok()) << shipped.error().message;
  ASSERT_EQ(shipped.value().size(), 1U);
  EXPECT_EQ(shipped.value()[0].package_id, "FP1");
  EXPECT_EQ(shipped.value()[0].tracking_number, "LEXVN1");
  EXPECT_TRUE(shipped.value()[0].ready);
  EXPECT_NE(sent("/order/fulfill/pack")
                .at(0)
                .find(R"(packReq={"pack_order_list":[{"order_id":7,"order_item_list":[71]}],)"
                      R"("delivery_type":"dropship","shipping_allocate_type":"TFS"})"),
            std::string::npos);
  EXPECT_NE(sent("/order/package/rts").at(0).find(R"({"packages":[{"package_id":"FP1"}]})"),
            std::string::npos);
}

TEST_F(LazadaParts, ShippingAgainChangesNothing) {
  auto shop = client();
  LazadaFulfilment parcels{shop};
  units(unit("71", "ready_to_ship", "FP1"));

  const auto shipped = parcels.ship({"7", {"11@5000"}, {}, {}, {}});

  ASSERT_TRUE(shipped.ok());
  EXPECT_EQ(shipped.value().size(), 1U);
  EXPECT_EQ(calls(), 1U) << "one read, no write";
}

TEST_F(LazadaParts, AFailureInsideASuccessIsAFailureUnlessTheOrderShowsTheStepDone) {
  auto shop = client();
  LazadaFulfilment parcels{shop};
  units(unit("71", "pending"));
  answer("/order/fulfill/pack", packed("700026"));

  const auto refused = parcels.ship({"7", {}, {}, {}, {}});

  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, ErrorCode::rejected);
  EXPECT_EQ(refused.error().vendor_code, "700026");
}

TEST_F(LazadaParts, WhatSomebodyElsePackedMeanwhileIsAnnounced) {
  auto shop = client();
  LazadaFulfilment parcels{shop};
  units(unit("71", "pending"));
  units(unit("71", "packed", "FP1"));
  units(unit("71", "ready_to_ship", "FP1"));
  answer("/order/fulfill/pack", packed("700026"));
  answer("/order/package/rts", rows_of_packages("0"));

  EXPECT_TRUE(parcels.ship({"7", {}, {}, {}, {}}).ok());
}

TEST_F(LazadaParts, UnpaidCancelledAndForeignNumbersAreRefusedUnsent) {
  auto shop = client();
  LazadaFulfilment parcels{shop};
  units(unit("71", "unpaid"));
  units(unit("71", "canceled"));
  units(unit("71", "pending"));

  EXPECT_EQ(parcels.ship({"7", {}, {}, {}, {}}).error().code, ErrorCode::rejected);
  EXPECT_EQ(parcels.ship({"7", {}, {}, {}, {}}).error().code, ErrorCode::rejected);
  EXPECT_EQ(parcels.ship({"7", {}, {}, "GHN", "GHN123"}).error().code, ErrorCode::rejected);
  EXPECT_EQ(parcels.ship({"7; drop", {}, {}, {}, {}}).error().code, ErrorCode::invalid);
  EXPECT_EQ(calls(), 3U);
}

TEST_F(LazadaParts, TheOldCallsTakeTheSellersOwnNumber) {
  auto with = shop_options();
  with.fulfilment = FulfilmentCalls::legacy;
  auto shop = client(with);
  LazadaFulfilment parcels{shop};
  const std::string own = R"(,"shipping_provider_type":"seller_own_fleet")";
  units(unit("71", "pending", "", own));
  units(unit("71", "packed", "FP1", own));
  units(unit("71", "ready_to_ship", "FP1", own));
  answer("/order/pack", ok(R"({"order_items":[{"order_item_id":71}]})"));
  answer("/order/rts", ok(R"({"order_items":[{"order_item_id":71}]})"));

  ASSERT_TRUE(parcels.ship({"7", {}, {}, "Xe HTX", "HTX-0001"}).ok());

  EXPECT_NE(sent("/order/pack").at(0).find("shipping_provider=Xe HTX"), std::string::npos);
  EXPECT_NE(sent("/order/rts").at(0).find("tracking_number=HTX-0001"), std::string::npos);
}

TEST_F(LazadaParts, ALabelComesAsPdfOrAsThePageThatPrintsIt) {
  auto shop = client();
  LazadaFulfilment parcels{shop};
  units(unit("71", "packed", "FP1"));
  const std::string pdf =
      inner(R"({"doc_type":"PDF","pdf_url":"https://files.example/awb.pdf?key=1","file":"PGk+"})");
  answer("/order/package/document/get", pdf);
  answer("/order/package/document/get", pdf);
  answer("/order/package/document/get", inner(R"({"doc_type":"HTML","file":"PGI+eDwvYj4="})"));
  answer("/awb.pdf", "%PDF-1.4 label");
  answer("/awb.pdf", "<html>gone</html>");

  const auto first = parcels.label("7");
  const auto second = parcels.label("7");

  ASSERT_TRUE(first.ok()) << first.error().message;
  EXPECT_EQ(first.value().content_type, "application/pdf");
  EXPECT_EQ(first.value().bytes, "%PDF-1.4 label");
  ASSERT_TRUE(second.ok()) << second.error().message;
  EXPECT_EQ(second.value().content_type, "text/html");
  EXPECT_EQ(second.value().bytes, "<b>x</b>");
  for (const auto& request : wire_->requests()) {
    if (request.url.find("files.example") == std::string::npos) continue;
    EXPECT_EQ(request.url, "https://files.example/awb.pdf?key=1") << "no token goes along";
  }
}

TEST_F(LazadaParts, ALabelThatIsNotReadySaysWhenToAskAgain) {
  auto shop = client();
  LazadaFulfilment parcels{shop};
  units(unit("71", "packed", "FP1"));
  answer("/order/package/document/get", bad("700031", "not ready"));

  const auto label = parcels.label("7");

  ASSERT_FALSE(label.ok());
  EXPECT_EQ(label.error().code, ErrorCode::unavailable);
  EXPECT_TRUE(label.error().retry_after.has_value());
}

TEST_F(LazadaParts, NoReasonThatEmptiesTheShelfIsEverSent) {
  auto shop = client();
  LazadaFulfilment parcels{shop};
  units(unit("71", "pending"));
  answer("/order/reverse/cancel/validate",
         reasons(R"({"reason_id":"21","reason_name":"Out of Stock"},)"
                 R"({"reason_id":"23","reason_name":"Wrong Price or Pricing Error"},)"
                 R"({"reason_id":"19","reason_name":"Sourcing Delay"})"));
  answer("/order/reverse/cancel/validate",
         reasons(R"({"reason_id":"21","reason_name":"Out of Stock"})"));
  answer("/order/reverse/cancel/create", ok(R"({"tip_type":"success"})"));

  ASSERT_TRUE(parcels.cancel("7", {}, CancelReason::out_of_stock).ok());
  const auto only_bad = parcels.cancel("7", {}, CancelReason::out_of_stock);

  EXPECT_NE(sent("/order/reverse/cancel/create").at(0).find("reason_id=19"), std::string::npos);
  EXPECT_EQ(only_bad.error().code, ErrorCode::rejected);
  EXPECT_EQ(sent("/order/reverse/cancel/create").size(), 1U);
}

TEST_F(LazadaParts, UnitsThatStayAreTakenOutOfTheParcelFirst) {
  auto shop = client();
  LazadaFulfilment parcels{shop};
  units(unit("71", "packed", "FP1") + "," + unit("72", "packed", "FP1"));
  answer("/order/package/repack", rows_of_packages("0"));
  answer("/order/reverse/cancel/validate",
         reasons(R"({"reason_id":"10","reason_name":"Delivery to this area is not possible"})"));
  answer("/order/reverse/cancel/create", ok("{}"));
  const std::vector<std::string> one{"71"};

  ASSERT_TRUE(parcels.cancel("7", one, CancelReason::cannot_deliver).ok());

  EXPECT_EQ(sent("/order/package/repack").size(), 1U);
  EXPECT_NE(sent("/order/reverse/cancel/create").at(0).find("order_item_id_list=[71]"),
            std::string::npos);
}

TEST_F(LazadaParts, ACancelledOrderIsCancelledAgainWithoutACall) {
  auto shop = client();
  LazadaFulfilment parcels{shop};
  units(unit("71", "canceled"));
  units(unit("71", "shipped", "FP1"));

  EXPECT_TRUE(parcels.cancel("7", {}, CancelReason::buyer_asked).ok());
  EXPECT_EQ(parcels.cancel("7", {}, CancelReason::buyer_asked).error().code, ErrorCode::rejected);
  EXPECT_EQ(calls(), 2U);
}

TEST_F(LazadaParts, TheBuyersWishIsAnsweredOnce) {
  auto shop = client();
  LazadaFulfilment parcels{shop};
  const std::string asked = R"(,"need_cancel_confirm":true,"reverse_order_id":"590000000010000")";
  units(unit("71", "packed", "FP1", asked) + "," + unit("72", "packed", "FP1", asked));
  units(unit("71", "packed", "FP1"));
  answer("/order/reverse/cancel/seller/decide", ok("null"));

  ASSERT_TRUE(parcels.answer_cancellation("7", Decision::refuse).ok());
  ASSERT_TRUE(parcels.answer_cancellation("7", Decision::refuse).ok());

  const auto answers = sent("/order/reverse/cancel/seller/decide");
  ASSERT_EQ(answers.size(), 1U);
  EXPECT_NE(answers[0].find("agree_cancel=false"), std::string::npos);
  EXPECT_NE(answers[0].find("reverse_order_id=590000000010000"), std::string::npos);
}

class LazadaReturns : public LazadaParts {
 protected:
  void detail(const std::string& type, const std::string& status, const std::string& ofc = {}) {
    answer("/order/reverse/return/detail/list",
           ok(R"({"reverse_order_id":9,"trade_order_id":7,"request_type":")" + type +
              R"(","reverseOrderLineDTOList":[{"reverse_order_line_id":91,"reverse_status":")" +
              status + R"(","ofc_status":")" + ofc + R"("}]})"));
  }
};

TEST_F(LazadaReturns, EachKindOfReturnHasItsOwnAnswer) {
  auto shop = client();
  LazadaAfterSale after{shop};
  detail("RETURN", "REQUEST_INITIATE");
  detail("RETURN", "REQUEST_INITIATE");
  detail("RETURN", "REFUND_PENDING", "RETURN_RECEIVED");
  detail("ONLY_REFUND", "REQUEST_INITIATE");
  answer("/order/reverse/return/update", ok("{}"));
  answer("/order/reverse/onlyrefund/seller/decide", ok("null"));
  answer("/order/reverse/reason/list", ok(R"([{"reason_id":20001,"text":"Not ours"}])"));

  ASSERT_TRUE(after.answer_return("9", Decision::accept).ok());
  ASSERT_TRUE(after.answer_return("9", Decision::refuse).ok());
  ASSERT_TRUE(after.answer_return("9", Decision::accept).ok());
  ASSERT_TRUE(after.answer_return("9", Decision::accept).ok());

  const auto updates = sent("/order/reverse/return/update");
  ASSERT_EQ(updates.size(), 3U);
  EXPECT_NE(updates[0].find("action=agreeReturn"), std::string::npos);
  EXPECT_NE(updates[1].find("action=refuseReturn"), std::string::npos);
  EXPECT_NE(updates[1].find("reason_id=20001"), std::string::npos);
  EXPECT_NE(updates[2].find("action=agreeRefund"), std::string::npos);
  EXPECT_NE(sent("/order/reverse/onlyrefund/seller/decide").at(0).find("[91]"), std::string::npos);
}

TEST_F(LazadaReturns, WhatIsDecidedIsNotDecidedAgain) {
  auto shop = client();
  LazadaAfterSale after{shop};
  detail("RETURN", "REFUND_SUCCESS");
  detail("RETURN", "REFUND_SUCCESS");
  detail("ONLY_REFUND", "REQUEST_INITIATE");
  answer("/order/reverse/return/detail/list", bad("106", "E0106: ROC internal error"));

  EXPECT_TRUE(after.answer_return("9", Decision::accept).ok());
  EXPECT_EQ(after.answer_return("9", Decision::refuse).error().code, ErrorCode::rejected);
  EXPECT_EQ(after.answer_return("9", Decision::refuse).error().code, ErrorCode::rejected)
      << "a dispute wants photographs";
  EXPECT_EQ(after.answer_return("9", Decision::accept).error().code, ErrorCode::not_found);
  EXPECT_EQ(calls(), 4U);
}

TEST_F(LazadaReturns, MoneyIsReadDayByDayOfVietnam) {
  auto shop = client();
  LazadaAfterSale after{shop};
  answer("/finance/transaction/details/get", ok("[]"));
  OrderQuery query{base::parse_iso("2026-11-23T18:00:00+00:00", {}).value(),
                   base::parse_iso("2026-11-25T02:00:00+00:00", {}).value(),
                   {}};
  std::vector<std::string> days;
  for (int pages = 0; pages < 10; ++pages) {
    const auto page = after.pull_settlements(query);
    ASSERT_TRUE(page.ok()) << page.error().message;
    query.page_cursor = page.value().next_cursor;
    if (query.page_cursor.empty()) break;
  }

  const auto asked = sent("/finance/transaction/details/get");
  ASSERT_EQ(asked.size(), 2U) << "18:00 UTC of the 23rd is the 24th in Vietnam";
  EXPECT_NE(asked[0].find("start_time=2026-11-24&end_time=2026-11-24"), std::string::npos);
  EXPECT_NE(asked[1].find("start_time=2026-11-25"), std::string::npos);
}

TEST_F(LazadaParts, AMessageIsVerifiedOverItsRawBytes) {
  auto shop = client();
  const LazadaWebhooks messages{shop};
  const std::string body =
      R"({"seller_id":"200166","message_type":0,"data":{"order_status":"pending",)"
      R"("trade_order_id":"491253082180001","trade_order_line_id":"491253082280001",)"
      R"("status_update_time":1700000000},"timestamp":1700000001234,"site":"lazada_vn"})";
  const std::string signature = "e2f99607ecf3713077d369c2c1c7b38f1a03a52620482c7982460da7d21ee3d0";
  EXPECT_EQ(header(body), signature);

  const auto event = messages.verify({"", {{"authorization", signature}}, body});

  ASSERT_TRUE(event.ok()) << event.error().message;
  EXPECT_EQ(event.value().kind, WebhookKind::order);
  EXPECT_EQ(event.value().order_id, "491253082180001");
  EXPECT_EQ(event.value().at, base::from_unix_ms(1'700'000'001'234));
  EXPECT_EQ(messages.verify({"", {{"authorization", signature}}, body + " "}).error().code,
            ErrorCode::unauthorized);
  EXPECT_EQ(messages.verify({"", {}, body}).error().code, ErrorCode::unauthorized);
  EXPECT_EQ(messages.verify({"", {{"authorization", header("<")}}, "<"}).error().code,
            ErrorCode::invalid);
  EXPECT_EQ(messages.acknowledgement().status, 200);
}

TEST_F(LazadaParts, EveryKindOfMessageSaysWhatToLookAt) {
  auto shop = client();
  const LazadaWebhooks messages{shop};
  struct Case {
    std::string body;
    WebhookKind kind;
    std::string order;
    std::string item;
  };
  for (const auto& one : std::vector<Case>{
           {R"({"message_type":"1","data":{"itemId":2400,"status":"REJECTED"}})",
            WebhookKind::listing, "", "2400"},
           {R"({"message_type":10,"data":{"trade_order_id":7,"reverse_order_id":9}})",
            WebhookKind::after_sale, "7", ""},
           {R"({"message_type":0,"data":{"trade_order_id":7,"reverse_order_id":9}})",
            WebhookKind::after_sale, "7", ""},
           {R"({"message_type":14,"data":{"trade_order_id":"9007199254740993"}})",
            WebhookKind::order, "9007199254740993", ""},
           {R"({"message_type":8,"seller_id":"null","data":{}})", WebhookKind::consent, "", ""},
           {R"({"message_type":12,"data":{"status":"finish"}})", WebhookKind::other, "", ""},
           {R"({"promotionId":1})", WebhookKind::other, "", ""}}) {
    const auto event = messages.verify({"", {{"authorization", header(one.body)}}, one.body});
    ASSERT_TRUE(event.ok()) << one.body;
    EXPECT_EQ(event.value().kind, one.kind) << one.body;
    EXPECT_EQ(event.value().order_id, one.order) << one.body;
    EXPECT_EQ(event.value().item_id, one.item) << one.body;
    EXPECT_EQ(event.value().event_id.size(), 64U);
  }
}

TEST_F(LazadaParts, TheConsoleIsNamedWhereThereIsNoCall) {
  auto shop = client();
  LazadaWebhooks messages{shop};

  const auto done = messages.subscribe("https://nongsan.example/hooks/lazada");

  EXPECT_EQ(done.error().code, ErrorCode::rejected);
  EXPECT_NE(done.error().message.find("https://nongsan.example/hooks/lazada"), std::string::npos);
  EXPECT_EQ(calls(), 0U);
}

TEST_F(LazadaParts, SingleOrdersComeWithTheirLinesAndUnknownOnesAreLeftOut) {
  auto shop = client();
  OrderPages orders{shop};
  answer("/order/get", ok(R"({"order_id":7,"created_at":"2026-11-20 08:14:05 +0700",)"
                          R"("price":"5000.00","statuses":["pending"]})"));
  answer("/order/get", bad("16", "E016: \\\"8\\\" Invalid Order ID"));
  answer("/orders/items/get",
         ok(R"([{"order_id":7,"order_items":[)" + unit("71", "pending") + "]}]"));
  const std::vector<std::string> ids{"7", "8", "no number"};

  const auto page = orders.fetch(ids);

  ASSERT_TRUE(page.ok()) << page.error().message;
  ASSERT_EQ(page.value().orders.size(), 1U);
  EXPECT_EQ(page.value().orders[0].lines.at(0).remote_line_id, "11@5000");
  EXPECT_TRUE(page.value().unreadable.empty());
}

}  // namespace
}  // namespace connectors::lazada
