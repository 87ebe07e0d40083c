#include "connectors/common/rate_limiter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <random>
#include <string>
#include <thread>
#include <vector>

namespace connectors::common {
namespace {

using base::Instant;
using base::ManualClock;
using std::chrono::milliseconds;
using namespace std::chrono_literals;

Instant start() {
  return base::from_unix_s(1'800'000'000);
}

TEST(RateLimiter, StartsEmptySoARestartNeverRefills) {
  ManualClock clock{start()};
  RateLimiter limiter{clock, {2.0, 10}};

  EXPECT_EQ(limiter.acquire_delay(), 500ms);
  clock.advance(499ms);
  EXPECT_EQ(limiter.acquire_delay(), 1ms);
  clock.advance(1ms);
  EXPECT_EQ(limiter.acquire_delay(), 0ms);
  EXPECT_EQ(limiter.acquire_delay(), 500ms);
}

TEST(RateLimiter, HoldsAtMostTheBurst) {
  ManualClock clock{start()};
  RateLimiter limiter{clock, {5.0, 3}};
  clock.advance(24h);

  EXPECT_EQ(limiter.acquire_delay(3), 0ms);
  EXPECT_EQ(limiter.acquire_delay(), 200ms);
}

TEST(RateLimiter, MoreThanTheBurstCountsAsTheBurst) {
  ManualClock clock{start()};
  RateLimiter limiter{clock, {1.0, 2}};

  EXPECT_EQ(limiter.acquire_delay(50), 2s);
  clock.advance(2s);
  EXPECT_EQ(limiter.acquire_delay(50), 0ms);
}

TEST(RateLimiter, AClockThatGoesBackGrantsNothingAndBlocksNothing) {
  ManualClock clock{start()};
  RateLimiter limiter{clock, {1.0, 1}};

  clock.advance(-24h);
  EXPECT_EQ(limiter.acquire_delay(), 1s);
  clock.advance(1s);
  EXPECT_EQ(limiter.acquire_delay(), 0ms);
}

TEST(RateLimiter, AServersWaitEmptiesAndBlocksTheBucket) {
  ManualClock clock{start()};
  RateLimiter limiter{clock, {1.0, 5}};
  clock.advance(1min);

  limiter.penalise(30s);

  EXPECT_EQ(limiter.acquire_delay(), 31s);
  clock.advance(30s);
  EXPECT_EQ(limiter.acquire_delay(), 1s);
  clock.advance(1s);
  EXPECT_EQ(limiter.acquire_delay(), 0ms);
  EXPECT_EQ(limiter.acquire_delay(), 1s);
}

TEST(RateLimiter, AShorterWaitDoesNotLiftALongerOne) {
  ManualClock clock{start()};
  RateLimiter limiter{clock, {1.0, 1}};

  limiter.penalise(60s);
  limiter.penalise(1s);

  EXPECT_EQ(limiter.acquire_delay(), 61s);
}

TEST(RateLimiter, AWaitNeverExceedsAnHourEvenWhenTheClockGoesBack) {
  ManualClock clock{start()};
  RateLimiter limiter{clock, {1.0, 1}};

  limiter.penalise(24h);
  EXPECT_EQ(limiter.acquire_delay(), 1h + 1s);
  clock.advance(-24h);
  EXPECT_EQ(limiter.acquire_delay(), 1h + 1s);
}

TEST(RateLimiter, ThrottlingHalvesAndSuccessesBringTheRateBackSlowly) {
  ManualClock clock{start()};
  RateLimiter limiter{clock, {10.0, 10}};

  limiter.throttled();
  EXPECT_DOUBLE_EQ(limiter.per_second(), 5.0);
  for (int i = 0; i < 20; ++i) limiter.throttled();
  EXPECT_DOUBLE_EQ(limiter.per_second(), 0.625);

  limiter.succeeded();
  EXPECT_DOUBLE_EQ(limiter.per_second(), 0.725);
  for (int i = 0; i < 1000; ++i) limiter.succeeded();
  EXPECT_DOUBLE_EQ(limiter.per_second(), 10.0);
}

TEST(RateLimiter, WaitsThroughThePortAndGivesUpBeyondItsPatience) {
  ManualClock clock{start()};
  ManualWaiter waiter{clock};
  RateLimiter limiter{clock, {1.0, 1}};

  EXPECT_TRUE(limiter.acquire(waiter, 5s));
  EXPECT_EQ(clock.now(), start() + 1s);
  limiter.penalise(1min);
  EXPECT_FALSE(limiter.acquire(waiter, 5s));
  EXPECT_EQ(clock.now(), start() + 1s);
}

TEST(StoppableWaiter, StopWakesWaitersForGood) {
  StoppableWaiter waiter;
  std::atomic<bool> whole{true};
  std::thread sleeper{[&] { whole = waiter.wait(1h); }};

  waiter.stop();
  sleeper.join();

  EXPECT_FALSE(whole);
  EXPECT_FALSE(waiter.wait(1h));
}

TEST(StoppableWaiter, WaitsTheTimeOut) {
  StoppableWaiter waiter;
  EXPECT_TRUE(waiter.wait(1ms));
}

struct Grant {
  std::int64_t at_ms;
  int tokens;
};

// Whatever is asked, hinted or waited: in every interval at most per_second * t + burst.
TEST(RateLimiter, NeverGrantsMoreThanRateTimesTimePlusBurst) {
  const auto seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random{seed};

  for (int run = 0; run < 60; ++run) {
    const int milli_rate = 100 + static_cast<int>(random() % 50'000);
    const int burst = 1 + static_cast<int>(random() % 20);
    ManualClock clock{start()};
    RateLimiter limiter{clock, {milli_rate / 1000.0, burst}};
    std::vector<Grant> grants;
    for (int step = 0; step < 400; ++step) {
      const int tokens = 1 + static_cast<int>(random() % static_cast<unsigned>(burst));
      const auto delay = limiter.acquire_delay(tokens);
      if (delay == 0ms) grants.push_back({base::to_unix_ms(clock.now()), tokens});
      const auto kind = random() % 10;
      if (kind == 0) limiter.throttled();
      if (kind == 1) limiter.succeeded();
      if (kind == 2) limiter.penalise(milliseconds{random() % 3000});
      clock.advance(kind < 6 ? delay : milliseconds{random() % 200});
    }

    for (std::size_t from = 0; from < grants.size(); ++from) {
      std::int64_t sum_milli = 0;
      for (std::size_t to = from; to < grants.size(); ++to) {
        sum_milli += grants[to].tokens * std::int64_t{1'000'000};
        const std::int64_t elapsed_ms = grants[to].at_ms - grants[from].at_ms;
        ASSERT_LE(sum_milli, elapsed_ms * milli_rate + burst * std::int64_t{1'000'000});
      }
    }
    EXPECT_FALSE(grants.empty());
  }
}

TEST(RateLimiter, ThreadsShareOneBudget) {
  ManualClock clock{start()};
  RateLimiter limiter{clock, {100.0, 100}};
  clock.advance(1s);
  std::atomic<int> granted{0};

  std::vector<std::thread> callers;
  for (int i = 0; i < 16; ++i) {
    callers.emplace_back([&] {
      for (int call = 0; call < 50; ++call) granted += limiter.acquire_delay() == 0ms ? 1 : 0;
    });
  }
  for (auto& caller : callers) caller.join();

  EXPECT_EQ(granted, 100);
}

}  // namespace
}  // namespace connectors::common
