#include "feed/rules.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace feed {
namespace {

constexpr base::Instant kNow = base::from_unix_s(1'795'500'000);  // 2026-11-24

TEST(FeedRules, TextLosesMarkupControlCharactersAndWhatIsTooLong) {
  EXPECT_EQ(plain_text("  Rau má <b>tươi</b>\n\n ngon<br/>lắm ", 100), "Rau má tươi ngon lắm");
  EXPECT_EQ(plain_text("dưới 5 < 10 kg & \"ngon\"", 100), "dưới 5 < 10 kg & \"ngon\"");
  EXPECT_EQ(plain_text(std::string("a\x01\x7f") + "b", 100), "ab");
  EXPECT_EQ(plain_text("rau ma\xCC\x81", 100), "rau má") << "NFC";
  EXPECT_EQ(plain_text("một hai ba bốn năm sáu", 21), "một hai ba bốn năm");
  const auto long_word = plain_text("rau " + std::string(300, 'x'), 150);
  EXPECT_EQ(base::code_points(long_word), 150U) << "a single long word is cut where it must be";
}

TEST(FeedRules, AGtinIsOnlyOneWhenItsCheckDigitHolds) {
  for (const auto* good :
       {"8936098760019", "8936098760026", "96385074", "036000291452", "18936098760016"}) {
    EXPECT_TRUE(is_gtin(good)) << good;
  }
  for (const auto* bad : {"", "8936098760018", "893609876001", "abc6098760019", "0000000000000",
                          "2012345678903", "0212345678901", "212345678901"}) {
    EXPECT_FALSE(is_gtin(bad)) << bad;
  }
}

TEST(FeedRules, PricesAndWeightsAreWrittenAsDocumented) {
  EXPECT_EQ(price_text(catalog::Money{125'000}), "125000 VND");
  EXPECT_EQ(unit_pricing(500)->measure, "500 g");
  EXPECT_EQ(unit_pricing(500)->base, "100 g");
  EXPECT_EQ(unit_pricing(5'000)->measure, "5 kg");
  EXPECT_EQ(unit_pricing(1'500)->measure, "1500 g");
  EXPECT_EQ(unit_pricing(1'500)->base, "1 kg");
  EXPECT_FALSE(unit_pricing(0).has_value());
  EXPECT_EQ(weight_text(550), "0.55 kg");
  EXPECT_EQ(weight_text(5'000), "5 kg");
  EXPECT_EQ(weight_text(0), "");
}

TEST(FeedRules, AnExpirationIsGivenForTheNextThirtyDaysOnly) {
  EXPECT_EQ(expiration("2026-12-01", kNow), "2026-12-01T23:59:59+07:00");
  EXPECT_EQ(expiration("2026-11-24", kNow), "2026-11-24T23:59:59+07:00");
  EXPECT_EQ(expiration("2026-11-23", kNow), "") << "past";
  EXPECT_EQ(expiration("2027-01-31", kNow), "") << "too far";
  EXPECT_EQ(expiration("", kNow), "");
}

}  // namespace
}  // namespace feed
