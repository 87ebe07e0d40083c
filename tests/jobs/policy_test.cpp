// What an error means for a job, and when the daemon works by itself.
#include <gtest/gtest.h>

#include "base/time_text.h"
#include "jobs/retry_policy.h"
#include "jobs/schedule.h"
#include "tests/jobs/job_world.h"

namespace jobs {
namespace {

using namespace std::chrono_literals;
using base::ErrorCode;

base::Error error(ErrorCode code, std::optional<base::Millis> after = {}) {
  return {code, "why", after, ""};
}

TEST(RetryPolicy, RateLimitSnoozesForAsLongAsTheMarketAsks) {
  RetryPolicy policy(1);

  EXPECT_EQ(policy.decide(error(ErrorCode::rate_limited, 30s), 7), Outcome(Snooze{30s, "why"}));
  EXPECT_EQ(policy.decide(error(ErrorCode::rate_limited), 0), Outcome(Snooze{1s, "why"}));
  EXPECT_EQ(policy.decide(error(ErrorCode::rate_limited, 9h), 0), Outcome(Snooze{1h, "why"}));
}

TEST(RetryPolicy, AnOutageBacksOffAndEndsAfterEightAttempts) {
  RetryPolicy policy(1);
  for (const auto code : {ErrorCode::unavailable, ErrorCode::unknown_outcome}) {
    for (int attempt = 0; attempt < 7; ++attempt) {
      for (int draw = 0; draw < 100; ++draw) {
        const auto outcome = policy.decide(error(code), attempt);
        ASSERT_TRUE(std::holds_alternative<Retry>(outcome)) << attempt;
        EXPECT_GE(std::get<Retry>(outcome).delay, 0ms);
        EXPECT_LE(std::get<Retry>(outcome).delay,
                  std::min<base::Millis>(300s, 2s * (1 << attempt)));
      }
    }
    EXPECT_TRUE(std::holds_alternative<Discard>(policy.decide(error(code), 7)));
  }
}

TEST(RetryPolicy, WhatTheMarketAsksIsAFloor) {
  RetryPolicy policy(1);

  const auto outcome = policy.decide(error(ErrorCode::unavailable, 10min), 0);

  EXPECT_EQ(std::get<Retry>(outcome).delay, 10min);
}

TEST(RetryPolicy, AnUnreadableAnswerIsTriedThreeTimes) {
  RetryPolicy policy(1);

  EXPECT_TRUE(std::holds_alternative<Retry>(policy.decide(error(ErrorCode::protocol), 1)));
  EXPECT_TRUE(std::holds_alternative<Discard>(policy.decide(error(ErrorCode::protocol), 2)));
}

TEST(RetryPolicy, WhatRepeatingCannotMendIsParked) {
  RetryPolicy policy(1);
  for (const auto code : {ErrorCode::invalid, ErrorCode::rejected, ErrorCode::not_found,
                          ErrorCode::conflict, ErrorCode::unauthorized}) {
    EXPECT_TRUE(std::holds_alternative<Discard>(policy.decide(error(code), 0)))
        << base::to_string(code);
  }
}

base::Instant at(std::string_view text) {
  return *base::parse_iso(text, 0min);
}

TEST(Schedule, KnowsTheNextLocalNight) {
  EXPECT_EQ(next_local_time(at("2026-11-24T18:59:59Z"), 120min), at("2026-11-24T19:00:00Z"));
  EXPECT_EQ(next_local_time(at("2026-11-24T19:00:00Z"), 120min), at("2026-11-25T19:00:00Z"));
  EXPECT_EQ(next_local_time(at("2026-12-31T20:00:00Z"), 120min), at("2027-01-01T19:00:00Z"));
}

TEST(Schedule, PullsAtOnceThenByTheIntervalAndChecksAtNight) {
  jobs_test::JobWorld world(1);
  world.clock.set(at("2026-11-24T18:58:00Z"));
  Schedule schedule({}, world.clock.now());

  EXPECT_EQ(schedule.tick(world.services), 1);
  EXPECT_EQ(schedule.tick(world.services), 0);
  world.clock.advance(119s);
  EXPECT_EQ(schedule.tick(world.services), 0);
  world.clock.advance(1s);  // 02:00 local: the interval's pull, the night's pull and check
  EXPECT_EQ(schedule.tick(world.services), 7);  // the pull by interval, and the night's six
  world.clock.advance(1s);
  EXPECT_EQ(schedule.tick(world.services), 0);
}

}  // namespace
}  // namespace jobs
