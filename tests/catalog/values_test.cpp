// Check digits, papers and their days, quantities as people say them, differences to the channel.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "catalog/producer.h"
#include "catalog/product.h"
#include "catalog/quantity.h"
#include "catalog/reconcile.h"

namespace catalog {
namespace {

TEST(TaxCode, KnowsItsCheckDigit) {
  for (const auto* code : {"0100109106", "1100987656", "3901122337", "0100109106-001"}) {
    EXPECT_TRUE(tax_code_is_valid(code)) << code;
  }
  for (const auto* code : {"0100109107", "1100987655", "", "010010910", "01001091060", "010010910X",
                           "0100109106-01", "0100109106-0A1", "0100109106001"}) {
    EXPECT_FALSE(tax_code_is_valid(code)) << code;
  }
}

RC_GTEST_PROP(TaxCode, NoSingleWrongDigitPasses, ()) {
  std::string code = "1100987656";
  const auto at = *rc::gen::inRange<std::size_t>(0, 10);
  const auto digit = *rc::gen::inRange('0', static_cast<char>('9' + 1));
  RC_PRE(code[at] != digit);
  code[at] = digit;

  RC_ASSERT(!tax_code_is_valid(code));
}

TEST(Gtin, KnowsItsCheckDigit) {
  EXPECT_TRUE(gtin13_is_valid("8936098760019"));
  EXPECT_TRUE(gtin13_is_valid("8936098760026"));
  for (const auto* code :
       {"8936098760018", "", "893609876001", "89360987600190", "893609876001X"}) {
    EXPECT_FALSE(gtin13_is_valid(code)) << code;
  }
}

TEST(Certificate, IsShownFromItsFirstDayToItsLast) {
  Certificate paper;
  paper.issued_on = "2025-03-01";
  paper.expires_on = "2028-02-29";

  EXPECT_FALSE(is_shown_on(paper, "2025-02-28"));
  EXPECT_TRUE(is_shown_on(paper, "2025-03-01"));
  EXPECT_TRUE(is_shown_on(paper, "2028-02-29"));
  EXPECT_FALSE(is_shown_on(paper, "2028-03-01"));
  EXPECT_TRUE(is_shown_on(Certificate{}, "1999-01-01"));
}

TEST(Quantity, IsReadAsPeopleSayIt) {
  EXPECT_EQ(parse_quantity("3 tạ 2", BaseUnit::gram), 320'000);
  EXPECT_EQ(parse_quantity("1 tấn rưỡi", BaseUnit::gram), 1'500'000);
  EXPECT_EQ(parse_quantity("1,5 tấn", BaseUnit::gram), 1'500'000);
  EXPECT_EQ(parse_quantity("5 lạng", BaseUnit::gram), 500);
  EXPECT_EQ(parse_quantity("320kg", BaseUnit::gram), 320'000);
  EXPECT_EQ(parse_quantity("12 con", BaseUnit::piece), 12);
  EXPECT_EQ(parse_quantity("250", BaseUnit::gram), 250);
  EXPECT_FALSE(parse_quantity("1.500 kg", BaseUnit::gram));
  EXPECT_FALSE(parse_quantity("12,5 con", BaseUnit::piece));
  EXPECT_FALSE(parse_quantity("-3 kg", BaseUnit::gram));
  EXPECT_FALSE(parse_quantity("3 kg", BaseUnit::piece));
}

RC_GTEST_PROP(Quantity, WhatIsWrittenIsReadBack, ()) {
  const auto grams = *rc::gen::inRange<std::int64_t>(0, 100'000'000);

  RC_ASSERT(parse_quantity(quantity_text(grams, BaseUnit::gram), BaseUnit::gram) == grams);
}

ListingView same_on_both_sides() {
  ListingView view;
  view.account = "a";
  view.sku = "SKU";
  view.state = ListingState::live;
  view.content_hash = view.sent_content_hash = "h";
  view.price = view.seen_price = 25'000;
  view.stock_target = view.seen_stock = 4;
  view.seen = view.seen_visible = true;
  return view;
}

std::string found_in(const ListingView& view) {
  std::string out;
  differences(view, [&](const Difference& difference) {
    EXPECT_EQ(difference.account.text, "a");
    EXPECT_EQ(difference.sku.text, "SKU");
    out += std::string(to_string(difference.kind)) + "(" + difference.wanted + "|" +
           difference.seen + ")";
  });
  return out;
}

TEST(Reconcile, FindsNothingWhereNothingDiffers) {
  EXPECT_EQ(found_in(same_on_both_sides()), "");
}

TEST(Reconcile, NamesEveryDifferenceOfALiveListing) {
  auto view = same_on_both_sides();
  view.sent_content_hash = "older";
  view.seen_price = 24'000;
  view.seen_stock = 9;
  view.seen_visible = false;

  EXPECT_EQ(found_in(view), "content(|)price(25000|24000)stock(4|9)visibility(visible|hidden)");
}

TEST(Reconcile, SalesThatNobodyReportsAreNoDifferenceOfStockTypedByAPerson) {
  auto view = same_on_both_sides();
  view.stock_target = 3;  // one of the four was sold
  view.stock_is_reckoned = true;
  view.reckoned_stock = 3;
  EXPECT_EQ(found_in(view), "");

  view.stock_target = 2;

  EXPECT_EQ(found_in(view), "stock(2|3)");
}

TEST(Reconcile, SaysWhyAListingIsNotThere) {
  auto view = same_on_both_sides();
  view.seen = false;
  EXPECT_EQ(found_in(view), "missing(|)");
  view.state = ListingState::creating;
  EXPECT_EQ(found_in(view), "missing(|)");
  view.state = ListingState::declared;
  EXPECT_EQ(found_in(view), "unconfirmed(|)");
  view.state = ListingState::held;
  view.held_reason = "no picture";
  EXPECT_EQ(found_in(view), "held(|no picture)");
}

TEST(Reconcile, SeesWhatShouldBeGone) {
  auto view = same_on_both_sides();
  view.state = ListingState::withdrawn;
  EXPECT_EQ(found_in(view), "unwanted(hidden|visible)");
  view.seen_visible = false;
  EXPECT_EQ(found_in(view), "");
}

}  // namespace
}  // namespace catalog
