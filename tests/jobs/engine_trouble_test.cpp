// Lost answers, crashes, limits and outages: nothing is made twice, nothing is sold twice, and all
// comes right in the end.
#include <gtest/gtest.h>

#include "tests/jobs/job_world.h"

namespace jobs_test {
namespace {

using namespace std::chrono_literals;
using base::ErrorCode;

Trouble trouble(ErrorCode code, Landing landing = Landing::never, int repeats = 1) {
  return {{code, "scripted", {}, ""}, landing, false, repeats};
}

Trouble crash(Landing landing) {
  return {{ErrorCode::unknown_outcome, "", {}, ""}, landing, true, 1};
}

TEST(EngineTrouble, ALostAnswerToACreateMakesNoTwin) {
  JobWorld world(12);
  world.fake->next_publish = trouble(ErrorCode::unknown_outcome, Landing::lands);

  world.live();

  EXPECT_EQ(world.fake->shop.size(), 1U);
  EXPECT_GE(world.fake->finds, 1);
  EXPECT_EQ(world.listing().state, catalog::ListingState::live);
  EXPECT_EQ(world.listing().binding.item_id, "item-1");
  EXPECT_EQ(world.stock().exposure, 12);
}

TEST(EngineTrouble, ACreateThatNeverLandedIsMadeAgainAfterDmaxOnly) {
  JobWorld world(12);
  world.fake->next_publish = trouble(ErrorCode::unknown_outcome, Landing::never);
  world.enqueue(jobs::JobKind::pull_orders);
  world.want();

  world.drain(100s);
  EXPECT_EQ(world.fake->publishes, 1);
  world.drain(1h);

  EXPECT_EQ(world.fake->publishes, 2);
  EXPECT_EQ(world.fake->shop.size(), 1U);
  EXPECT_EQ(world.stock().exposure, 12);
}

TEST(EngineTrouble, ALostAnswerToASetIsReadBackAfterDmaxAndAnchoredAfterTheLag) {
  for (const auto landing : {Landing::lands, Landing::never}) {
    JobWorld world(12);
    world.live();
    world.fake->next_stock = trouble(ErrorCode::unknown_outcome, landing);
    world.set_on_hand(40);
    const auto reads = world.fake->reads;

    world.drain(100s);  // Dmax is 120 s
    EXPECT_EQ(world.stock().attempt, catalog::Attempt::unknown);
    EXPECT_EQ(world.fake->reads, reads);
    const auto sends = world.fake->stock_pushes;

    world.drain(1h);
    EXPECT_EQ(world.stock().attempt, catalog::Attempt::none);
    EXPECT_EQ(world.fake->shown_stock(kBag), 40);
    EXPECT_EQ(world.stock().exposure, 40);
    EXPECT_EQ(world.fake->stock_pushes, sends + (landing == Landing::lands ? 1 : 2));
  }
}

TEST(EngineTrouble, ACrashBetweenTheAttemptAndItsAnswerNeverSendsTwice) {
  for (const auto landing : {Landing::lands, Landing::never}) {
    JobWorld world(12);
    world.live();
    world.fake->next_stock = crash(landing);
    world.set_on_hand(40);
    world.crash();
    const auto sends = world.fake->stock_pushes;
    ASSERT_EQ(world.stock().attempt, catalog::Attempt::sent);

    world.drain(100s);
    EXPECT_EQ(world.fake->stock_pushes, sends);
    EXPECT_NE(world.stock().attempt, catalog::Attempt::none);
    world.enqueue(jobs::JobKind::read_back);
    world.drain(1h);

    EXPECT_EQ(world.fake->shown_stock(kBag), 40);
    EXPECT_EQ(world.stock().exposure, 40);
  }
}

TEST(EngineTrouble, ACrashedWriteIsSettledWithoutHelp) {
  JobWorld world(12);
  world.live();
  world.fake->next_stock = crash(Landing::lands);
  world.set_on_hand(40);
  world.crash();

  world.drain(1h);

  EXPECT_EQ(world.stock().attempt, catalog::Attempt::none);
  EXPECT_EQ(world.stock().exposure, 40);
}

TEST(EngineTrouble, ACrashInsideACreateMakesNoTwin) {
  JobWorld world(12);
  world.enqueue(jobs::JobKind::pull_orders);
  world.want();
  world.fake->next_publish = crash(Landing::lands);
  world.crash();

  world.drain(1h);

  EXPECT_EQ(world.fake->shop.size(), 1U);
  EXPECT_EQ(world.listing().state, catalog::ListingState::live);
  EXPECT_EQ(world.stock().exposure, 12);
}

TEST(EngineTrouble, ARateLimitSnoozesAndSpendsNoAttempt) {
  JobWorld world(12);
  world.live();
  auto limit = trouble(ErrorCode::rate_limited, Landing::never, 20);
  limit.error.retry_after = 30s;
  world.fake->next_stock = limit;
  world.set_on_hand(40);
  const auto from = world.clock.now();

  world.drain(1h);

  EXPECT_EQ(world.fake->shown_stock(kBag), 40);
  EXPECT_GE(world.clock.now() - from, 20 * 30s);
  EXPECT_EQ(world.discarded(), 0);
}

TEST(EngineTrouble, AnOutageIsRetried) {
  JobWorld world(12);
  world.live();
  world.fake->next_stock = trouble(ErrorCode::unavailable, Landing::never, 4);
  world.set_on_hand(40);

  world.drain(1h);

  EXPECT_EQ(world.fake->shown_stock(kBag), 40);
  EXPECT_EQ(world.stock().exposure, 40);
}

TEST(EngineTrouble, AThousandChangesDuringAnOutageAreTwoSendsAtMost) {
  JobWorld world(12);
  world.live();
  world.fake->next_stock = trouble(ErrorCode::unavailable);
  auto& writes = world.fake->shop.begin()->second.stock_writes;
  const auto before = writes;
  for (int i = 1; i <= 1'000; ++i) world.set_on_hand(20 + i % 50);
  world.set_on_hand(77);

  world.drain(1h);

  EXPECT_LE(writes - before, 2);
  EXPECT_EQ(world.fake->shown_stock(kBag), 77);
}

TEST(EngineTrouble, ARejectedListingIsHeldAndNotSentAgain) {
  JobWorld world(12);
  world.fake->next_publish = trouble(ErrorCode::rejected);

  world.live();
  world.drain(1h);

  EXPECT_EQ(world.listing().state, catalog::ListingState::held);
  EXPECT_EQ(world.listing().held_reason, "scripted");
  EXPECT_EQ(world.fake->publishes, 1);
  EXPECT_EQ(world.stock().exposure, 0);
}

TEST(EngineTrouble, AnOrderDuringALostSetIsNeverOversold) {
  JobWorld world(12);
  world.live();
  world.fake->next_stock = trouble(ErrorCode::unknown_outcome, Landing::lands);
  world.set_on_hand(15);
  world.drain(10s);
  world.fake->sell(kBag, 9, world.clock.now());
  world.enqueue(jobs::JobKind::pull_orders);

  world.drain(1h);

  EXPECT_EQ(world.balance().reserved, 9);
  EXPECT_EQ(world.fake->shown_stock(kBag), 6);
  EXPECT_EQ(world.stock().exposure, 6);
}

TEST(EngineTrouble, AVanishedListingIsHeld) {
  JobWorld world(12);
  world.live();
  world.fake->next_stock = trouble(ErrorCode::unknown_outcome, Landing::never);
  world.set_on_hand(30);
  world.drain(10s);
  world.fake->shop.clear();

  world.drain(1h);

  EXPECT_EQ(world.listing().state, catalog::ListingState::held);
  EXPECT_EQ(world.stock().exposure, 0);
}

// Killed between a channel's giving a pack other ids and our noting them.
class OldIds : public ::testing::Test {
 protected:
  OldIds() {
    world_.live();
    auto moved = world_.fake->shop.extract(world_.listing().binding.item_id);
    moved.key() = kNow.item_id;
    moved.mapped().listing.binding = kNow;
    world_.fake->shop.insert(std::move(moved));
  }
  void expect_bound_and_told(std::int64_t packs) {
    EXPECT_EQ(world_.listing().state, catalog::ListingState::live);
    EXPECT_EQ(world_.listing().binding.item_id, kNow.item_id);
    EXPECT_EQ(world_.listing().binding.unit_id, kNow.unit_id);
    EXPECT_EQ(world_.fake->shown_stock(kBag), packs);
  }

  const catalog::Binding kNow{"item-of-packs", "model-1"};
  JobWorld world_{12};
};

TEST_F(OldIds, AreMendedBySkuWhenAWriteMustBeReadBack) {
  world_.fake->next_stock = trouble(ErrorCode::unknown_outcome, Landing::never);

  world_.set_on_hand(40);
  world_.drain(1h);

  expect_bound_and_told(40);
}

TEST_F(OldIds, AreMendedByTheNightlyProofAfterARefusal) {
  world_.fake->next_stock = trouble(ErrorCode::rejected, Landing::never);
  world_.set_on_hand(40);
  world_.drain(1h);

  world_.enqueue(jobs::JobKind::reconcile);
  world_.drain(1h);

  expect_bound_and_told(40);
}

}  // namespace
}  // namespace jobs_test
