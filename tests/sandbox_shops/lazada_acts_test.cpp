#include "lazada_fixture.h"
#include "sandbox/faulty_handler.h"

namespace {

using namespace shops;
using namespace std::chrono_literals;
using LazadaActs = LazadaShop;

TEST_F(LazadaActs, UnknownActsRulesAndValuesAreRefused) {
  for (const auto* wish : {R"({"act":"dance"})", R"({"act":"rules","rules":{"mood":"good"}})",
                           R"({"act":"rules","rules":{"payment":"shells"}})",
                           R"({"act":"rules","rules":{"api_rps":-1}})",
                           R"({"act":"review","sku":"KHONG-CO","verdict":"lock"})"}) {
    EXPECT_FALSE(caller_.channel->act(sandbox::wire::parse(wish).value()).ok()) << wish;
  }
}

TEST_F(LazadaActs, ARejectedProductIsOffSaleUntilItIsEdited) {
  act(R"({"act":"review","sku":"GAO-ST25-5KG","verdict":"reject","reason":"Ảnh mờ"})");
  const auto product = [&] {
    const auto answer = caller_.get("/products/get", {{"sku_seller_list", R"(["GAO-ST25-5KG"])"}});
    return list(member(answer, "data"), "products").at(0);
  };
  const auto rejected = product();
  const auto old_call = member(
      caller_.get("/product/qc/status/get", {{"seller_skus", R"(["GAO-ST25-5KG"])"}}), "data");

  EXPECT_EQ(text(rejected, "status"), "Suspended");
  EXPECT_EQ(text(rejected, "subStatus"), "Reject");
  EXPECT_EQ(list(rejected, "rejectReason").at(0).as_string(), "Ảnh mờ");
  EXPECT_EQ(text(sandbox::wire::as_list(old_call).at(0), "status"), "rejected");
  EXPECT_FALSE(caller_.channel->buy({{"GAO-ST25-5KG", 1}}).ok());
  caller_.post("/product/update",
               {{"payload", "<Request><Product><ItemId>" + text(rejected, "item_id") +
                                "</ItemId><Attributes><name>Gạo ST25 mới</name></Attributes>"
                                "</Product></Request>"}});
  EXPECT_EQ(text(product(), "status"), "Active");
}

TEST_F(LazadaActs, ALockedProductCannotBeEdited) {
  act(R"({"act":"review","sku":"GAO-ST25-5KG","verdict":"lock"})");
  const auto row = caller_.sku_row("GAO-ST25-5KG");
  const auto item = text(row, "ShopSku").substr(0, text(row, "ShopSku").find('_'));

  EXPECT_EQ(code(caller_.post("/product/update",
                              {{"payload", "<Request><Product><ItemId>" + item +
                                               "</ItemId><Attributes/></Product></Request>"}})),
            "4155");
}

TEST_F(LazadaActs, CodesInnerNamesAndScalarsFollowTheRules) {
  act(R"({"act":"rules","rules":{"codes":"number","inner":"camel","scalars":"texts"}})");
  const auto bad = caller_.get("/order/get", {{"order_id", "1"}});
  const auto word = caller_.get("/no/such/api");
  const auto row = caller_.sku_row("GAO-ST25-5KG");
  const auto inner = member(package_call("/order/package/rts", "readyToShipReq", "FP1"), "retry");
  const auto providers =
      caller_.get("/order/shipment/providers/get",
                  {{"getShipmentProvidersReq", R"({"orders":[{"order_id":1}]})"}});

  EXPECT_TRUE(member(bad, "code").is_integer());
  EXPECT_TRUE(member(word, "code").is_string());
  EXPECT_TRUE(member(row, "quantity").is_string());
  EXPECT_TRUE(inner.is_string());
  EXPECT_TRUE(sandbox::wire::has(member(providers, "result"), "errorCode"));
  EXPECT_FALSE(sandbox::wire::has(member(providers, "result"), "error_code"));
}

TEST_F(LazadaActs, TheRowsOfDetailAreKnownInThreeWays) {
  for (const auto* style : {"seller_sku", "sku", "field"}) {
    act(std::string(R"({"act":"rules","rules":{"detail":")") + style + R"("}})");
    const auto answer = caller_.post(
        "/product/stock/sellable/update",
        {{"payload", LazadaCaller::skus("<Sku><SellerSku>KHONG-CO</SellerSku>"
                                        "<SellableQuantity>1</SellableQuantity></Sku>")}});
    EXPECT_EQ(text(list(answer, "detail").at(0), style), "KHONG-CO");
  }
}

TEST_F(LazadaActs, WideOrderIdsNeedMoreThanADouble) {
  act(R"({"act":"rules","rules":{"ids":"wide"}})");
  const auto id = buy("GAO-ST25-5KG", 1);

  const auto order = member(caller_.get("/order/get", {{"order_id", id}}), "data");

  EXPECT_GT(std::stoll(id), 9'007'199'254'740'992);
  EXPECT_EQ(text(order, "order_id"), id);
}

TEST_F(LazadaActs, MixedBuyersPayNowOrLater) {
  act(R"({"act":"rules","rules":{"payment":"mixed"}})");
  std::map<std::string, std::string> status_of;
  for (int i = 0; i < 20; ++i) {
    const auto order =
        member(caller_.get("/order/get", {{"order_id", buy("GAO-ST25-5KG", 1)}}), "data");
    status_of[text(order, "payment_method")] = list(order, "statuses").at(0).as_string();
  }

  EXPECT_GE(status_of.size(), 2U);
  for (const auto& [method, status] : status_of) {
    EXPECT_EQ(status, method == "COD" ? "pending" : "unpaid") << method;
  }
}

TEST_F(LazadaActs, AClientOfTheRealClockIsUnderstoodWhenTheClockWasDriven) {
  const auto real = std::to_string(base::to_unix_ms(caller_.context.clock.now()));
  caller_.context.clock.advance(std::chrono::hours{24 * 40});
  const auto ask = [&](const std::string& stamp) {
    auto all = caller_.system();
    all[1].second = stamp;
    all.emplace_back("sign", caller_.sign("/category/tree/get", all));
    return code(caller_.send(request("GET", "/rest/category/tree/get", form(all))));
  };
  caller_.access.clear();

  EXPECT_EQ(ask(real), "0");
  EXPECT_EQ(ask(std::to_string(std::stoll(real) + 10LL * 86'400'000)), "IllegalTimestamp");
}

TEST_F(LazadaActs, AnAppInTestStatusHasItsCallsOfTheDay) {
  act(R"({"act":"rules","rules":{"app_calls_per_day":3}})");
  std::string last;
  for (int i = 0; i < 4; ++i) last = code(caller_.get("/seller/get"));

  EXPECT_EQ(last, "AppCallLimit");
  caller_.context.clock.advance(24h);
  EXPECT_EQ(code(caller_.get("/seller/get")), "0");
}

TEST_F(LazadaActs, StoreAndWarehouseAreRead) {
  const auto pages = caller_.get("/store/custom/page/get", {{"page", "1"}, {"size", "10"}});
  const auto detail = caller_.get("/rc/warehouse/detail/get");
  const auto limit = caller_.get("/product/seller/item/limit");

  EXPECT_EQ(list(member(member(pages, "data"), "result"), "page_list").size(), 1U);
  EXPECT_EQ(text(list(member(detail, "result"), "module").at(0), "warehouse_code"), "dropshipping");
  EXPECT_FALSE(member(limit, "success").as_bool());
}

TEST_F(LazadaActs, AServiceTimeoutMayComeAfterTheWriteWasDone) {
  caller_.context.faults.set(sandbox::wire::parse(R"([{"channel":"lazada","kind":"status_after",
      "path":"/sellable/update","status":200,"body":"{\"code\":\"ServiceTimeout\"}"}])")
                                 .value());
  const auto handler = sandbox::with_faults(*caller_.channel, caller_.context, nullptr);
  auto all = caller_.system();
  all.emplace_back("payload", LazadaCaller::skus("<Sku><SellerSku>GAO-ST25-5KG</SellerSku>"
                                                 "<SellableQuantity>7</SellableQuantity></Sku>"));
  all.emplace_back("sign", caller_.sign("/product/stock/sellable/update", all));

  const auto answer = handler(request("POST", "/rest/product/stock/sellable/update", form(all)));

  EXPECT_EQ(answer.body, R"({"code":"ServiceTimeout"})");
  EXPECT_EQ(integer(caller_.sku_row("GAO-ST25-5KG"), "quantity"), 7);
}

TEST_F(LazadaActs, AProxyStyleTargetIsTheSameCall) {
  auto all = caller_.system();
  all.emplace_back("sign", caller_.sign("/seller/get", all));

  EXPECT_EQ(code(caller_.send(request("GET", "http://api.lazada.vn/rest/seller/get", form(all)))),
            "0");
}

TEST_F(LazadaActs, ExpiredTokensAreRefreshedAndRevokedOnesAreNot) {
  act(R"({"act":"expire"})");
  EXPECT_EQ(code(caller_.get("/seller/get")), "IllegalAccessToken");
  const auto renewed = caller_.renew(caller_.refresh);
  EXPECT_EQ(code(renewed), "0");
  caller_.keep(renewed);
  act(R"({"act":"revoke"})");
  EXPECT_EQ(code(caller_.renew(text(renewed, "refresh_token"))), "IllegalRefreshToken");
}

}  // namespace
