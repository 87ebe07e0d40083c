// The ordinary day: publish, stock, prices, orders; and that a second pass has nothing to do.
#include <gtest/gtest.h>

#include "tests/jobs/job_world.h"

namespace jobs_test {
namespace {

using namespace std::chrono_literals;

TEST(EngineFlow, PublishesWithTheStockThatIsThere) {
  JobWorld world(12);

  world.live();

  EXPECT_EQ(world.fake->publishes, 1);
  EXPECT_EQ(world.fake->shown_stock(kBag), 12);
  EXPECT_EQ(world.listing().state, catalog::ListingState::live);
  EXPECT_EQ(world.stock().exposure, 12);
  EXPECT_EQ(world.discarded(), 0);
}

TEST(EngineFlow, AReceiptReachesTheShopAndTheBoundIsExactInTheEnd) {
  JobWorld world(12);
  world.live();

  world.set_on_hand(30);
  world.drain(1h);

  EXPECT_EQ(world.fake->shown_stock(kBag), 30);
  EXPECT_EQ(world.stock().shown, 30);
  EXPECT_EQ(world.stock().exposure, 30);
}

TEST(EngineFlow, ASaleIsReservedAndWritesNothingBack) {
  JobWorld world(12);
  world.live();
  const auto writes = world.fake->writing_calls();

  world.clock.advance(1min);
  world.fake->sell(kBag, 5, world.clock.now());
  world.clock.advance(1min);
  world.enqueue(jobs::JobKind::pull_orders);
  world.drain(1h);

  EXPECT_EQ(world.balance().reserved, 5);
  EXPECT_EQ(world.stock().exposure, 7);
  EXPECT_EQ(world.fake->shown_stock(kBag), 7);
  EXPECT_EQ(world.fake->writing_calls(), writes);
}

TEST(EngineFlow, ANewPriceIsSentOnce) {
  JobWorld world(12);
  world.live();

  world.reprice(35'000);
  world.drain(1h);

  EXPECT_EQ(world.fake->price_pushes, 1);
  EXPECT_EQ(world.fake->shop.begin()->second.listing.price, 35'000);
}

TEST(EngineFlow, AJumpOfThePriceWaitsForAPerson) {
  JobWorld world(12);
  world.live();

  world.reprice(300'000);
  world.drain(1h);

  EXPECT_EQ(world.fake->price_pushes, 0);
  ASSERT_FALSE(world.notes.notices.empty());
  EXPECT_EQ(world.notes.notices.back().code, base::ErrorCode::rejected);
}

TEST(EngineFlow, ASecondDrainMakesNoWritingCall) {
  JobWorld world(12);
  world.live();
  world.set_on_hand(30);
  world.reprice(33'000);
  world.drain(1h);
  const auto writes = world.fake->writing_calls();

  for (const auto kind : {jobs::JobKind::push_stock, jobs::JobKind::push_prices,
                          jobs::JobKind::publish_listings, jobs::JobKind::reconcile}) {
    world.enqueue(kind);
  }
  world.drain(1h);

  EXPECT_EQ(world.fake->writing_calls(), writes);
}

TEST(EngineFlow, ADeltaChannelFollowsToo) {
  JobWorld world(12);
  world.fake->can.stock_write = catalog::StockWrite::absolute_and_delta;
  world.live();

  world.set_on_hand(20);
  world.drain(1h);
  world.set_on_hand(6);
  world.drain(1h);

  EXPECT_EQ(world.fake->shown_stock(kBag), 6);
  EXPECT_EQ(world.stock().exposure, 6);
}

TEST(EngineFlow, AnAccountTheConfigurationForgotIsCancelled) {
  JobWorld world(12);
  world.store.write([&](jobs::Tables& tables) {
    catalog::Account other;
    other.id.text = "gone";
    other.channel = "voso";
    tables.catalog.listings.put(other);
    tables.jobs.enqueue({jobs::JobKind::reconcile, other.id, {}, world.clock.now()},
                        world.clock.now());
  });

  world.drain(1min);

  ASSERT_EQ(world.notes.finished.size(), 1U);
  EXPECT_TRUE(std::holds_alternative<jobs::Cancel>(world.notes.finished[0].second));
}

}  // namespace
}  // namespace jobs_test
