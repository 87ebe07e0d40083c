// What the platform and its couriers do: promotions, locations, bans, failed pickups, returns.
#include <gtest/gtest.h>

#include "callers.h"

namespace {

using namespace shops;
using namespace std::chrono_literals;

constexpr const char* kRice = "23620001003";

class ShopeeActs : public testing::Test {
 protected:
  ShopeeActs() { caller_.grant("first-code"); }
  Json act(const std::string& members) {
    const auto done = caller_.channel->act(*sandbox::wire::parse("{" + members + "}"));
    EXPECT_TRUE(done.ok()) << members;
    return done.ok() ? done.value() : Json{};
  }
  bool refused(const std::string& members) {
    return !caller_.channel->act(*sandbox::wire::parse("{" + members + "}")).ok();
  }
  Json response(const Json& answer) { return member(answer, "response"); }
  Json rice() {
    return list(response(caller_.get("product/get_item_base_info",
                                     std::string("item_id_list=") + kRice)),
                "item_list")
        .at(0);
  }
  std::int64_t rice_at(std::size_t place) {
    return integer(list(member(rice(), "stock_info_v2"), "seller_stock").at(place), "stock");
  }
  Json set_rice(const std::string& rows) {
    return caller_.post("product/update_stock", std::string(R"({"item_id":)") + kRice +
                                                    R"(,"stock_list":[{"seller_stock":[)" + rows +
                                                    "]}]}");
  }
  std::string buy(std::int64_t quantity = 1) {
    const auto bought = caller_.channel->buy({{"GAO-ST25-5KG", quantity}});
    return bought.ok() ? bought.value().order_id : std::string{};
  }
  Json order(const std::string& sn, const std::string& optional = "") {
    return list(response(
                    caller_.get("order/get_order_detail",
                                "order_sn_list=" + sn + "&response_optional_fields=" + optional)),
                "order_list")
        .at(0);
  }
  std::string shipped() {
    const auto sn = buy();
    caller_.advance(5s);
    caller_.post("logistics/ship_order", R"({"order_sn":")" + sn + R"(","dropoff":{}})");
    return sn;
  }
  ShopeeCaller caller_;
};

TEST_F(ShopeeActs, APromotionReservesStockLocksThePriceAndGivesTheRestBack) {
  const auto promotion = text(
      act(R"("act":"promotion","sku":"GAO-ST25-5KG","quantity":10,"price":150000,"lasts_s":3600)"),
      "promotion_id");
  EXPECT_EQ(
      integer(member(member(rice(), "stock_info_v2"), "summary_info"), "total_available_stock"),
      50);

  EXPECT_EQ(text(set_rice(R"({"stock":9})"), "error"), "product.error_auth");
  EXPECT_EQ(text(set_rice(R"({"stock":10})"), "error"), "");
  EXPECT_EQ(
      text(caller_.post("product/update_price", std::string(R"({"item_id":)") + kRice +
                                                    R"(,"price_list":[{"original_price":99000}]})"),
           "error"),
      "product.error_cannt_edit_price_in_promotion");
  const auto sn = buy(4);
  const auto line = list(order(sn, "item_list"), "item_list").at(0);
  EXPECT_EQ(integer(line, "model_discounted_price"), 150'000);
  EXPECT_EQ(integer(line, "model_original_price"), 198'000);
  EXPECT_EQ(text(line, "promotion_id"), promotion);
  const auto row =
      list(
          response(caller_.get("product/get_item_promotion", std::string("item_id_list=") + kRice)),
          "success_list")
          .at(0);
  const auto held = list(row, "promotion").at(0);
  EXPECT_EQ(text(held, "promotion_staging"), "ongoing");
  EXPECT_EQ(integer(member(member(held, "promotion_stock_info_v2"), "summary_info"),
                    "total_reserved_stock"),
            6);

  caller_.advance(3601s);

  EXPECT_EQ(
      integer(member(member(rice(), "stock_info_v2"), "summary_info"), "total_available_stock"), 6);
  EXPECT_EQ(text(set_rice(R"({"stock":1})"), "error"), "");
}

TEST_F(ShopeeActs, AShopWithLocationsWantsThemNamedAndLeavesTheOthersAlone) {
  EXPECT_EQ(text(caller_.get("shop/get_warehouse_detail", "warehouse_type=1"), "error"),
            "warehouse.error_not_in_whitelist");
  EXPECT_EQ(text(set_rice(R"({"location_id":"VN0000HTX","stock":5})"), "error"),
            "product.error_param");
  act(R"("act":"locations","locations":["VN0000HTX","VN0001HTX"])");

  EXPECT_EQ(response(caller_.get("shop/get_warehouse_detail")).size(), 2U);
  EXPECT_EQ(text(set_rice(R"({"stock":5})"), "error"), "product.error_auth");
  EXPECT_EQ(text(set_rice(R"({"location_id":"VN0001HTX","stock":7})"), "error"), "");
  EXPECT_EQ(rice_at(0), 60);
  EXPECT_EQ(rice_at(1), 7);
  const auto sn = buy(62);
  EXPECT_EQ(rice_at(0) + rice_at(1), 5);
  EXPECT_EQ(list(list(order(sn, "item_list"), "item_list").at(0), "product_location_id").size(),
            2U);
  EXPECT_TRUE(caller_.channel->cancel(sn).ok());
  EXPECT_EQ(rice_at(0), 60);
  EXPECT_EQ(rice_at(1), 7);
}

TEST_F(ShopeeActs, ABannedItemIsOffTheShelfAndSaysWhy) {
  act(R"("act":"ban_item","sku":"GAO-ST25-5KG","reason":"Sai danh mục")");

  const auto info = list(response(caller_.get("product/get_item_violation_info",
                                              std::string("item_id_list=[") + kRice + ",7]")),
                         "item_list");
  EXPECT_EQ(text(info.at(0), "item_status"), "BANNED");
  EXPECT_EQ(text(list(info.at(0), "item_status_details").at(0), "violation_reason"),
            "Sai danh mục");
  EXPECT_EQ(text(info.at(1), "fail_error"), "product.error_item_not_found");
  EXPECT_EQ(buy(), "");
  EXPECT_EQ(text(set_rice(R"({"stock":3})"), "error"), "product.error_item_uneditable");
  act(R"("act":"release_item","sku":"GAO-ST25-5KG")");
  EXPECT_NE(buy(), "");
}

TEST_F(ShopeeActs, VariantsWaitFiveSecondsAfterTheItem) {
  const auto id = std::to_string(caller_.add_item("TL-DO", 45'000, 5));
  const auto body = R"({"item_id":)" + id +
                    R"(,"tier_variation":[{"name":"Cỡ","option_list":[{"option":"Vừa"}]}],)"
                    R"("model":[{"tier_index":[0],"original_price":45000}]})";

  EXPECT_EQ(text(caller_.post("product/init_tier_variation", body), "error"),
            "product.error_system_busy");
  caller_.advance(5s);
  EXPECT_EQ(text(caller_.post("product/init_tier_variation", body), "error"), "");
}

TEST_F(ShopeeActs, TopPicksHaveOneActiveCollection) {
  const auto add = [&](const std::string& name) {
    const auto all = list(response(caller_.post("top_picks/add_top_picks",
                                                R"({"name":")" + name + R"(","item_id_list":[)" +
                                                    kRice + R"(],"is_activated":true})")),
                          "collection_list");
    return text(all.back(), "top_picks_id");
  };
  const auto first = add("Tết");
  const auto second = add("Rằm");

  const auto all = list(response(caller_.get("top_picks/get_top_picks_list")), "collection_list");
  const auto erase = [&](const std::string& id) {
    return text(caller_.post("top_picks/delete_top_picks", R"({"top_picks_id":)" + id + "}"),
                "error");
  };

  EXPECT_EQ(text(all.at(0), "is_activated"), "false");
  EXPECT_EQ(text(all.at(1), "is_activated"), "true");
  EXPECT_TRUE(member(list(all.at(0), "item_list").at(0), "current_price").is_string());
  EXPECT_EQ(erase(second), "top_picks.error_param");
  EXPECT_EQ(erase(first), "");
}

TEST_F(ShopeeActs, AParcelThatWasNotCollectedIsOfferedAgain) {
  const auto sn = shipped();
  act(R"("act":"pickup_fails","order_id":")" + sn + "\"");
  EXPECT_EQ(text(order(sn), "order_status"), "RETRY_SHIP");
  const auto found = [&](int status) {
    return list(response(caller_.post("order/search_package_list",
                                      R"({"filter":{"package_status":)" + std::to_string(status) +
                                          R"(},"pagination":{"page_size":10}})")),
                "packages_list");
  };
  EXPECT_EQ(text(found(2).at(0), "order_sn"), sn);
  const auto offer =
      list(member(response(caller_.get("logistics/get_shipping_parameter", "order_sn=" + sn)),
                  "pickup"),
           "address_list")
          .at(0);
  const auto pickup = R"({"order_sn":")" + sn + R"(","pickup":{"address_id":)" +
                      text(offer, "address_id") + R"(,"pickup_time_id":")" +
                      text(list(offer, "time_slot_list").at(0), "pickup_time_id") + R"("}})";

  EXPECT_EQ(text(caller_.post("logistics/update_shipping_order", pickup), "error"), "");

  EXPECT_EQ(text(order(sn), "order_status"), "PROCESSED");
  EXPECT_TRUE(found(2).empty());
  const auto number = text(found(3).at(0), "package_number");
  const auto detail =
      list(response(caller_.get("order/get_package_detail", "package_number_list=" + number)),
           "package_list");
  EXPECT_EQ(text(detail.at(0), "fulfillment_status"), "LOGISTICS_REQUEST_CREATED");
}

TEST_F(ShopeeActs, ALabelIsAskedForBeforeItCanBeLoaded) {
  const auto sn = shipped();
  const auto body = R"({"order_list":[{"order_sn":")" + sn + R"("}]})";
  const auto error = [&](const char* call) { return text(caller_.post(call, body), "error"); };

  EXPECT_EQ(error("logistics/create_shipping_document"), "common.batch_api_all_failed");
  caller_.advance(20s);
  EXPECT_EQ(error("logistics/download_shipping_document"),
            "logistics.shipping_document_should_print_first");
  EXPECT_EQ(error("logistics/create_shipping_document"), "");
  const auto result = [&] {
    return text(
        list(response(caller_.post("logistics/get_shipping_document_result", body)), "result_list")
            .at(0),
        "status");
  };
  EXPECT_EQ(result(), "PROCESSING");
  caller_.advance(3s);
  EXPECT_EQ(result(), "READY");
  caller_.post("logistics/download_shipping_document", body);
  EXPECT_TRUE(caller_.last.body.starts_with("%PDF-"));
  EXPECT_EQ(caller_.last.content_type, "application/pdf");
}

TEST_F(ShopeeActs, AReturnIsOfferedForAndTakenOffThePayout) {
  const auto sn = shipped();
  caller_.advance(2h);
  caller_.advance(std::chrono::hours{25});
  caller_.keep(caller_.renew(caller_.refresh));
  EXPECT_EQ(text(order(sn), "order_status"), "TO_CONFIRM_RECEIVE");
  const auto stock = rice_at(0);
  act(R"("act":"buyer_returns","order_id":")" + sn + "\"");
  EXPECT_EQ(text(order(sn), "order_status"), "TO_RETURN");
  const auto said = R"({"return_sn":"R)" + sn + "\"";

  EXPECT_EQ(text(caller_.post("returns/accept_offer", said + "}"), "error"),
            "returns.error_status");
  EXPECT_EQ(
      text(caller_.post("returns/offer", said + R"(,"proposed_solution":"REFUND",)"
                                                R"("proposed_adjusted_refund_amount":50000})"),
           "error"),
      "");
  act(R"("act":"buyer_offers","return_sn":"R)" + sn + R"(","amount":60000)");
  EXPECT_EQ(text(caller_.post("returns/accept_offer", said + "}"), "error"), "");

  const auto detail = response(caller_.get("returns/get_return_detail", "return_sn=R" + sn));
  EXPECT_EQ(text(detail, "status"), "ACCEPTED");
  EXPECT_EQ(integer(detail, "refund_amount"), 60'000);
  EXPECT_EQ(text(order(sn), "order_status"), "COMPLETED");
  EXPECT_EQ(rice_at(0), stock);
  const auto income =
      member(response(caller_.get("payment/get_escrow_detail", "order_sn=" + sn)), "order_income");
  EXPECT_EQ(integer(income, "drc_adjustable_refund"), 60'000);
}

TEST_F(ShopeeActs, ABuyersWishToCancelWaitsForTheSeller) {
  const auto sn = buy(2);
  caller_.advance(5s);
  const auto before = rice_at(0);
  act(R"("act":"buyer_asks_to_cancel","order_id":")" + sn + "\"");
  EXPECT_EQ(text(order(sn), "order_status"), "IN_CANCEL");
  const auto answer = [&](const char* operation) {
    return text(caller_.post("order/handle_buyer_cancellation",
                             R"({"order_sn":")" + sn + R"(","operation":")" + operation + R"("})"),
                "error");
  };

  EXPECT_EQ(answer("REJECT"), "");
  EXPECT_EQ(text(order(sn), "order_status"), "READY_TO_SHIP");
  EXPECT_EQ(answer("ACCEPT"), "order.order_status_invalid");
  act(R"("act":"buyer_asks_to_cancel","order_id":")" + sn + "\"");
  EXPECT_EQ(answer("ACCEPT"), "");
  EXPECT_EQ(text(order(sn), "order_status"), "CANCELLED");
  EXPECT_EQ(rice_at(0), before + 2);
}

TEST_F(ShopeeActs, ANoteOfTheSellerStaysWithTheOrder) {
  const auto sn = buy();

  EXPECT_EQ(
      text(caller_.post("order/set_note", R"({"order_sn":")" + sn + R"(","note":"Gọi trước"})"),
           "error"),
      "");

  EXPECT_EQ(text(order(sn, "note,note_update_time"), "note"), "Gọi trước");
}

TEST_F(ShopeeActs, AFailedDeliveryEndsTheOrderWithoutRestocking) {
  const auto sn = shipped();
  caller_.advance(2h);
  const auto before = rice_at(0);

  act(R"("act":"delivery_fails","order_id":")" + sn + "\"");

  const auto seen = order(sn, "package_list,cancel_by");
  EXPECT_EQ(text(seen, "order_status"), "CANCELLED");
  EXPECT_EQ(text(list(seen, "package_list").at(0), "logistics_status"),
            "LOGISTICS_DELIVERY_FAILED");
  EXPECT_EQ(rice_at(0), before);
  EXPECT_TRUE(refused(R"("act":"delivery_fails","order_id":")" + sn + "\""));
}

TEST_F(ShopeeActs, BothErrorStylesAreOneSwitchAway) {
  act(R"("act":"rules","rules":{"gateway_status":200,"token_error":"invalid_acceess_token"})");
  caller_.access = "stale";

  EXPECT_EQ(text(caller_.get("shop/get_shop_info"), "error"), "invalid_acceess_token");
  EXPECT_EQ(caller_.last.status, 200);
  EXPECT_TRUE(refused(R"("act":"rules","rules":{"gateway_status":7})"));
  act(R"("act":"rules","rules":{"codes":"bare"})");
  caller_.grant(caller_.channel->fresh_code().value());
  EXPECT_EQ(text(set_rice(""), "error"), "error_busi_update_stock_failed");
  caller_.channel->reset();
  EXPECT_EQ(text(caller_.get("shop/get_shop_info"), "error"), "error_auth");
  EXPECT_EQ(caller_.last.status, 403);
}

TEST_F(ShopeeActs, AMainAccountSharesAPairUntilTheShopsFirstRefresh) {
  caller_.send(request("GET", "/auth",
                       "partner_id=1000001&auth_type=seller&response_type=code&login=main_account"
                       "&redirect_uri=" +
                           encode("http://localhost:9/back")));
  const auto where = caller_.last.headers.at(0).second;
  const auto code = where.substr(where.find("code=") + 5, 32);
  const auto grant = [&](const std::string& who) {
    return caller_.post("auth/token/get",
                        R"({"code":")" + code + R"(","partner_id":1000001,)" + who + "}", false);
  };

  EXPECT_EQ(text(grant(R"("shop_id":600001)"), "error"), "invalid_code");
  EXPECT_EQ(text(grant(R"("main_account_id":5)"), "error"), "invalid_main_acount_id");
  const auto pair = grant(R"("main_account_id":10600001)");
  EXPECT_EQ(sandbox::wire::as_integer(list(pair, "shop_id_list").at(0)), 600'001);
  const auto own = caller_.renew(text(pair, "refresh_token"));
  EXPECT_EQ(text(own, "error"), "");
  caller_.keep(own);
  EXPECT_EQ(text(caller_.get("shop/get_shop_info"), "region"), "VN");
}

TEST_F(ShopeeActs, AllThatWasActedSurvivesARestart) {
  act(R"("act":"locations","locations":["VN0000HTX","VN0001HTX"])");
  act(R"("act":"promotion","sku":"CHE-SHAN-200","quantity":3,"price":150000)");
  act(R"("act":"rules","rules":{"gateway_status":200,"shop_rps":50})");
  caller_.post("top_picks/add_top_picks", std::string(R"({"name":"Tết","item_id_list":[)") + kRice +
                                              R"(],"is_activated":true})");
  const auto sn = shipped();
  ShopeeCaller other;

  other.channel->load(caller_.channel->save());

  EXPECT_EQ(other.channel->save(), caller_.channel->save());
}

}  // namespace
