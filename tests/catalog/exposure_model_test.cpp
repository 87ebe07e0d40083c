// The promise of docs/adr/0007-guarded-stock.md, tried against many random worlds.
//   NONGSAN_TEST_SEED=n    reruns that seed alone
//   NONGSAN_TEST_SEEDS=n   how many seeds (default 300)
#include "tests/catalog/exposure_model.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace catalog {
namespace {

constexpr int kSteps = 500;
constexpr std::uint64_t kSeedsDefault = 300;
constexpr std::uint64_t kBrokenSeedsMax = 4'000;

std::optional<std::uint64_t> number_from(const char* name) {
  const char* text = std::getenv(name);
  if (text == nullptr) return std::nullopt;
  return std::strtoull(text, nullptr, 10);
}

struct Seeds {
  std::uint64_t first = 1;
  std::uint64_t count = kSeedsDefault;
};

Seeds wanted_seeds() {
  if (const auto one = number_from("NONGSAN_TEST_SEED")) return {*one, 1};
  return {1, number_from("NONGSAN_TEST_SEEDS").value_or(kSeedsDefault)};
}

TEST(ExposureModel, NothingIsSoldThatIsNotThere) {
  const auto seeds = wanted_seeds();
  std::int64_t sales = 0;
  std::int64_t lost = 0;
  std::int64_t anchors = 0;
  for (auto seed = seeds.first; seed < seeds.first + seeds.count; ++seed) {
    ExposureWorld world(seed, BrokenRule::none);

    const auto report = world.run(kSteps);

    ASSERT_EQ(report.broken_promise, "")
        << "step " << report.steps << "; rerun with NONGSAN_TEST_SEED=" << seed;
    ASSERT_FALSE(report.oversold) << "rerun with NONGSAN_TEST_SEED=" << seed;
    sales += report.sales;
    lost += report.lost_answers;
    anchors += report.anchors;
  }
  // The world must be a busy one, or it proves nothing.
  const auto count = static_cast<std::int64_t>(seeds.count);
  EXPECT_GT(sales, 15 * count);
  EXPECT_GT(lost, 5 * count);
  EXPECT_GT(anchors, 5 * count);
  std::printf("%lld seeds: %lld sales, %lld lost answers, %lld anchors\n",
              static_cast<long long>(count), static_cast<long long>(sales),
              static_cast<long long>(lost), static_cast<long long>(anchors));
}

TEST(ExposureModel, AQuietWorldComesToRestWithExactBounds) {
  const auto seeds = wanted_seeds();
  const auto count = std::min<std::uint64_t>(seeds.count, kSeedsDefault / 3);
  for (auto seed = seeds.first; seed < seeds.first + count; ++seed) {
    ExposureWorld world(seed, BrokenRule::none);
    (void)world.run(kSteps / 5);

    EXPECT_EQ(world.come_to_rest(), "") << "rerun with NONGSAN_TEST_SEED=" << seed;
  }
}

class ABrokenRule : public testing::TestWithParam<BrokenRule> {};

// A model that cannot fail proves nothing: each rule, broken alone, sells goods that are not there.
TEST_P(ABrokenRule, Oversells) {
  std::uint64_t seed = 1;
  for (; seed <= kBrokenSeedsMax; ++seed) {
    ExposureWorld world(seed, GetParam());
    if (world.run(kSteps).oversold) break;
  }

  EXPECT_LE(seed, kBrokenSeedsMax);
  std::printf("first oversold at seed %llu\n", static_cast<unsigned long long>(seed));
}

std::string rule_name(const testing::TestParamInfo<BrokenRule>& rule) {
  constexpr const char* kNames[] = {"none",           "BoundCountedLate",     "NoLagWait",
                                    "CancelsIgnored", "UnseenCancelsIgnored", "FallLowersBound",
                                    "NoDmaxWait",     "OldBoundDropped",      "Pooled"};
  return kNames[static_cast<std::size_t>(rule.param)];
}

INSTANTIATE_TEST_SUITE_P(Rules, ABrokenRule,
                         testing::Values(BrokenRule::bound_counted_late, BrokenRule::no_lag_wait,
                                         BrokenRule::cancels_ignored,
                                         BrokenRule::unseen_cancels_ignored,
                                         BrokenRule::fall_lowers_bound, BrokenRule::no_dmax_wait,
                                         BrokenRule::old_bound_dropped, BrokenRule::pooled),
                         rule_name);

}  // namespace
}  // namespace catalog
