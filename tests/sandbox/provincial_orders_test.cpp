// What hangs on the simulated store's orders: notes, refunds, meta data; and its messages.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "sandbox/json_tools.h"
#include "sandbox/provincial/hooks.h"
#include "sandbox/wire/sign.h"
#include "tests/sandbox/support.h"

namespace sandbox_test {
namespace {

using sandbox::integer_in;
using sandbox::text_in;

constexpr const char* kOrders = "/wp-json/wc/v3/orders";

class OrderPapers : public ::testing::Test {
 protected:
  OrderPapers() {
    item_ = shop_.add("A", 65'000, 5);
    order_ = shop_.channel().buy({{"A", 3}}).value().order_id;
  }
  Json at(const std::string& part) { return shop_.get(kOrders + ("/" + order_) + part); }
  server::http::Response post(const std::string& part, const std::string& body) {
    return shop_.call("POST", kOrders + ("/" + order_) + part, body);
  }
  std::int64_t stock() { return shop_.channel().shown().at(0).stock; }
  std::string line() { return at("").at("line_items").at(0).at("id").serialize(); }

  Shop shop_;
  std::string item_;
  std::string order_;
};

TEST_F(OrderPapers, NotesAreForTheBuyerOrForTheStaff) {
  EXPECT_EQ(post("/notes", R"({"note":"Đã gửi","customer_note":true})").status, 201);
  EXPECT_EQ(post("/notes", R"({"note":"Kho nhắc"})").status, 201);
  EXPECT_EQ(post("/notes", "{}").status, 400);

  const auto all = at("/notes");
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(text_in(all.at(0), "note"), "Kho nhắc") << "newest first";
  EXPECT_FALSE(all.at(0).at("customer_note").as_bool());
  EXPECT_EQ(at("/notes?type=customer").size(), 1U);
}

TEST_F(OrderPapers, ARefundIsAnsweredAsRecordedAndShownInTheOrder) {
  const auto answer =
      post("/refunds", R"({"amount":"65000","reason":"Hàng hỏng","api_refund":false})");

  EXPECT_EQ(answer.status, 201);
  const auto refund = parsed(answer);
  EXPECT_EQ(text_in(refund, "amount"), "65000");
  EXPECT_EQ(text_in(refund, "reason"), "Hàng hỏng");
  EXPECT_EQ(refund.at("line_items").size(), 0U);
  for (const auto* member :
       {"id", "date_created", "date_created_gmt", "refunded_by", "refunded_payment", "meta_data",
        "shipping_lines", "tax_lines", "fee_lines", "_links"}) {
    EXPECT_TRUE(refund.has_field(member)) << member;
  }
  const auto order = at("");
  EXPECT_EQ(text_in(order.at("refunds").at(0), "total"), "-65000");
  EXPECT_EQ(text_in(order, "status"), "processing");
  EXPECT_EQ(stock(), 2) << "an amount alone brings no goods back";
}

TEST_F(OrderPapers, RefundedLinesComeBackToTheShelfUnlessToldNotTo) {
  post("/refunds", R"({"line_items":[{"id":)" + line() + R"(,"quantity":1}]})");
  EXPECT_EQ(stock(), 3);
  post("/refunds", R"({"api_restock":false,"line_items":[{"id":)" + line() + R"(,"quantity":1}]})");
  EXPECT_EQ(stock(), 3);

  const auto refunds = at("/refunds");
  ASSERT_EQ(refunds.size(), 2U);
  const auto row = refunds.at(0).at("line_items").at(0);
  EXPECT_EQ(integer_in(row, "quantity"), -1);
  EXPECT_EQ(text_in(row, "total"), "-65000");
  EXPECT_EQ(text_in(row.at("meta_data").at(0), "key"), "_refunded_item_id");
  EXPECT_EQ(text_in(row.at("meta_data").at(0), "value"), line());
  EXPECT_EQ(post("/refunds", R"({"amount":"65001"})").status, 500) << "more than is left";
  EXPECT_EQ(post("/refunds", R"({"amount":"65000"})").status, 201);
  EXPECT_EQ(text_in(at(""), "status"), "refunded") << "nothing is left";
}

TEST_F(OrderPapers, MetaDataIsFoundByItsKey) {
  const auto path = kOrders + ("/" + order_);
  shop_.call("PUT", path,
             R"({"meta_data":[{"key":"_so","value":"1"},{"key":"_hai","value":"x"}]})");
  shop_.call("PUT", path,
             R"({"meta_data":[{"key":"_so","value":"2"},{"key":"_hai","value":null}]})");

  const auto meta = at("").at("meta_data");

  ASSERT_EQ(meta.size(), 1U);
  EXPECT_EQ(text_in(meta.at(0), "value"), "2");
}

TEST_F(OrderPapers, EverythingIsThereAfterARestart) {
  post("/notes", R"({"note":"Đã gửi","customer_note":true})");
  post("/refunds", R"({"line_items":[{"id":)" + line() + R"(,"quantity":1}]})");
  shop_.call("POST", "/wp-json/wc/v3/webhooks",
             R"({"topic":"order.updated","delivery_url":"http://127.0.0.1:9/x","secret":"s"})");
  const auto before = shop_.channel().truth();

  shop_.channel().load(shop_.channel().save());

  const auto after = shop_.channel().truth();
  EXPECT_EQ(after.at("orders"), before.at("orders"));
  EXPECT_EQ(after.at("pushes"), before.at("pushes"));
}

// A receiver without a wire.
struct Received {
  std::vector<sandbox::wire::Letter> letters;
  int status = 200;
  std::map<std::string, std::string> headers(std::size_t at) const {
    std::map<std::string, std::string> out;
    for (const auto& [name, value] : letters.at(at).headers) out[name] = value;
    return out;
  }
};

class StoreHooks : public ::testing::Test {
 protected:
  sandbox::provincial::Call call(const std::string& method, const std::string& rest,
                                 const std::string& body) {
    sandbox::provincial::Call out;
    out.method = method;
    out.site = "http://san.example.vn";
    out.route = "/wc/v3/webhooks" + rest;
    if (!body.empty()) out.body = Json::parse(body);
    return out;
  }
  void subscribe(const std::string& topic) {
    const auto answer = hooks_.handle(
        call("POST", "",
             R"({"delivery_url":"http://127.0.0.1:9/hooks","secret":"s3cret","topic":")" + topic +
                 "\"}"));
    ASSERT_EQ(answer.status, 201);
    EXPECT_FALSE(answer.body.has_field("secret")) << "never shown";
  }
  void deliver() { sandbox::provincial::Hooks::deliver(hooks_.all()); }

  sandbox::Context context_{5};
  Received received_;
  sandbox::provincial::Hooks hooks_{context_, [this](const sandbox::wire::Letter& letter) {
                                      received_.letters.push_back(letter);
                                      return sandbox::wire::Answer{received_.status, "", ""};
                                    }};
};

TEST_F(StoreHooks, APingThenSignedMessagesWithTheRecordedHeaders) {
  subscribe("order.updated");
  hooks_.tell("order.updated", "15", R"({"id":15})");
  hooks_.tell("product.updated", "12", R"({"id":12})");
  deliver();

  ASSERT_EQ(received_.letters.size(), 2U);
  EXPECT_EQ(received_.letters[0].body, "webhook_id=1");
  EXPECT_EQ(received_.headers(0)["Content-Type"], "application/x-www-form-urlencoded");
  EXPECT_FALSE(received_.headers(0).contains("X-WC-Webhook-Signature"));
  const auto headers = received_.headers(1);
  EXPECT_EQ(headers.at("X-WC-Webhook-Topic"), "order.updated");
  EXPECT_EQ(headers.at("X-WC-Webhook-Resource"), "order");
  EXPECT_EQ(headers.at("X-WC-Webhook-Event"), "updated");
  EXPECT_EQ(headers.at("X-WC-Webhook-ID"), "1");
  EXPECT_EQ(headers.at("X-WC-Webhook-Source"), "http://san.example.vn/");
  EXPECT_EQ(headers.at("X-WC-Webhook-Delivery-ID").size(), 32U);
  EXPECT_EQ(headers.at("X-WC-Webhook-Signature").size(), 44U);
}

TEST_F(StoreHooks, AWebhookIsDisabledByTheSeventhFailureInARowAndTakesOneToFallAgain) {
  subscribe("order.updated");
  deliver();
  received_.status = 503;
  const auto status = [&] { return text_in(hooks_.handle(call("GET", "/1", "")).body, "status"); };
  const auto fail = [&] {
    hooks_.tell("order.updated", "15", R"({"id":15})");
    deliver();
  };
  for (int i = 0; i < 6; ++i) fail();
  EXPECT_EQ(status(), "active");
  fail();
  EXPECT_EQ(status(), "disabled");
  const auto sent = received_.letters.size();
  hooks_.tell("order.updated", "16", R"({"id":16})");
  deliver();
  EXPECT_EQ(received_.letters.size(), sent) << "nothing is sent any more, and nothing twice";

  hooks_.handle(call("PUT", "/1", R"({"status":"active"})"));
  EXPECT_EQ(status(), "active");
  fail();
  EXPECT_EQ(status(), "disabled");
  hooks_.handle(call("PUT", "/1", R"({"status":"active"})"));
  received_.status = 200;
  fail();
  received_.status = 503;
  fail();
  EXPECT_EQ(status(), "active") << "one that is taken clears the count";
}

TEST_F(StoreHooks, WhatIsNoWebhookIsRefused) {
  EXPECT_EQ(hooks_.handle(call("POST", "", R"({"topic":"order.eaten","delivery_url":"http://x"})"))
                .status,
            400);
  EXPECT_EQ(
      hooks_.handle(call("POST", "", R"({"topic":"order.updated","delivery_url":"x"})")).status,
      400);
  subscribe("order.updated");
  EXPECT_EQ(hooks_.handle(call("DELETE", "/1", "")).status, 501) << "only with force";
  EXPECT_EQ(hooks_.handle(call("GET", "/7", "")).status, 400);
}

}  // namespace
}  // namespace sandbox_test
