// The parts of the connector over a scripted wire: what the sandbox does not do on demand.
#include "connectors/shopee/client.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "connectors/common/scripted_transport.h"
#include "connectors/shopee/after_sale.h"
#include "connectors/shopee/consent.h"
#include "connectors/shopee/featuring.h"
#include "connectors/shopee/fulfilment.h"
#include "connectors/shopee/money.h"
#include "connectors/shopee/products.h"
#include "connectors/shopee/pushes.h"
#include "connectors/shopee/webhooks.h"
#include "connectors/shopee/windows.h"

namespace connectors::shopee {
namespace {

using base::ErrorCode;
using common::ScriptedTransport;
using namespace std::chrono_literals;

constexpr std::int64_t kNow = 1'760'000'000;

Options options() {
  Options options;
  options.partner_id = 1'000'001;
  options.partner_key = "test-partner-key-7f3a9c21d5b84e06";
  options.shop_id = 600'001;
  options.base_url = "https://shop.example";
  options.consent_url = "https://consent.example/auth";
  options.rate = {1'000.0, 1'000};
  options.logistic_ids = {50'021};
  options.location_id = "VN0000HTX";
  options.push_keys = {"push-key-other", "push-key-5d1e8b40c2974f6a"};
  options.featured_category = "Chosen";
  return options;
}

class Sessions final : public common::SessionStore {
 public:
  std::optional<common::Session> load() override { return kept; }
  void save(const common::Session& session) override { kept = session; }
  std::optional<common::Session> kept;
};

class StopsWhenAsked final : public common::Waiter {
 public:
  explicit StopsWhenAsked(base::ManualClock& clock) : clock_(clock) {}
  bool wait(std::chrono::milliseconds time) override {
    clock_.advance(time);
    return !(stopped && time >= 5s);
  }
  bool stopped = false;

 private:
  base::ManualClock& clock_;
};

class ShopeeParts : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto now = clock_.now();
    sessions_.kept = common::Session{"access-1", "refresh-1", now + 4h, now + 720h, 1};
  }
  void ok(const std::string& response = "{}") {
    wire_->reply(200, R"({"error":"","message":"","request_id":"r","response":)" + response + "}");
  }
  void bad(const std::string& error, const std::string& message, int status = 200) {
    wire_->reply(status, R"({"error":")" + error + R"(","message":")" + message + R"("})");
  }
  std::vector<std::string> paths() const {
    std::vector<std::string> out;
    for (const auto& request : wire_->requests()) {
      const auto from = request.url.find("/api/v2/") + 8;
      out.push_back(request.url.substr(from, request.url.find('?') - from));
    }
    return out;
  }
  std::string body(std::size_t index) const { return wire_->requests().at(index).body; }
  ListingContent pack(const std::string& sku, std::int64_t price) const {
    ListingContent content;
    content.sku = catalog::Sku{sku};
    content.product = catalog::ProductId{"rice"};
    content.product_name = {"Gạo ST25", ""};
    content.pack_name = {"Túi " + sku, ""};
    content.title = {"Gạo ST25 - Túi " + sku, ""};
    content.category_remote_id = "100781";
    content.package_weight_g = 5'200;
    content.price = price;
    content.initial_stock = 9;
    return content;
  }

  // With a picture that goes out as it is: the head of an 800 x 800 PNG.
  std::vector<ListingContent> two_packs() {
    picture_ = std::filesystem::temp_directory_path() /
               ("nongsan-shopee-parts-" + std::to_string(::getpid()) + ".png");
    std::ofstream{picture_, std::ios::binary}
        << std::string{"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x03\x20\0\0\x03\x20\x08\x02\0\0\0", 29};
    std::vector<ListingContent> batch{pack("A", 50'000), pack("B", 90'000)};
    for (auto& one : batch) one.image_files = {picture_.string()};
    return batch;
  }
  void TearDown() override {
    if (!picture_.empty()) std::filesystem::remove(picture_);
  }

  std::filesystem::path picture_;
  base::ManualClock clock_{base::from_unix_s(kNow)};
  StopsWhenAsked waiter_{clock_};
  Sessions sessions_;
  std::shared_ptr<ScriptedTransport> wire_ = std::make_shared<ScriptedTransport>();
  Environment environment_{clock_, sessions_, waiter_};
  Client client_{options(), environment_, wire_};
  Reads reads_{client_, clock_};
  Locations locations_{client_};
};

// --- messages

const std::string kUrl = "https://hub.example.vn/hooks/shopee";
const std::string kPush =
    R"({"data":{"items":[],"ordersn":"251009A1B2C3D4","status":"READY_TO_SHIP",)"
    R"("completed_scenario":"","update_time":1760000000},"shop_id":600001,"code":3,)"
    R"("timestamp":1760000001})";

TEST_F(ShopeeParts, AMessageIsSignedOverUrlAndRawBody) {
  const std::string signature = "d516e99325ecc71459032d041949730f814282b9e6981d0aa4a4e8bca9eea080";
  PushMessages messages{client_};

  EXPECT_EQ(sign_push("push-key-5d1e8b40c2974f6a", kUrl, kPush), signature);
  const auto event = messages.verify({kUrl, {{"authorization", signature}}, kPush});

  ASSERT_TRUE(event.ok()) << event.error().message;
  EXPECT_EQ(event.value().kind, WebhookKind::order);
  EXPECT_EQ(event.value().order_id, "251009A1B2C3D4");
  EXPECT_EQ(event.value().at, base::from_unix_s(1'760'000'001));
  for (const auto& forged :
       {WebhookRequest{kUrl + "/", {{"authorization", signature}}, kPush},
        WebhookRequest{kUrl, {{"authorization", signature}}, kPush + "\n"},
        WebhookRequest{kUrl, {{"authorization", ""}}, kPush}, WebhookRequest{kUrl, {}, kPush}}) {
    EXPECT_EQ(messages.verify(forged).error().code, ErrorCode::unauthorized);
  }
}

TEST_F(ShopeeParts, MessagesAreReadHoweverTheyAreSpelt) {
  PushMessages messages{client_};
  const auto verify = [&](const std::string& text) {
    const auto signature = sign_push("push-key-other", kUrl, text);
    return messages.verify({kUrl, {{"authorization", signature}}, text});
  };

  const auto order = verify(R"({"code":"15","shop_id":"600001","timestamp":"1760000002",)"
                            R"("data":{"order_sn":"A1","status":"READY"}})");
  const auto item = verify(R"({"code":16,"shop_id":600001,"timestamp":1,)"
                           R"("data":{"item_id":1051400341536827267,"update_time":5}})");
  const auto foreign = verify(R"({"code":3,"shop_id":7,"timestamp":1,"data":{"ordersn":"B"}})");
  const auto consent = verify(R"({"code":2,"partner_id":1,"timestamp":1,"data":{"extra":"x"}})");
  const auto test = verify(R"({"code":0,"shop_id":0,"timestamp":1,"data":{}})");

  EXPECT_EQ(order.value().kind, WebhookKind::order);
  EXPECT_EQ(order.value().order_id, "A1");
  EXPECT_EQ(item.value().item_id, "1051400341536827267");
  EXPECT_EQ(foreign.value().kind, WebhookKind::other);
  EXPECT_TRUE(foreign.value().order_id.empty());
  EXPECT_EQ(consent.value().kind, WebhookKind::consent);
  EXPECT_EQ(test.value().kind, WebhookKind::ping);
  EXPECT_EQ(verify("[1]").error().code, ErrorCode::invalid);
  EXPECT_EQ(verify(R"({"data":{}})").error().code, ErrorCode::invalid);
  EXPECT_EQ(verify("<html>").error().code, ErrorCode::invalid);
}

TEST_F(ShopeeParts, AMessageSentTwiceHasOneIdAndANewStateAnother) {
  PushMessages messages{client_};
  const auto id_of = [&](const std::string& status, const std::string& sent) {
    const auto text = R"({"code":3,"shop_id":600001,"timestamp":)" + sent +
                      R"(,"data":{"ordersn":"A1","status":")" + status +
                      R"(","update_time":1760000000}})";
    const auto signature = sign_push("push-key-other", kUrl, text);
    return messages.verify({kUrl, {{"authorization", signature}}, text}).value().event_id;
  };

  EXPECT_EQ(id_of("SHIPPED", "1760000001"), id_of("SHIPPED", "1760000301"));
  EXPECT_NE(id_of("SHIPPED", "1760000001"), id_of("PROCESSED", "1760000001"));
}

// --- consent

TEST_F(ShopeeParts, ConsentPagesCarryTheRedirectAndTheSignature) {
  ShopConsent consent{client_, clock_};

  const auto pages = consent.pages("https://hub.example.vn/back?n=1");

  ASSERT_TRUE(pages.ok());
  EXPECT_EQ(pages.value()[0].url,
            "https://consent.example/auth?partner_id=1000001&auth_type=seller&redirect_uri="
            "https%3A%2F%2Fhub.example.vn%2Fback%3Fn%3D1&response_type=code");
  EXPECT_EQ(pages.value()[1].url,
            "https://shop.example/api/v2/shop/auth_partner?partner_id=1000001&timestamp=1760000000"
            "&sign=8a63d69c791e78fc357cd229ba1c3e9d539c813db2eb282aaaaf1609e8da129a&redirect="
            "https%3A%2F%2Fhub.example.vn%2Fback%3Fn%3D1");
}

TEST_F(ShopeeParts, AMainAccountLetsUsIntoItsShopsOnly) {
  ShopConsent consent{client_, clock_};
  const std::string pair = R"({"error":"","access_token":"access-2","refresh_token":"r-2",)"
                           R"("expire_in":14400,"shop_id_list":)";
  wire_->reply(200, pair + "[7,8]}");
  wire_->reply(200, pair + "[7,600001]}");
  wire_->reply(200, R"({"error":"","shop_name":"HTX","expire_time":1790000000})");

  const auto foreign = consent.redeem({{"code", "c"}, {"main_account_id", "99"}});
  EXPECT_EQ(sessions_.kept->access_token, "access-1");
  const auto ours = consent.redeem({{"code", "c"}, {"main_account_id", "99"}});

  EXPECT_EQ(foreign.error().code, ErrorCode::rejected);
  ASSERT_TRUE(ours.ok()) << ours.error().message;
  EXPECT_EQ(body(1), R"({"code":"c","main_account_id":99,"partner_id":1000001})");
  EXPECT_EQ(sessions_.kept->access_token, "access-2");
  EXPECT_EQ(consent.state()->consent_ends, base::from_unix_s(1'790'000'000));
  EXPECT_FALSE(consent.redeem({{"shop_id", "600001"}}).ok()) << "no code";
  EXPECT_FALSE(consent.redeem({{"code", "c"}}).ok()) << "no holder";
  EXPECT_EQ(paths().size(), 3U) << "a code is never spent on a guess";
}

// --- products

TEST_F(ShopeeParts, APictureThatCannotBeReadKeepsTheWholeProductBack) {
  Products products{client_, reads_, locations_, waiter_};
  std::vector<ListingContent> batch{pack("A", 50'000), pack("B", 90'000)};
  for (auto& one : batch) one.image_files = {"/nonexistent/a.jpg"};

  const auto unreadable = products.publish(batch);
  EXPECT_EQ(unreadable.rejected.size(), 2U) << "no picture, no item";
  EXPECT_TRUE(wire_->requests().empty());
}

TEST_F(ShopeeParts, StoppingBetweenItemAndModelsIsAnUnknownOutcome) {
  Products products{client_, reads_, locations_, waiter_};
  waiter_.stopped = true;
  ok(R"({"image_info":{"image_id":"vn-1"}})");
  ok(R"({"item_id":7})");

  const auto report = products.publish(two_packs());

  EXPECT_TRUE(report.accepted.empty());
  EXPECT_TRUE(report.rejected.empty());
  ASSERT_TRUE(report.stopped_by.has_value());
  EXPECT_EQ(report.stopped_by->code, ErrorCode::unknown_outcome);
  EXPECT_EQ(paths().back(), "product/add_item");
  EXPECT_NE(body(1).find(R"("item_status":"UNLIST")"), std::string::npos);
  EXPECT_NE(body(1).find(R"("item_sku":"A")"), std::string::npos);
}

TEST_F(ShopeeParts, ARefusedStructureTakesTheHiddenItemAwayAgain) {
  Products products{client_, reads_, locations_, waiter_};
  ok(R"({"image_info":{"image_id":"vn-1"}})");
  ok(R"({"item_id":7})");
  bad("product.error_invalid_tier_variation", "The option name is invalid.");
  ok();

  const auto report = products.publish(two_packs());

  EXPECT_EQ(report.rejected.size(), 2U);
  EXPECT_FALSE(report.stopped_by.has_value());
  EXPECT_EQ(paths().back(), "product/delete_item");
  EXPECT_EQ(body(3), R"({"item_id":7})");
}

TEST_F(ShopeeParts, ABusyShopIsAskedAgainForTheModels) {
  ModelMaker models{client_, reads_, locations_, waiter_};
  const std::vector<Pack> packs{pack_of(pack("A", 50'000)), pack_of(pack("B", 90'000))};
  bad("product.error_system_busy", "The product is still being created.");
  ok(R"({"model":[]})");
  ok(R"({"model":[{"model_id":11,"model_sku":"A"},{"model_id":12,"model_sku":"B"}]})");

  const auto made = models.init("7", packs);

  ASSERT_TRUE(made.ok()) << made.error().message;
  EXPECT_EQ(made.value().by_sku(catalog::Sku{"B"})->id, "12");
  EXPECT_EQ(paths(),
            (std::vector<std::string>{"product/init_tier_variation", "product/get_model_list",
                                      "product/init_tier_variation"}));
  EXPECT_EQ(body(0), body(2));
}

TEST_F(ShopeeParts, ASilentAnswerToTheModelsIsSettledByALook) {
  ModelMaker models{client_, reads_, locations_, waiter_};
  const std::vector<Pack> packs{pack_of(pack("A", 50'000)), pack_of(pack("B", 90'000))};
  wire_->fail({ErrorCode::unknown_outcome, "silence", {}, {}});
  ok(R"({"model":[{"model_id":11,"model_sku":"A"},{"model_id":12,"model_sku":"B"}]})");
  wire_->fail({ErrorCode::unknown_outcome, "silence", {}, {}});
  ok(R"({"model":[]})");

  EXPECT_TRUE(models.init("7", packs).ok());
  const auto open = models.init("7", packs);

  ASSERT_FALSE(open.ok());
  EXPECT_EQ(open.error().code, ErrorCode::unknown_outcome);
  EXPECT_EQ(paths().size(), 4U) << "what may still land is not sent twice";
}

TEST_F(ShopeeParts, OneCallPerItemAndAVerdictPerModel) {
  Pushes pushes{client_, reads_, locations_};
  const auto update = [](const std::string& item, const std::string& model, std::int64_t quantity) {
    return StockUpdate{catalog::Sku{"S" + model}, {item, model}, false, quantity};
  };
  const std::vector<StockUpdate> batch{update("7", "71", 1), update("8", "", 2),
                                       update("7", "1051400341536827267", 3), update("7", "73", 4)};
  ok(R"({"success_list":[{"model_id":"71"},{"model_id":73}],)"
     R"("failure_list":[{"model_id":1051400341536827267,"failed_reason":"Wrong model_id."}]})");
  ok(R"({"success_list":[{"stock":2}],"failure_list":[]})");

  const auto report = pushes.stock(batch);

  EXPECT_FALSE(report.stopped_by.has_value());
  EXPECT_EQ(report.accepted, (std::vector<std::size_t>{0, 3, 1}));
  ASSERT_EQ(report.rejected.size(), 1U);
  EXPECT_EQ(report.rejected[0].error.code, ErrorCode::not_found);
  EXPECT_NE(body(0).find("1051400341536827267"), std::string::npos);
  EXPECT_EQ(paths().size(), 2U);
}

TEST_F(ShopeeParts, AModelThatTheAnswerForgetsIsUnconfirmed) {
  Pushes pushes{client_, reads_, locations_};
  const std::vector<PriceUpdate> batch{{catalog::Sku{"A"}, {"7", "71"}, 1'000},
                                       {catalog::Sku{"B"}, {"7", "72"}, 2'000},
                                       {catalog::Sku{"C"}, {"9", ""}, 3'000}};
  ok(R"({"success_list":[{"model_id":71}]})");

  const auto report = pushes.prices(batch);

  EXPECT_EQ(report.accepted, std::vector<std::size_t>{0});
  ASSERT_TRUE(report.stopped_by.has_value());
  EXPECT_EQ(report.stopped_by->code, ErrorCode::unknown_outcome);
  EXPECT_EQ(paths().size(), 1U);
}

TEST_F(ShopeeParts, FiftyModelsAreOneCallAndTheNextAnother) {
  std::vector<catalog::Binding> bindings;
  for (int i = 0; i < 51; ++i) bindings.push_back({"7", std::to_string(100 + i)});
  bindings.push_back({"7", "100"});

  const auto groups = groups_of(bindings);

  ASSERT_EQ(groups.size(), 2U);
  EXPECT_EQ(groups[0].size(), kModelsMax);
  EXPECT_EQ(groups[1], (std::vector<std::size_t>{50, 51})) << "one model once a call";
}

TEST_F(ShopeeParts, TheOnlyWarehouseIsFoundAndOneOfSeveralMustBeNamed) {
  auto with = options();
  with.location_id.clear();
  Client shop{with, environment_, wire_};
  Locations none{shop};
  Locations one{shop};
  Locations several{shop};
  bad("warehouse.error_not_in_whitelist", "The shop is not in the whitelist.");
  ok(R"([{"location_id":"VN10XX2UZ"}])");
  ok(R"([{"location_id":"VN1"},{"location_id":"VN2"}])");

  EXPECT_EQ(none.id().value(), "");
  EXPECT_EQ(none.id().value(), "") << "asked once";
  EXPECT_EQ(one.id().value(), "VN10XX2UZ");
  const auto open = several.id();
  ASSERT_FALSE(open.ok());
  EXPECT_EQ(open.error().code, ErrorCode::invalid);
  EXPECT_NE(open.error().message.find("VN1, VN2"), std::string::npos);
}

// --- after the sale

TEST_F(ShopeeParts, WindowsAreHalvedUntilOnePageHoldsThem) {
  std::vector<std::string> asked;
  const auto list = [&](std::int64_t from, std::int64_t to,
                        std::int64_t page) -> base::Result<common::Json> {
    asked.push_back(std::to_string(from) + "-" + std::to_string(to) + "p" + std::to_string(page));
    const bool more = to - from > 2;
    return common::parse_json(std::string{R"({"response":{"more":)"} + (more ? "true" : "false") +
                              "}}");
  };
  OrderQuery query{base::from_unix_s(100), base::from_unix_s(108), {}};
  int pages = 0;
  do {
    const auto page = walk(query, list);
    ASSERT_TRUE(page.ok() && page.value().has_value());
    query.page_cursor = page.value()->next_cursor;
  } while (!query.page_cursor.empty() && ++pages < 20);

  EXPECT_EQ(asked, (std::vector<std::string>{"100-108p0", "100-104p0", "100-102p0", "102-106p0",
                                             "102-104p0", "104-108p0", "104-106p0", "106-108p0"}));
  query.page_cursor = "1:0:0";
  EXPECT_EQ(walk(query, list).error().code, ErrorCode::invalid);
}

TEST_F(ShopeeParts, AReturnOfAnUnknownStateIsKeptAndNamed) {
  ShopAfterSale desk{client_};
  ok(R"({"more":false,"return":[{"return_sn":"R1","order_sn":"O1","status":"ON_THE_MOON",)"
     R"("reason":"DAMAGED","text_reason":"private words","refund_amount":"150000.00",)"
     R"("create_time":1760000000,"item":[{"item_id":7,"model_id":0,"item_sku":"A","amount":"2"}]},)"
     R"({"return_sn":"R2"}]})");

  const auto page = desk.pull_returns({clock_.now() - 24h, clock_.now(), {}});

  ASSERT_TRUE(page.ok());
  ASSERT_EQ(page.value().cases.size(), 1U);
  EXPECT_EQ(page.value().unreadable.size(), 2U);
  const auto& one = page.value().cases[0];
  EXPECT_EQ(one.remote_status, "ON_THE_MOON");
  EXPECT_EQ(one.reason, "DAMAGED");
  EXPECT_EQ(one.refund.minor, 150'000);
  EXPECT_EQ(one.lines.at(0).quantity, 2);
}

// --- labels

TEST_F(ShopeeParts, ALabelFetchedWithADeadTokenIsFetchedAgain) {
  bad("error_auth", "Invalid access_token.", 403);
  wire_->reply(200, R"({"error":"","access_token":"a-2","refresh_token":"r-2","expire_in":14400})");
  wire_->reply(200, "%PDF-1.4", {{"Content-Type", "application/pdf"}});

  const auto file = client_.download("logistics/download_shipping_document", "{}");

  ASSERT_TRUE(file.ok()) << file.error().message;
  EXPECT_EQ(file.value().bytes, "%PDF-1.4");
  EXPECT_EQ(file.value().content_type, "application/pdf");
}

TEST_F(ShopeeParts, AnEnvelopeInPlaceOfALabelIsAnError) {
  bad("logistics.shipping_document_should_print_first", "The document is not ready yet.");
  wire_->reply(503, "<html>busy</html>", {{"Content-Type", "text/html"}});

  EXPECT_EQ(client_.download("x", "{}").error().code, ErrorCode::rejected);
  EXPECT_EQ(client_.download("x", "{}").error().code, ErrorCode::unavailable);
}

// --- chosen goods

TEST_F(ShopeeParts, AFullRowOfBoostsIsNoFailure) {
  ShopFeaturing featuring{client_};
  FeaturedItem one;
  one.binding = {"7", ""};
  one.rank = 1;
  ok(R"({"shop_categorys":[{"shop_category_id":5,"status":0,"name":"Chosen"},)"
     R"({"shop_category_id":6,"status":2,"name":"Chosen"}],"more":false})");
  ok();
  ok(R"({"item_list":[7],"more":false})");
  ok(R"({"item_list":[{"item_id":1},{"item_id":2},{"item_id":3},{"item_id":4},{"item_id":5}]})");

  const auto report = featuring.feature({&one, 1});

  EXPECT_FALSE(report.stopped_by.has_value());
  EXPECT_EQ(report.accepted.size(), 1U);
  EXPECT_EQ(paths(),
            (std::vector<std::string>{"shop_category/get_shop_category_list",
                                      "shop_category/update_shop_category",
                                      "shop_category/get_item_list", "product/get_boosted_list"}));
}

}  // namespace
}  // namespace connectors::shopee
