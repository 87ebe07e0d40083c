// The small value types: Result, EnumNames, error codes, identifiers, clocks, fingerprints.
#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <unordered_set>

#include "base/clock.h"
#include "base/digest.h"
#include "base/enum_names.h"
#include "base/ids.h"
#include "base/result.h"

namespace base {
namespace {

using namespace std::chrono_literals;

enum class Colour { red, blue };
constexpr EnumNames<Colour, 2> kColours{{{{Colour::red, "red"}, {Colour::blue, "blue"}}}};

TEST(EnumNames, GoBothWaysAtCompileTime) {
  static_assert(kColours.name(Colour::blue) == "blue");
  static_assert(kColours.value("red") == Colour::red);
  static_assert(!kColours.value("Red").has_value());
}

TEST(ErrorCode, EveryWordIsReadBack) {
  std::set<std::string_view> words;
  for (int code = 0; code <= static_cast<int>(ErrorCode::unknown_outcome); ++code) {
    const auto word = to_string(static_cast<ErrorCode>(code));
    words.insert(word);
    EXPECT_EQ(error_code_from(word), static_cast<ErrorCode>(code));
  }
  EXPECT_EQ(words.size(), 9U);
  EXPECT_FALSE(error_code_from("timeout"));
}

TEST(Result, HoldsAValueOrTheReasonThereIsNone) {
  const Result<int> good = 7;
  const Result<int> bad = Error{ErrorCode::rate_limited, "slow down", 30s, "429"};

  ASSERT_TRUE(good);
  EXPECT_EQ(good.value(), 7);
  ASSERT_FALSE(bad.ok());
  EXPECT_EQ(bad.error().code, ErrorCode::rate_limited);
  EXPECT_EQ(bad.error().retry_after, std::chrono::milliseconds{30'000});
  EXPECT_EQ(bad.error().vendor_code, "429");
}

TEST(Result, AValueCanBeMovedOut) {
  Result<std::unique_ptr<int>> made = std::make_unique<int>(3);

  const auto owned = std::move(made).value();

  EXPECT_EQ(*owned, 3);
}

TEST(Result, AnErrorAsValueTypeStillHasTwoSides) {
  const Status done = Done{};

  EXPECT_TRUE(done.ok());
}

TEST(Ids, AreComparedAndHashedByTheirText) {
  using Sku = TextId<struct SkuTag>;
  const std::unordered_set<Sku> skus = {Sku{"A"}, Sku{"B"}, Sku{"A"}};

  EXPECT_EQ(skus.size(), 2U);
  EXPECT_LT(Sku{"A"}, Sku{"B"});
  EXPECT_TRUE(Sku{}.empty());
}

TEST(Clock, ManualClockStandsStillUntilTold) {
  ManualClock clock(from_unix_ms(1'000));

  EXPECT_EQ(to_unix_ms(clock.now()), 1'000);
  clock.advance(250ms);
  EXPECT_EQ(to_unix_ms(clock.now()), 1'250);
  EXPECT_EQ(to_unix_s(clock.now()), 1);
  clock.set(from_unix_s(-1));
  EXPECT_EQ(to_unix_ms(clock.now()), -1'000);
  EXPECT_EQ(to_unix_s(from_unix_ms(-1)), -1);
}

TEST(Digest, IsShortStableAndDependsOnEveryByte) {
  const auto empty = fingerprint("");

  EXPECT_EQ(empty, "cae66941d9efbd404e4d88758ea67670");
  EXPECT_EQ(empty.size(), 32U);
  EXPECT_EQ(fingerprint("rau má"), fingerprint("rau má"));
  EXPECT_NE(fingerprint("rau má"), fingerprint("rau mà"));
  EXPECT_NE(fingerprint(std::string_view("\0", 1)), empty);
}

}  // namespace
}  // namespace base
