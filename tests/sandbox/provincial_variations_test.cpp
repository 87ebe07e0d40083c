// Variations, tags, and what the simulated store says of itself and of a key.
#include <gtest/gtest.h>

#include "tests/sandbox/support.h"

namespace sandbox_test {
namespace {

const std::string kProducts = "/wp-json/wc/v3/products";

std::string id_of(const Json& row) {
  return row.at("id").serialize();
}

// A product with two packs: "A" at 65 000, three of them, and "B" at 120 000, one.
class VariableProduct : public ::testing::Test {
 protected:
  VariableProduct() {
    parent_ = id_of(parsed(shop_.call("POST", kProducts, R"({"name":"Thanh long","type":"variable",
        "attributes":[{"name":"Quy cách","variation":true,"options":["Gói 1 kg","Hộp 2 kg"]}]})")));
    made_ = parsed(shop_.call("POST", path() + "/batch", R"({"create":[
        {"sku":"A","regular_price":"65000","manage_stock":true,"stock_quantity":3,
         "attributes":[{"name":"Quy cách","option":"Gói 1 kg"}]},
        {"sku":"B","regular_price":"120000","manage_stock":true,"stock_quantity":1,
         "attributes":[{"name":"quy-cach","option":"Hộp 2 kg"},{"name":"Màu","option":"đỏ"}]},
        {"sku":"A","regular_price":"1"}]})"))
                .at("create");
  }
  std::string path() const { return kProducts + "/" + parent_ + "/variations"; }

  Shop shop_;
  std::string parent_;
  Json made_;
};

TEST_F(VariableProduct, ShowsTheCheapestPriceAndItsVariations) {
  const auto product = shop_.get(kProducts + "/" + parent_);

  EXPECT_EQ(product.at("price").as_string(), "65000");
  EXPECT_EQ(product.at("regular_price").as_string(), "");
  EXPECT_EQ(product.at("variations").size(), 2U);
  EXPECT_EQ(shop_.get(path()).size(), 2U);
  EXPECT_EQ(shop_.get(kProducts).size(), 1U) << "variations are not in the list of products";
  const auto second = made_.at(1);
  ASSERT_EQ(second.at("attributes").size(), 1U) << "what the parent does not vary by is dropped";
  EXPECT_EQ(second.at("attributes").at(0).at("option").as_string(), "Hộp 2 kg");
}

TEST_F(VariableProduct, ASkuIsTakenByAVariationToo) {
  const auto& twin = made_.at(2);

  EXPECT_EQ(twin.at("error").at("code").as_string(), "product_invalid_sku");
  EXPECT_EQ(twin.at("error").at("data").at("resource_id"), made_.at(0).at("id"));
  const auto found = shop_.get(kProducts + "?sku=B");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found.at(0).at("type").as_string(), "variation");
  EXPECT_EQ(id_of(found.at(0)), id_of(made_.at(1)));
  EXPECT_EQ(found.at(0).at("parent_id").serialize(), parent_);
  EXPECT_EQ(found.at(0).at("name").as_string(), "Thanh long - Hộp 2 kg");
}

TEST_F(VariableProduct, IsWrittenUnderItsOwnAddressOnly) {
  const auto answer =
      parsed(shop_.call("POST", kProducts + "/batch",
                        R"({"update":[{"id":)" + id_of(made_.at(0)) + R"(,"stock_quantity":9}]})"));
  const auto delta = parsed(
      shop_.call("POST", path() + "/batch",
                 R"({"update":[{"id":)" + id_of(made_.at(0)) + R"(,"inventory_delta":-2}]})"));

  EXPECT_EQ(answer.at("update").at(0).at("error").at("code").as_string(),
            "woocommerce_rest_invalid_product_id");
  EXPECT_EQ(delta.at("update").at(0).at("stock_quantity").as_integer(), 1);
}

TEST_F(VariableProduct, BuyersBuyAVariation) {
  ASSERT_TRUE(shop_.channel().buy({{"A", 2}}));
  EXPECT_FALSE(shop_.channel().buy({{"A", 2}}));

  const auto line = shop_.get("/wp-json/wc/v3/orders").at(0).at("line_items").at(0);
  EXPECT_EQ(line.at("product_id").serialize(), parent_);
  EXPECT_EQ(line.at("variation_id").serialize(), id_of(made_.at(0)));
  EXPECT_EQ(line.at("sku").as_string(), "A");
  const auto listings = shop_.channel().truth().at("listings");
  ASSERT_EQ(listings.size(), 2U);
  EXPECT_EQ(listings.at(0).at("remote_id").as_string(), parent_ + "/" + id_of(made_.at(0)));
  EXPECT_EQ(listings.at(0).at("stock").as_integer(), 1);
}

TEST_F(VariableProduct, AHiddenParentHidesThemAll) {
  shop_.call("PUT", kProducts + "/" + parent_, R"({"status":"draft"})");

  EXPECT_FALSE(shop_.channel().buy({{"A", 1}}));
  EXPECT_FALSE(shop_.channel().truth().at("listings").at(0).at("visible").as_bool());
}

TEST_F(VariableProduct, TakesItsVariationsWithIt) {
  const auto early = shop_.call("PUT", kProducts + "/" + parent_, R"({"type":"simple","sku":"A"})");
  shop_.call("PUT", kProducts + "/" + parent_, R"({"type":"simple"})");
  shop_.call("PUT", kProducts + "/" + parent_, R"({"sku":"A"})");

  EXPECT_EQ(early.status, 400) << "the SKU is its variation's still";
  EXPECT_EQ(shop_.get(kProducts + "?sku=B").size(), 0U);
  EXPECT_EQ(id_of(shop_.get(kProducts + "?sku=A").at(0)), parent_);
}

TEST(ProvincialTags, AreMadeByNameAndFound) {
  Shop shop;
  const auto id = shop.add("A", 65'000, 3);
  const auto tag = parsed(shop.call("POST", kProducts + "/tags", R"({"name":"Đặc sản"})"));
  const auto twin = shop.call("POST", kProducts + "/tags", R"({"name":"Đặc sản"})");

  shop.call("PUT", kProducts + "/" + id, R"({"tags":[{"id":)" + id_of(tag) + R"(},{"id":999}]})");

  EXPECT_EQ(twin.status, 400);
  EXPECT_EQ(shop.get(kProducts + "/tags").size(), 1U);
  EXPECT_EQ(shop.get(kProducts + "?tag=" + id_of(tag)).size(), 1U);
  EXPECT_EQ(shop.get(kProducts + "/" + id).at("tags").size(), 1U);
}

Json set_up(Shop& shop, const std::string& members) {
  const auto done = shop.channel().act(Json::parse(R"({"act":"set_up",)" + members + "}"));
  EXPECT_TRUE(done) << done.error().message;
  return done ? done.value() : Json{};
}

TEST(ProvincialSite, SaysHowItIsSetUp) {
  Shop shop;
  set_up(shop, R"("currency":"USD","decimals":2,"weight_unit":"g")");

  EXPECT_EQ(shop.get("/wp-json/wc/v3/system_status").at("settings").at("currency").as_string(),
            "USD");
  EXPECT_EQ(
      shop.get("/wp-json/wc/v3/settings/products/woocommerce_weight_unit").at("value").as_string(),
      "g");
  EXPECT_FALSE(shop.channel().act(Json::parse(R"({"act":"set_up","nonsense":1})")));
}

TEST(ProvincialSite, AKeyThatMayOnlyReadIsToldSo) {
  Shop shop;
  set_up(shop, R"("permissions":"read","manager":false)");

  const auto wrote = shop.call("POST", kProducts + "/batch", "{}");
  const auto status = shop.call("GET", "/wp-json/wc/v3/system_status");

  EXPECT_EQ(wrote.status, 401);
  EXPECT_EQ(parsed(wrote).at("message").as_string(),
            "The API key provided does not have write permissions.");
  EXPECT_EQ(status.status, 403);
  EXPECT_EQ(shop.call("GET", kProducts).status, 200);
  EXPECT_EQ(shop.channel().handle(request("GET", "/wp-json/wc/store/v1/cart")).status, 200);
}

TEST(ProvincialSite, CountsNothingWhereCountingIsOff) {
  Shop shop;
  set_up(shop, R"("counts_stock":false)");
  const auto id = shop.add("A", 65'000, 3);

  EXPECT_TRUE(shop.get(kProducts + "/" + id).at("stock_quantity").is_null());
}

// What a client signs is checked against vectors with the connector; here, what is refused.
TEST(ProvincialSite, WithoutTlsAStoreMayWantSignedCalls) {
  Shop shop;
  set_up(shop, R"("basic_over_http":false)");

  const auto basic = shop.call("GET", kProducts);
  const auto forged = shop.channel().handle(
      request("GET", kProducts + "?oauth_consumer_key=" + shop.credentials().consumer_key +
                         "&oauth_nonce=1&oauth_timestamp=1&oauth_signature_method=HMAC-SHA256"
                         "&oauth_signature=AAAA"));

  EXPECT_EQ(basic.status, 401);
  EXPECT_EQ(parsed(basic).at("code").as_string(), "woocommerce_rest_cannot_view");
  EXPECT_EQ(forged.status, 401);
  EXPECT_EQ(parsed(forged).at("message").as_string(),
            "Invalid signature - provided signature does not match.");
}

TEST(ProvincialSite, StateKeepsVariationsTagsAndSettings) {
  Shop shop;
  set_up(shop, R"("path":"/cho")");
  shop.call("POST", "/cho" + kProducts, R"({"name":"X","type":"variable","tags":[{"name":"T"}]})");
  const auto saved = shop.channel().save();

  Shop other;
  other.channel().load(saved);

  EXPECT_EQ(other.channel().save(), saved);
  EXPECT_EQ(other.get("/cho" + kProducts).size(), 1U);
  EXPECT_EQ(other.call("GET", kProducts).status, 404);
}

}  // namespace
}  // namespace sandbox_test
