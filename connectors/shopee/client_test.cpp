#include "connectors/shopee/client.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <stdexcept>

#include "connectors/common/scripted_transport.h"
#include "connectors/shopee/mapping.h"
#include "connectors/shopee/order_pages.h"

namespace connectors::shopee {
namespace {

using base::ErrorCode;
using common::ScriptedTransport;
using namespace std::chrono_literals;

constexpr std::int64_t kNow = 1'760'000'000;
constexpr std::string_view kToken = "746f6b656e2d30303031";

Options options() {
  Options options;
  options.partner_id = 1'000'001;
  options.partner_key = "test-partner-key-7f3a9c21d5b84e06";
  options.shop_id = 600'001;
  options.base_url = "https://shop.example";
  options.rate = {100.0, 100};
  return options;
}

class Sessions final : public common::SessionStore {
 public:
  std::optional<common::Session> load() override { return kept; }
  void save(const common::Session& session) override {
    if (fails) throw std::runtime_error{"disk full"};
    kept = session;
    ++saves;
  }
  std::optional<common::Session> kept;
  int saves = 0;
  bool fails = false;
};

class ShopeeClient : public ::testing::Test {
 protected:
  Client client(Options with = options()) { return Client{std::move(with), environment_, wire_}; }
  void sign_in() {
    const auto now = clock_.now();
    sessions_.kept = common::Session{std::string{kToken}, "refresh-1", now + 4h, now + 720h, 1};
  }
  static std::string ok(const std::string& response) {
    return R"({"error":"","message":"","request_id":"r","response":)" + response + "}";
  }
  static std::string bad(const std::string& error, const std::string& message) {
    return R"({"error":")" + error + R"(","message":")" + message + R"(","request_id":"r"})";
  }
  static std::string pair(const std::string& name) {
    return R"({"error":"","message":"","request_id":"r","access_token":"access-)" + name +
           R"(","refresh_token":"refresh-)" + name + R"(","expire_in":14400})";
  }
  // The paths asked for, in order.
  std::vector<std::string> paths() const {
    std::vector<std::string> out;
    for (const auto& request : wire_->requests()) {
      const auto from = request.url.find("/api/");
      out.push_back(request.url.substr(from, request.url.find('?') - from));
    }
    return out;
  }

  base::ManualClock clock_{base::from_unix_s(kNow)};
  common::ManualWaiter waiter_{clock_};
  Sessions sessions_;
  std::shared_ptr<ScriptedTransport> wire_ = std::make_shared<ScriptedTransport>();
  Environment environment_{clock_, sessions_, waiter_};
};

TEST(ShopeeSigning, MatchesTheWorkedExamples) {
  EXPECT_EQ(sign_public(options(), "/api/v2/auth/token/get", kNow),
            "18004b5aacb9c9e3d70d221b12d018609039907516d4b7e8fe9d5f528d0f694e");
  EXPECT_EQ(sign_public(options(), "/api/v2/shop/auth_partner", kNow),
            "8a63d69c791e78fc357cd229ba1c3e9d539c813db2eb282aaaaf1609e8da129a");
  EXPECT_EQ(sign_public(options(), "/api/v2/media_space/upload_image", kNow),
            "f3ea08831f9b67775e6594a054adc41f49ce0ef2b4cc90b4975b620e228a3d4c");
  EXPECT_EQ(sign_shop(options(), "/api/v2/order/get_order_list", kNow, kToken),
            "7f62399166b33d45200e3f1d8a63d42286614509d2515592b9bb601649ddde43");
  EXPECT_EQ(sign_shop(options(), "/api/v2/product/update_stock", kNow, kToken),
            "fd1101d2c8e46d29888ad1e35bd610b6b68195f546af3e8eb4506a5a7d31c453");
}

TEST(ShopeeSigning, UsesAKeyThatLooksLikeHexAsText) {
  auto with = options();
  with.partner_key = "aabbccdd00112233445566778899aabbccddeeff00112233445566778899aabb";

  EXPECT_EQ(sign_public(with, "/api/v2/auth/token/get", kNow),
            "c0274be7b4031ff2faf5641a5499d6119223947652f061127e8e58eafa6d3a10");
}

TEST(ShopeeSigning, ASellersIdTakesTheShopsPlaceForAMerchant) {
  auto with = options();
  with.shop_id = 700'001;

  EXPECT_EQ(sign_shop(with, "/api/v2/merchant/get_merchant_info", kNow, "746f6b656e2d30303032"),
            "b8fd085341e189c6e9902fb2c852548462b691681a941fe7039d4fcf49dc1b04");
}

TEST_F(ShopeeClient, PutsCommonParametersIntoTheQueryOfAPost) {
  sign_in();
  auto shop = client();
  wire_->reply(200, ok(R"({"success_list":[{"model_id":0}],"failure_list":[]})"));

  ASSERT_TRUE(shop.update_stock(R"({"item_id":7})").ok());

  const auto sent = wire_->requests().at(0);
  const auto now = base::to_unix_s(clock_.now());
  const std::string path = "/api/v2/product/update_stock";
  EXPECT_EQ(sent.url, "https://shop.example" + path + "?partner_id=1000001&timestamp=" +
                          std::to_string(now) + "&access_token=" + std::string{kToken} +
                          "&shop_id=600001&sign=" + sign_shop(options(), path, now, kToken));
  EXPECT_EQ(sent.body, R"({"item_id":7})");
  EXPECT_EQ(sent.repeatable, common::Repeatable::no);
}

TEST_F(ShopeeClient, SpendsTheCodeOnceAndStoresThePairBeforeItsUse) {
  auto with = options();
  with.auth_code = "code-1";
  auto shop = client(with);
  wire_->reply(200, pair("1"));
  wire_->reply(200, R"({"error":"","shop_name":"HTX"})");
  wire_->reply(200, R"({"error":"","shop_name":"HTX"})");

  ASSERT_TRUE(shop.shop_info().ok());
  ASSERT_TRUE(shop.shop_info().ok());

  EXPECT_EQ(paths(),
            (std::vector<std::string>{"/api/v2/auth/token/get", "/api/v2/shop/get_shop_info",
                                      "/api/v2/shop/get_shop_info"}));
  EXPECT_EQ(wire_->requests().at(0).body,
            R"({"code":"code-1","partner_id":1000001,"shop_id":600001})");
  EXPECT_EQ(sessions_.kept->access_token, "access-1");
  EXPECT_EQ(sessions_.saves, 1);
}

TEST_F(ShopeeClient, KeepsAPairThatCouldNotBeStoredAndStoresItFirst) {
  auto with = options();
  with.auth_code = "code-1";
  auto shop = client(with);
  sessions_.fails = true;
  wire_->reply(200, pair("1"));

  const auto first = shop.shop_info();
  sessions_.fails = false;
  wire_->reply(200, R"({"error":"","shop_name":"HTX"})");
  const auto second = shop.shop_info();

  ASSERT_FALSE(first.ok());
  EXPECT_EQ(first.error().code, ErrorCode::unavailable);
  EXPECT_TRUE(second.ok()) << second.error().message;
  EXPECT_EQ(paths().size(), 2U);
}

TEST_F(ShopeeClient, AsksForNewConsentWhenTheCodeIsRefused) {
  auto with = options();
  with.auth_code = "code-1";
  auto shop = client(with);
  wire_->reply(403, bad("invalid_code", "Invalid code"));

  const auto first = shop.shop_info();
  const auto second = shop.shop_info();

  ASSERT_FALSE(first.ok());
  EXPECT_EQ(first.error().code, ErrorCode::unauthorized);
  EXPECT_EQ(second.error().code, ErrorCode::unauthorized);
  EXPECT_EQ(paths().size(), 1U) << "a spent code is not tried again";
}

TEST_F(ShopeeClient, RenewsADeadTokenOnceAndRepeatsTheCall) {
  sign_in();
  auto shop = client();
  wire_->reply(403, bad("error_auth", "Invalid access_token."));
  wire_->reply(200, pair("2"));
  wire_->reply(200, ok(R"({"success_list":[{"model_id":0}]})"));

  const auto answer = shop.update_stock(R"({"item_id":7})");

  ASSERT_TRUE(answer.ok()) << answer.error().message;
  EXPECT_FALSE(answer.value().error.has_value());
  EXPECT_EQ(paths().at(1), "/api/v2/auth/access_token/get");
  EXPECT_NE(wire_->requests().at(2).url.find("access_token=access-2"), std::string::npos);
  EXPECT_EQ(sessions_.kept->refresh_token, "refresh-2");
}

TEST_F(ShopeeClient, BurnsNoRefreshTokenOnAStockRule) {
  sign_in();
  auto shop = client();
  wire_->reply(200, bad("error_auth", "Total stock must be more than reserved stock."));

  const auto answer = shop.update_stock("{}");

  ASSERT_TRUE(answer.ok());
  EXPECT_EQ(answer.value().error->code, ErrorCode::rejected);
  EXPECT_EQ(paths().size(), 1U);
}

TEST_F(ShopeeClient, StopsAfterASecondRejectionOfTheToken) {
  sign_in();
  auto shop = client();
  wire_->reply(403, bad("invalid_acceess_token", "Invalid access_token, please have a check."));
  wire_->reply(200, pair("2"));
  wire_->reply(403, bad("invalid_acceess_token", "Invalid access_token, please have a check."));

  const auto answer = shop.shop_info();

  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().code, ErrorCode::unauthorized);
  EXPECT_EQ(paths().size(), 3U);
}

TEST_F(ShopeeClient, SaysHowLongAThrottledShopWaits) {
  sign_in();
  auto shop = client();
  wire_->reply(200, bad("error_rate_limit", "Too many requests."));
  wire_->reply(200, bad("error_limit", "daily quota"));

  const auto throttled = shop.shop_info();
  const auto exhausted = shop.shop_info();

  EXPECT_EQ(throttled.error().code, ErrorCode::rate_limited);
  EXPECT_EQ(throttled.error().retry_after, base::Millis{1s});
  EXPECT_EQ(exhausted.error().code, ErrorCode::rate_limited);
  // 2025-10-09 08:53:20 UTC is 16:53:20 in Shopee's zone.
  EXPECT_GT(exhausted.error().retry_after, base::Millis{7h});
  EXPECT_LT(exhausted.error().retry_after, base::Millis{7h + 7min});
}

TEST_F(ShopeeClient, ReadsTheBodyBeforeTheStatus) {
  sign_in();
  auto shop = client();
  wire_->reply(500, bad("product.error_param", "item not exist"));
  wire_->reply(503, "<html>busy</html>");
  wire_->reply(429, "");
  wire_->reply(200, "<html>login</html>");
  const std::vector<std::string> ids{"7"};

  EXPECT_EQ(shop.base_info(ids).error().code, ErrorCode::not_found);
  EXPECT_EQ(shop.base_info(ids).error().code, ErrorCode::unavailable);
  EXPECT_EQ(shop.base_info(ids).error().code, ErrorCode::rate_limited);
  EXPECT_EQ(shop.base_info(ids).error().code, ErrorCode::protocol);
}

TEST_F(ShopeeClient, AnUnreadableAnswerToACreateIsAnUnknownOutcome) {
  sign_in();
  auto shop = client();
  wire_->reply(200, R"({"error":"","respon)");
  wire_->reply(502, "<html>bad gateway</html>");
  wire_->reply(200, bad("error_inner", "inner error"));

  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(shop.add_item("{}").error().code, ErrorCode::unknown_outcome) << i;
  }
}

TEST_F(ShopeeClient, RepeatsTheStatusKeyAndJoinsTheOtherLists) {
  sign_in();
  auto shop = client();
  wire_->reply(200, ok("{}"));
  wire_->reply(200, ok("{}"));
  const std::vector<std::string> ids{"1", "2"};

  ASSERT_TRUE(shop.item_list("", 50).ok());
  ASSERT_TRUE(shop.base_info(ids).ok());

  const auto list = wire_->requests().at(0).url;
  EXPECT_NE(list.find("item_status=NORMAL&item_status=UNLIST"), std::string::npos);
  EXPECT_NE(wire_->requests().at(1).url.find("item_id_list=1%2C2"), std::string::npos);
}

TEST_F(ShopeeClient, SignsAnUploadWithoutAToken) {
  sign_in();
  auto shop = client();
  wire_->reply(200, ok(R"({"image_info":{"image_id":"vn-1"}})"));

  const auto answer = shop.upload_image("a.png", "bytes");

  ASSERT_TRUE(answer.ok());
  EXPECT_EQ(uploaded_image_id(answer.value()), "vn-1");
  const auto sent = wire_->requests().at(0);
  EXPECT_EQ(sent.url.find("access_token"), std::string::npos);
  EXPECT_NE(sent.body.find("name=\"image\""), std::string::npos);
}

// A shop whose cursor is an offset into orders sorted by their last change. After every list call
// the oldest order changes, so that a page turned by offset would skip one.
class RestlessShop {
 public:
  explicit RestlessShop(std::int64_t first_s, std::size_t count, std::int64_t gap_s) {
    for (std::size_t i = 0; i < count; ++i) {
      updated_["SN" + std::to_string(i)] = first_s + static_cast<std::int64_t>(i) * gap_s;
    }
  }

  base::Result<common::RestResponse> answer(const common::WireRequest& request) {
    const bool list = request.url.find("get_order_list") != std::string::npos;
    return common::RestResponse{200, {}, list ? list_page(request.url) : details(request.url)};
  }

 private:
  static std::string value(const std::string& url, const std::string& name) {
    const auto at = url.find("&" + name + "=");
    if (at == std::string::npos) return {};
    const auto from = at + name.size() + 2;
    return url.substr(from, url.find('&', from) - from);
  }

  std::string list_page(const std::string& url) {
    std::vector<std::pair<std::int64_t, std::string>> rows;
    for (const auto& [sn, at] : updated_) {
      const bool inside =
          at >= std::stoll(value(url, "time_from")) && at <= std::stoll(value(url, "time_to"));
      if (inside) rows.emplace_back(at, sn);
    }
    std::sort(rows.begin(), rows.end());
    const auto cursor = value(url, "cursor");
    const std::size_t from = cursor.empty() ? 0 : std::stoul(cursor);
    const std::size_t to = std::min(rows.size(), from + std::stoul(value(url, "page_size")));
    std::string list;
    for (std::size_t i = from; i < to; ++i) {
      list += (list.empty() ? "" : ",") + (R"({"order_sn":")" + rows[i].second + "\"}");
    }
    const bool more = to < rows.size();
    if (!rows.empty()) updated_[rows.front().second] = kNow;
    return R"({"error":"","response":{"more":)" + std::string{more ? "true" : "false"} +
           R"(,"next_cursor":")" + (more ? std::to_string(to) : "") + R"(","order_list":[)" + list +
           "]}}";
  }

  std::string details(const std::string& url) {
    std::string list;
    for (const auto& [sn, at] : updated_) {
      const auto sns = "%2C" + value(url, "order_sn_list") + "%2C";
      if (sns.find("%2C" + sn + "%2C") == std::string::npos) continue;
      list += (list.empty() ? "" : ",") +
              (R"({"order_sn":")" + sn + R"(","order_status":"READY_TO_SHIP","create_time":1,)" +
               R"("update_time":)" + std::to_string(at) +
               R"(,"item_list":[{"item_id":7,"model_quantity_purchased":1}]})");
    }
    return R"({"error":"","response":{"order_list":[)" + list + "]}}";
  }

  std::map<std::string, std::int64_t> updated_;
};

TEST_F(ShopeeClient, LosesNoOrderWhenOthersChangeBetweenPages) {
  sign_in();
  auto with = options();
  with.page_size = 7;
  auto shop = client(with);
  OrderPages pages{shop};
  constexpr std::size_t kOrders = 100;
  RestlessShop restless{kNow - 40 * 24 * 3600, kOrders, 30'000};
  wire_->otherwise([&](const common::WireRequest& request) { return restless.answer(request); });
  OrderQuery query{base::from_unix_s(kNow - 41 * 24 * 3600), base::from_unix_s(kNow + 60), {}};
  std::map<std::string, int> given;

  for (int i = 0; i < 500; ++i) {
    const auto page = pages.pull(query);
    ASSERT_TRUE(page.ok()) << page.error().message;
    for (const auto& order : page.value().orders) ++given[order.remote_id];
    query.page_cursor = page.value().next_cursor;
    if (query.page_cursor.empty()) break;
  }

  EXPECT_TRUE(query.page_cursor.empty());
  EXPECT_EQ(given.size(), kOrders);
}

TEST_F(ShopeeClient, AnUnreadableCursorIsRefusedUnsent) {
  sign_in();
  auto shop = client();
  OrderPages pages{shop};

  for (const std::string cursor : {"x", "1:2", "1:0::", "1:9999999::", "1:2:SN.x:"}) {
    const auto page = pages.pull({clock_.now(), clock_.now() + 60s, cursor});
    ASSERT_FALSE(page.ok()) << cursor;
    EXPECT_EQ(page.error().code, ErrorCode::invalid);
  }
  EXPECT_TRUE(wire_->requests().empty());
}

TEST(ShopeeErrors, FollowTheCodeAndTheMessage) {
  struct Row {
    std::string_view code, message;
    Nature nature;
    ErrorCode expected;
  };
  const Row rows[] = {
      {"error_sign", "Wrong sign.", Nature::read, ErrorCode::invalid},
      {"error_param", "Timestamp is expired.", Nature::write_once, ErrorCode::invalid},
      {"error_param", "There is no sign in query.", Nature::read, ErrorCode::invalid},
      {"product.error_param", "invalid field ItemId: value must  Not Null", Nature::write_once,
       ErrorCode::rejected},
      {"shop_no_linked", "Partner and shop has no linked.", Nature::read, ErrorCode::unauthorized},
      {"error_auth", "System error, please try again later.", Nature::read, ErrorCode::unavailable},
      {"error_auth", "System error, please try again later.", Nature::write_once,
       ErrorCode::unknown_outcome},
      {"error_auth", "Lack of location_id", Nature::write_once, ErrorCode::rejected},
      {"shop_banned", "", Nature::read, ErrorCode::rejected},
      {"order.error_not_found", "Wrong parameters, detail: the order is not found.", Nature::read,
       ErrorCode::not_found},
      {"error_of_tomorrow", "?", Nature::read, ErrorCode::protocol},
      {"error_of_tomorrow", "?", Nature::write_once, ErrorCode::rejected},
      {"error_price_exceed_min_limitt", "", Nature::write_again, ErrorCode::rejected},
  };
  for (const auto& row : rows) {
    const auto error = translate(row.code, row.message, row.nature, base::from_unix_s(kNow));
    EXPECT_EQ(error.code, row.expected) << row.code << ": " << row.message;
    EXPECT_EQ(error.vendor_code, row.code);
  }
}

TEST(ShopeeErrors, TellTheItemFromTheShop) {
  const auto now = base::from_unix_s(kNow);

  EXPECT_TRUE(
      concerns_one_item(translate("error_title_exceeds_max_length", "", Nature::write_once, now)));
  EXPECT_FALSE(concerns_one_item(translate("shop_banned", "", Nature::write_once, now)));
  EXPECT_FALSE(concerns_one_item(translate("error_sign", "", Nature::write_once, now)));
}

TEST(ShopeeOptions, NameWhatIsWrongAndNotItsValue) {
  Settings settings;
  settings.account = catalog::AccountId{"shopee-1"};
  settings.options = {{"partner_id", "1000001"}, {"partner_key", "k"}, {"shop_id", "sieu-thi"}};

  const auto options = read_options(settings);

  ASSERT_FALSE(options.ok());
  EXPECT_EQ(options.error().code, ErrorCode::invalid);
  EXPECT_NE(options.error().message.find("shop_id"), std::string::npos);
  EXPECT_EQ(options.error().message.find("sieu-thi"), std::string::npos);
}

}  // namespace
}  // namespace connectors::shopee
