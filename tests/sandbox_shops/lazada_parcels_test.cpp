#include "lazada_fixture.h"

namespace {

using namespace shops;
using namespace std::chrono_literals;
using LazadaParcels = LazadaShop;

// The same parameters again and again: the old calls differ in little else.
Pairs old_wish(const std::string& ids, const std::string& courier) {
  Pairs wish;
  wish.emplace_back("delivery_type", "dropship");
  wish.emplace_back("order_item_ids", ids);
  if (!courier.empty()) wish.emplace_back("shipping_provider", courier);
  return wish;
}

TEST_F(LazadaParcels, OldCallsPackShipAndPrintTheSameParcels) {
  const auto order = buy("GAO-ST25-5KG", 2);
  const auto ids = ids_of(units(order));

  const auto no_courier = caller_.post("/order/pack", old_wish(ids, ""));
  const auto packed = caller_.post("/order/pack", old_wish(ids, "LEX VN"));
  const auto rows = list(member(packed, "data"), "order_items");

  EXPECT_EQ(code(no_courier), "6");
  ASSERT_EQ(rows.size(), 2U) << packed.serialize();
  EXPECT_EQ(text(rows.at(0), "package_id"), text(rows.at(1), "package_id"));
  EXPECT_FALSE(text(rows.at(0), "tracking_number").empty());
}

TEST_F(LazadaParcels, OldCallsShipOnceAndOnlyWhatWasPacked) {
  const auto order = buy("GAO-ST25-5KG", 2);
  const auto wish = old_wish(ids_of(units(order)), "");
  pack(order);

  EXPECT_EQ(code(caller_.post("/order/rts", wish)), "0");
  EXPECT_EQ(text(units(order).at(1), "status"), "ready_to_ship");
  EXPECT_EQ(code(caller_.post("/order/rts", wish)), "21");
  EXPECT_EQ(code(caller_.post("/order/rts", old_wish("[1]", ""))), "20");
}

TEST_F(LazadaParcels, ALabelIsAPdfForTenMinutes) {
  const auto package = pack(buy("GAO-ST25-5KG", 1));
  const auto print = [&](const std::string& type) {
    return member(
        member(caller_.get("/order/package/document/get",
                           {{"getDocumentReq", R"({"doc_type":")" + type +
                                                   R"(","packages":[{"package_id":")" + package +
                                                   R"("}],"print_item_list":true})"}}),
               "result"),
        "data");
  };

  const auto url = text(print("PDF"), "pdf_url");
  const auto query = url.substr(url.find('?') + 1);
  caller_.send(request("GET", "/label/awb.pdf", query));

  EXPECT_EQ(caller_.last.content_type, "application/pdf");
  EXPECT_TRUE(caller_.last.body.starts_with("%PDF-1.4"));
  EXPECT_NE(caller_.last.body.find(package), std::string::npos);
  EXPECT_NE(caller_.last.body.find("1 x GAO-ST25-5KG"), std::string::npos);
  EXPECT_FALSE(text(print("HTML"), "file").empty());
  EXPECT_TRUE(text(print("HTML"), "pdf_url").empty());
  caller_.context.clock.advance(10min);
  caller_.send(request("GET", "/label/awb.pdf", query));
  EXPECT_EQ(caller_.last.status, 404);
}

TEST_F(LazadaParcels, NothingIsPrintedBeforeItIsPacked) {
  const auto order = buy("GAO-ST25-5KG", 1);
  const Pairs wish = {{"doc_type", "shippingLabel"}, {"order_item_ids", ids_of(units(order))}};

  EXPECT_EQ(code(caller_.get("/order/document/get", wish)), "34");
  pack(order);
  const auto printed = member(caller_.get("/order/document/get", wish), "data");
  EXPECT_EQ(text(member(printed, "document"), "document_type"), "shippingLabel");
  EXPECT_EQ(
      code(caller_.get("/order/document/get", {{"doc_type", "poem"}, {"order_item_ids", "[1]"}})),
      "32");
}

TEST_F(LazadaParcels, TheSellersOwnFleetSaysWhenItArrives) {
  act(R"({"act":"rules","rules":{"fleet":"own"}})");
  const auto order = buy("GAO-ST25-5KG", 1);
  const auto package = pack(order);

  const auto early = package_call("/order/package/sof/delivered", "dbsDeliveryReq", package);
  package_call("/order/package/rts", "readyToShipReq", package);
  caller_.context.clock.advance(48h);
  const auto waiting = units(order).at(0);
  const auto arrived = package_call("/order/package/sof/delivered", "dbsDeliveryReq", package);

  EXPECT_EQ(text(early, "item_err_code"), "700000");
  EXPECT_EQ(text(waiting, "status"), "shipped");
  EXPECT_EQ(text(waiting, "shipping_provider_type"), "seller_own_fleet");
  EXPECT_EQ(text(arrived, "item_err_code"), "0");
  EXPECT_EQ(text(units(order).at(0), "status"), "delivered");
}

TEST_F(LazadaParcels, AParcelOfThePlatformIsNotTheSellersToDeliver) {
  const auto package = pack(buy("GAO-ST25-5KG", 1));

  const auto row =
      package_call("/order/package/sof/failed_delivery", "dbsFailedDeliveryReq", package);

  EXPECT_EQ(text(row, "item_err_code"), "700009");
}

TEST_F(LazadaParcels, RepackedUnitsGetAnotherParcel) {
  const auto order = buy("GAO-ST25-5KG", 1);
  const auto first = pack(order);

  EXPECT_EQ(text(package_call("/order/package/repack", "rePackReq", first), "item_err_code"), "0");
  EXPECT_EQ(text(units(order).at(0), "status"), "repacked");
  EXPECT_EQ(text(units(order).at(0), "package_id"), "");
  EXPECT_NE(pack(order), first);
  EXPECT_EQ(text(package_call("/order/package/rts", "readyToShipReq", first), "item_err_code"),
            "600001");
}

TEST_F(LazadaParcels, AFailedDeliveryComesBackStepByStep) {
  const auto order = buy("GAO-ST25-5KG", 1);
  package_call("/order/package/rts", "readyToShipReq", pack(order));
  for (const auto* step : {"shipped", "failed_delivery", "shipped_back", "shipped_back_success"}) {
    act(R"({"act":"delivery","order_id":")" + order + R"(","outcome":")" + step + R"("})");
    EXPECT_EQ(text(units(order).at(0), "status"), step);
  }
  const auto again = caller_.channel->act(sandbox::wire::parse(R"({"act":"delivery","order_id":")" +
                                                               order + R"(","outcome":"shipped"})")
                                              .value());
  EXPECT_FALSE(again.ok());
}

}  // namespace
