#include "base/text.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace base {
namespace {

TEST(Text, FoldDropsTonesAndCapitalsAndTheBarredD) {
  EXPECT_EQ(fold("Rau má ĐỒNG"), "rau ma dong");
  EXPECT_EQ(fold("lạp xưởng Hữu Châu"), "lap xuong huu chau");
  EXPECT_EQ(fold("Đường phèn đen"), "duong phen den");
}

TEST(Text, FoldMakesBothTonePlacementsAndBothNormalFormsEqual) {
  const std::string decomposed = "ho\u0300a";

  EXPECT_EQ(fold("hoà"), fold("hòa"));
  EXPECT_EQ(fold("thuỷ"), fold("thủy"));
  EXPECT_EQ(fold(decomposed), "hoa");
}

TEST(Text, FoldSqueezesSpaces) {
  EXPECT_EQ(fold("  Cải\t ngồng \n tươi "), "cai ngong tuoi");
  EXPECT_EQ(fold("\u00A0Nấm\u00A0rơm\u00A0"), "nam rom");
  EXPECT_EQ(fold(""), "");
}

TEST(Text, NormaliseComposes) {
  EXPECT_EQ(normalise("o\u0302\u0300"), "ồ");
  EXPECT_EQ(normalise("ồ"), "ồ");
}

TEST(Text, NormaliseReplacesBytesThatAreNotUtf8) {
  const std::string broken = "rau \xFF m\xC3";

  EXPECT_FALSE(is_utf8(broken));
  const auto repaired = normalise(broken);
  EXPECT_TRUE(is_utf8(repaired));
  EXPECT_EQ(repaired, "rau \uFFFD m\uFFFD");
}

TEST(Text, SurrogatesAndOverlongFormsAreNotUtf8) {
  EXPECT_FALSE(is_utf8("\xED\xA0\x80"));
  EXPECT_FALSE(is_utf8("\xC0\xAF"));
  EXPECT_FALSE(is_utf8("\xF5\x80\x80\x80"));
  EXPECT_TRUE(is_utf8("gạo 🌾"));
  EXPECT_TRUE(is_utf8(""));
}

TEST(Text, CodePointsCountWhatTheChannelsCount) {
  const std::string title = "Thanh long sấy dẻo Dương Xuân – 500g";

  EXPECT_EQ(title.size(), 45U);
  EXPECT_EQ(code_points(title), 36U);
  EXPECT_EQ(code_points("🌾"), 1U);
}

TEST(Text, ShortenCutsAtAWord) {
  EXPECT_EQ(shorten("Thanh long ruột đỏ", 17), "Thanh long ruột");
  EXPECT_EQ(shorten("Thanh long", 10), "Thanh long");
  EXPECT_EQ(shorten("Thanhlongruotdo", 5), "Thanh");
}

TEST(Text, TrimKnowsTheNoBreakSpace) {
  EXPECT_EQ(trim(" \u00A0 \tnấm\u00A0 \r\n"), "nấm");
  EXPECT_EQ(trim(" \u00A0 "), "");
}

RC_GTEST_PROP(Text, AnyBytesNormaliseToStableUtf8, (const std::string& bytes)) {
  const auto once = normalise(bytes);

  RC_ASSERT(is_utf8(once));
  RC_ASSERT(normalise(once) == once);
}

RC_GTEST_PROP(Text, ShortenNeverExceedsItsLimit, (const std::string& bytes)) {
  const auto text = normalise(bytes);
  const auto limit = *rc::gen::inRange<std::size_t>(1, 40);

  RC_ASSERT(code_points(shorten(text, limit)) <= limit);
}

}  // namespace
}  // namespace base
