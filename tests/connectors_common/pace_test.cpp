#include "connectors/common/pace.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <random>
#include <stdexcept>

namespace connectors::common {
namespace {

using base::Error;
using base::ErrorCode;
using namespace std::chrono_literals;

constexpr base::Instant kStart{1'795'000'000'000ms};

std::uint64_t seed_now() {
  const char* given = std::getenv("NONGSAN_TEST_SEED");
  const auto seed = given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
  std::cout << "seed " << seed << "\n";
  return seed;
}

PaceConfig config_of(const std::string& account, RateConfig shop = {10.0, 5}) {
  PaceConfig config;
  config.channel = "Shopee";
  config.account = account;
  config.app = "shopee/1";
  config.shop = shop;
  return config;
}

Error error_of(ErrorCode code) {
  return {code, "what it said", {}, {}};
}

struct PaceTest : ::testing::Test {
  base::ManualClock clock{kStart};
  ManualWaiter waiter{clock};
  MemoryPaceStore store;
  PaceBook book{clock, &store};
};

TEST_F(PaceTest, AThrottledGroupLeavesTheOthersAlone) {
  Pace pace{clock, waiter, &book, config_of("a")};
  auto throttled = error_of(ErrorCode::rate_limited);
  throttled.retry_after = 20s;
  ASSERT_TRUE(pace.take_turn("stock"));
  pace.failed("stock", throttled, Scope::group);

  const auto before = clock.now();
  ASSERT_TRUE(pace.take_turn("orders"));
  EXPECT_LT(clock.now() - before, 1s);
  ASSERT_TRUE(pace.take_turn("stock"));
  EXPECT_GE(clock.now() - before, 20s);
}

TEST_F(PaceTest, ALimitOfTheAppHoldsEveryShopOfIt) {
  Pace one{clock, waiter, &book, config_of("a")};
  Pace other{clock, waiter, &book, config_of("b")};
  auto quota = error_of(ErrorCode::rate_limited);
  quota.retry_after = 600s;
  ASSERT_TRUE(one.take_turn("stock"));
  one.failed("stock", quota, Scope::app);

  const auto turn = other.take_turn("orders");

  ASSERT_FALSE(turn);
  EXPECT_EQ(turn.error().code, ErrorCode::rate_limited);
  EXPECT_GT(turn.error().retry_after.value_or(0ms), 500s);
}

TEST_F(PaceTest, AnOpenBreakerIsASnoozeAndHoldsItsGroupOnly) {
  Pace pace{clock, waiter, &book, config_of("a")};
  for (int i = 0; i < Breaker::kInARow; ++i) {
    ASSERT_TRUE(pace.take_turn("stock"));
    auto down = error_of(ErrorCode::unavailable);
    pace.failed("stock", down);
  }

  const auto turn = pace.take_turn("stock");

  ASSERT_FALSE(turn);
  EXPECT_EQ(turn.error().code, ErrorCode::rate_limited);
  EXPECT_EQ(turn.error().vendor_code, kCircuitOpen);
  EXPECT_EQ(turn.error().retry_after, 30s);
  EXPECT_TRUE(pace.take_turn("orders"));
}

TEST_F(PaceTest, RefusalsAndThrottledCallsOpenNoBreaker) {
  Pace pace{clock, waiter, &book, config_of("a")};
  for (const auto code : {ErrorCode::rejected, ErrorCode::not_found, ErrorCode::conflict,
                          ErrorCode::unauthorized, ErrorCode::invalid, ErrorCode::rate_limited}) {
    for (int i = 0; i < 12; ++i) {
      ASSERT_TRUE(pace.take_turn("stock")) << to_string(code);
      auto error = error_of(code);
      pace.failed("stock", error);
    }
  }
}

// The adaptive rule: a channel that allows less than we were told is found out and kept to.
TEST_F(PaceTest, TheRateSettlesBelowWhatTheChannelReallyAllows) {
  RateLimiter limiter{clock, {40.0, 4}};
  RateLimiter channel{clock, {10.0, 10}};
  int calls = 0;
  int throttled = 0;
  const auto end = clock.now() + 600s;
  while (clock.now() < end) {
    if (!limiter.acquire(waiter, 60s)) break;
    ++calls;
    if (channel.acquire_delay() == 0ms) {
      limiter.succeeded();
      continue;
    }
    ++throttled;
    limiter.throttled();
    limiter.penalise(1s);
  }

  EXPECT_GT(calls - throttled, 600 * 10 * 6 / 10) << "most of what is allowed is used";
  EXPECT_LT(throttled, calls / 20);
}

struct Restarts : ::testing::Test {};

// Kill it whenever: over any number of restarts no interval holds more than rate x time + burst,
// and it writes at most once in ten seconds of calls.
TEST_F(Restarts, NeverGrantMoreThanOneBucketWould) {
  const auto seed = seed_now();
  std::mt19937_64 random{seed};
  for (int run = 0; run < 80; ++run) {
    const int milli_rate = 200 + static_cast<int>(random() % 40'000);
    const int burst = 1 + static_cast<int>(random() % 20);
    base::ManualClock clock{kStart};
    std::optional<BucketState> disk;
    int saves = 0;
    bool disk_full = false;
    const auto open = [&] {
      return std::make_unique<RateLimiter>(clock, RateConfig{milli_rate / 1000.0, burst}, disk,
                                           [&](const BucketState& state) {
                                             if (disk_full) throw std::runtime_error("disk full");
                                             disk = state;
                                             ++saves;
                                           });
    };
    auto limiter = open();
    std::vector<std::int64_t> grants;
    for (int step = 0; step < 500; ++step) {
      if (random() % 25 == 0) limiter = open();  // killed: only the disk is left
      if (random() % 50 == 0) disk_full = !disk_full;
      const auto delay = limiter->acquire_delay();
      if (delay == 0ms) grants.push_back(base::to_unix_ms(clock.now()));
      const auto kind = random() % 20;
      if (kind == 0) limiter->throttled();
      if (kind == 1) limiter->penalise(base::Millis{random() % 3'000});
      if (kind < 10) limiter->succeeded();
      clock.advance(random() % 3 == 0 ? base::Millis{random() % 300} : delay);
    }

    for (std::size_t from = 0; from < grants.size(); ++from) {
      for (std::size_t to = from; to < grants.size(); ++to) {
        const auto count = static_cast<std::int64_t>(to - from + 1);
        const auto elapsed_ms = grants[to] - grants[from];
        ASSERT_LE(count * 1'000'000, elapsed_ms * milli_rate + burst * std::int64_t{1'000'000})
            << "run " << run;
      }
    }
    EXPECT_FALSE(grants.empty());
  }
}

TEST_F(Restarts, KeepCreditAcrossAQuietTimeAndTheLearnedRate) {
  base::ManualClock clock{kStart};
  std::optional<BucketState> disk;
  const auto save = [&](const BucketState& state) { disk = state; };
  {
    RateLimiter limiter{clock, {2.0, 4}, disk, save};
    clock.advance(10s);
    ASSERT_EQ(limiter.acquire_delay(), 0ms);
    limiter.throttled();
  }
  clock.advance(60s);

  RateLimiter after{clock, {2.0, 4}, disk, save};

  EXPECT_EQ(after.acquire_delay(4), 0ms) << "a rested bucket is full, whoever looks";
  EXPECT_DOUBLE_EQ(after.per_second(), 1.0);
}

TEST_F(Restarts, ABlockOutlivesTheProcess) {
  base::ManualClock clock{kStart};
  std::optional<BucketState> disk;
  const auto save = [&](const BucketState& state) { disk = state; };
  RateLimiter{clock, {2.0, 4}, disk, save}.penalise(600s);

  RateLimiter after{clock, {2.0, 4}, disk, save};

  EXPECT_GE(after.acquire_delay(), 600s);
}

TEST_F(Restarts, AreWrittenForSeldom) {
  base::ManualClock clock{kStart};
  ManualWaiter waiter{clock};
  int saves = 0;
  RateLimiter limiter{clock, {25.0, 25}, {}, [&](const BucketState&) { ++saves; }};
  for (int call = 0; call < 5'000; ++call) ASSERT_TRUE(limiter.acquire(waiter, 10s));

  EXPECT_GE((clock.now() - kStart) / 1s, 199);
  EXPECT_LE(saves, 200 / 10 + 2);
}

TEST_F(Restarts, WithoutAStoreThatWritesNothingIsGranted) {
  base::ManualClock clock{kStart};
  RateLimiter limiter{
      clock, {2.0, 4}, {}, [](const BucketState&) { throw std::runtime_error("disk full"); }};
  clock.advance(60s);

  EXPECT_GT(limiter.acquire_delay(), 0ms);
}

}  // namespace
}  // namespace connectors::common
