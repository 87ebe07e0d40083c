// Lists of the simulated store: pages, order, filters, windows of time.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sandbox/support.h"

namespace sandbox_test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using namespace std::chrono_literals;

const std::string kProducts = "/wp-json/wc/v3/products";

std::vector<std::string> skus(const Json& rows) {
  std::vector<std::string> out;
  for (const auto& row : rows.as_array()) out.push_back(row.at("sku").as_string());
  return out;
}

TEST(ProvincialLists, PagesSayHowManyThereAreAndWhereTheNextIs) {
  Shop shop;
  for (const char* sku : {"A", "B", "C"}) shop.add(sku, 1'000, 1);

  const auto first = shop.call("GET", kProducts + "?per_page=2&page=1&orderby=id&order=asc");
  const auto last = shop.call("GET", kProducts + "?per_page=2&page=2&orderby=id&order=asc");
  const auto beyond = shop.call("GET", kProducts + "?per_page=2&page=999");

  EXPECT_THAT(skus(parsed(first)), ElementsAre("A", "B"));
  EXPECT_EQ(header(first, "X-WP-Total"), "3");
  EXPECT_EQ(header(first, "X-WP-TotalPages"), "2");
  EXPECT_EQ(header(first, "Link"),
            "<http://127.0.0.1:18081/wp-json/wc/v3/products?per_page=2&page=2&orderby=id&"
            "order=asc>; rel=\"next\"");
  EXPECT_THAT(skus(parsed(last)), ElementsAre("C"));
  EXPECT_THAT(header(last, "Link"), HasSubstr("rel=\"prev\""));
  EXPECT_EQ(beyond.body, "[]");
  EXPECT_EQ(header(beyond, "Link"),
            "<http://127.0.0.1:18081/wp-json/wc/v3/products?per_page=2&page=2>; rel=\"prev\"");
}

TEST(ProvincialLists, PagesMustBeNumbersInRange) {
  Shop shop;
  for (const char* query : {"per_page=0", "per_page=101", "per_page=x", "page=0", "order=up",
                            "modified_after=yesterday"}) {
    EXPECT_EQ(shop.call("GET", kProducts + "?" + query).status, 400) << query;
  }
  EXPECT_EQ(shop.call("GET", kProducts + "?page=9223372036854775807").body, "[]");
}

TEST(ProvincialLists, FindBySkuNameStatusAndId) {
  Shop shop;
  const auto a = shop.add("A", 1'000, 1);
  shop.add("B", 1'000, 1);
  const auto c = shop.add("C", 1'000, 0);
  shop.call("PUT", kProducts + "/" + c, R"({"status":"draft","name":"Rau Má Đồng"})");
  const auto by = [&](const std::string& query) {
    return skus(shop.get(kProducts + "?orderby=id&order=asc&" + query));
  };

  EXPECT_THAT(by("sku=A,C,missing"), ElementsAre("A", "C"));
  EXPECT_THAT(by("search=rau%20ma"), ElementsAre("C"));
  EXPECT_THAT(by("status=publish"), ElementsAre("A", "B"));
  EXPECT_THAT(by("status=any"), ElementsAre("A", "B", "C"));
  EXPECT_THAT(by("include=" + a + "," + c), ElementsAre("A", "C"));
  EXPECT_THAT(by("include[]=" + a + "&include[]=" + c), ElementsAre("A", "C"));
  EXPECT_THAT(by("stock_status=outofstock"), ElementsAre("C"));
}

TEST(ProvincialLists, ModifiedAfterIsStrictAndCountsWholeSeconds) {
  Shop shop;
  shop.add("A", 1'000, 1);
  shop.context().clock.advance(60s);
  const auto id = shop.add("B", 1'000, 1);
  const auto made = shop.get(kProducts + "/" + id).at("date_modified_gmt").as_string();
  const auto made_local = shop.get(kProducts + "/" + id).at("date_modified").as_string();
  const auto earlier = shop.get(kProducts + "?sku=A").at(0).at("date_modified_gmt").as_string();
  const auto after = [&](const std::string& query) {
    return skus(shop.get(kProducts + "?modified_after=" + query));
  };

  EXPECT_THAT(after(earlier + "&dates_are_gmt=true"), ElementsAre("B"));
  EXPECT_THAT(after(made + "&dates_are_gmt=true"), ElementsAre());
  EXPECT_THAT(after(made_local), ElementsAre());
  EXPECT_THAT(after(made), ElementsAre("B", "A"));  // seven hours early when read as local
}

TEST(ProvincialLists, OrdersComeInTheOrderTheyChanged) {
  Shop shop;
  shop.add("A", 1'000, 9);
  const auto first = shop.channel().buy({{"A", 1}}).value().order_id;
  shop.context().clock.advance(10s);
  const auto second = shop.channel().buy({{"A", 1}}).value().order_id;
  shop.context().clock.advance(10s);
  shop.call("PUT", "/wp-json/wc/v3/orders/" + first, R"({"status":"completed"})");

  const auto rows = shop.get("/wp-json/wc/v3/orders?orderby=modified&order=asc&status=any");
  const auto open = shop.get("/wp-json/wc/v3/orders?status=processing");

  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows.at(0).at("number").as_string(), second);
  EXPECT_EQ(rows.at(1).at("number").as_string(), first);
  ASSERT_EQ(open.size(), 1U);
  EXPECT_EQ(open.at(0).at("number").as_string(), second);
}

TEST(ProvincialLists, AStoreWithoutPermalinksIsCalledByItsQuery) {
  Shop shop;
  shop.add("A", 1'000, 1);

  EXPECT_EQ(skus(shop.get("/?rest_route=/wc/v3/products&per_page=5")).size(), 1U);
  EXPECT_EQ(shop.call("GET", "/wp-json/wc/v3/nothing").status, 404);
  EXPECT_EQ(shop.call("GET", "/shop").status, 404);
  EXPECT_EQ(shop.call("PATCH", kProducts).status, 404);
}

TEST(ProvincialLists, FieldsCanBeLeftOut) {
  Shop shop;
  shop.add("A", 1'000, 1);

  const auto row = shop.get(kProducts + "?_fields=id,sku").at(0);

  EXPECT_EQ(row.size(), 2U);
  EXPECT_EQ(row.at("sku").as_string(), "A");
}

}  // namespace
}  // namespace sandbox_test
