#include "catalog/money.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <numeric>

#include "catalog/account.h"

namespace catalog {
namespace {

struct Written {
  const char* text;
  std::int64_t dong;
};

TEST(Money, ReadsEveryNotationPeopleUse) {
  for (const auto& [text, dong] :
       std::initializer_list<Written>{{"25000", 25'000},        {"25.000", 25'000},
                                      {"25,000", 25'000},       {"25 000", 25'000},
                                      {"25000đ", 25'000},       {"25.000 đ", 25'000},
                                      {"25.000 VND", 25'000},   {"25000 đồng", 25'000},
                                      {"25k", 25'000},          {"25 K", 25'000},
                                      {"25 ngàn", 25'000},      {"25 nghìn", 25'000},
                                      {"1tr2", 1'200'000},      {"1,2 triệu", 1'200'000},
                                      {"1.2tr", 1'200'000},     {"2 triệu", 2'000'000},
                                      {"45000.00", 45'000},     {"1.250.000", 1'250'000},
                                      {"1,250,000", 1'250'000}, {"'90.000", 90'000},
                                      {"12,5k", 12'500},        {"0", 0}}) {
    const auto read = parse_money(text);
    ASSERT_TRUE(read.has_value()) << text;
    EXPECT_EQ(read->minor, dong) << text;
  }
}

TEST(Money, RefusesWhatCouldBeReadTwoWays) {
  for (const auto* text : {"",
                           "đ",
                           "abc",
                           "25.00.0",
                           "25.0000",
                           "1.2",
                           "25,5",
                           "-25000",
                           "1tr25",
                           "25k5",
                           "2 5000",
                           "25..000",
                           "25.",
                           ".5",
                           "1e5",
                           "8.0203E+10",
                           "99999999999999999999",
                           "1000000000001",
                           "45000.50",
                           "0x10",
                           "25.000.00"}) {
    EXPECT_FALSE(parse_money(text).has_value()) << text;
  }
}

TEST(Money, WritesDotsBetweenThousands) {
  EXPECT_EQ(to_text(Money{0}), "0 đ");
  EXPECT_EQ(to_text(Money{999}), "999 đ");
  EXPECT_EQ(to_text(Money{65'000}), "65.000 đ");
  EXPECT_EQ(to_text(Money{-1'234'567}), "-1.234.567 đ");
}

RC_GTEST_PROP(Money, WhatIsWrittenIsReadBack, ()) {
  const auto amount = Money{*rc::gen::inRange<std::int64_t>(0, kPriceMax)};

  RC_ASSERT(parse_money(to_text(amount)) == amount);
  RC_ASSERT(parse_money(std::to_string(amount.minor)) == amount);
}

RC_GTEST_PROP(Money, NoBytesUpsetTheReader, (const std::string& bytes)) {
  const auto read = parse_money(bytes);

  RC_ASSERT(!read || (read->minor >= 0 && read->minor <= kPriceMax));
}

RC_GTEST_PROP(Money, SplitSumsExactly, ()) {
  const Money total{*rc::gen::inRange<std::int64_t>(-kPriceMax, kPriceMax)};
  const auto parts = *rc::gen::inRange(1, 60);

  const auto shares = split(total, parts);

  RC_ASSERT(std::ssize(shares) == parts);
  RC_ASSERT(std::accumulate(shares.begin(), shares.end(), Money{}) == total);
  const auto [least, most] = std::minmax_element(
      shares.begin(), shares.end(), [](Money a, Money b) { return a.minor < b.minor; });
  RC_ASSERT(most->minor - least->minor <= 1);
}

TEST(Money, TheFirstPartsCarryTheRemainder) {
  EXPECT_EQ(split(Money{100}, 3), (std::vector<Money>{{34}, {33}, {33}}));
  EXPECT_EQ(split(Money{-100}, 3), (std::vector<Money>{{-34}, {-33}, {-33}}));
}

TEST(Money, CountsPacks) {
  EXPECT_EQ(Money{25'000} * 3 + Money{15'000} - Money{5'000}, Money{85'000});
}

TEST(PriceOn, AddsTheMarkupAndRoundsUp) {
  EXPECT_EQ(price_on({.markup_permille = 80, .round_up_to = 500}, Money{25'000}), Money{27'000});
  EXPECT_EQ(price_on({.markup_permille = 80, .round_up_to = 1'000}, Money{25'100}), Money{28'000});
  EXPECT_EQ(price_on({}, Money{25'001}), Money{25'001});
  EXPECT_EQ(price_on({.markup_permille = 1, .round_up_to = 0}, Money{1'500}), Money{1'502});
}

RC_GTEST_PROP(PriceOn, IsNeverBelowTheBaseAndAlwaysRound, ()) {
  const Money base{*rc::gen::inRange<std::int64_t>(1, 1'000'000'000)};
  const auto markup = *rc::gen::inRange(0, 1'000);
  const auto step = *rc::gen::element<std::int64_t>(1, 100, 500, 1'000);

  const auto price = price_on({.markup_permille = markup, .round_up_to = step}, base);

  RC_ASSERT(price.minor >= base.minor);
  RC_ASSERT(price.minor % step == 0);
  RC_ASSERT(price.minor < base.minor + base.minor * markup / 1'000 + 1 + step);
}

}  // namespace
}  // namespace catalog
