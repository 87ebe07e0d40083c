#pragma once
// A connected seller of the simulated Lazada and what its tests do again and again. Threads: one.
#include <gtest/gtest.h>

#include "callers.h"

namespace shops {

class LazadaShop : public testing::Test {
 protected:
  LazadaShop() { caller_.grant("0_100777_first"); }

  Json act(const std::string& wish) {
    const auto done = caller_.channel->act(sandbox::wire::parse(wish).value());
    EXPECT_TRUE(done.ok()) << wish;
    return done.ok() ? done.value() : Json{};
  }
  std::string buy(const std::string& sku, std::int64_t quantity) {
    return caller_.channel->buy({{sku, quantity}}).value().order_id;
  }
  std::vector<Json> units(const std::string& order) {
    return sandbox::wire::as_list(
        member(caller_.get("/order/items/get", {{"order_id", order}}), "data"));
  }
  static std::string ids_of(const std::vector<Json>& rows) {
    std::string out;
    for (const auto& row : rows) out += (out.empty() ? "" : ",") + text(row, "order_item_id");
    return "[" + out + "]";
  }
  // Packs the whole order; the package's id.
  std::string pack(const std::string& order) {
    const auto answer = caller_.post(
        "/order/fulfill/pack",
        {{"packReq", R"({"pack_order_list":[{"order_id":)" + order + R"(,"order_item_list":)" +
                         ids_of(units(order)) +
                         R"(}],"delivery_type":"dropship","shipping_allocate_type":"TFS"})"}});
    const auto orders = list(member(member(answer, "result"), "data"), "pack_order_list");
    return text(list(orders.at(0), "order_item_list").at(0), "package_id");
  }
  // One of the calls that take packages; its row.
  Json package_call(const std::string& path, const std::string& parameter,
                    const std::string& package) {
    const auto answer =
        caller_.post(path, {{parameter, R"({"packages":[{"package_id":")" + package + R"("}]})"}});
    const auto rows = list(member(member(answer, "result"), "data"), "packages");
    return rows.empty() ? answer : rows.at(0);
  }
  std::string delivered_order(const std::string& sku, std::int64_t quantity) {
    const auto order = buy(sku, quantity);
    package_call("/order/package/rts", "readyToShipReq", pack(order));
    act(R"({"act":"delivery","order_id":")" + order + R"(","outcome":"shipped"})");
    act(R"({"act":"delivery","order_id":")" + order + R"(","outcome":"delivered"})");
    return order;
  }
  Json only_reverse() {
    const auto answer =
        caller_.get("/reverse/getreverseordersforseller", {{"page_no", "1"}, {"page_size", "10"}});
    const auto rows = list(member(answer, "result"), "items");
    EXPECT_EQ(rows.size(), 1U) << answer.serialize();
    return rows.empty() ? Json{} : rows.at(0);
  }
  static std::string code(const Json& answer) { return text(answer, "code"); }

  LazadaCaller caller_;
};

}  // namespace shops
