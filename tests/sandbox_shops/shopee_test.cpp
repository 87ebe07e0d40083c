#include <gtest/gtest.h>

#include "callers.h"

namespace {

using namespace shops;
using namespace std::chrono_literals;

class Shopee : public testing::Test {
 protected:
  Shopee() { caller_.grant("first-code"); }
  Json response(const Json& answer) { return member(answer, "response"); }
  ShopeeCaller caller_;
};

TEST_F(Shopee, ConsentLinksOfBothGenerationsLeadBackWithACode) {
  const std::string path = "/api/v2/shop/auth_partner";

  caller_.send(request(
      "GET", path,
      caller_.query(path, false) + "&redirect=" + encode("http://localhost:9/back?nonce=7")));
  const auto signed_link = caller_.last;
  caller_.send(request("GET", "/auth",
                       "partner_id=1000001&auth_type=seller&response_type=code&state=a%20b"
                       "&redirect_uri=" +
                           encode("http://localhost:9/back")));
  const auto unsigned_link = caller_.last;

  EXPECT_EQ(signed_link.status, 302);
  const auto where = std::string(signed_link.headers.at(0).second);
  EXPECT_TRUE(where.starts_with("http://localhost:9/back?nonce=7&code=")) << where;
  EXPECT_TRUE(where.ends_with("&shop_id=600001")) << where;
  EXPECT_EQ(unsigned_link.status, 302);
  EXPECT_TRUE(unsigned_link.headers.at(0).second.ends_with("&shop_id=600001&state=a%20b"));
}

TEST_F(Shopee, CodesAreSingleUseAndLiveTenMinutes) {
  const auto code = caller_.channel->fresh_code().value();
  const auto stale = caller_.channel->fresh_code().value();

  EXPECT_EQ(text(caller_.grant(code), "error"), "");
  EXPECT_EQ(text(caller_.grant(code), "error"), "invalid_code");
  caller_.advance(601s);
  EXPECT_EQ(text(caller_.grant(stale), "error"), "invalid_code");
}

TEST_F(Shopee, RefreshRotatesAndLeavesTheOldTokenFiveMinutes) {
  const auto old_access = caller_.access;
  const auto old_refresh = caller_.refresh;

  const auto renewed = caller_.renew(old_refresh);

  EXPECT_EQ(integer(renewed, "expire_in"), 14'400);
  EXPECT_NE(text(renewed, "access_token"), old_access);
  EXPECT_EQ(text(caller_.renew(old_refresh), "error"), "error_auth");
  EXPECT_EQ(text(caller_.get("shop/get_shop_info"), "error"), "");
  caller_.advance(301s);
  EXPECT_EQ(text(caller_.get("shop/get_shop_info"), "message"), "Invalid access_token.");
  EXPECT_EQ(caller_.last.status, 403);
  caller_.keep(renewed);
  EXPECT_EQ(text(caller_.get("shop/get_shop_info"), "region"), "VN");
}

TEST_F(Shopee, TokensEndByTheDrivenClock) {
  caller_.advance(14'401s);

  EXPECT_EQ(text(caller_.get("shop/get_shop_info"), "error"), "error_auth");
  caller_.keep(caller_.renew(caller_.refresh));
  EXPECT_EQ(text(caller_.get("shop/get_shop_info"), "error"), "");
  caller_.advance(std::chrono::hours{24 * 31});
  EXPECT_EQ(text(caller_.renew(caller_.refresh), "error"), "refresh_token_expired");
}

TEST_F(Shopee, SignaturesMayCarryTheDrivenOrTheRealTime) {
  caller_.advance(3h);
  const auto error_at = [&](std::int64_t at_s) {
    const std::string path = "/api/v2/public/get_shopee_ip_ranges";
    const auto at = std::to_string(at_s);
    const auto sign =
        sandbox::shopee::sign_of(caller_.credentials.partner_key, "1000001", path, at, "", "");
    return text(
        caller_.send(request("GET", path, "partner_id=1000001&timestamp=" + at + "&sign=" + sign)),
        "error");
  };
  const auto driven_s = base::to_unix_s(caller_.context.clock.now());

  EXPECT_EQ(error_at(driven_s - 290), "");
  EXPECT_EQ(error_at(driven_s - 3 * 3600), "");
  EXPECT_EQ(error_at(driven_s - 3600), "error_param");
  EXPECT_EQ(error_at(driven_s + 310), "error_param");
}

TEST_F(Shopee, GatewayChecksInTheDocumentedOrder) {
  const std::string path = "/api/v2/shop/get_shop_info";
  const auto ask = [&](const std::string& query) {
    return text(caller_.send(request("GET", path, query)), "message");
  };

  EXPECT_EQ(ask(""), "There is no partner_id in query.");
  EXPECT_EQ(ask("partner_id=1000001"), "no timestamp");
  EXPECT_EQ(ask("partner_id=1000001&timestamp=1"), "There is no sign in query.");
  EXPECT_EQ(ask("partner_id=x&timestamp=1&sign=y"),
            "Partner_id is invalid, should be an integer between 0 and 4294967295.");
  EXPECT_EQ(ask("partner_id=1000001&timestamp=1&sign=y"), "Timestamp is expired.");
  EXPECT_EQ(ask(caller_.query("/api/v2/other", true)), "Wrong sign.");
  EXPECT_EQ(caller_.last.status, 403);
  EXPECT_EQ(ask(caller_.query(path, false)), "There is no access_token in query.");
  EXPECT_EQ(text(caller_.get("product/no_such_call"), "message"),
            "Permission denied. This API is currently offline or the request path is incorrect.");
}

TEST_F(Shopee, AFreshShopSellsThreeProductsWithSkuAndStock) {
  const auto listed = response(caller_.get(
      "product/get_item_list", "offset=0&page_size=10&item_status=NORMAL&item_status=UNLIST&&"));
  std::string ids;
  for (const auto& item : list(listed, "item")) {
    ids += (ids.empty() ? "" : "%2C") + text(item, "item_id");
  }
  const auto info = response(caller_.get("product/get_item_base_info", "item_id_list=" + ids));

  EXPECT_EQ(integer(listed, "total_count"), 3);
  ASSERT_EQ(list(info, "item_list").size(), 3U);
  for (const auto& item : list(info, "item_list")) {
    EXPECT_FALSE(text(item, "item_sku").empty());
    EXPECT_TRUE(member(item, "weight").is_string());
    EXPECT_GT(
        integer(member(member(item, "stock_info_v2"), "summary_info"), "total_available_stock"), 0);
  }
}

TEST_F(Shopee, ThreeListConventionsReadAlike) {
  for (const auto* ids :
       {"item_id_list=23620001001,23620001002", "item_id_list=23620001001&item_id_list=23620001002",
        "item_id_list=%5B23620001001%2C+23620001002%5D"}) {
    const auto info = response(caller_.get("product/get_item_base_info", ids));
    EXPECT_EQ(list(info, "item_list").size(), 2U) << ids;
  }
}

TEST_F(Shopee, UploadTakesThreeOrFivePartSignatures) {
  const auto five = caller_.upload();
  const std::string path = "/api/v2/media_space/upload_image";
  auto call = request("POST", path, caller_.query(path, false));
  call.headers.emplace_back("content-type", "multipart/form-data; boundary=abc");
  call.body = multipart("abc", png(800));

  const auto three = text(member(response(caller_.send(call)), "image_info"), "image_id");

  EXPECT_TRUE(five.starts_with("vn-11134207-"));
  EXPECT_EQ(three, five);
}

TEST_F(Shopee, AnAddedItemIsFoundBySkuAndTakesStockAndPrice) {
  const auto id = std::to_string(caller_.add_item("TL-DO-1KG", 45'000, 12));

  const auto found =
      response(caller_.get("product/search_item", "item_sku=TL-DO-1KG&page_size=10"));
  const auto stock = caller_.post(
      "product/update_stock",
      R"({"item_id":)" + id + R"(,"stock_list":[{"model_id":0,"seller_stock":[{"stock":7}]}]})");
  const auto price = caller_.post(
      "product/update_price",
      R"({"item_id":)" + id + R"(,"price_list":[{"model_id":0,"original_price":47000}]})");
  const auto item =
      list(response(caller_.get("product/get_item_base_info", "item_id_list=" + id)), "item_list")
          .at(0);

  EXPECT_EQ(found.serialize().find(id) == std::string::npos, false);
  EXPECT_EQ(text(stock, "error"), "");
  EXPECT_EQ(text(price, "error"), "");
  EXPECT_EQ(integer(list(item, "price_info").at(0), "original_price"), 47'000);
  EXPECT_EQ(integer(list(member(item, "stock_info_v2"), "seller_stock").at(0), "stock"), 7);
}

TEST_F(Shopee, AddItemNamesWhatIsWrong) {
  const auto image = caller_.upload();
  const auto add = [&](const std::string& name, const std::string& category,
                       const std::string& picture, const std::string& carrier) {
    return text(caller_.post("product/add_item",
                             R"({"original_price":45000,"description":"Mô tả đủ dài để đăng bán",)"
                             R"("weight":1,"item_name":")" +
                                 name + R"(","category_id":)" + category +
                                 R"(,"image":{"image_id_list":[")" + picture +
                                 R"("]},"logistic_info":[{"logistic_id":)" + carrier +
                                 R"(,"enabled":true}]})"),
                "error");
  };

  EXPECT_EQ(add("Rau", "100864", image, "50021"), "product.error_item_name_is_too_short");
  EXPECT_EQ(add("Rau má đồng", "100653", image, "50021"), "product.error_invalid_category");
  EXPECT_EQ(add("Rau má đồng", "100801", image, "50021"), "product.error_less_required_attribute");
  EXPECT_EQ(add("Rau má đồng", "100864", "none", "50021"), "product.error_image_unavailable");
  EXPECT_EQ(add("Rau má đồng", "100864", image, "5001"), "product.error_invalid_logistic_info");
  EXPECT_EQ(add("Rau má đồng", "100864", image, "50021"), "");
}

TEST_F(Shopee, VariantsKeepTheirIdsAndFailOneByOne) {
  const auto id = std::to_string(caller_.add_item("TL-DO", 45'000, 5));
  caller_.advance(5s);

  const auto made = response(caller_.post(
      "product/init_tier_variation",
      R"({"item_id":)" + id +
          R"(,"standardise_tier_variation":[{"variation_id":0,"variation_name":"Khối lượng",)"
          R"("variation_option_list":[{"variation_option_name":"1 kg"},{"variation_option_name":"3 kg"}]}],)"
          R"("model":[{"tier_index":[0],"original_price":45000,"model_sku":"TL-1","seller_stock":[{"stock":5}]},)"
          R"({"tier_index":[1],"original_price":130000,"model_sku":"TL-3","seller_stock":[{"stock":2}]}]})"));
  const auto first = text(list(made, "model").at(0), "model_id");
  const auto partial = caller_.post(
      "product/update_stock", R"({"item_id":)" + id + R"(,"stock_list":[{"model_id":)" + first +
                                  R"(,"seller_stock":[{"stock":9}]},)"
                                  R"({"model_id":77,"seller_stock":[{"stock":1}]}]})");
  const auto none = caller_.post(
      "product/update_stock",
      R"({"item_id":)" + id + R"(,"stock_list":[{"model_id":77,"seller_stock":[{"stock":1}]}]})");
  const auto spread = caller_.post(
      "product/update_price", R"({"item_id":)" + id + R"(,"price_list":[{"model_id":)" + first +
                                  R"(,"original_price":20000}]})");
  const auto models =
      list(response(caller_.get("product/get_model_list", "item_id=" + id)), "model");

  EXPECT_EQ(text(partial, "error"), "");
  EXPECT_EQ(list(response(partial), "success_list").size(), 1U);
  EXPECT_EQ(integer(list(response(partial), "failure_list").at(0), "model_id"), 77);
  EXPECT_EQ(text(none, "error"), "product.error_busi_update_stock_failed");
  EXPECT_EQ(list(response(spread), "failure_list").size(), 1U);
  ASSERT_EQ(models.size(), 2U);
  EXPECT_EQ(text(models.at(0), "model_id"), first);
  EXPECT_EQ(integer(list(member(models.at(0), "stock_info_v2"), "seller_stock").at(0), "stock"), 9);
  EXPECT_EQ(integer(list(models.at(0), "price_info").at(0), "original_price"), 45'000);
}

TEST_F(Shopee, MoreThanFiftyModelsInOneCallAreRefused) {
  std::string rows;
  for (int i = 0; i < 51; ++i) {
    rows += (i == 0 ? "" : ",") + std::string(R"({"model_id":)") + std::to_string(i) +
            R"(,"seller_stock":[{"stock":1}]})";
  }

  const auto answer = caller_.post("product/update_stock",
                                   R"({"item_id":23620001001,"stock_list":[)" + rows + "]}");

  EXPECT_EQ(text(answer, "error"), "product.error_param");
}

TEST_F(Shopee, UnlistAndDeleteTakeTheItemOffTheShelf) {
  const auto answer = response(caller_.post(
      "product/unlist_item",
      R"({"item_list":[{"item_id":23620001001,"unlist":true},{"item_id":5,"unlist":true}]})"));
  caller_.post("product/delete_item", R"({"item_id":23620001002})");

  EXPECT_EQ(list(answer, "success_list").size(), 1U);
  EXPECT_EQ(list(answer, "failure_list").size(), 1U);
  EXPECT_FALSE(caller_.channel->buy({{"MATONG-NHAN-500", 1}}).ok());
  EXPECT_FALSE(caller_.channel->buy({{"CHE-SHAN-200", 1}}).ok());
  EXPECT_TRUE(caller_.channel->buy({{"GAO-ST25-5KG", 1}}).ok());
}

TEST(ShopeeLimits, TheBucketOfTheShopThrottlesAndRefills) {
  ShopeeCaller caller({.shop_rps = 2, .burst_s = 1});
  caller.grant("first-code");

  for (int i = 0; i < 2; ++i) EXPECT_EQ(text(caller.get("shop/get_shop_info"), "error"), "");
  EXPECT_EQ(text(caller.get("shop/get_shop_info"), "error"), "error_rate_limit");
  EXPECT_EQ(integer(member(caller.channel->truth(), "calls"), "throttled"), 1);
  caller.advance(1s);
  EXPECT_EQ(text(caller.get("shop/get_shop_info"), "error"), "");
}

}  // namespace
