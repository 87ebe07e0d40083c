// What a shop holds before we come, and packs of one product going out together.
#include <gtest/gtest.h>

#include "tests/jobs/job_world.h"

namespace jobs_test {
namespace {

using namespace std::chrono_literals;

void put_in_shop(JobWorld& world, const std::string& item, const std::string& sku,
                 const std::string& title, std::int64_t stock) {
  Shown shown;
  shown.listing.sku = catalog::Sku{sku};
  shown.listing.binding.item_id = item;
  shown.listing.title = title;
  shown.listing.stock = stock;
  shown.listing.price = 30'000;
  shown.listing.visible = true;
  world.fake->shop[item] = shown;
}

TEST(Adopt, BindsWhatCarriesOurSkuAndCreatesNoTwin) {
  JobWorld world(12);
  world.enqueue(jobs::JobKind::pull_orders);
  put_in_shop(world, "old-1", "BAG", "Rau má cũ", 5);

  world.enqueue(jobs::JobKind::adopt);
  world.drain(1h);
  world.want();
  world.drain(1h);

  EXPECT_EQ(world.listing().state, catalog::ListingState::live);
  EXPECT_EQ(world.listing().binding.item_id, "old-1");
  EXPECT_EQ(world.fake->shop.size(), 1U);
  EXPECT_EQ(world.fake->shop.at("old-1").listing.title, "Rau má cũ");
  EXPECT_EQ(world.fake->shown_stock(kBag), 12);
}

TEST(Adopt, ComesByItselfBeforeTheFirstListingIsMade) {
  JobWorld world(12);
  put_in_shop(world, "old-1", "BAG", "Rau má cũ", 5);

  world.live();

  EXPECT_EQ(world.listing().binding.item_id, "old-1");
  EXPECT_EQ(world.fake->shop.size(), 1U);
  EXPECT_TRUE(world.fake->published.empty());
}

TEST(Adopt, LeavesACreateOfOursToBeFinished) {
  JobWorld world(12);
  world.fake->next_publish = {{}, Landing::lands, true};
  world.want();
  world.crash();
  ASSERT_EQ(world.listing().state, catalog::ListingState::creating);

  world.enqueue(jobs::JobKind::adopt);
  world.drain(1h);

  EXPECT_EQ(world.listing().state, catalog::ListingState::live);
  EXPECT_EQ(world.fake->shop.size(), 1U);
  EXPECT_GT(world.fake->finds, 0);
}

TEST(Adopt, CountsWhatIsShownThereAsExposedAtOnce) {
  JobWorld world(3);
  world.enqueue(jobs::JobKind::pull_orders);
  put_in_shop(world, "old-1", "BAG", "Rau má", 40);

  world.enqueue(jobs::JobKind::adopt);
  world.drain(0ms);

  EXPECT_GE(world.stock().exposure, 40);
  world.drain(1h);
  EXPECT_LE(world.fake->shown_stock(kBag), 3);
}

TEST(Adopt, ANameIsAQuestionUntilAPersonAnswers) {
  JobWorld world(12);
  world.enqueue(jobs::JobKind::pull_orders);
  put_in_shop(world, "old-1", "", "rau ma - TÚI", 5);
  put_in_shop(world, "old-2", "OTHER", "Nước mắm", 9);

  world.enqueue(jobs::JobKind::adopt);
  world.drain(1min);

  ASSERT_EQ(world.notes.notices.size(), 1U);
  EXPECT_NE(world.notes.notices[0].message.find("--match old-1=BAG"), std::string::npos)
      << world.notes.notices[0].message;
  world.enqueue(jobs::JobKind::adopt, "old-1=BAG");
  world.drain(1h);
  EXPECT_EQ(world.listing().binding.item_id, "old-1");
}

TEST(Adopt, TellsOfTwinsAndKeepsTheFirst) {
  JobWorld world(12);
  world.enqueue(jobs::JobKind::pull_orders);
  put_in_shop(world, "old-1", "BAG", "Rau má", 5);
  put_in_shop(world, "old-2", "BAG", "Rau má", 7);

  world.enqueue(jobs::JobKind::adopt);
  world.drain(1min);

  EXPECT_EQ(world.listing().binding.item_id, "old-1");
  ASSERT_EQ(world.notes.notices.size(), 1U);
  EXPECT_EQ(world.notes.notices[0].code, base::ErrorCode::conflict);
}

class PacksOfOneProduct : public ::testing::Test {
 protected:
  PacksOfOneProduct() { world_.fake->can.groups_variants = true; }

  // Besides "BAG" at 30 000 đ.
  void add(const std::string& sku, std::int64_t dong) {
    world_.store.write([&](jobs::Tables& tables) {
      auto pack = tables.catalog.products.variant(kBag).value();
      pack.sku = catalog::Sku{sku};
      pack.name.vi = sku;
      pack.price = catalog::Money{dong};
      pack.recipe = {{kPool, 5}};
      tables.catalog.products.put(pack);
    });
  }
  void want_all() {
    world_.store.write([&](jobs::Tables& tables) {
      const auto account = tables.catalog.listings.account(kShop).value();
      for (const auto& pack : tables.catalog.products.variants()) {
        jobs::want_listing(tables, account, pack.sku, world_.clock.now());
      }
    });
    world_.drain(1h);
  }
  using Calls = std::vector<std::vector<std::string>>;

  JobWorld world_{12};
};

TEST_F(PacksOfOneProduct, GoOutTogether) {
  world_.fake->can.variants_per_listing_max = 50;
  add("BOX", 140'000);

  want_all();

  EXPECT_EQ(world_.fake->published, (Calls{{"BAG", "BOX"}}));
}

TEST_F(PacksOfOneProduct, AreSplitWhereTheirPricesAreTooFarApart) {
  world_.fake->can.variants_per_listing_max = 50;
  world_.fake->can.variant_price_spread_max = 5;
  add("BOX", 140'000);
  add("CRATE", 280'000);

  want_all();

  EXPECT_EQ(world_.fake->published, (Calls{{"BAG", "BOX"}, {"CRATE"}}));
}

TEST_F(PacksOfOneProduct, JoinAListingOnlyWhereAllOfThemFit) {
  world_.fake->can.variants_per_listing_max = 50;
  world_.fake->can.variant_price_spread_max = 5;
  add("ACRE", 280'000);
  add("BOX", 140'000);

  want_all();

  EXPECT_EQ(world_.fake->published, (Calls{{"ACRE"}, {"BAG", "BOX"}}));
  EXPECT_EQ(world_.fake->siblings.at("BOX"), "");
  add("CART", 150'000);
  want_all();
  EXPECT_NE(world_.fake->siblings.at("CART"), "");
}

TEST_F(PacksOfOneProduct, AreSplitWhereAListingIsFull) {
  world_.fake->can.variants_per_listing_max = 2;
  add("BOX", 140'000);
  add("CRATE", 120'000);

  want_all();

  EXPECT_EQ(world_.fake->published, (Calls{{"BAG", "CRATE"}, {"BOX"}}));
}

}  // namespace
}  // namespace jobs_test
