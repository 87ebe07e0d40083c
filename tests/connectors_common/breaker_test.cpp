#include "connectors/common/breaker.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <random>
#include <stdexcept>

namespace connectors::common {
namespace {

using namespace std::chrono_literals;

constexpr base::Instant kStart{1'795'000'000'000ms};

void fail(Breaker& breaker, int times) {
  for (int i = 0; i < times; ++i) {
    ASSERT_EQ(breaker.admit(), 0ms);
    breaker.failed("HTTP 503");
  }
}

TEST(Breaker, FiveFailuresInARowOpenIt) {
  base::ManualClock clock{kStart};
  Breaker breaker{clock};
  fail(breaker, 4);
  EXPECT_EQ(breaker.phase(), BreakerPhase::closed);
  breaker.succeeded();
  fail(breaker, 5);

  EXPECT_EQ(breaker.phase(), BreakerPhase::open);
  EXPECT_EQ(breaker.admit(), 30s);
  EXPECT_EQ(breaker.state().reason, "HTTP 503");
}

TEST(Breaker, HalfOfTenWithinAMinuteOpenIt) {
  base::ManualClock clock{kStart};
  Breaker breaker{clock};
  for (int i = 0; i < 4; ++i) {
    breaker.succeeded();
    breaker.failed("x");
  }
  EXPECT_EQ(breaker.phase(), BreakerPhase::closed) << "eight calls are too few to judge";
  breaker.succeeded();
  breaker.failed("x");

  EXPECT_EQ(breaker.phase(), BreakerPhase::open);
}

TEST(Breaker, OldFailuresAreForgotten) {
  base::ManualClock clock{kStart};
  Breaker breaker{clock};
  for (int i = 0; i < 30; ++i) {
    breaker.succeeded();
    breaker.failed("x");
    clock.advance(13s);
  }
  EXPECT_EQ(breaker.phase(), BreakerPhase::closed) << "never ten calls within a minute";
}

TEST(Breaker, OneProbeAtATimeAndTwoSuccessesCloseIt) {
  base::ManualClock clock{kStart};
  Breaker breaker{clock};
  fail(breaker, 5);
  clock.advance(30s);

  EXPECT_EQ(breaker.phase(), BreakerPhase::half_open);
  EXPECT_EQ(breaker.admit(), 0ms);
  EXPECT_GT(breaker.admit(), 0ms) << "the probe is under way";
  breaker.succeeded();
  EXPECT_EQ(breaker.phase(), BreakerPhase::half_open);
  EXPECT_EQ(breaker.admit(), 0ms);
  breaker.undecided();
  EXPECT_EQ(breaker.admit(), 0ms) << "a probe that told nothing frees its place";
  breaker.succeeded();

  EXPECT_EQ(breaker.phase(), BreakerPhase::closed);
}

TEST(Breaker, EachFailedProbeDoublesTheWaitUpToTenMinutes) {
  base::ManualClock clock{kStart};
  Breaker breaker{clock};
  fail(breaker, 5);
  for (const auto wait : {30s, 60s, 120s, 240s, 480s, 600s, 600s}) {
    EXPECT_EQ(breaker.admit(), wait);
    clock.advance(wait);
    ASSERT_EQ(breaker.admit(), 0ms);
    breaker.failed("still down");
  }
}

TEST(Breaker, ARestartFindsItAsItWas) {
  base::ManualClock clock{kStart};
  std::optional<BreakerState> kept;
  const auto save = [&](const BreakerState& state) { kept = state; };
  {
    Breaker breaker{clock, {}, save};
    fail(breaker, 4);
    EXPECT_FALSE(kept) << "nothing is written while it is closed";
    fail(breaker, 1);
  }
  ASSERT_TRUE(kept);

  Breaker after{clock, kept, save};
  EXPECT_EQ(after.admit(), 30s);
  clock.advance(30s);
  EXPECT_EQ(after.admit(), 0ms);
  after.failed("still down");

  EXPECT_EQ(Breaker(clock, kept).admit(), 60s);
}

TEST(Breaker, AStoreThatFailsLeavesItInForce) {
  base::ManualClock clock{kStart};
  Breaker breaker{clock, {}, [](const BreakerState&) { throw std::runtime_error("disk full"); }};

  fail(breaker, 5);

  EXPECT_EQ(breaker.phase(), BreakerPhase::open);
}

TEST(Breaker, AClockThatGoesBackHoldsItOpenForTenMinutesAtMost) {
  base::ManualClock clock{kStart};
  Breaker breaker{clock};
  fail(breaker, 5);
  clock.set(kStart - std::chrono::hours{24});

  EXPECT_LE(breaker.admit(), Breaker::kOpenMax);
}

// Whatever comes: while open nothing is let through before its time, at most one probe is out, and
// a channel that works again is used again within ten minutes.
TEST(Breaker, HoldsItsRulesOnRandomRuns) {
  const char* given = std::getenv("NONGSAN_TEST_SEED");
  const auto seed = given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
  std::cout << "seed " << seed << "\n";
  std::mt19937_64 dice{seed};
  for (int run = 0; run < 200; ++run) {
    base::ManualClock clock{kStart};
    std::optional<BreakerState> kept;
    const auto save = [&](const BreakerState& state) { kept = state; };
    auto breaker = std::make_unique<Breaker>(clock, kept, save);
    const auto percent_bad = dice() % 101;
    base::Instant closed_until{};
    for (int step = 0; step < 300; ++step) {
      clock.advance(base::Millis{dice() % 5'000});
      if (dice() % 40 == 0) breaker = std::make_unique<Breaker>(clock, kept, save);
      const auto wait = breaker->admit();
      if (wait > 0ms) {
        ASSERT_LE(wait, Breaker::kOpenMax);
        ASSERT_EQ(breaker->phase(), BreakerPhase::open) << "no probe is out";
        continue;
      }
      ASSERT_GE(clock.now(), closed_until);
      const auto kind = dice() % 10;
      if (dice() % 100 < percent_bad) {
        breaker->failed("x");
      } else if (kind == 0) {
        breaker->undecided();
      } else {
        breaker->succeeded();
      }
      const auto state = breaker->state();
      if (state.open) closed_until = state.retry_at;
    }
    clock.advance(Breaker::kOpenMax);
    for (int i = 0; i < Breaker::kSuccessesToClose; ++i) {
      ASSERT_EQ(breaker->admit(), 0ms);
      breaker->succeeded();
    }
    ASSERT_EQ(breaker->phase(), BreakerPhase::closed);
  }
}

}  // namespace
}  // namespace connectors::common
