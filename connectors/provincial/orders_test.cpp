// What an order needs beyond being read, call by call: the requests, and what each answer means.
#include <gtest/gtest.h>

#include "connectors/common/hmac.h"
#include "connectors/common/scripted_transport.h"
#include "connectors/common/session.h"
#include "connectors/provincial/store.h"

namespace connectors::provincial {
namespace {

using base::ErrorCode;
using common::RestResponse;
using common::ScriptedTransport;
using common::WireRequest;
using namespace std::chrono_literals;

constexpr const char* kApi = "https://san.example.vn/wp-json/wc/v3";

class NoSessions final : public common::SessionStore {
 public:
  std::optional<common::Session> load() override { return std::nullopt; }
  void save(const common::Session&) override {}
};

std::string order(const std::string& id, const std::string& status, const std::string& more = "") {
  return R"({"id":)" + id + R"(,"status":")" + status +
         R"(","currency":"VND","date_created_gmt":"2026-11-22T01:29:00",)"
         R"("date_modified_gmt":"2026-11-22T01:29:00","date_completed_gmt":null,"total":"260000",)"
         R"("shipping_total":"0","refunds":[],"line_items":[{"id":2,"product_id":12,)"
         R"("variation_id":77,"quantity":4,"total":"260000","sku":"LC-SAY-200","name":"X"}])" +
         more + "}";
}

class ProvincialOrders : public ::testing::Test {
 protected:
  Store store(std::map<std::string, std::string> more = {}) {
    Settings settings{catalog::AccountId{"san"},
                      {{"base_url", "https://san.example.vn"},
                       {"consumer_key", "ck_1"},
                       {"consumer_secret", "cs_2"}}};
    for (auto& [name, value] : more) settings.options[name] = value;
    auto options = read_options(settings);
    EXPECT_TRUE(options.ok());
    return Store(std::move(options).value(), {clock_, sessions_, waiter_}, wire_);
  }
  // "GET /orders/15", … as it was asked.
  std::vector<std::string> calls() const {
    std::vector<std::string> out;
    for (const auto& request : wire_->requests()) {
      const auto path = request.url.substr(std::string(kApi).size());
      out.push_back(request.method + " " + path.substr(0, path.find('?')));
    }
    return out;
  }
  std::string body(std::size_t at) const { return wire_->requests().at(at).body; }

  base::ManualClock clock_{base::from_unix_s(1'795'500'000)};
  NoSessions sessions_;
  common::ManualWaiter waiter_{clock_};
  std::shared_ptr<ScriptedTransport> wire_ = std::make_shared<ScriptedTransport>();
};

TEST_F(ProvincialOrders, AreFetchedTogetherAndTheRestOneByOne) {
  wire_->reply(200, "[" + order("15", "processing") + "]");
  wire_->reply(200, order("16", "trash"));
  wire_->reply(404, R"({"code":"woocommerce_rest_shop_order_invalid_id","message":"Invalid ID."})");
  const std::vector<std::string> ids{"15", "16", "17", "../products"};

  const auto page = store().fetch_orders(ids);

  ASSERT_TRUE(page.ok()) << page.error().message;
  ASSERT_EQ(page.value().orders.size(), 2U);
  EXPECT_EQ(page.value().orders[0].lines[0].remote_item_id, "12");
  EXPECT_EQ(page.value().orders[0].lines[0].remote_unit_id, "77");
  EXPECT_EQ(page.value().orders[1].status, catalog::OrderStatus::cancelled) << "in the trash";
  EXPECT_EQ(calls(), (std::vector<std::string>{"GET /orders", "GET /orders/16", "GET /orders/17"}));
  EXPECT_NE(wire_->requests()[0].url.find("include=15%2C16%2C17&status=any&per_page=100"),
            std::string::npos)
      << wire_->requests()[0].url;
}

TEST_F(ProvincialOrders, ABasketIsNoOrderAndABrokenOneHidesNoOther) {
  const auto broken = R"({"id":2,"status":"processing","currency":"VND"})";
  wire_->reply(200, "[" + order("1", "checkout-draft") + "," + broken + "," +
                        order("3", "processing") + "]");

  const auto page = store().pull_orders({clock_.now() - 72h, clock_.now(), {}});

  ASSERT_TRUE(page.ok());
  ASSERT_EQ(page.value().orders.size(), 1U);
  EXPECT_EQ(page.value().orders[0].remote_id, "3");
  EXPECT_EQ(page.value().unreadable.size(), 1U);
}

std::string refund(const std::string& id, const std::string& at, int packs) {
  const auto line = packs == 0 ? std::string{}
                               : R"({"id":90,"quantity":-)" + std::to_string(packs) +
                                     R"(,"total":"-65000","sku":"LC-SAY-200","meta_data":[)"
                                     R"({"key":"_refunded_item_id","value":"2"}]})";
  return R"({"id":)" + id + R"(,"date_created_gmt":")" + at +
         R"(","amount":"65000","reason":"hư","refunded_payment":false,"line_items":[)" + line +
         "]}";
}

std::string with_refunds(const std::string& completed) {
  auto text = order("15", completed == "null" ? "processing" : "completed");
  const auto put = [&](const std::string& from, const std::string& to) {
    text.replace(text.find(from), from.size(), to);
  };
  put(R"("refunds":[])", R"("refunds":[{"id":20,"total":"-65000"}])");
  put(R"("date_completed_gmt":null)", R"("date_completed_gmt":)" + completed);
  return text;
}

TEST_F(ProvincialOrders, PacksRefundedBeforeSendingComeOffTheOrder) {
  wire_->reply(200, "[" + with_refunds("null") + "]");
  wire_->reply(200, "[" + refund("21", "2026-11-22T02:00:00", 1) + "," +
                        refund("20", "2026-11-22T01:59:00", 2) + "," +
                        refund("22", "2026-11-22T02:10:00", 0) + "]");
  auto shop = store();

  const auto page = shop.pull_orders({clock_.now() - 72h, clock_.now(), {}});

  ASSERT_TRUE(page.ok()) << page.error().message;
  const auto& line = page.value().orders.at(0).lines.at(0);
  EXPECT_EQ(line.cancelled, 3);
  EXPECT_EQ(page.value().orders[0].goods.minor, 65'000);
  EXPECT_EQ(page.value().orders[0].status, catalog::OrderStatus::to_ship);
  wire_->reply(200, "[" + with_refunds("null") + "]");
  wire_->reply(200, "[" + refund("21", "2026-11-22T02:00:00", 1) + "," +
                        refund("22", "2026-11-22T02:10:00", 0) + "]");
  const auto returns = shop.after_sale()->pull_returns({clock_.now() - 72h, clock_.now(), {}});
  ASSERT_TRUE(returns.ok());
  ASSERT_EQ(returns.value().cases.size(), 1U) << "an amount alone, and nothing that stays here";
  EXPECT_EQ(returns.value().cases[0].remote_id, "22");
}

TEST_F(ProvincialOrders, PacksRefundedAfterSendingAreAReturn) {
  wire_->reply(200, "[" + with_refunds(R"("2026-11-22T01:30:00")") + "]");
  wire_->reply(200, "[" + refund("20", "2026-11-22T02:00:00", 2) + "]");
  auto shop = store();

  const auto page = shop.pull_orders({clock_.now() - 72h, clock_.now(), {}});
  wire_->reply(200, "[" + with_refunds(R"("2026-11-22T01:30:00")") + "]");
  wire_->reply(200, "[" + refund("20", "2026-11-22T02:00:00", 2) + "]");
  const auto returns = shop.after_sale()->pull_returns({clock_.now() - 72h, clock_.now(), {}});

  ASSERT_TRUE(page.ok() && returns.ok());
  EXPECT_EQ(page.value().orders.at(0).lines.at(0).cancelled, 0);
  ASSERT_EQ(returns.value().cases.size(), 1U);
  const auto& found = returns.value().cases[0];
  EXPECT_EQ(found.status, catalog::ReturnStatus::refunded);
  EXPECT_EQ(found.refund.minor, 65'000);
  EXPECT_EQ(found.reason, "") << "a person's text";
  ASSERT_EQ(found.lines.size(), 1U);
  EXPECT_EQ(found.lines[0].remote_line_id, "2");
  EXPECT_EQ(found.lines[0].quantity, 2);
}

TEST_F(ProvincialOrders, OneRefundedWholeBeforeSendingIsCancelled) {
  auto sent = order("16", "refunded");
  sent.replace(sent.find("null"), 4, R"("2026-11-22T01:30:00")");
  wire_->reply(200, "[" + order("15", "refunded") + "," + sent + "]");

  const auto page = store().pull_orders({clock_.now() - 72h, clock_.now(), {}});

  ASSERT_TRUE(page.ok());
  EXPECT_EQ(page.value().orders.at(0).status, catalog::OrderStatus::cancelled);
  EXPECT_EQ(page.value().orders.at(1).status, catalog::OrderStatus::returned);
}

TEST_F(ProvincialOrders, NoPageIsGivenWithoutItsRefunds) {
  wire_->reply(200, "[" + with_refunds("null") + "]");
  wire_->reply(503, "busy");

  const auto page = store().pull_orders({clock_.now() - 72h, clock_.now(), {}});

  ASSERT_FALSE(page.ok());
  EXPECT_EQ(page.error().code, ErrorCode::unavailable);
}

TEST_F(ProvincialOrders, ShippingWithoutANumberSetsTheStatusAlone) {
  wire_->reply(200, order("15", "processing"));
  wire_->reply(200, order("15", "completed"));
  wire_->reply(200, order("15", "completed"));

  const auto parcels = store().fulfilment()->ship({"15", {}, {}, {}, {}});

  ASSERT_TRUE(parcels.ok()) << parcels.error().message;
  EXPECT_TRUE(parcels.value().empty()) << "no number will come later";
  EXPECT_EQ(calls(),
            (std::vector<std::string>{"GET /orders/15", "PUT /orders/15", "GET /orders/15"}));
  EXPECT_EQ(body(1), R"({"status":"completed"})") << "as recorded";
}

TEST_F(ProvincialOrders, ANoteThatIsThereIsNotWrittenAgainWhateverAPlugInMadeOfIt) {
  const std::string note =
      R"([{"id":9,"customer_note":false,"note":"Đơn hàng đã được gửi qua VNPost, mã vận đơn EB1."},)"
      R"({"id":8,"customer_note":true,"note":"<p>Đơn hàng  đã được gửi qua VNPost,\n)"
      R"(mã vận đơn <b>EB1</b>.</p>"}])";
  wire_->reply(200, order("15", "processing"));
  wire_->reply(200, note);
  wire_->reply(200, order("15", "completed"));
  wire_->reply(200, order("15", "completed",
                          R"(,"meta_data":[{"id":1,"key":"_nongsan_tracking_number",)"
                          R"("value":"EB1"},{"id":2,"key":"_nongsan_carrier","value":"VNPost"}])"));

  const auto parcels = store().fulfilment()->ship({"15", {}, {}, "VNPost", " EB1 "});

  ASSERT_TRUE(parcels.ok()) << parcels.error().message;
  ASSERT_EQ(parcels.value().size(), 1U);
  EXPECT_EQ(parcels.value()[0].tracking_number, "EB1");
  EXPECT_EQ(parcels.value()[0].carrier, "VNPost");
  EXPECT_EQ(calls(), (std::vector<std::string>{"GET /orders/15", "GET /orders/15/notes",
                                               "PUT /orders/15", "GET /orders/15"}));
}

TEST_F(ProvincialOrders, ANoteWhoseAnswerWasLostIsLookedForAndWaitedFor) {
  wire_->reply(200, order("15", "processing"));
  wire_->reply(200, "[]");
  wire_->fail({ErrorCode::unknown_outcome, "silence", {}, {}});
  wire_->reply(200, "[]");

  const auto parcels = store().fulfilment()->ship({"15", {}, {}, "VNPost", "EB1"});

  ASSERT_FALSE(parcels.ok());
  EXPECT_EQ(parcels.error().code, ErrorCode::unknown_outcome);
  EXPECT_EQ(parcels.error().retry_after, kNoteLandsWithin) << "it may still land";
  EXPECT_EQ(calls().back(), "GET /orders/15/notes") << "the status waits for it, too";
  EXPECT_EQ(wire_->requests()[2].repeatable, common::Repeatable::no);
}

TEST_F(ProvincialOrders, WhatCannotBeShippedIsRefusedBeforeAnythingIsWritten) {
  for (const std::string status : {"pending", "on-hold", "failed", "cancelled", "refunded"}) {
    wire_->reply(200, order("15", status));
    const auto parcels = store().fulfilment()->ship({"15", {}, {}, "VNPost", "EB1"});
    ASSERT_FALSE(parcels.ok()) << status;
    EXPECT_EQ(parcels.error().code, ErrorCode::rejected) << status;
  }
  for (const auto& call : calls()) EXPECT_EQ(call, "GET /orders/15");
  auto shop = store();
  EXPECT_EQ(shop.fulfilment()->ship({"15", {}, {}, "<b>", "1"}).error().code, ErrorCode::rejected);
  EXPECT_EQ(shop.fulfilment()->ship({"15/notes", {}, {}, {}, {}}).error().code, ErrorCode::invalid);
  EXPECT_EQ(shop.fulfilment()->label("15").error().code, ErrorCode::rejected);
}

TEST_F(ProvincialOrders, AStoreMayHaveItsOwnWordForSent) {
  wire_->reply(200, order("15", "processing"));
  wire_->reply(200, order("15", "da-gui"));
  wire_->reply(200, order("15", "da-gui"));
  auto shop = store({{"shipped_status", "wc-da-gui"}});

  ASSERT_TRUE(shop.fulfilment()->ship({"15", {}, {}, {}, {}}).ok());
  wire_->reply(200, "[" + order("15", "da-gui") + "]");
  const auto page = shop.pull_orders({clock_.now() - 72h, clock_.now(), {}});

  EXPECT_EQ(body(1), R"({"status":"da-gui"})");
  ASSERT_TRUE(page.ok());
  EXPECT_EQ(page.value().orders.at(0).status, catalog::OrderStatus::shipped);
  const Settings wrong{catalog::AccountId{"san"},
                       {{"base_url", "https://san.example.vn"},
                        {"consumer_key", "k"},
                        {"consumer_secret", "s"},
                        {"shipped_status", "cancelled"}}};
  EXPECT_FALSE(read_options(wrong).ok());
}

WebhookRequest message(const std::string& secret, const std::string& body,
                       const std::string& delivery) {
  WebhookRequest request;
  request.headers = {{"x-wc-webhook-signature", common::hmac_sha256_base64(secret, body)},
                     {"x-wc-webhook-topic", "order.updated"},
                     {"x-wc-webhook-delivery-id", delivery}};
  request.body = body;
  return request;
}

TEST_F(ProvincialOrders, MessagesOfOneSecondAreToldApartAndACopyIsNot) {
  auto shop = store({{"webhook_secret", "s3cret"}});
  auto* port = shop.webhooks();

  const auto one = port->verify(message("s3cret", R"({"id":15})", "d1"));
  const auto other = port->verify(message("s3cret", R"({"id":16})", "d1"));
  const auto copy = port->verify(message("s3cret", R"({"id":15})", "d1"));

  ASSERT_TRUE(one.ok() && other.ok() && copy.ok());
  EXPECT_NE(one.value().event_id, other.value().event_id);
  EXPECT_EQ(one.value().event_id, copy.value().event_id);
  EXPECT_EQ(other.value().order_id, "16");
}

TEST_F(ProvincialOrders, AForgedMessageIsRefusedAndSoIsASignedRiddle) {
  auto shop = store({{"webhook_secret", "s3cret"}});
  auto* port = shop.webhooks();
  auto changed = message("s3cret", R"({"id":15})", "d1");
  changed.body = R"({"id":16})";
  auto unsigned_order = message("s3cret", R"({"id":15})", "d1");
  unsigned_order.headers.erase("x-wc-webhook-signature");
  WebhookRequest no_ping;
  no_ping.body = "webhook_id=1&order=2";

  EXPECT_EQ(port->verify(changed).error().code, ErrorCode::unauthorized);
  EXPECT_EQ(port->verify(message("other", R"({"id":15})", "d1")).error().code,
            ErrorCode::unauthorized);
  EXPECT_EQ(port->verify(unsigned_order).error().code, ErrorCode::unauthorized);
  EXPECT_EQ(port->verify(no_ping).error().code, ErrorCode::unauthorized);
  EXPECT_EQ(port->verify(message("s3cret", "[]", "d1")).error().code, ErrorCode::invalid);
}

TEST_F(ProvincialOrders, TheSecretIsMadeOfTheKeysAndTellsNothingOfThem) {
  auto shop = store();
  wire_->reply(200, "[]");
  wire_->otherwise([](const WireRequest&) -> base::Result<RestResponse> {
    return RestResponse{201, {}, R"({"id":1,"status":"active"})"};
  });

  ASSERT_TRUE(shop.webhooks()->subscribe("https://nongsan.example.vn/hooks/san").ok());

  const auto sent = body(1);
  EXPECT_EQ(sent.find("cs_2"), std::string::npos);
  const auto secret = common::hmac_sha256_hex("cs_2", "nongsan webhooks");
  EXPECT_NE(sent.find(R"("secret":")" + secret + '"'), std::string::npos);
  EXPECT_TRUE(shop.webhooks()->verify(message(secret, R"({"id":1})", "d")).ok());
}

}  // namespace
}  // namespace connectors::provincial
