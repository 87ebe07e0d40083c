#include <gtest/gtest.h>

#include "callers.h"

namespace {

using namespace shops;
using namespace std::chrono_literals;

class Lazada : public testing::Test {
 protected:
  Lazada() { caller_.grant("0_100777_first"); }
  static std::string code(const Json& answer) {
    const auto found = member(answer, "code");
    EXPECT_TRUE(found.is_string());
    return sandbox::wire::as_text(found);
  }
  LazadaCaller caller_;
};

TEST_F(Lazada, ConsentLeadsBackWithASingleUseCode) {
  caller_.send(request("GET", "/oauth/authorize",
                       "response_type=code&force_auth=true&client_id=100777&state=x&redirect_uri=" +
                           encode("http://localhost:9/back")));
  const auto where = caller_.last.headers.at(0).second;
  const auto from = where.find("code=") + 5;
  const auto got = where.substr(from, where.find('&') - from);

  EXPECT_EQ(caller_.last.status, 302);
  EXPECT_TRUE(where.ends_with("&state=x")) << where;
  EXPECT_EQ(code(caller_.grant(got)), "0");
  EXPECT_EQ(code(caller_.grant(got)), "InvalidCode");
}

TEST_F(Lazada, RefreshNeverExtendsTheLifeOfTheConsent) {
  const auto first = caller_.refresh;
  caller_.context.clock.advance(std::chrono::hours{24 * 31});
  EXPECT_EQ(code(caller_.get("/seller/get")), "IllegalAccessToken");

  const auto renewed = caller_.renew(first);
  caller_.keep(renewed);

  EXPECT_EQ(code(caller_.get("/seller/get")), "0");
  EXPECT_LE(integer(renewed, "refresh_expires_in"), 149 * 86'400);
  EXPECT_EQ(list(renewed, "country_user_info_list").size(), 1U);
  EXPECT_TRUE(member(renewed, "expires_in").is_integer());
  EXPECT_EQ(code(caller_.renew(first)), "IllegalRefreshToken");
  caller_.context.clock.advance(std::chrono::hours{24 * 150});
  EXPECT_EQ(code(caller_.renew(text(renewed, "refresh_token"))), "IllegalRefreshToken");
}

TEST_F(Lazada, ParametersMayTravelEverywhere) {
  const std::string path = "/products/get";
  auto all = caller_.system();
  all.emplace_back("limit", "2");
  const auto sign = caller_.sign(path, all);
  all.emplace_back("sign", sign);
  const auto ask = [&](const std::string& query, const std::string& type, const std::string& body) {
    auto call = request("POST", "/rest" + path, query);
    call.headers.emplace_back("Content-Type", type);
    call.body = body;
    return list(member(caller_.send(call), "data"), "products").size();
  };
  std::string json;
  std::string parts;
  for (const auto& [name, value] : all) {
    json += (json.empty() ? "{ \"" : ", \"") + name +
            "\" : " + (name == "limit" ? value : "\"" + value + "\"");
    parts +=
        "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
  }

  EXPECT_EQ(ask(form(all), "", ""), 2U);
  EXPECT_EQ(ask("", "application/x-www-form-urlencoded", form(all)), 2U);
  EXPECT_EQ(ask("", "application/json", json + " }"), 2U);
  EXPECT_EQ(ask("", "multipart/form-data; boundary=b", parts + "--b--"), 2U);
  EXPECT_EQ(ask(form(all), "application/json", R"({"limit":2})"), 2U);  // the same again
}

TEST_F(Lazada, SignsWithAndWithoutEmptyValues) {
  for (const auto habit :
       {sandbox::lazada::EmptyValues::kept, sandbox::lazada::EmptyValues::dropped}) {
    auto all = caller_.system();
    all.emplace_back("search", "");
    all.emplace_back("sign",
                     sandbox::lazada::sign_of("k7Qm2vXz9LtR4sWy", "/products/get", all, habit));
    EXPECT_EQ(code(caller_.send(request("GET", "/rest/products/get", form(all)))), "0");
  }
}

TEST_F(Lazada, GatewayNamesWhatIsWrong) {
  auto all = caller_.system();
  EXPECT_EQ(code(caller_.send(request("GET", "/rest/seller/get", form(all)))), "MissingParameter");
  all.emplace_back("sign", "00");
  EXPECT_EQ(code(caller_.send(request("GET", "/rest/seller/get", form(all)))),
            "IncompleteSignature");
  EXPECT_EQ(code(caller_.get("/no/such/api")), "InvalidApiPath");
  caller_.access = "50000nobody";
  EXPECT_EQ(code(caller_.get("/seller/get")), "IllegalAccessToken");
  EXPECT_EQ(caller_.last.status, 200);
  caller_.context.clock.advance(0ms);
  all = caller_.system();
  all[1].second = "1700000000000";
  all.emplace_back("sign", caller_.sign("/seller/get", all));
  EXPECT_EQ(code(caller_.send(request("GET", "/rest/seller/get", form(all)))), "IllegalTimestamp");
}

TEST_F(Lazada, ACreatedProductIsReadBackBySellerSku) {
  const auto made = caller_.create(LazadaCaller::sku_xml("ST25-05", "5kg", 40) +
                                   LazadaCaller::sku_xml("ST25-10", "10kg", 25));
  const auto rows = list(member(made, "data"), "sku_list");
  const auto row = caller_.sku_row("ST25-05");

  ASSERT_EQ(rows.size(), 2U) << made.serialize();
  EXPECT_EQ(text(rows.at(0), "seller_sku"), "ST25-10");  // not the order of the request
  EXPECT_EQ(text(row, "SkuId"), text(rows.at(1), "sku_id"));
  EXPECT_EQ(integer(row, "quantity"), 40);
  EXPECT_TRUE(member(row, "SkuId").is_integer());
  EXPECT_TRUE(member(row, "price").is_number());
}

TEST_F(Lazada, PayloadsAreXmlOrJsonAndNothingElse) {
  const auto row = caller_.sku_row("GAO-ST25-5KG");
  const auto id = text(row, "SkuId");
  const auto set = [&](const std::string& payload) {
    return code(caller_.post("/product/stock/sellable/update", {{"payload", payload}}));
  };

  EXPECT_EQ(set(R"({"Request":{"Product":{"Skus":{"Sku":[{"SkuId":")" + id +
                R"(","SellableQuantity":"11"}]}}}})"),
            "0");
  EXPECT_EQ(integer(caller_.sku_row("GAO-ST25-5KG"), "quantity"), 11);
  EXPECT_EQ(set("<!DOCTYPE Request [<!ENTITY a \"1\">]>" +
                LazadaCaller::skus("<Sku><SkuId>" + id + "</SkuId></Sku>")),
            "5");
  EXPECT_EQ(set("<Request><Product>"), "5");
  EXPECT_EQ(set("quantity=1"), "5");
}

TEST_F(Lazada, CreateListsEveryComplaint) {
  const auto answer =
      caller_.post("/product/create",
                   {{"payload",
                     "<Request><Product><PrimaryCategory>10100245</PrimaryCategory><Attributes>"
                     "<name>Gạo</name><brand_id>1</brand_id></Attributes><Skus><Sku>"
                     "<SellerSku>A</SellerSku><price>0</price></Sku></Skus></Product></Request>"}});

  EXPECT_EQ(code(answer), "500");
  EXPECT_EQ(text(answer, "type"), "ISP");
  EXPECT_GE(list(answer, "detail").size(), 6U);
  EXPECT_EQ(code(caller_.upload(100)), "300");
}

TEST_F(Lazada, VariationsPicturesAndDecimalsHaveTheirLimits) {
  const auto url = text(member(member(caller_.upload(800), "data"), "image"), "url");
  const auto sku = [&](const std::string& name, const std::string& taste, const std::string& more) {
    return "<Sku><SellerSku>" + name + "</SellerSku><Vi>" + taste + "</Vi><price>50000</price>" +
           "<package_weight>0.5</package_weight><package_length>20</package_length>"
           "<package_width>20</package_width><package_height>5</package_height>" +
           more + "</Sku>";
  };
  const auto create = [&](const std::string& variation, const std::string& skus) {
    return caller_.post(
        "/product/create",
        {{"payload",
          "<Request><Product><PrimaryCategory>10100245</PrimaryCategory><Images><Image>" + url +
              "</Image></Images><variation>" + variation +
              "</variation><Attributes><name>Gạo</name><brand_id>39704</brand_id>"
              "</Attributes><Skus>" +
              skus + "</Skus></Product></Request>"}});
  };
  const auto first = [](const Json& answer) {
    const auto rows = list(answer, "detail");
    return rows.empty() ? code(answer) : text(rows.at(0), "message");
  };
  const std::string tastes =
      "<Variation1><name>Vi</name><options><option>Nếp</option><option>Tẻ</option></options>"
      "</Variation1>";
  const auto images = "<Images><Image>" + url + "</Image></Images>";

  EXPECT_EQ(first(create(tastes, sku("A", "Nếp", "") + sku("B", "Tẻ", ""))), "0");
  EXPECT_EQ(first(create(tastes, sku("A", "Nếp", "") + sku("B", "Lứt", ""))),
            "SKU_VARIATION_NOT_DECLARED");
  EXPECT_EQ(first(create(tastes, sku("A", "Nếp", images) + sku("B", "Tẻ", ""))),
            "SKU_IMAGES_ALL_OR_NONE");
  EXPECT_EQ(first(create("<Variation1><name>Vi</name><options><option>" + std::string(21, 'a') +
                             "</option></options></Variation1>",
                         sku("A", std::string(21, 'a'), ""))),
            "OPTION_LENGTH_LIMIT");
  EXPECT_EQ(first(create("", sku("A", "", "<package_weight>0.555</package_weight>"))),
            "PACKAGE_DECIMALS_EXCEED_2");
}

TEST_F(Lazada, OneBadRowTurnsABatchInto501AndTheRestIsApplied) {
  const auto good = text(caller_.sku_row("GAO-ST25-5KG"), "SkuId");
  const auto answer = caller_.post(
      "/product/price_quantity/update",
      {{"payload", LazadaCaller::skus("<Sku><SkuId>" + good +
                                      "</SkuId><Quantity>33</Quantity>"
                                      "<Price>201000</Price></Sku><Sku><ItemId>2400999999</ItemId>"
                                      "<SkuId>99</SkuId><SellerSku>KHONG-CO</SellerSku>"
                                      "<Quantity>5</Quantity></Sku>")}});

  EXPECT_EQ(code(answer), "501");
  ASSERT_EQ(list(answer, "detail").size(), 1U);
  EXPECT_EQ(text(list(answer, "detail").at(0), "seller_sku"), "KHONG-CO");
  EXPECT_EQ(integer(caller_.sku_row("GAO-ST25-5KG"), "quantity"), 33);
  EXPECT_EQ(integer(caller_.sku_row("GAO-ST25-5KG"), "price"), 201'000);
}

TEST(LazadaRules, ABatchMayAlsoApplyNothing) {
  LazadaCaller caller(
      {.api_rps = 1'000, .inventory_rps = 1'000, .batch = sandbox::LazadaBatch::apply_none});
  caller.grant("0_100777_first");
  const auto before = integer(caller.sku_row("GAO-ST25-5KG"), "quantity");
  const auto id = text(caller.sku_row("GAO-ST25-5KG"), "SkuId");

  caller.post("/product/stock/sellable/adjust",
              {{"payload", LazadaCaller::skus("<Sku><SkuId>" + id +
                                              "</SkuId><SellableQuantity>-1"
                                              "</SellableQuantity></Sku><Sku><SkuId>9</SkuId>"
                                              "<SellableQuantity>1</SellableQuantity></Sku>")}});

  EXPECT_EQ(integer(caller.sku_row("GAO-ST25-5KG"), "quantity"), before);
}

TEST(LazadaRules, ReviewDelaysTheShelf) {
  LazadaCaller caller({.api_rps = 1'000, .review_s = 60});
  caller.grant("0_100777_first");

  const auto made = caller.create(LazadaCaller::sku_xml("ST25-05", "5kg", 40));

  EXPECT_EQ(text(member(made, "data"), "item_status"), "Pending QC");
  EXPECT_FALSE(caller.channel->buy({{"ST25-05", 1}}).ok());
  caller.context.clock.advance(61s);
  EXPECT_TRUE(caller.channel->buy({{"ST25-05", 1}}).ok());
}

TEST(LazadaRules, EveryApiHasItsBucket) {
  LazadaCaller caller({.api_rps = 2, .inventory_rps = 1, .burst_s = 1});
  caller.grant("0_100777_first");
  const auto stock = [&] {
    return text(caller.post("/product/stock/sellable/update",
                            {{"payload", LazadaCaller::skus("<Sku><SellerSku>GAO-ST25-5KG"
                                                            "</SellerSku><SellableQuantity>5"
                                                            "</SellableQuantity></Sku>")}}),
                "code");
  };

  EXPECT_EQ(stock(), "0");
  EXPECT_EQ(stock(), "SellerCallLimit");
  caller.get("/seller/get");
  caller.get("/seller/get");
  EXPECT_EQ(text(caller.get("/seller/get"), "code"), "ApiCallLimit");
  EXPECT_EQ(text(caller.get("/category/tree/get"), "code"), "0");
  EXPECT_EQ(integer(member(caller.channel->truth(), "calls"), "throttled"), 2);
}

TEST_F(Lazada, DeactivateUpdateAndRemoveFollowTheLifecycle) {
  const auto made = member(caller_.create(LazadaCaller::sku_xml("ST25-05", "5kg", 40)), "data");
  const auto item = text(made, "item_id");
  const auto sku = text(list(made, "sku_list").at(0), "sku_id");
  const Pairs off = {
      {"apiRequestBody", "<Request><Product><ItemId>" + item + "</ItemId></Product></Request>"}};
  const auto update = [&](const std::string& attributes, const std::string& row) {
    return code(
        caller_.post("/product/update",
                     {{"payload", "<Request><Product><ItemId>" + item + "</ItemId>" + attributes +
                                      "<Skus><Sku>" + row + "</Sku></Skus></Product></Request>"}}));
  };

  EXPECT_EQ(code(caller_.post("/product/deactivate", off)), "0");
  EXPECT_EQ(code(caller_.post("/product/deactivate", off)), "E0004");
  EXPECT_EQ(update("", "<SkuId>" + sku + "</SkuId>"), "57");
  EXPECT_EQ(update("<Attributes/>", "<SellerSku>ST25-05</SellerSku>"), "4216");
  EXPECT_EQ(update("<Attributes/>", "<SkuId>" + sku + "</SkuId><Status>active</Status>"), "0");
  EXPECT_TRUE(caller_.channel->buy({{"ST25-05", 1}}).ok());
  const Pairs gone = {{"sku_id_list", "[\"SkuId_" + item + "_" + sku + "\"]"}};
  EXPECT_EQ(code(caller_.post("/product/remove", gone)), "0");
  EXPECT_EQ(code(caller_.post("/product/remove", gone)), "503");
  EXPECT_TRUE(caller_.sku_row("ST25-05").is_null());
}

}  // namespace
