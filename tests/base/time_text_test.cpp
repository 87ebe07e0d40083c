#include "base/time_text.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace base {
namespace {

using namespace std::chrono_literals;

// 24 November 2026, 01:02:03.456 UTC.
constexpr Instant kMorning = from_unix_ms(1'795'482'123'456);
constexpr Instant kMorningSecond = from_unix_ms(1'795'482'123'000);

TEST(TimeText, WritesEveryForm) {
  EXPECT_EQ(utc_iso(kMorning), "2026-11-24T01:02:03Z");
  EXPECT_EQ(utc_iso_no_zone(kMorning), "2026-11-24T01:02:03");
  EXPECT_EQ(local_iso(kMorning), "2026-11-24T08:02:03+07:00");
  EXPECT_EQ(local_minute(kMorning), "24/11/2026 08:02");
  EXPECT_EQ(local_date(kMorning), "2026-11-24");
}

TEST(TimeText, TheLocalDayBeginsSeventeenHoursIntoTheUtcDayBefore) {
  const auto last_minute = *parse_iso("2026-11-23T16:59:59Z", 0min);

  EXPECT_EQ(local_date(last_minute), "2026-11-23");
  EXPECT_EQ(local_date(last_minute + 1s), "2026-11-24");
}

TEST(TimeText, ReadsEveryZoneForm) {
  for (const auto* text :
       {"2026-11-24T01:02:03Z", "2026-11-24 01:02:03Z", "2026-11-24T08:02:03+07:00",
        "2026-11-24T08:02:03+0700", "2026-11-24 08:02:03 +0700", "2026-11-23T20:02:03-05:00"}) {
    EXPECT_EQ(parse_iso(text, 99min), kMorningSecond) << text;
  }
  EXPECT_EQ(parse_iso("2026-11-24T08:02:03", kVietnamOffset), kMorningSecond);
  EXPECT_EQ(parse_iso("2026-11-24T01:02:03", 0min), kMorningSecond);
}

TEST(TimeText, ReadsFractionsOfASecond) {
  EXPECT_EQ(parse_iso("2026-11-24T01:02:03.456Z", 0min), kMorning);
  EXPECT_EQ(parse_iso("2026-11-24T01:02:03.456789Z", 0min), kMorning);
  EXPECT_EQ(parse_iso("2026-11-24T01:02:03.4Z", 0min), kMorningSecond + 400ms);
}

TEST(TimeText, ReadsLocalForms) {
  const auto minute = *parse_iso("2026-11-24T08:02:00+07:00", 0min);

  EXPECT_EQ(parse_local("24/11/2026 08:02"), minute);
  EXPECT_EQ(parse_local("24-11-2026 8:02"), minute);
  EXPECT_EQ(parse_local("2026-11-24 08:02"), minute);
  EXPECT_EQ(parse_local("24/11/2026 08:02:03"), kMorningSecond);
  EXPECT_EQ(parse_local("24/11/2026"), *parse_iso("2026-11-24T00:00:00+07:00", 0min));
  EXPECT_EQ(parse_local("5/3/2026"), *parse_iso("2026-03-05T00:00:00+07:00", 0min));
}

TEST(TimeText, RefusesWhatIsNotATime) {
  for (const auto* text : {"", "2026", "2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z",
                           "2026-11-24T24:00:00Z", "2026-11-24T10:61:00Z", "2026-11-24T10:00:00X",
                           "2026-11-24T10:00:00+7", "2026-11-24T10:00:00Zjunk", "46086"}) {
    EXPECT_FALSE(parse_iso(text, 0min)) << text;
  }
  for (const auto* text : {"", "30/02/2026", "24/11/26", "24/11/2026 25:00", "24/11/2026 08",
                           "24/11/2026 08:61", "24/11/2026x", "46086", "11/24/2026"}) {
    EXPECT_FALSE(parse_local(text)) << text;
  }
}

RC_GTEST_PROP(TimeText, EverySecondRoundTrips, ()) {
  const auto at = from_unix_s(*rc::gen::inRange<std::int64_t>(-2'000'000'000, 32'000'000'000));

  RC_ASSERT(parse_iso(utc_iso(at), 99min) == at);
  RC_ASSERT(parse_iso(utc_iso_no_zone(at), 0min) == at);
  RC_ASSERT(parse_iso(local_iso(at), 99min) == at);
  const auto minute = std::chrono::floor<std::chrono::minutes>(at);
  RC_ASSERT(parse_local(local_minute(at)) == Instant{minute});
  RC_ASSERT(parse_local(local_date(at)).has_value());
}

RC_GTEST_PROP(TimeText, NoBytesUpsetTheReaders, (const std::string& bytes)) {
  (void)parse_iso(bytes, 0min);
  (void)parse_local(bytes);
}

}  // namespace
}  // namespace base
