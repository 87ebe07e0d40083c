#include "connectors/lazada/client.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "base/time_text.h"
#include "connectors/lazada/mapping.h"
#include "connectors/lazada/order_pages.h"
#include "connectors/lazada/scripted_shop.h"
#include "connectors/lazada/sku_batches.h"

namespace connectors::lazada {
namespace {

using base::ErrorCode;
using namespace std::chrono_literals;

// The system parameters of the worked examples and the given ones.
std::string signed_with(std::string_view path, Parameters more, std::string_view token = kToken) {
  more.emplace_back("app_key", "100777");
  more.emplace_back("sign_method", "sha256");
  more.emplace_back("timestamp", "1700000000000");
  if (!token.empty()) more.emplace_back("access_token", token);
  return sign(kSecret, path, std::move(more));
}

class LazadaClient : public ScriptedShop {};

TEST(LazadaSigning, MatchesTheDocumentedAnchor) {
  EXPECT_EQ(sign("helloworld", "/order/get",
                 {{"app_key", "123456"},
                  {"access_token", "test"},
                  {"order_id", "1234"},
                  {"sign_method", "sha256"},
                  {"timestamp", "1517820392000"}}),
            "4190D32361CFB9581350222F345CB77F3B19F0E31D162316848A2C1FFD5FAB4A");
}

TEST(LazadaSigning, MatchesTheWorkedExamples) {
  EXPECT_EQ(signed_with("/orders/get", {{"created_after", "2023-11-01T00:00:00+07:00"},
                                        {"limit", "50"},
                                        {"offset", "0"},
                                        {"sort_by", "updated_at"},
                                        {"sort_direction", "ASC"},
                                        {"status", "pending"}}),
            "CBE575A67CC436DFFBB4F07F40ACA5DF29DC76A2C3EA0B91EE9C379EC871383E");
  EXPECT_EQ(signed_with("/product/price_quantity/update",
                        {{"payload",
                          "<Request><Product><Skus><Sku><ItemId>2400123456</ItemId>"
                          "<SkuId>11400654321</SkuId><SellerSku>GAO-ST25-5KG</SellerSku>"
                          "<Price>185000</Price><Quantity>40</Quantity></Sku></Skus></Product>"
                          "</Request>"}}),
            "7C4FF35CCAD0ECAEACFA9FB761A0D1413FC37D810FD0E94649B4183B95AE5EA3");
  EXPECT_EQ(
      signed_with("/auth/token/create",
                  {{"code", "0_100777_demoCode"}, {"partner_id", "coop-connector-cpp-1"}}, ""),
      "9347F0811555C1EB5D7769E62A92589B89F35750058C8D91DFD14243CE71E0F0");
  EXPECT_EQ(
      signed_with("/product/category/suggestion/get", {{"product_name", "Gạo thơm ST25 túi 5kg"}}),
      "F6EBEB334619C303204ADCD618305CAC2367E9E28F87980C0EECB25BF29BE5C5");
  EXPECT_EQ(signed_with("/image/upload", {}),
            "06AB6088868E23CC4E02F2D95FE226BB384DBE417583E6C946A55657E14F2903");
  EXPECT_EQ(signed_with("/orders/items/get", {{"order_ids", "[491253082180001, 491253082180002]"}}),
            "5DA4925BCD76E064DBBD10772C49679962BB8A25B8F1E35AD257521F34ED528B");
  EXPECT_EQ(signed_with("/auth/token/create", {{"code", "0_100777_demoCode"}}, ""),
            "40A9A332D65250154D9437ADA07158AEF727758ACC4C453B4F003E5D3D4A3D97");
  EXPECT_EQ(
      signed_with("/auth/token/create", {{"code", "0_100777_demoCode"}, {"access_token", ""}}, ""),
      "BAEB94A1F7F827A5E7FA88C776F46BF22B7E9FB404687175651360DDEE02FBFF");
}

TEST_F(LazadaClient, SendsSystemParametersInTheQueryAndItsOwnInTheBody) {
  sign_in();
  auto shop = client();
  wire_->reply(200, ok("{}"));

  ASSERT_TRUE(shop.write_skus(SkuWrite::set_price, "<Request/>").ok());

  const auto sent = wire_->requests().at(0);
  EXPECT_EQ(sent.method, "POST");
  EXPECT_EQ(sent.body, "payload=%3CRequest%2F%3E");
  const std::string start = "https://shop.example/rest/product/price_quantity/update?app_key=";
  EXPECT_TRUE(sent.url.starts_with(start)) << sent.url;
  EXPECT_EQ(sent.url.find("payload"), std::string::npos);
  const auto now = std::to_string(base::to_unix_ms(clock_.now()));
  const auto sign_now = sign(kSecret, "/product/price_quantity/update",
                             {{"app_key", "100777"},
                              {"timestamp", now},
                              {"sign_method", "sha256"},
                              {"access_token", std::string{kToken}},
                              {"payload", "<Request/>"}});
  EXPECT_TRUE(sent.url.ends_with("&sign=" + sign_now)) << sent.url;
}

TEST_F(LazadaClient, EncodesThePlusOfATimeZone) {
  sign_in();
  auto shop = client();
  wire_->reply(200, ok("{}"));

  ASSERT_TRUE(shop.orders(clock_.now(), clock_.now(), 0, 50).ok());

  EXPECT_NE(wire_->requests().at(0).url.find("%2B07%3A00"), std::string::npos);
  EXPECT_EQ(wire_->requests().at(0).url.find('+'), std::string::npos);
}

TEST_F(LazadaClient, BuysThePairAtTheAuthHostAndReadsLivesOfEitherType) {
  auto with = shop_options();
  with.auth_code = "0_100777_demoCode";
  auto shop = client(with);
  wire_->reply(200, pair("1", "\"1209600\""));
  wire_->reply(200, ok(R"({"name":"HTX","seller_id":"200166"})"));

  ASSERT_TRUE(shop.seller().ok());

  EXPECT_TRUE(
      wire_->requests().at(0).url.starts_with("https://auth.example/rest/auth/token/create?"));
  EXPECT_EQ(wire_->requests().at(0).url.find("access_token"), std::string::npos);
  ASSERT_TRUE(sessions_.kept.has_value());
  EXPECT_GT(sessions_.kept->refresh_expires_at, clock_.now() + 13 * 24h);
  EXPECT_EQ(sessions_.saves, 1);
}

TEST_F(LazadaClient, ARenewalNeverExtendsTheConsent) {
  sign_in();
  const auto ends = sessions_.kept->refresh_expires_at;
  auto shop = client();
  wire_->reply(200, bad("IllegalAccessToken", "invalid or expired"));
  wire_->reply(200, pair("2", "15552000"));  // as if half a year began anew
  wire_->reply(200, ok(R"({"name":"HTX"})"));

  ASSERT_TRUE(shop.seller().ok());

  EXPECT_EQ(sessions_.kept->refresh_token, "refresh-2");
  EXPECT_EQ(sessions_.kept->refresh_expires_at, ends);
}

TEST_F(LazadaClient, RenewsADeadTokenOnceAndRepeatsTheCall) {
  sign_in();
  auto shop = client();
  wire_->reply(200, bad("IllegalAccessToken", "The specified access token is invalid or expired"));
  wire_->reply(200, pair("2", "86400"));
  wire_->reply(200, ok(R"({"name":"HTX"})"));

  const auto answer = shop.seller();

  ASSERT_TRUE(answer.ok()) << answer.error().message;
  EXPECT_EQ(sessions_.kept->access_token, "access-2");
  EXPECT_NE(wire_->requests().at(2).url.find("access_token=access-2"), std::string::npos);
}

TEST_F(LazadaClient, AsksForNewConsentWhenTheRefreshTokenIsRefused) {
  sign_in();
  auto shop = client();
  wire_->reply(200, bad("IllegalAccessToken", "invalid or expired"));
  wire_->reply(200, bad("IllegalRefreshToken", "invalid or expired"));

  EXPECT_EQ(shop.seller().error().code, ErrorCode::unauthorized);
  EXPECT_EQ(wire_->requests().size(), 2U);
}

TEST_F(LazadaClient, WaitsAsLongAsTheBanSays) {
  sign_in();
  auto shop = client();
  wire_->reply(200, bad("ApiCallLimit",
                        "Api access frequency exceeds the limit. this ban will last 3 seconds"));
  wire_->reply(200, R"({"type":"ISP","code":901,"message":"E901: limit","request_id":"r"})");

  const auto word = shop.seller();
  const auto number = shop.seller();

  EXPECT_EQ(word.error().code, ErrorCode::rate_limited);
  EXPECT_GE(word.error().retry_after, base::Millis{3s});
  EXPECT_LT(word.error().retry_after, base::Millis{4s});
  EXPECT_EQ(number.error().code, ErrorCode::rate_limited);
  EXPECT_EQ(number.error().vendor_code, "901");
}

TEST_F(LazadaClient, SurvivesPagesThatAreNotItsEnvelope) {
  sign_in();
  auto shop = client();
  wire_->reply(200, "<html>blocked</html>");
  wire_->reply(429, "<html>slow down</html>", {{"Retry-After", "7"}});
  wire_->reply(200, R"({"data":{}})");
  wire_->reply(200, "<html>blocked</html>");
  wire_->reply(200, bad("ServiceTimeout", "timeout"));

  EXPECT_EQ(shop.seller().error().code, ErrorCode::protocol);
  const auto slow = shop.seller();
  EXPECT_EQ(slow.error().code, ErrorCode::rate_limited);
  EXPECT_EQ(slow.error().retry_after, base::Millis{7s});
  EXPECT_EQ(shop.seller().error().code, ErrorCode::protocol);
  EXPECT_EQ(shop.create_product("<Request/>").error().code, ErrorCode::unknown_outcome);
  EXPECT_EQ(shop.create_product("<Request/>").error().code, ErrorCode::unknown_outcome);
}

TEST_F(LazadaClient, StockOfTheOthersIsReadBackWhenOneSkuFails) {
  sign_in();
  auto shop = client();
  SkuBatches batches{shop};
  wire_->reply(200, bad("501", "E501: Update product failed",
                        R"([{"seller_sku":"SKU-1","message":"SELLER_SKU_NOT_FOUND"}])"));
  wire_->reply(200, shown({{0, 5}, {2, 9}}));
  PushReport report;

  batches.push(SkuWrite::set_sellable, rows(3), report);

  ASSERT_EQ(report.rejected.size(), 1U);
  EXPECT_EQ(report.rejected[0].index, 1U);
  EXPECT_EQ(report.rejected[0].error.code, ErrorCode::not_found);
  EXPECT_EQ(report.accepted, std::vector<std::size_t>{0});
  ASSERT_TRUE(report.stopped_by.has_value()) << "the level of SKU-2 may have arrived, or not";
  EXPECT_EQ(report.stopped_by->code, ErrorCode::unknown_outcome);
  EXPECT_EQ(sent("/product/stock/sellable/update").size(), 1U) << "a level is never sent twice";
}

TEST_F(LazadaClient, ABatchThatShowsWhatWasWantedIsDone) {
  sign_in();
  auto shop = client();
  SkuBatches batches{shop};
  wire_->reply(200, bad("501", "E501: Update product failed", "[]"));
  wire_->reply(200, shown({{0, 5}, {1, 5}, {2, 5}}));
  PushReport report;

  batches.push(SkuWrite::set_sellable, rows(3), report);

  EXPECT_EQ(report.accepted, (std::vector<std::size_t>{0, 1, 2}));
  EXPECT_FALSE(report.stopped_by.has_value());
}

TEST_F(LazadaClient, ACampaignsUnitsStayAndTheReasonSaysSo) {
  sign_in();
  auto shop = client();
  SkuBatches batches{shop};
  const std::string item =
      R"({"item_id":2400,"skus":[{"SkuId":1140,"Status":"active","Available":40,)"
      R"("channelInventories":[{"startTime":1,"endTime":9999999999999,"sellableQuantity":12}]}]})";
  wire_->reply(200, bad("501", "E501", R"([{"seller_sku":"SKU-0","message":"CAMPAIGN_LOCKED"}])"));
  wire_->reply(200, ok(item));
  wire_->reply(200, ok("{}"));
  PushReport report;

  batches.push(SkuWrite::set_sellable, rows(1), report);

  ASSERT_EQ(report.rejected.size(), 1U);
  EXPECT_NE(report.rejected[0].error.message.find("keeps 12 packs of SKU-0"), std::string::npos)
      << report.rejected[0].error.message;
  const auto writes = sent("/product/stock/sellable/update");
  ASSERT_EQ(writes.size(), 2U);
  EXPECT_NE(writes[1].find("<SellableQuantity>12<"), std::string::npos) << "the nearest level";
}

TEST_F(LazadaClient, ABatchThatWasTooMuchMakesTheNextOnesSmaller) {
  sign_in();
  auto shop = client();
  SkuBatches batches{shop};
  wire_->reply(200, bad("513", "internal call exception"));
  for (int i = 0; i < 3; ++i) wire_->reply(200, ok("{}"));
  PushReport first;
  PushReport second;

  batches.push(SkuWrite::set_price, rows(50), first);
  batches.push(SkuWrite::set_price, rows(50), second);

  EXPECT_EQ(first.stopped_by->code, ErrorCode::unavailable);
  EXPECT_EQ(second.accepted.size(), 50U);
  EXPECT_EQ(calls(), 4U) << "20, 20 and 10 after the first 50";
}

TEST_F(LazadaClient, PricesOfTheOthersAreSentAgain) {
  sign_in();
  auto shop = client();
  SkuBatches batches{shop};
  wire_->reply(
      200, bad("501", "E501: Update product failed", R"([{"sku_id":"1140","message":"PRICE"}])"));
  wire_->reply(200, ok("{}"));
  PushReport report;

  batches.push(SkuWrite::set_price, rows(3), report);

  ASSERT_EQ(report.rejected.size(), 1U);
  EXPECT_EQ(report.rejected[0].index, 0U);
  EXPECT_EQ(report.accepted, (std::vector<std::size_t>{1, 2}));
  EXPECT_FALSE(report.stopped_by.has_value());
}

TEST_F(LazadaClient, ABatchThatNamesNobodyIsSentOneByOneNextTime) {
  sign_in();
  auto shop = client();
  SkuBatches batches{shop};
  wire_->reply(200, bad("501", "E501: Update product failed", R"([{"message":"?"}])"));
  wire_->reply(200, shown({{0, 1}, {1, 1}, {2, 1}}));
  PushReport first;
  batches.push(SkuWrite::set_sellable, rows(3), first);
  wire_->reply(200, ok("{}"));
  wire_->reply(200, bad("501", "E501: Update product failed", "[]"));
  wire_->reply(200, ok("{}"));
  PushReport second;

  batches.push(SkuWrite::set_sellable, rows(3), second);

  EXPECT_TRUE(first.accepted.empty());
  EXPECT_TRUE(first.rejected.empty());
  EXPECT_EQ(first.stopped_by->code, ErrorCode::unknown_outcome);
  EXPECT_EQ(second.accepted, (std::vector<std::size_t>{0, 2}));
  ASSERT_EQ(second.rejected.size(), 1U);
  EXPECT_EQ(second.rejected[0].index, 1U);
}

TEST_F(LazadaClient, TheGuiltyPriceIsFoundByHalves) {
  sign_in();
  auto shop = client();
  SkuBatches batches{shop};
  wire_->reply(200, bad("501", "E501", "[]"));  // 0 1 2 3
  wire_->reply(200, ok("{}"));                  // 0 1
  wire_->reply(200, bad("501", "E501", "[]"));  // 2 3
  wire_->reply(200, bad("501", "E501", "[]"));  // 2
  wire_->reply(200, ok("{}"));                  // 3
  PushReport report;

  batches.push(SkuWrite::set_price, rows(4), report);

  EXPECT_EQ(report.accepted, (std::vector<std::size_t>{0, 1, 3}));
  ASSERT_EQ(report.rejected.size(), 1U);
  EXPECT_EQ(report.rejected[0].index, 2U);
}

TEST_F(LazadaClient, BatchesAreNoLargerThanConfigured) {
  sign_in();
  auto with = shop_options();
  with.stock_batch = 2;
  auto shop = client(with);
  SkuBatches batches{shop};
  for (int i = 0; i < 3; ++i) wire_->reply(200, ok("{}"));
  PushReport report;

  batches.push(SkuWrite::adjust_sellable, rows(5), report);

  EXPECT_EQ(report.accepted.size(), 5U);
  EXPECT_EQ(wire_->requests().size(), 3U);
  EXPECT_NE(wire_->requests().at(0).url.find("/product/stock/sellable/adjust"), std::string::npos);
}

// Orders sorted by their last change, a page by offset. After every list call the oldest order
// changes, so that the next offset would skip one.
class RestlessShop {
 public:
  RestlessShop(std::int64_t first_s, int count, std::int64_t gap_s) {
    for (int i = 0; i < count; ++i) updated_[1000 + i] = first_s + i * gap_s;
  }

  base::Result<common::RestResponse> answer(const common::WireRequest& request) {
    const bool list = request.url.find("/orders/get") != std::string::npos;
    return common::RestResponse{200, {}, list ? list_page(request.url) : items(request.url)};
  }

 private:
  static std::string value(const std::string& url, const std::string& name) {
    const auto from = url.find("&" + name + "=") + name.size() + 2;
    std::string text = url.substr(from, url.find('&', from) - from);
    for (const auto& [code, plain] : {std::pair{"%3A", ":"}, std::pair{"%2B", "+"}}) {
      for (auto at = text.find(code); at != std::string::npos; at = text.find(code)) {
        text.replace(at, 3, plain);
      }
    }
    return text;
  }
  static std::int64_t time(const std::string& url, const std::string& name) {
    return base::to_unix_s(base::parse_iso(value(url, name), base::kVietnamOffset).value());
  }

  std::string list_page(const std::string& url) {
    std::vector<std::pair<std::int64_t, int>> rows;
    for (const auto& [id, at] : updated_) {
      if (at >= time(url, "update_after") && at <= time(url, "update_before")) {
        rows.emplace_back(at, id);
      }
    }
    std::sort(rows.begin(), rows.end());
    const std::size_t from = std::stoul(value(url, "offset"));
    const std::size_t to = std::min(rows.size(), from + std::stoul(value(url, "limit")));
    std::string list;
    for (std::size_t i = from; i < to; ++i) {
      const auto at = base::local_iso(base::from_unix_s(rows[i].first));
      list += (list.empty() ? "" : ",") + (R"({"order_id":)" + std::to_string(rows[i].second)) +
              R"(,"created_at":"2023-01-01 00:00:00 +0700","updated_at":")" + at + "\"}";
    }
    if (!rows.empty()) updated_[rows.front().second] = kLate;
    return R"({"code":"0","data":{"countTotal":)" + std::to_string(rows.size()) + R"(,"orders":[)" +
           list + "]}}";
  }

  std::string items(const std::string& url) const {
    std::string list;
    for (const auto& [id, at] : updated_) {
      if (value(url, "order_ids").find(std::to_string(id)) == std::string::npos) continue;
      list += (list.empty() ? "" : ",") + (R"({"order_id":)" + std::to_string(id)) +
              R"(,"order_items":[{"sku_id":7,"item_price":5000,"status":"pending"}]})";
    }
    return R"({"code":"0","data":[)" + list + "]}";
  }

  static constexpr std::int64_t kLate = 1'700'000'000;
  std::map<int, std::int64_t> updated_;
};

TEST_F(LazadaClient, LosesNoOrderWhenOthersChangeBetweenPages) {
  sign_in();
  auto with = shop_options();
  with.page_size = 7;
  auto shop = client(with);
  OrderPages pages{shop};
  constexpr int kOrders = 100;
  RestlessShop restless{1'699'990'000, kOrders, 60};
  wire_->otherwise([&](const common::WireRequest& request) { return restless.answer(request); });
  OrderQuery query{base::from_unix_s(1'699'980'000), base::from_unix_s(1'700'000'060), {}};
  std::map<std::string, int> given;

  for (int i = 0; i < 500; ++i) {
    const auto page = pages.pull(query);
    ASSERT_TRUE(page.ok()) << page.error().message;
    for (const auto& order : page.value().orders) ++given[order.remote_id];
    query.page_cursor = page.value().next_cursor;
    if (query.page_cursor.empty()) break;
  }

  EXPECT_TRUE(query.page_cursor.empty());
  EXPECT_EQ(given.size(), static_cast<std::size_t>(kOrders));
}

TEST_F(LazadaClient, AnUnreadableCursorIsRefusedUnsent) {
  sign_in();
  auto shop = client();
  OrderPages pages{shop};

  for (const std::string cursor : {"x", "1:", "1:2:abc", "1:2:7.x"}) {
    const auto page = pages.pull({clock_.now(), clock_.now(), cursor});
    ASSERT_FALSE(page.ok()) << cursor;
    EXPECT_EQ(page.error().code, ErrorCode::invalid);
  }
  EXPECT_TRUE(wire_->requests().empty());
}

TEST(LazadaErrors, FollowTheTable) {
  const auto now = base::from_unix_s(1'700'000'000);
  const auto code = [&](std::string_view vendor, Nature nature) {
    return translate(vendor, "words", nature, now).code;
  };

  EXPECT_EQ(code("IncompleteSignature", Nature::read), ErrorCode::invalid);
  EXPECT_EQ(code("IllegalTimestamp", Nature::read), ErrorCode::invalid);
  EXPECT_EQ(code("IllegalRefreshToken", Nature::write_once), ErrorCode::unauthorized);
  EXPECT_EQ(code("16", Nature::read), ErrorCode::not_found);
  EXPECT_EQ(code("4137", Nature::write_again), ErrorCode::not_found);
  EXPECT_EQ(code("ServiceTimeout", Nature::read), ErrorCode::unavailable);
  EXPECT_EQ(code("ServiceTimeout", Nature::write_once), ErrorCode::unknown_outcome);
  EXPECT_EQ(code("4160", Nature::write_again), ErrorCode::rejected);
  EXPECT_EQ(code("E9999", Nature::read), ErrorCode::protocol);
  EXPECT_EQ(code("E9999", Nature::write_once), ErrorCode::rejected);
  EXPECT_EQ(code("37", Nature::read), ErrorCode::not_found);
  EXPECT_EQ(code("700024", Nature::write_again), ErrorCode::unavailable);
  EXPECT_EQ(code("600002", Nature::write_again), ErrorCode::rejected);
  EXPECT_EQ(code("998", Nature::write_again), ErrorCode::rate_limited);
  EXPECT_EQ(translate("E9999", "w", Nature::read, now).vendor_code, "E9999");
  EXPECT_FALSE(concerns_the_goods(translate("SellerNotActive", "", Nature::write_once, now)));
  EXPECT_TRUE(concerns_the_goods(translate("4160", "", Nature::write_once, now)));
}

TEST(LazadaOptions, NameWhatIsWrongAndNotItsValue) {
  Settings settings;
  settings.account = catalog::AccountId{"lazada-1"};
  settings.options = {{"app_key", "1"}, {"app_secret", "s"}, {"package_cm", "to-lam"}};

  const auto options = read_options(settings);

  ASSERT_FALSE(options.ok());
  EXPECT_EQ(options.error().code, ErrorCode::invalid);
  EXPECT_NE(options.error().message.find("package_cm"), std::string::npos);
  EXPECT_EQ(options.error().message.find("to-lam"), std::string::npos);
}

}  // namespace
}  // namespace connectors::lazada
