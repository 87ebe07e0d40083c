// From a catalogue to items, and that what comes out obeys the documented rules.
#include "feed/gather.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "feed/rss.h"
#include "storage/memory/memory_store.h"
#include "tests/feed/feed_validator.h"

namespace feed {
namespace {

using catalog::Sku;

constexpr base::Instant kNow = base::from_unix_s(1'795'500'000);  // 2026-11-24
const catalog::AccountId kShop{"provincial"};

class FeedGather : public ::testing::Test {
 protected:
  FeedGather() {
    store_.write([](jobs::Tables& tables) {
      auto& products = tables.catalog.products;
      catalog::Producer producer;
      producer.id = catalog::ProducerId{"HTX"};
      producer.name_vi = "Hợp tác xã Dương Xuân";
      products.put(producer);
      catalog::StockPool pool;
      pool.id = catalog::PoolId{"P"};
      pool.producer = producer.id;
      pool.name_vi = "Thanh long";
      products.put(pool);
      catalog::Product product;
      product.id = catalog::ProductId{"TLD"};
      product.producer = producer.id;
      product.name = {"Thanh long ruột đỏ", ""};
      product.description = {"Hái <b>trong ngày</b>\nđóng hộp & giao nhanh.", ""};
      product.category = "fruit/fresh";
      product.origin = "Châu Thành";
      product.certificates = {{"OCOP", "1", "Sở", "2025-01-01", "2027-01-01", 4},
                              {"VIETGAP", "2", "Sở", "2025-01-01", "2026-01-01", 0}};
      product.images = {"images/thanh long đỏ.png", "/srv/goods/hai.png"};
      products.put(product);
      tables.catalog.listings.put(catalog::Account{kShop, "provincial", "Sàn tỉnh", {}, {}, 1});
    });
    pack("TLD-500", 500, 30'000, "8936098760019");
    pack("TLD-5KG", 5'000, 215'000, "8936098760018");  // a wrong digit
    stock(4'000, "");
  }

  void pack(const std::string& sku, int grams, std::int64_t price, const std::string& gtin = "") {
    store_.write([&](jobs::Tables& tables) {
      catalog::Variant variant;
      variant.sku = Sku{sku};
      variant.product = catalog::ProductId{"TLD"};
      variant.name = {"Gói " + std::to_string(grams) + " g", ""};
      variant.unit_vi = "gói";
      variant.net_weight_g = grams;
      variant.package_weight_g = grams + 50;
      variant.price = catalog::Money{price};
      variant.recipe = {{catalog::PoolId{"P"}, grams}};
      variant.gtin = gtin;
      tables.catalog.products.put(variant);
    });
  }
  void stock(std::int64_t grams, const std::string& expires_on) {
    store_.write([&](jobs::Tables& tables) {
      const auto key = "n" + std::to_string(++events_);
      tables.catalog.stock.append({catalog::PoolId{"P"}, catalog::MovementKind::receive, grams, 0,
                                   "test", key, "", "", kNow});
      tables.catalog.stock.put(catalog::Lot{catalog::PoolId{"P"}, key, grams, "", expires_on});
    });
  }
  void listing(const std::string& sku, catalog::ListingState state) {
    store_.write([&](jobs::Tables& tables) {
      catalog::Listing one;
      one.account = kShop;
      one.sku = Sku{sku};
      one.state = state;
      one.price = catalog::Money{1};
      tables.catalog.listings.put(one);
    });
  }
  Gathered run() {
    Gathered out;
    store_.read([&](jobs::Tables& tables) { out = gather(tables.catalog, options_, kNow); });
    return out;
  }
  static std::string written(const Gathered& gathered) {
    std::string out;
    RssWriter rss({"Nông sản <tỉnh>", "https://san.example.vn/", "Hàng & quà"},
                  [&](std::string_view bytes) {
                    out += bytes;
                    return true;
                  });
    for (const auto& item : gathered.items) rss.add(item);
    EXPECT_TRUE(rss.finish());
    return out;
  }

  storage::MemoryStore store_;
  Options options_{"https://san.example.vn/p/", "https://anh.example.vn/goods", "", {}};
  int events_ = 0;
};

TEST_F(FeedGather, EveryPackBecomesAnItemThatTheRulesAccept) {
  const auto gathered = run();

  EXPECT_TRUE(gathered.left_out.empty());
  const auto checked = feed_test::check_feed(written(gathered));
  EXPECT_EQ(checked.breaches, std::vector<std::string>{});
  ASSERT_EQ(checked.items.size(), 2U);
  const auto& small = checked.items[0].fields;
  EXPECT_EQ(small.at("g:id"), "TLD-500");
  EXPECT_EQ(small.at("title"), "Thanh long ruột đỏ - Gói 500 g");
  EXPECT_EQ(small.at("description"), "Hái trong ngày đóng hộp & giao nhanh.");
  EXPECT_EQ(small.at("link"), "https://san.example.vn/p/TLD-500");
  EXPECT_EQ(small.at("g:image_link"),
            "https://anh.example.vn/goods/images/thanh%20long%20%C4%91%E1%BB%8F.png");
  EXPECT_EQ(small.at("g:additional_image_link"), "https://anh.example.vn/goods/hai.png");
  EXPECT_EQ(small.at("g:availability"), "in_stock");
  EXPECT_EQ(small.at("g:price"), "30000 VND");
  EXPECT_EQ(small.at("g:gtin"), "8936098760019");
  EXPECT_EQ(small.at("g:product_type"), "fruit > fresh");
  EXPECT_EQ(small.at("g:custom_label_0"), "OCOP 4 sao") << "an expired paper is not named";
  EXPECT_EQ(small.at("g:custom_label_1"), "Châu Thành");
  EXPECT_FALSE(checked.items[1].fields.contains("g:gtin")) << "its check digit is wrong";
  EXPECT_EQ(checked.items[1].fields.at("g:availability"), "out_of_stock")
      << "4 kg make no pack of 5 kg, but the item stays";
}

TEST_F(FeedGather, AnItemGoesWhenEveryShopHasWithdrawnIt) {
  listing("TLD-500", catalog::ListingState::withdrawn);
  listing("TLD-5KG", catalog::ListingState::live);

  const auto gathered = run();

  ASSERT_EQ(gathered.items.size(), 1U);
  EXPECT_EQ(gathered.items[0].id, "TLD-5KG");
}

TEST_F(FeedGather, PricesAndWordsAreThoseOfTheNamedShop) {
  store_.write([](jobs::Tables& tables) {
    catalog::Account account{kShop, "provincial", "Sàn tỉnh", {}, {}, 1};
    account.price_rule.markup_permille = 50;
    account.price_rule.round_up_to = 1'000;
    tables.catalog.listings.put(account);
  });
  options_.account = kShop.text;
  options_.category_names["fruit/fresh"] = "Trái cây tươi";
  options_.link_base = "https://san.example.vn/?s={sku}&loai={product}";

  const auto gathered = run();

  EXPECT_EQ(gathered.items.at(0).price.minor, 32'000);
  EXPECT_EQ(gathered.items.at(0).product_type, "Trái cây tươi");
  EXPECT_EQ(gathered.items.at(0).link, "https://san.example.vn/?s=TLD-500&loai=TLD");
  EXPECT_EQ(feed_test::check_feed(written(gathered)).breaches, std::vector<std::string>{});
}

TEST_F(FeedGather, WhatAPortalWouldRefuseIsLeftOutAndNamed) {
  pack("TLD-FREE", 1'000, 0);
  pack(std::string(60, 'X'), 1'000, 1'000);
  options_.images_base.clear();
  EXPECT_EQ(run().left_out.size(), 4U) << "no pictures without an address for them";
  options_.images_base = "https://anh.example.vn/goods";

  const auto gathered = run();

  EXPECT_EQ(gathered.items.size(), 2U);
  ASSERT_EQ(gathered.left_out.size(), 2U);
  EXPECT_EQ(gathered.left_out[0].sku, "TLD-FREE");
  EXPECT_EQ(gathered.left_out[0].why.en, "it has no price");
}

TEST_F(FeedGather, GoodsWithALastDayHaveAnExpirationAndGoodsWithoutHaveNone) {
  EXPECT_EQ(run().items.at(0).expiration_date, "");
  store_.write([](jobs::Tables& tables) {
    for (auto lot : tables.catalog.stock.lots(catalog::PoolId{"P"})) {
      lot.quantity = 0;
      tables.catalog.stock.put(lot);
    }
  });
  stock(1'000, "2026-11-28");
  stock(1'000, "2026-12-05");

  EXPECT_EQ(run().items.at(0).expiration_date, "2026-12-05T23:59:59+07:00");
}

TEST(FeedValidator, SeesWhatBreaksTheRules) {
  const std::string head = R"(<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel>)"
                           "<title>t</title><link>https://x.vn/</link><description>d</description>";
  const std::string tail = "</channel></rss>";
  EXPECT_EQ(feed_test::check_feed(head + tail).breaches.size(), 0U);
  EXPECT_FALSE(feed_test::check_feed(head).breaches.empty());
  EXPECT_FALSE(feed_test::check_feed("<!DOCTYPE rss>" + head + tail).breaches.empty());
  const auto bad = feed_test::check_feed(
      head + "<item><g:id>a b</g:id><g:price>125.000 đ</g:price><g:gtin>8936098760018</g:gtin>" +
      "<g:color>x</g:color></item>" + tail);
  EXPECT_GE(bad.breaches.size(), 8U);
}

}  // namespace
}  // namespace feed
