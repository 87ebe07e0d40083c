// The rules of catalog/exposure.h one by one; exposure_model_test.cpp tries them together.
#include "catalog/exposure.h"

#include <gtest/gtest.h>

namespace catalog {
namespace {

using namespace std::chrono_literals;

constexpr base::Instant kNow = base::from_unix_ms(1'795'000'000'000);
constexpr base::Millis kLag = 120s;

ListingStock shown(std::int64_t packs, std::int64_t target) {
  ListingStock stock;
  stock.exposure = stock.shown = packs;
  stock.target = target;
  return stock;
}

TEST(NextStep, ASetNeedsRoomForItsWholeValue) {
  EXPECT_EQ(next_step(shown(0, 5), 5, StockWrite::absolute), (Step{StepKind::set, 5}));
  EXPECT_EQ(next_step(shown(3, 5), 4, StockWrite::absolute), (Step{StepKind::none, 0}));
}

TEST(NextStep, WhatIsSoldOutShowsAtOnceWhatRoomThereIs) {
  EXPECT_EQ(next_step(shown(0, 5), 4, StockWrite::absolute), (Step{StepKind::set, 4}));
  EXPECT_EQ(next_step(shown(0, 5), 0, StockWrite::absolute), (Step{StepKind::wait, 0}));
}

TEST(NextStep, ARaiseGoesThroughZeroOnlyWhenWhatIsThereDoublesIt) {
  EXPECT_EQ(next_step(shown(2, 9), 2, StockWrite::absolute), (Step{StepKind::set, 0}));
  EXPECT_EQ(next_step(shown(2, 9), 1, StockWrite::absolute), (Step{StepKind::none, 0}));
}

TEST(NextStep, SoldOutNeedsNoRoom) {
  EXPECT_EQ(next_step(shown(5, 0), -3, StockWrite::absolute), (Step{StepKind::set, 0}));
  EXPECT_EQ(next_step(shown(5, 0), -3, StockWrite::absolute_and_delta), (Step{StepKind::set, 0}));
}

TEST(NextStep, AFallWithoutRoomGoesThroughZero) {
  EXPECT_EQ(next_step(shown(5, 3), 0, StockWrite::absolute), (Step{StepKind::set, 0}));
}

TEST(NextStep, ADeltaTakesWhatRoomThereIs) {
  EXPECT_EQ(next_step(shown(2, 9), 4, StockWrite::absolute_and_delta), (Step{StepKind::delta, 4}));
  EXPECT_EQ(next_step(shown(9, 2), 0, StockWrite::absolute_and_delta), (Step{StepKind::delta, -7}));
  EXPECT_EQ(next_step(shown(2, 9), 0, StockWrite::absolute_and_delta), (Step{StepKind::wait, 0}));
}

TEST(NextStep, NothingIsSentWhileAnAttemptIsOpen) {
  auto stock = shown(0, 5);
  open_attempt(stock, {StepKind::set, 5}, kNow);

  EXPECT_EQ(next_step(stock, 100, StockWrite::absolute), (Step{StepKind::wait, 0}));
  close_attempt(stock, Answer::unknown);
  EXPECT_EQ(next_step(stock, 100, StockWrite::absolute), (Step{StepKind::wait, 0}));
}

TEST(Attempt, IsCountedBeforeTheCallAndTheOldBoundStays) {
  auto stock = shown(3, 5);

  open_attempt(stock, {StepKind::set, 5}, kNow);

  EXPECT_EQ(stock.exposure, 8);
  close_attempt(stock, Answer::accepted);
  EXPECT_EQ(stock.exposure, 8);
  EXPECT_EQ(stock.shown, 5);
  EXPECT_TRUE(wants_anchor(stock));
}

TEST(Attempt, ARefusalTakesItsOwnPartBackAndNoMore) {
  auto stock = shown(3, 5);
  open_attempt(stock, {StepKind::set, 5}, kNow);
  close_attempt(stock, Answer::refused);
  EXPECT_EQ(stock.exposure, 3);
  EXPECT_EQ(stock.shown, 3);

  open_attempt(stock, {StepKind::set, 5}, kNow);
  apply_sale(stock, 8, kNow, 0s);
  close_attempt(stock, Answer::refused);
  EXPECT_EQ(stock.exposure, 0);
}

TEST(Attempt, AFallByADeltaKeepsTheBoundUntilARead) {
  auto stock = shown(5, 2);
  open_attempt(stock, {StepKind::delta, -3}, kNow);
  close_attempt(stock, Answer::accepted);

  EXPECT_EQ(stock.shown, 2);
  EXPECT_EQ(stock.exposure, 5);
  ASSERT_TRUE(begin_anchor(stock, 2, kNow + 1s));
  EXPECT_TRUE(finish_anchor(stock, kNow + 1s + kLag, kLag));
  EXPECT_EQ(stock.exposure, 2);
}

TEST(Anchor, WaitsForTheLag) {
  auto stock = shown(4, 4);
  stock.exposure = 9;
  ASSERT_TRUE(begin_anchor(stock, 4, kNow));

  EXPECT_FALSE(finish_anchor(stock, kNow + kLag - 1ms, kLag));
  EXPECT_EQ(stock.exposure, 9);
  EXPECT_TRUE(finish_anchor(stock, kNow + kLag, kLag));
  EXPECT_EQ(stock.exposure, 4);
}

TEST(Anchor, CountsSalesAndCancelsSinceTheRead) {
  auto stock = shown(10, 10);
  stock.exposure = 20;
  ASSERT_TRUE(begin_anchor(stock, 10, kNow));

  apply_sale(stock, 3, kNow + 6s, 5s);
  apply_sale(stock, 2, kNow + 5s, 5s);  // within the skew: counts as before
  apply_cancel(stock, 1, Restock::channel_adds_back);
  apply_cancel(stock, 1, Restock::channel_does_not);

  ASSERT_TRUE(finish_anchor(stock, kNow + kLag, kLag));
  EXPECT_EQ(stock.exposure, 8);
  EXPECT_EQ(stock.shown, 8);
}

TEST(Anchor, CountsTheRestockOfAnOrderFirstSeenCancelled) {
  auto stock = shown(1, 1);
  stock.exposure = 5;
  ASSERT_TRUE(begin_anchor(stock, 1, kNow));

  note_cancelled_unseen(stock, 2, kNow - 60s, 5s, Restock::channel_adds_back);
  note_cancelled_unseen(stock, 4, kNow + 60s, 5s, Restock::channel_adds_back);  // net nothing
  note_cancelled_unseen(stock, 4, kNow - 60s, 5s, Restock::channel_does_not);

  ASSERT_TRUE(finish_anchor(stock, kNow + kLag, kLag));
  EXPECT_EQ(stock.exposure, 3);
}

TEST(Anchor, IsRefusedWhileAWriteIsOnItsWayAndForgottenByTheNext) {
  auto stock = shown(0, 5);
  open_attempt(stock, {StepKind::set, 5}, kNow);
  EXPECT_FALSE(begin_anchor(stock, 0, kNow + 1s));
  close_attempt(stock, Answer::accepted);
  EXPECT_FALSE(begin_anchor(stock, 0, kNow));
  ASSERT_TRUE(begin_anchor(stock, 5, kNow + 1s));

  open_attempt(stock, {StepKind::set, 0}, kNow + 2s);

  EXPECT_FALSE(stock.anchor_at.has_value());
}

TEST(Sale, BeyondTheBoundIsReported) {
  auto stock = shown(2, 2);

  EXPECT_EQ(apply_sale(stock, 5, kNow, 0s).beyond_exposure, 3);
  EXPECT_EQ(stock.exposure, 0);
  EXPECT_EQ(stock.shown, 0);
}

}  // namespace
}  // namespace catalog
