#include "connectors/common/sheet/csv_source.h"

#include <gtest/gtest.h>

#include "connectors/common/sheet/open_rows.h"

namespace connectors::common {
namespace {

using Cells = std::vector<std::string>;

struct Read {
  std::vector<Row> rows;
  std::string error;
};

Read read(std::string_view text, char separator = ',') {
  Read out;
  const auto source = open_csv(text, separator);
  for (Row row;;) {
    const auto more = source->next(row);
    if (!more) out.error = more.error().vendor_code;
    if (!more || !more.value()) return out;
    out.rows.push_back(row);
  }
}

TEST(CsvSource, CountsLinesThroughBlankOnesAndQuotedBreaks) {
  const auto rows = read("a,b\r\n\r\n\"c\nc\",d\r\re,\"f\"\"g\"").rows;

  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].line, 1);
  EXPECT_EQ(rows[1].line, 3);
  EXPECT_EQ(rows[1].cells, (Cells{"c\nc", "d"}));
  EXPECT_EQ(rows[2].line, 6);
  EXPECT_EQ(rows[2].cells, (Cells{"e", "f\"g"}));
}

TEST(CsvSource, GivesTheSameRowsHoweverThePiecesFall) {
  std::string text = "\xEF\xBB\xBF";
  for (int i = 1; i <= 5'000; ++i) text += "D" + std::to_string(i) + ";\"a;b\r\nc\";x\r\n";

  const auto got = read(text, ';');

  ASSERT_EQ(got.rows.size(), 5'000U);
  for (int i = 1; i <= 5'000; ++i) {
    const auto& row = got.rows[static_cast<std::size_t>(i) - 1];
    ASSERT_EQ(row.cells, (Cells{"D" + std::to_string(i), "a;b\nc", "x"}));
    ASSERT_EQ(row.line, i * 2 - 1);
  }
}

TEST(CsvSource, MarksTheCellsThatAreNoUtf8) {
  const auto rows = read("l\xB9p,rau m\xC3\xA1,x").rows;

  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].cells, (Cells{"l\xC2\xB9p", "rau m\xC3\xA1", "x"}));
  EXPECT_EQ(rows[0].marks,
            (std::vector<CellMark>{CellMark::bytes, CellMark::plain, CellMark::plain}));
}

TEST(CsvSource, RefusesWhatIsLargerThanItsCaps) {
  EXPECT_EQ(read(std::string(kColumnsMax + 1, ',')).error, "too_many_columns");
  EXPECT_EQ(read("\"" + std::string(kCellBytesMax * 4, 'x')).error, "cell_too_long");
  EXPECT_EQ(read("a,b\n\"" + std::string(kCellBytesMax + 1, '\n') + "\"").error, "cell_too_long");
}

TEST(OpenRows, ReadsUtf16WhicheverByteComesFirst) {
  const std::string little("\xFF\xFEm\0\xE1\0,\0\xA1\x1E\x3D\xD8\x00\xDE", 14);
  const std::string big("\xFE\xFF\0m\0\xE1", 6);

  EXPECT_EQ(without_utf16(little), "m\xC3\xA1,ạ\xF0\x9F\x98\x80");
  EXPECT_EQ(without_utf16(big), "m\xC3\xA1");
  EXPECT_EQ(without_utf16("plain"), "plain");
}

}  // namespace
}  // namespace connectors::common
