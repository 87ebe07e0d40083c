// A changed map file resends the listings it speaks of, and no other.
#include <gtest/gtest.h>

#include "tests/jobs/job_world.h"

namespace jobs_test {
namespace {

using connectors::AttributeRule;
using namespace std::chrono_literals;

class Maps : public ::testing::Test {
 protected:
  Maps() { world_.services.channels[0].maps.attributes = {rule("*", "origin-of")}; }

  static AttributeRule rule(const std::string& category, const std::string& remote_id) {
    AttributeRule out;
    out.category = category;
    out.ours = "=Long An";
    out.remote_id = remote_id;
    return out;
  }
  std::vector<AttributeRule>& rules() { return world_.services.channels[0].maps.attributes; }
  int published() { return world_.fake->publishes; }
  // As at the next start of the program, with these files.
  int published_by_a_new_start() {
    const auto before = published();
    world_.enqueue(jobs::JobKind::publish_listings);
    world_.drain(10min);
    return published() - before;
  }

  JobWorld world_{10};
};

TEST_F(Maps, TheFirstTimeNothingIsSentAnew) {
  world_.want();
  world_.store.write([](jobs::Tables& tables) {  // published by a version that knew no map part
    auto listing = tables.catalog.listings.listing(kShop, kBag).value();
    listing.state = catalog::ListingState::live;
    listing.binding = {"item-1", ""};
    listing.sent_content_hash = listing.content_hash;
    tables.catalog.listings.put(listing);
  });

  EXPECT_EQ(published_by_a_new_start(), 0);
  EXPECT_NE(world_.listing().content_hash.find('.'), std::string::npos);

  rules()[0].remote_value_id = "77";
  EXPECT_EQ(published_by_a_new_start(), 1);
}

TEST_F(Maps, AChangedLineResendsOnce) {
  world_.live();
  EXPECT_EQ(published_by_a_new_start(), 0);

  rules()[0].remote_value_id = "77";
  EXPECT_EQ(published_by_a_new_start(), 1);
  EXPECT_EQ(published_by_a_new_start(), 0);
  EXPECT_EQ(world_.listing().content_hash, world_.listing().sent_content_hash);
}

TEST_F(Maps, ALineOfOtherGoodsResendsNothing) {
  world_.live();
  rules().push_back(rule("fish", "catch-area"));

  EXPECT_EQ(published_by_a_new_start(), 0);
}

TEST_F(Maps, AListingHeldForWantOfALineIsTriedAgain) {
  world_.services.channels[0].maps.categories = {{"other", {"1", "Other"}}};
  world_.want();
  world_.drain(10min);
  ASSERT_EQ(world_.listing().state, catalog::ListingState::held);

  world_.services.channels[0].maps.categories[""] = {"2", "Vegetables"};
  published_by_a_new_start();

  EXPECT_EQ(world_.listing().state, catalog::ListingState::live);
}

TEST_F(Maps, AChangeOfTheGoodsKeepsWhatTheMapsMadeOfThem) {
  world_.live();
  world_.store.write([&](jobs::Tables& tables) {
    auto product = tables.catalog.products.product(catalog::ProductId{"rau-ma"}).value();
    product.name.vi = "Rau má tươi";
    tables.catalog.products.put(product);
    jobs::refresh_listings(tables, kBag, world_.clock.now());
  });
  world_.drain(10min);
  EXPECT_EQ(world_.listing().content_hash, world_.listing().sent_content_hash);

  EXPECT_EQ(published_by_a_new_start(), 0);
}

}  // namespace
}  // namespace jobs_test
