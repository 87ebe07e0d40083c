// Products, prices, rules and special prices over a scripted wire.
#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/time_text.h"
#include "connectors/lazada/catalogue.h"
#include "connectors/lazada/featuring.h"
#include "connectors/lazada/price_steps.h"
#include "connectors/lazada/publisher.h"
#include "connectors/lazada/rules.h"
#include "connectors/lazada/scripted_shop.h"
#include "connectors/lazada/shelf.h"

namespace connectors::lazada {
namespace {

using base::ErrorCode;
using namespace std::chrono_literals;

// The head of a PNG that is large enough.
std::string picture(const std::string& salt) {
  std::string bytes{"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x03\x20\0\0\x03\x20\x08\x02\0\0\0", 29};
  return bytes + salt;
}

class LazadaListings : public ScriptedShop {
 protected:
  LazadaListings() {
    sign_in();
    folder_ =
        std::filesystem::temp_directory_path() / ("nongsan-lazada-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
    std::ofstream{folder_ / "one.png", std::ios::binary} << picture("one");
    std::ofstream{folder_ / "copy.png", std::ios::binary} << picture("one");
    answer("/category/attributes/get",
           ok(R"([{"id":30097,"name":"net_weight","label":"Khối lượng tịnh","input_type":)"
              R"("enumInput","is_sale_prop":1,"attribute_type":"sku","options":[]},)"
              R"({"id":5,"name":"origin","label":"Xuất xứ","input_type":"singleSelect",)"
              R"("is_mandatory":1,"attribute_type":"normal",)"
              R"("options":[{"id":51,"name":"Việt Nam","en_name":"Vietnam"}]}])"));
    answer("/category/tree/get",
           ok(R"([{"category_id":1,"name":"Groceries","leaf":false,"children":)"
              R"([{"category_id":10100245,"name":"Rice","leaf":true}]}])"));
    answer("/image/upload", ok(R"({"image":{"url":"https://vn-live.slatic.net/p/1.jpg"}})"));
    answer("/product/update", ok("{}"));
    answer("/product/deactivate", ok("{}"));
  }
  ~LazadaListings() override { std::filesystem::remove_all(folder_); }

  ListingContent pack(const std::string& sku, const std::string& words) const {
    ListingContent content;
    content.sku = catalog::Sku{sku};
    content.product = catalog::ProductId{"gao-st25"};
    content.product_name.vi = "Gạo thơm ST25";
    content.pack_name.vi = words;
    content.title.vi = "Gạo thơm ST25 - " + words;
    content.category_remote_id = "10100245";
    content.attributes = {{"origin", "Vietnam", "", ""}};
    content.package_weight_g = 5'200;
    content.image_files = {(folder_ / "one.png").string(), (folder_ / "copy.png").string()};
    content.price = 195'000;
    content.initial_stock = 40;
    return content;
  }
  static std::string created(const std::string& item, const std::string& skus) {
    return ok(R"({"item_id":)" + item + R"(,"sku_list":[)" + skus + "]}");
  }
  static std::string sku(const std::string& seller_sku, const std::string& id) {
    return R"({"seller_sku":")" + seller_sku + R"(","sku_id":)" + id + "}";
  }
  // product/item/get of a product whose packs are told apart by net_weight.
  static std::string product(const std::string& item, const std::string& seller_sku,
                             const std::string& props) {
    return ok(R"({"item_id":)" + item + R"(,"status":"Active","skus":[{"SkuId":11,"SellerSku":")" +
              seller_sku + R"(","Status":"active","price":195000,"saleProp":)" + props + "}]}");
  }

  PublishReport publish(const std::vector<ListingContent>& batch, Options with = shop_options()) {
    shop_.emplace(with, environment_, wire_);
    Catalogue catalogue{*shop_};
    Images images{*shop_};
    return Publisher{*shop_, catalogue, images}.publish(batch);
  }
  std::vector<ListingProblem> problems(const ListingContent& content) {
    auto shop = client();
    Catalogue catalogue{shop};
    auto found = LazadaRules{shop, catalogue}.check(content);
    EXPECT_TRUE(found.ok()) << found.error().message;
    return found ? found.value() : std::vector<ListingProblem>{};
  }
  static std::size_t count(const std::string& text, const std::string& word) {
    std::size_t found = 0;
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++found;
    return found;
  }

  std::filesystem::path folder_;
  std::optional<Client> shop_;
};

TEST_F(LazadaListings, PacksOfOneProductAreOneCreate) {
  answer("/product/create", created("2400", sku("ST25-10", "12") + "," + sku("ST25-05", "11")));

  const auto report = publish({pack("ST25-05", "Túi 5 kg"), pack("ST25-10", "Túi 10 kg")});

  ASSERT_EQ(report.accepted.size(), 2U);
  EXPECT_EQ(report.accepted[0].binding, (catalog::Binding{"2400", "11"}));
  EXPECT_EQ(report.accepted[1].binding, (catalog::Binding{"2400", "12"}));
  const auto creates = sent("/product/create");
  ASSERT_EQ(creates.size(), 1U);
  EXPECT_EQ(count(creates[0], "<SellerSku>"), 2U);
  EXPECT_NE(creates[0].find("<name>Gạo thơm ST25</name>"), std::string::npos);
  EXPECT_NE(creates[0].find("<saleProp><net_weight>Túi 10 kg</net_weight></saleProp>"),
            std::string::npos);
  EXPECT_NE(creates[0].find("<origin>Vietnam</origin>"), std::string::npos);
  EXPECT_EQ(sent("/image/upload").size(), 1U) << "one content, one upload";
}

TEST_F(LazadaListings, SeparateVariantsAreAProductEach) {
  answer("/product/create", created("2400", sku("ST25-05", "11")));
  answer("/product/create", created("2401", sku("ST25-10", "12")));
  auto with = shop_options();
  with.variants = Variants::separate;

  const auto report = publish({pack("ST25-05", "Túi 5 kg"), pack("ST25-10", "Túi 10 kg")}, with);

  ASSERT_EQ(report.accepted.size(), 2U);
  EXPECT_EQ(report.accepted[1].binding.item_id, "2401");
  EXPECT_NE(sent("/product/create").at(0).find("<name>Gạo thơm ST25 - Túi 5 kg</name>"),
            std::string::npos);
}

TEST_F(LazadaListings, ANewPackJoinsTheProductThatIsThere) {
  answer("/product/item/get", product("2400", "ST25-05", R"({"net_weight":"Túi 5 kg"})"));
  answer("/product/create", created("2400", sku("ST25-10", "12")));
  auto fresh = pack("ST25-10", "Túi 10 kg");
  fresh.sibling_item_id = "2400";

  const auto report = publish({fresh});

  ASSERT_EQ(report.accepted.size(), 1U);
  EXPECT_EQ(report.accepted[0].binding, (catalog::Binding{"2400", "12"}));
  EXPECT_NE(sent("/product/create").at(0).find("<AssociatedSku>11</AssociatedSku>"),
            std::string::npos);
}

TEST_F(LazadaListings, APackThatIsThereAlreadyIsBoundAndNotMadeTwice) {
  answer("/product/item/get", product("2400", "ST25-10", R"({"net_weight":"Túi 10 kg"})"));
  auto fresh = pack("ST25-10", "Túi 10 kg");
  fresh.sibling_item_id = "2400";

  const auto report = publish({fresh});

  ASSERT_EQ(report.accepted.size(), 1U);
  EXPECT_EQ(report.accepted[0].binding, (catalog::Binding{"2400", "11"}));
  EXPECT_TRUE(sent("/product/create").empty());
  EXPECT_EQ(sent("/product/update").size(), 1U);
}

TEST_F(LazadaListings, AProductThatTellsNothingApartIsNotJoined) {
  answer("/product/item/get", product("2400", "ST25-05", "{}"));
  answer("/product/create", created("2401", sku("ST25-10", "12")));
  auto fresh = pack("ST25-10", "Túi 10 kg");
  fresh.sibling_item_id = "2400";

  const auto report = publish({fresh});

  ASSERT_EQ(report.accepted.size(), 1U);
  EXPECT_EQ(report.accepted[0].binding.item_id, "2401");
  EXPECT_EQ(sent("/product/create").at(0).find("AssociatedSku"), std::string::npos);
}

TEST_F(LazadaListings, OfOneProductThePacksGoWhereTheyBelong) {
  answer("/product/item/get", product("2400", "ST25-05", R"({"net_weight":"Túi 5 kg"})"));
  answer("/product/create", created("2400", sku("ST25-20", "13")));
  auto shown = pack("ST25-05", "Túi 5 kg");
  shown.binding = {"2400", "11"};
  auto hidden = pack("ST25-10", "Túi 10 kg");
  hidden.binding = {"2400", "12"};
  hidden.visible = false;
  hidden.image_files.clear();  // leaving the shop needs no fresh content

  const auto report = publish({shown, hidden, pack("ST25-20", "Túi 20 kg")});

  EXPECT_EQ(report.accepted.size(), 3U);
  EXPECT_NE(sent("/product/deactivate").at(0).find("<SkuId>12</SkuId>"), std::string::npos);
  EXPECT_EQ(sent("/product/deactivate").at(0).find("<SkuId>11</SkuId>"), std::string::npos);
  EXPECT_NE(sent("/product/update").at(0).find("<SkuId>11</SkuId>"), std::string::npos);
  EXPECT_EQ(sent("/product/create").size(), 1U);
}

TEST_F(LazadaListings, HidingWhatIsOffAlreadyIsDone) {
  auto hidden = pack("ST25-10", "Túi 10 kg");
  hidden.binding = {"2400", "12"};
  hidden.visible = false;
  answer("/product/deactivate", bad("E0004", "Product is not online"));

  EXPECT_EQ(publish({hidden}).accepted.size(), 1U);
  EXPECT_EQ(publish({hidden}).accepted.size(), 1U);
}

TEST_F(LazadaListings, ACreateThatNamesNobodyIsAnUnknownOutcome) {
  answer("/product/create", ok("{}"));

  const auto report = publish({pack("ST25-05", "Túi 5 kg")});

  EXPECT_TRUE(report.accepted.empty());
  ASSERT_TRUE(report.stopped_by.has_value());
  EXPECT_EQ(report.stopped_by->code, ErrorCode::unknown_outcome);
}

TEST(LazadaPrices, StayWithinTheRuleAndArrive) {
  for (const auto& [from, to] : {std::pair<std::int64_t, std::int64_t>{65'000, 650'000},
                                 {650'000, 10'000},
                                 {1, 1'000'000'000},
                                 {1'000'000'000, 1},
                                 {65'000, 100'000}}) {
    auto price = from;
    int steps = 0;
    while (price != to && steps <= kPriceStepsMax) {
      const auto next = price_step(price, to);
      EXPECT_TRUE(price <= 1 || !price_jumps(price, next)) << price << " to " << next;
      price = next;
      ++steps;
    }
    EXPECT_EQ(price, to);
  }
}

TEST_F(LazadaListings, APriceThatJumpsGoesInSteps) {
  auto shop = client();
  SkuBatches batches{shop};
  PriceSteps prices{shop, batches};
  answer("/products/get", shown({{0, 5}, {1, 5}}, 100'000));
  answer("/product/price_quantity/update", ok("{}"));
  const std::vector<PriceUpdate> batch{{catalog::Sku{"SKU-0"}, {"2400", "1140"}, 300'000},
                                       {catalog::Sku{"SKU-1"}, {"2401", "1141"}, 110'000}};
  PushReport report;

  prices.push(batch, report);

  EXPECT_EQ(report.accepted.size(), 2U);
  const auto writes = sent("/product/price_quantity/update");
  ASSERT_EQ(writes.size(), 2U);
  EXPECT_NE(writes[0].find("<Price>180000</Price>"), std::string::npos);
  EXPECT_EQ(count(writes[0], "<Sku>"), 1U);
  EXPECT_NE(writes[1].find("<Price>300000</Price>"), std::string::npos);
  EXPECT_NE(writes[1].find("<Price>110000</Price>"), std::string::npos);
  EXPECT_EQ(sent("/products/get").size(), 1U);
}

TEST_F(LazadaListings, APriceThatJumpsIsRejectedWithItsReasonWhereTheAccountSaysSo) {
  auto with = shop_options();
  with.price_jump = PriceJump::reject;
  auto shop = client(with);
  SkuBatches batches{shop};
  PriceSteps prices{shop, batches};
  answer("/products/get", shown({{0, 5}}, 100'000));
  const std::vector<PriceUpdate> batch{{catalog::Sku{"SKU-0"}, {"2400", "1140"}, 300'000}};
  PushReport report;

  prices.push(batch, report);

  ASSERT_EQ(report.rejected.size(), 1U);
  EXPECT_NE(report.rejected[0].error.message.find("from 100000 to 300000"), std::string::npos);
  EXPECT_TRUE(sent("/product/price_quantity/update").empty());
}

TEST_F(LazadaListings, WhatIsGoneCountsAsErasedAndTheRestGoesOneByOne) {
  auto shop = client();
  Shelf shelf{shop};
  answer("/product/remove",
         bad("503", "E503: Remove product failed",
             R"([{"seller_sku":"SkuId_2_22","message":"SELLER_SKU_NOT_FOUND"}])"));
  answer("/product/remove", ok("{}"));
  answer("/product/remove",
         bad("503", "E503", R"([{"seller_sku":"SkuId_2_22","message":"SELLER_SKU_NOT_FOUND"}])"));
  answer("/product/remove", bad("4155", "E4155: The product is locked"));
  const std::vector<catalog::Binding> bindings{{"1", "11"}, {"2", "22"}, {"3", "33"}};

  const auto report = shelf.erase(bindings);

  EXPECT_EQ(report.accepted, (std::vector<std::size_t>{0, 1}));
  ASSERT_EQ(report.rejected.size(), 1U);
  EXPECT_EQ(report.rejected[0].index, 2U);
  EXPECT_NE(sent("/product/remove").at(0).find(R"(["SkuId_1_11","SkuId_2_22","SkuId_3_33"])"),
            std::string::npos);
}

TEST_F(LazadaListings, EveryProblemIsNamedNotJustTheFirst) {
  auto content = pack("ST25-05", "Túi 5 kg");
  content.title.vi.clear();
  content.attributes = {{"origin", "", "Sao Hoả", ""}};
  content.package_weight_g = 41'000;
  content.length_cm = content.width_cm = content.height_cm = 101;
  content.image_files = {(folder_ / "none.png").string()};
  content.price = 0;

  std::vector<std::string> fields;
  for (const auto& problem : problems(content)) {
    fields.push_back(problem.field);
    EXPECT_FALSE(problem.vi.empty());
    EXPECT_FALSE(problem.en.empty());
  }

  EXPECT_EQ(fields,
            (std::vector<std::string>{"title", "weight", "size", "image", "price", "attribute"}));
  EXPECT_TRUE(problems(pack("ST25-05", "Túi 5 kg")).empty());
}

TEST_F(LazadaListings, ACategoryMustBeThereAndALeaf) {
  auto content = pack("ST25-05", "Túi 5 kg");
  for (const std::string id : {"", "1", "99"}) {
    content.category_remote_id = id;
    const auto found = problems(content);
    ASSERT_EQ(found.size(), 1U) << id;
    EXPECT_EQ(found[0].field, "category");
  }
}

TEST_F(LazadaListings, ABrandIsLookedForPageByPageAndAnEmptyPageIsNoAnswer) {
  auto shop = client();
  Catalogue catalogue{shop};
  answer("/category/brands/query", ok(R"({"total_record":2,"module":[]})"));
  answer("/category/brands/query",
         ok(R"({"total_record":2,"module":[{"brand_id":1,"name":"Hương Quê"}]})"));
  answer("/category/brands/query",
         ok(R"({"total_record":2,"module":[{"brand_id":"2","name":"Vườn Nhà"}]})"));

  EXPECT_EQ(catalogue.has_brand("", "Vườn Nhà").error().code, ErrorCode::rate_limited);
  EXPECT_EQ(catalogue.has_brand("", "Vườn Nhà").value(), std::optional{true});
  EXPECT_EQ(catalogue.has_brand("3", "").value(), std::optional{false});
  EXPECT_EQ(sent("/category/brands/query").size(), 3U);
}

TEST_F(LazadaListings, ThePriceJumpIsToldBeforehand) {
  answer("/product/item/get", product("2400", "ST25-05", "{}"));
  auto content = pack("ST25-05", "Túi 5 kg");
  content.binding = {"2400", "11"};
  EXPECT_TRUE(problems(content).empty());

  content.price = 500'000;
  const auto found = problems(content);

  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].field, "price");
}

TEST_F(LazadaListings, WhatDriftedInTheMapsIsNamed) {
  auto shop = client();
  Catalogue catalogue{shop};
  LazadaRules rules{shop, catalogue};
  ChannelMaps maps;
  maps.categories = {{"rice", {"10100245", "Groceries > Rice"}},
                     {"rice/sticky", {"10100245", "Noodles"}},
                     {"fruit", {"777", "Fruit"}},
                     {"all", {"1", "Groceries"}}};
  maps.attributes = {{"rice", "origin", "", "origin", "51", ""},
                     {"rice", "origin", "Lào", "origin", "Laos", ""},
                     {"rice", "storage", "", "storage_kind", "", ""}};

  const auto drifts = rules.check_maps(maps);

  ASSERT_TRUE(drifts.ok()) << drifts.error().message;
  std::vector<std::string> found;
  for (const auto& drift : drifts.value()) found.push_back(drift.field + " " + drift.ours);
  EXPECT_EQ(found,
            (std::vector<std::string>{"category all", "category fruit", "category rice/sticky",
                                      "value origin", "attribute storage"}));
}

TEST_F(LazadaListings, ASpecialPriceHasItsWindowAndEndsInThePast) {
  auto shop = client();
  SkuBatches batches{shop};
  LazadaFeaturing featuring{shop, batches};
  answer("/product/price_quantity/update", ok("{}"));
  FeaturedItem on{catalog::Sku{"A"}, {"1", "11"}, 1, 195'000, 179'000, {}, {}};
  on.from = base::parse_iso("2026-12-01T00:00:00", base::kVietnamOffset).value();
  on.to = base::parse_iso("2026-12-12T23:59:00", base::kVietnamOffset).value();
  FeaturedItem plain{catalog::Sku{"B"}, {"2", "22"}, 2, 195'000, {}, {}, {}};
  FeaturedItem off{catalog::Sku{"C"}, {"3", "33"}, 0, 195'000, {}, {}, {}};
  auto wrong = on;
  wrong.special_price = 195'000;
  auto reversed = on;
  std::swap(reversed.from, reversed.to);
  const std::vector<FeaturedItem> items{on, plain, off, wrong, reversed};

  const auto report = featuring.feature(items);

  EXPECT_EQ(report.accepted, (std::vector<std::size_t>{1, 0, 2}));
  EXPECT_EQ(report.rejected.size(), 2U);
  const auto writes = sent("/product/price_quantity/update");
  ASSERT_EQ(writes.size(), 1U);
  EXPECT_NE(writes[0].find("<SalePrice>179000</SalePrice><SaleStartDate>2026-12-01 00:00"
                           "</SaleStartDate><SaleEndDate>2026-12-12 23:59</SaleEndDate>"),
            std::string::npos)
      << writes[0];
  EXPECT_NE(writes[0].find("<SalePrice>195000</SalePrice><SaleStartDate>2023-11-13"),
            std::string::npos);
  EXPECT_EQ(writes[0].find("<Price>"), std::string::npos) << "the everyday price is not touched";
}

}  // namespace
}  // namespace connectors::lazada
