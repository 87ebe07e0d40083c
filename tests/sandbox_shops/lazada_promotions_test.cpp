#include "lazada_fixture.h"

namespace {

using namespace shops;
using namespace std::chrono_literals;

class LazadaPromotions : public LazadaShop {
 protected:
  std::string at(std::chrono::hours from_now) const {
    return std::to_string(base::to_unix_ms(caller_.context.clock.now() + from_now));
  }
  Pairs combo(std::chrono::hours start, std::chrono::hours end) const {
    return {{"name", "Mua 2 giảm 5%"},     {"apply", "SPECIFIC_PRODUCTS"},
            {"criteria_type", "QUANTITY"}, {"criteria_value", R"(["2"])"},
            {"discount_type", "discount"}, {"discount_value", R"(["5"])"},
            {"order_numbers", "100"},      {"start_time", at(start)},
            {"end_time", at(end)}};
  }
  std::string combo_status(const std::string& id) {
    return text(member(caller_.get("/promotion/flexicombo/details", {{"id", id}}), "data"),
                "status");
  }
  static bool success(const Json& answer) {
    return code(answer) == "0" && member(answer, "success").as_bool();
  }
  std::string sku_id(const std::string& sku) { return text(caller_.sku_row(sku), "SkuId"); }
  std::string write(const std::string& path, const std::string& sku, const std::string& rest) {
    const auto answer = caller_.post(
        path, {{"payload",
                LazadaCaller::skus("<Sku><SellerSku>" + sku + "</SellerSku>" + rest + "</Sku>")}});
    const auto rows = list(answer, "detail");
    return rows.empty() ? code(answer) : text(rows.at(0), "message");
  }
};

TEST_F(LazadaPromotions, AFlexiComboLivesFromStartToEnd) {
  const auto made = caller_.post("/promotion/flexicombo/create", combo(1h, 3h));
  const auto id = text(made, "data");

  EXPECT_TRUE(success(made)) << made.serialize();
  EXPECT_TRUE(member(made, "data").is_integer());
  EXPECT_EQ(combo_status(id), "NOT_START");
  caller_.context.clock.advance(2h);
  EXPECT_EQ(combo_status(id), "ONGOING");
  EXPECT_TRUE(success(caller_.post("/promotion/flexicombo/deactivate", {{"id", id}})));
  EXPECT_EQ(combo_status(id), "SUSPEND");
  EXPECT_TRUE(success(caller_.post("/promotion/flexicombo/activate", {{"id", id}})));
  caller_.context.clock.advance(2h);
  EXPECT_EQ(combo_status(id), "FINISH");
  EXPECT_FALSE(success(caller_.post("/promotion/flexicombo/deactivate", {{"id", id}})));
}

TEST_F(LazadaPromotions, ARefusedComboIsASuccessfulCallThatFailed) {
  auto bad = combo(1h, 3h);
  bad[3].second = R"(["2","4"])";  // two thresholds, one discount

  const auto answer = caller_.post("/promotion/flexicombo/create", bad);

  EXPECT_EQ(code(answer), "0");
  EXPECT_FALSE(member(answer, "success").as_bool());
  EXPECT_EQ(text(answer, "error_code"), "22");
}

TEST_F(LazadaPromotions, SkusThatCannotJoinAreNamed) {
  const auto id = text(caller_.post("/promotion/flexicombo/create", combo(1h, 3h)), "data");
  const auto good = sku_id("GAO-ST25-5KG");

  const auto added = caller_.post("/promotion/flexicombo/products/add",
                                  {{"id", id}, {"sku_ids", "[" + good + ",99]"}});
  const auto listed = caller_.get("/promotion/flexicombo/products/list",
                                  {{"id", id}, {"cur_page", "1"}, {"page_size", "10"}});

  EXPECT_EQ(member(added, "data").size(), 1U);
  EXPECT_FALSE(text(member(added, "data"), "99").empty());
  EXPECT_EQ(integer(member(listed, "data"), "total"), 1);
}

TEST_F(LazadaPromotions, AVoucherMayOnlyGrow) {
  Pairs wish = {{"voucher_type", "COLLECTIBLE_VOUCHER"},
                {"apply", "ENTIRE_SHOP"},
                {"display_area", "REGULAR_CHANNEL"},
                {"voucher_name", "Giảm 10.000"},
                {"voucher_discount_type", "MONEY_VALUE_OFF"},
                {"criteria_over_money", "100000"},
                {"offering_money_value_off", "10000"},
                {"period_start_time", at(1h)},
                {"period_end_time", at(9h)},
                {"limit", "1"},
                {"issued", "50"}};
  const auto id = text(caller_.post("/promotion/voucher/create", wish), "data");
  wish.emplace_back("id", id);
  const auto update = [&](const std::string& issued) {
    wish[10].second = issued;
    return success(caller_.post("/promotion/voucher/update", wish));
  };

  EXPECT_TRUE(update("80"));
  EXPECT_FALSE(update("60"));
  const auto page = member(
      caller_.get("/promotion/vouchers/get", {{"voucher_type", "COLLECTIBLE_VOUCHER"}}), "data");
  EXPECT_EQ(integer(list(page, "data_list").at(0), "issued"), 80);
  EXPECT_EQ(combo_status(id), "");  // another kind's calls do not see it
}

TEST_F(LazadaPromotions, AnEarlyBirdLocksUnitsAndThePrice) {
  const auto row = caller_.sku_row("GAO-ST25-5KG");
  const auto item = text(row, "ShopSku").substr(0, text(row, "ShopSku").find('_'));
  const auto enter = [&](const std::string& budget) {
    return member(
        caller_.post("/activity/early/bird/create",
                     {{"sku_list", R"([{"product_id":)" + item + R"(,"sku_id":)" +
                                       text(row, "SkuId") + R"(,"discount_price":150000,)" +
                                       R"("order_total_budget":)" + budget + "}]"}}),
        "result");
  };

  EXPECT_FALSE(member(enter("999"), "success").as_bool());
  const auto activity = text(enter("10"), "module");
  const std::string sellable = "/product/stock/sellable/update";

  EXPECT_EQ(write(sellable, "GAO-ST25-5KG", "<SellableQuantity>9</SellableQuantity>"),
            "CAMPAIGN_STOCK_LOCKED");
  EXPECT_EQ(write(sellable, "GAO-ST25-5KG", "<SellableQuantity>10</SellableQuantity>"), "0");
  EXPECT_EQ(write("/product/price_quantity/update", "GAO-ST25-5KG", "<Price>1000</Price>"),
            "CAMPAIGN_EDIT_BLOCKED");
  EXPECT_EQ(list(caller_.sku_row("GAO-ST25-5KG"), "channelInventories").size(), 1U);
  const auto order = buy("GAO-ST25-5KG", 4);
  EXPECT_EQ(integer(units(order).at(0), "item_price"), 150'000);
  EXPECT_EQ(write(sellable, "GAO-ST25-5KG", "<SellableQuantity>6</SellableQuantity>"), "0");
  EXPECT_EQ(write(sellable, "GAO-ST25-5KG", "<SellableQuantity>5</SellableQuantity>"),
            "CAMPAIGN_STOCK_LOCKED");
  caller_.post("/activity/early/bird/deactivateSkus",
               {{"id", activity}, {"sku_list", R"([{"sku_id":)" + text(row, "SkuId") + "}]"}});
  EXPECT_EQ(write(sellable, "GAO-ST25-5KG", "<SellableQuantity>0</SellableQuantity>"), "0");
}

TEST_F(LazadaPromotions, ACampaignEndsByItself) {
  act(R"({"act":"campaign","sku":"GAO-ST25-5KG","quantity":20,"lasts_s":3600})");
  const std::string total = "/product/price_quantity/update";

  EXPECT_EQ(write(total, "GAO-ST25-5KG", "<Quantity>19</Quantity>"), "CAMPAIGN_STOCK_LOCKED");
  caller_.context.clock.advance(61min);
  EXPECT_EQ(write(total, "GAO-ST25-5KG", "<Quantity>19</Quantity>"), "0");
}

TEST_F(LazadaPromotions, AdvertisingNeedsAPermission) {
  EXPECT_EQ(code(caller_.get("/sponsor/solutions/campaign/getDiscoveryReportCampaign")),
            "InsufficientPermission");
}

}  // namespace
