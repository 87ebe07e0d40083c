#include "jobs/offers.h"

#include <gtest/gtest.h>

#include "base/time_text.h"

namespace jobs {
namespace {

constexpr const char* kHeading = "rank,sku,special_price_vnd,from,to\n";

TEST(Offers, AreReadByRankWithTheirWindowsInVietnamsTime) {
  const auto offers = parse_offers("tet.csv", std::string("# Tết\n") + kHeading +
                                                  "2,B,,2027-01-25 08:30,2027-02-05\n"
                                                  "1, A ,159000,25/01/2027,05/02/2027 23:59\n");

  ASSERT_TRUE(offers.ok()) << offers.error().message;
  ASSERT_EQ(offers.value().size(), 2U);
  const auto& first = offers.value()[0];
  EXPECT_EQ(first.sku.text, "A");
  EXPECT_EQ(first.special_price, 159'000);
  EXPECT_EQ(base::utc_iso(first.from), "2027-01-24T17:00:00Z");
  EXPECT_FALSE(offers.value()[1].special_price);
}

TEST(Offers, AWrongLineIsNamed) {
  for (const char* line : {"0,A,1,2027-01-25,2027-02-05", "1,,1,2027-01-25,2027-02-05",
                           "1,A,15.9,2027-01-25,2027-02-05", "1,A,1,hôm nay,2027-02-05",
                           "1,A,1,2027-02-05,2027-01-25", "1,A,1,2027-01-25"}) {
    const auto offers = parse_offers("tet.csv", std::string(kHeading) + line);
    ASSERT_FALSE(offers.ok()) << line;
    EXPECT_EQ(offers.error().code, base::ErrorCode::invalid);
    EXPECT_EQ(offers.error().message.find("tet.csv:2: "), 0U) << offers.error().message;
  }
  EXPECT_FALSE(parse_offers("tet.csv", std::string(kHeading) + "1,A,,2027-01-25,2027-02-05\n"
                                                               "2,A,,2027-01-25,2027-02-05\n")
                   .ok());
}

TEST(Offers, AWindowHoldsItsBeginningAndNotItsEnd) {
  Offer offer;
  offer.from = base::from_unix_s(100);
  offer.to = base::from_unix_s(200);
  EXPECT_EQ(phase_of(offer, base::from_unix_s(99)), OfferPhase::coming);
  EXPECT_EQ(phase_of(offer, base::from_unix_s(100)), OfferPhase::running);
  EXPECT_EQ(phase_of(offer, base::from_unix_s(200)), OfferPhase::over);
}

}  // namespace
}  // namespace jobs
