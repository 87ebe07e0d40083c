// The simulated store against recordings of a real one: its refusals are the same documents, its
// objects have every member of the recorded ones.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "tests/sandbox/support.h"

namespace sandbox_test {
namespace {

constexpr const char* kProducts = "/wp-json/wc/v3/products";

Json recorded(const std::string& name) {
  const auto folder = std::filesystem::path(NONGSAN_SOURCE_ROOT) / "tests/sandbox/recorded";
  return Json::parse(read_file(folder / (name + ".json")));
}

// "line_items[].price" and so on; of a list the first element speaks for all.
void collect(const Json& from, const std::string& at, std::set<std::string>& members) {
  if (from.is_array() && from.size() > 0) return collect(from.at(0), at + "[]", members);
  if (!from.is_object()) return;
  for (const auto& [name, member] : from.as_object()) {
    members.insert(at + "." + name);
    collect(member, at + "." + name, members);
  }
}

std::set<std::string> members_of(const Json& json) {
  std::set<std::string> members;
  collect(json, "", members);
  return members;
}

void expect_members(const Json& ours, const std::string& name) {
  const auto known = members_of(ours);
  for (const auto& member : members_of(recorded(name))) {
    EXPECT_TRUE(known.contains(member)) << name << " lacks " << member;
  }
}

std::string full_product() {
  return R"({"name":"Thanh long sấy 200g","sku":"A-200","regular_price":"65000",
    "manage_stock":true,"stock_quantity":80,"status":"publish","weight":"0.2",
    "description":"Dẻo.","meta_data":[{"key":"_ocop_stars","value":"4"}]})";
}

TEST(RecordedStore, ProductsHaveEveryRecordedMember) {
  Shop shop;
  const auto made = parsed(shop.call("POST", kProducts, full_product()));

  expect_members(made, "product_after_write");
  expect_members(shop.get(kProducts + std::string("/") + made.at("id").serialize()),
                 "product_read");
}

TEST(RecordedStore, WrittenValuesReadAsRecorded) {
  Shop shop;
  const auto made = parsed(shop.call("POST", kProducts, full_product()));
  const auto read = shop.get(kProducts + std::string("/") + made.at("id").serialize());
  const auto real_made = recorded("product_after_write");
  const auto real_read = recorded("product_read");

  for (const char* member : {"price", "regular_price", "sale_price", "price_html", "type",
                             "stock_status", "backorders", "average_rating", "purchasable"}) {
    EXPECT_EQ(made.at(member), real_made.at(member)) << member;
    EXPECT_EQ(read.at(member), real_read.at(member)) << member;
  }
  EXPECT_EQ(made.at("slug").as_string(), "thanh-long-say-200g");
  EXPECT_EQ(read.at("description").as_string(), "<p>Dẻo.</p>\n");
  EXPECT_TRUE(read.at("date_created_gmt").as_string().size() == 19);
}

TEST(RecordedStore, OrdersHaveEveryRecordedMember) {
  Shop shop;
  shop.add("A", 65'000, 5);
  ASSERT_TRUE(shop.channel().buy({{"A", 2}}));

  expect_members(shop.get("/wp-json/wc/v3/orders").at(0), "order");
}

TEST(RecordedStore, CategoriesHaveEveryRecordedMemberAndComeOnce) {
  Shop shop;
  const auto answer = parsed(
      shop.call("POST", "/wp-json/wc/v3/products/categories/batch",
                R"({"create":[{"name":"Trái cây","slug":"trai-cay"},{"name":"Trái cây"}]})"));

  const auto& rows = answer.at("create");
  expect_members(rows.at(0), "category");
  EXPECT_EQ(rows.at(1).at("error").at("code").as_string(), "term_exists");
  EXPECT_EQ(rows.at(1).at("error").at("data").at("resource_id"), rows.at(0).at("id"));
}

TEST(RecordedStore, BatchItemsFailInTheirPlaceAsRecorded) {
  Shop shop;
  const auto answer = parsed(shop.call("POST", "/wp-json/wc/v3/products/batch",
                                       R"({"create":[
      {"name":"Một","sku":"LC-SAY-200","regular_price":"65000"},
      {"name":"Trùng","sku":"LC-SAY-200","regular_price":"1"},
      {"name":"Giá sai","sku":"BAD-1","regular_price":"abc"},
      {"name":"Ảnh hỏng","sku":"BAD-2","images":[{"src":"https://127.0.0.1:1/x.jpg"}]}],
      "update":[{"id":999999,"stock_quantity":1}]})"));

  const auto& made = answer.at("create");
  auto duplicate = recorded("duplicate_sku");
  duplicate["error"]["data"]["resource_id"] = made.at(0).at("id");
  EXPECT_EQ(made.at(1), duplicate);
  EXPECT_EQ(made.at(2).at("regular_price").as_string(), "");
  EXPECT_FALSE(made.at(2).at("purchasable").as_bool());
  EXPECT_EQ(made.at(3), recorded("dead_image"));
  EXPECT_EQ(answer.at("update").at(0), recorded("unknown_id"));
  EXPECT_EQ(shop.channel().shown().size(), 2U);
}

TEST(RecordedStore, RefusalsAreTheRecordedDocuments) {
  Shop shop;
  std::string many = R"({"update":[{"id":1})";
  for (int i = 0; i < 100; ++i) many += R"(,{"id":1})";
  many += "]}";
  const auto products = std::string(kProducts);

  const auto too_big = shop.call("GET", products + "?per_page=500");
  const auto orderby = shop.call("GET", "/wp-json/wc/v3/orders?orderby=nonsense");
  const auto malformed = shop.call("POST", products + "/batch", R"({"update":[{"id":1)");
  const auto large = shop.call("POST", products + "/batch", many);
  const auto missing = shop.call("GET", "/wp-json/wc/v3/orders/999999");

  EXPECT_EQ(too_big.status, 400);
  EXPECT_EQ(parsed(too_big), recorded("per_page_too_big"));
  EXPECT_EQ(orderby.status, 400);
  EXPECT_EQ(parsed(orderby), recorded("bad_orderby"));
  EXPECT_EQ(malformed.status, 400);
  EXPECT_EQ(parsed(malformed), recorded("malformed_json"));
  EXPECT_EQ(large.status, 413);
  EXPECT_EQ(parsed(large), recorded("batch_too_large"));
  EXPECT_EQ(missing.status, 404);
  EXPECT_EQ(parsed(missing), recorded("order_not_found"));
}

TEST(RecordedStore, TextIsEscapedAsPhpDoes) {
  Shop shop;
  shop.add("A", 1'000, 1);

  const auto body = shop.call("GET", kProducts).body;

  EXPECT_THAT(body, ::testing::HasSubstr(R"("name":"H\u00e0ng A")"));
  EXPECT_THAT(body, ::testing::HasSubstr(R"(http:\/\/127.0.0.1:18081\/product\/hang-a\/)"));
}

}  // namespace
}  // namespace sandbox_test
