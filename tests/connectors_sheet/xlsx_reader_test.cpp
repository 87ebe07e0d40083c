#include "connectors/common/sheet/xlsx_reader.h"

#include <gtest/gtest.h>

#include "connectors/common/sheet/open_rows.h"
#include "tests/connectors_sheet/xlsx_maker.h"

namespace connectors::common {
namespace {

using sheet_test::Workbook;
using sheet_test::xlsx_of;
using Cells = std::vector<std::string>;

struct Read {
  std::vector<Row> rows;
  std::string error;  // its stable name
};

Read read_bytes(const std::string& bytes, std::string_view sheet = {}) {
  Read out;
  auto reader = XlsxReader::from_bytes(bytes, sheet);
  if (!reader) return {{}, reader.error().vendor_code};
  for (Row row;;) {
    const auto more = reader.value()->next(row);
    if (!more) out.error = more.error().vendor_code;
    if (!more || !more.value()) return out;
    out.rows.push_back(row);
  }
}

Read read(const Workbook& book) {
  return read_bytes(xlsx_of(book));
}

Cells only_row(const Workbook& book) {
  const auto got = read(book);
  EXPECT_EQ(got.error, "");
  EXPECT_EQ(got.rows.size(), 1U);
  return got.rows.empty() ? Cells{} : got.rows.front().cells;
}

TEST(XlsxReader, ReadsSharedInlineAndFormulaTexts) {
  const auto cells =
      only_row({.rows = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>1</v></c>"
                        "<c r=\"B1\" t=\"inlineStr\"><is><t>Rau m\xC3\xA1</t></is></c>"
                        "<c r=\"C1\" t=\"str\"><f>A1&amp;\"x\"</f><v>a&amp;b</v></c></row>",
                .strings = "<si><t>no</t></si><si><r><t>Thanh </t></r><r><t>long</t></r>"
                           "<rPh sb=\"0\" eb=\"1\"><t>tan</t></rPh></si>"});

  EXPECT_EQ(cells, (Cells{"Thanh long", "Rau m\xC3\xA1", "a&b"}));
}

TEST(XlsxReader, ReadsNumbersBooleansAndErrorsAsPeopleSeeThem) {
  const auto cells =
      only_row({.rows = "<row r=\"1\"><c><v>185000</v></c><c><v>1.85E5</v></c><c><v>0.1</v></c>"
                        "<c t=\"b\"><v>1</v></c><c t=\"b\"><v>0</v></c><c t=\"e\"><v>#N/A</v></c>"
                        "<c><v>2.5112209876543201E17</v></c></row>"});

  EXPECT_EQ(cells,
            (Cells{"185000", "185000", "0.1", "TRUE", "FALSE", "#N/A", "2.5112209876543201E17"}));
}

TEST(XlsxReader, ReadsDatesByTheCellsFormat) {
  const Workbook book{
      .rows =
          "<row r=\"1\"><c s=\"1\"><v>46086</v></c><c s=\"2\"><v>46086.354166666664</v></c>"
          "<c s=\"0\"><v>46086</v></c><c s=\"3\"><v>46086</v></c><c s=\"1\"><v>59</v></c>"
          "<c s=\"1\"><v>61</v></c><c s=\"1\"><v>0.5</v></c><c s=\"1\"><v>60</v></c></row>",
      .styles =
          "<numFmts><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy\\ hh:mm\"/>"
          "<numFmt numFmtId=\"165\" formatCode=\"[Red]#,##0&quot; d&quot;\"/></numFmts>"
          "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
          "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/>"
          "<xf numFmtId=\"165\"/></cellXfs>"};

  EXPECT_EQ(only_row(book), (Cells{"2026-03-05", "2026-03-05 08:30:00", "46086", "46086",
                                   "1900-02-28", "1900-03-01", "12:00:00", "60"}));
}

TEST(XlsxReader, KnowsTheOtherEpoch) {
  const auto cells =
      only_row({.rows = "<row><c s=\"1\"><v>44624</v></c></row>",
                .styles = "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"22\"/></cellXfs>",
                .book_properties = "<workbookPr date1904=\"1\"/>"});

  EXPECT_EQ(cells, Cells{"2026-03-05"});
}

TEST(XlsxReader, KeepsTheRowNumbersAndLeavesEmptyRowsAndCellsOut) {
  const auto got =
      read({.rows = "<row r=\"2\"><c r=\"A2\" s=\"1\"/></row>"
                    "<row r=\"5\"><c r=\"C5\"><v>1</v></c><c r=\"XFD5\" s=\"1\"/></row>"
                    "<row r=\"9\"><c r=\"A9\" t=\"str\"><v>  </v></c></row>"
                    "<row><c><v>7</v></c></row>"});

  ASSERT_EQ(got.rows.size(), 2U);
  EXPECT_EQ(got.rows[0].line, 5);
  EXPECT_EQ(got.rows[0].cells, (Cells{"", "", "1"}));
  EXPECT_EQ(got.rows[1].line, 10);
}

TEST(XlsxReader, MarksOldFontsOfCellsAndOfStrings) {
  const auto got = read(
      {.rows = "<row><c s=\"1\" t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c s=\"2\" t=\"s\">"
               "<v>0</v></c></row>",
       .strings = "<si><t>a</t></si><si><r><rPr><rFont val=\".VnTime\"/></rPr><t>b</t></r></si>",
       .styles = "<fonts><font><name val=\"Arial\"/></font><font><name val=\"VNI-Times\"/></font>"
                 "</fonts><cellXfs><xf fontId=\"0\"/><xf fontId=\"1\"/><xf/></cellXfs>"});

  ASSERT_EQ(got.rows.size(), 1U);
  EXPECT_EQ(got.rows[0].marks,
            (std::vector<CellMark>{CellMark::font_vni, CellMark::font_tcvn3, CellMark::plain}));
}

TEST(XlsxReader, TakesTheFirstVisibleSheetOrTheNamedOne) {
  auto parts = sheet_test::parts_of({.rows = "<row><c><v>1</v></c></row>"});
  parts.emplace_back("xl/worksheets/sheet2.xml",
                     "<worksheet><sheetData><row><c><v>2</v></c></row></sheetData></worksheet>");
  for (auto& [name, xml] : parts) {
    if (name == "xl/workbook.xml") {
      xml =
          "<workbook xmlns:r=\"x\"><sheets><sheet name=\"Ẩn\" state=\"hidden\" r:id=\"rId1\"/>"
          "<sheet name=\"Đơn hàng &amp; kho\" r:id=\"rId9\"/></sheets></workbook>";
    }
    const auto at = xml.find("</Relationships>");
    if (name == "xl/_rels/workbook.xml.rels") {
      xml.insert(at,
                 "<Relationship Id=\"rId9\" Type=\"x/worksheet\" "
                 "Target=\"/xl/worksheets/sheet2.xml\"/>");
    }
  }
  const auto bytes = sheet_test::zip_of(parts);

  EXPECT_EQ(read_bytes(bytes).rows.at(0).cells, Cells{"2"});
  EXPECT_EQ(read_bytes(bytes, "don hang & kho").rows.at(0).cells, Cells{"2"});
  EXPECT_EQ(read_bytes(bytes, "ẨN").rows.at(0).cells, Cells{"1"});
  EXPECT_EQ(read_bytes(bytes, "x").error, "no_such_sheet");
}

TEST(XlsxReader, IgnoresHowPathsAreWritten) {
  auto parts = sheet_test::parts_of({.rows = "<row><c><v>1</v></c></row>"});
  for (auto& [name, xml] : parts) {
    if (name == "xl/worksheets/sheet1.xml") name = "XL\\Worksheets\\Sheet1.xml";
  }

  EXPECT_EQ(read_bytes(sheet_test::zip_of(parts)).rows.size(), 1U);
}

TEST(XlsxReader, RefusesADoctypeAnEntityAndBrokenXml) {
  const std::string row = "<row><c t=\"str\"><v>a</v></c></row>";

  EXPECT_EQ(read({.rows = row, .before_rows = "<!DOCTYPE x [<!ENTITY a \"b\">]>"}).error,
            "bad_xml");
  EXPECT_EQ(read({.rows = "<row><c t=\"str\"><v>&lol;</v></c></row>"}).error, "bad_xml");
  EXPECT_EQ(read({.rows = "<row><c></row>"}).error, "bad_xml");
}

TEST(XlsxReader, RefusesWhatIsLargerThanItsCaps) {
  const std::string long_text(kCellBytesMax + 1, 'x');
  std::string wide = "<row>";
  for (std::size_t i = 0; i <= kColumnsMax; ++i) wide += "<c><v>1</v></c>";
  std::string many;
  for (int i = 0; i < 12; ++i) many += "<c t=\"s\"><v>0</v></c>";

  EXPECT_EQ(read({.rows = "<row><c t=\"str\"><v>" + long_text + "</v></c></row>"}).error,
            "cell_too_long");
  EXPECT_EQ(read({.rows = wide + "</row>"}).error, "too_many_columns");
  EXPECT_EQ(
      read({.rows = "<row r=\"1048576\"><c><v>1</v></c></row><row><c><v>1</v></c></row>"}).error,
      "too_many_rows");
  EXPECT_EQ(read({.rows = "<row>" + many + "</row>",
                  .strings = "<si><t>" + std::string(kCellBytesMax, 'x') + "</t></si>"})
                .error,
            "row_too_long");
  EXPECT_EQ(read({.rows = "<row><c t=\"s\"><v>3</v></c></row>"}).error, "bad_cell");
}

TEST(XlsxReader, RefusesWhatIsNoWorkbookByName) {
  const auto kind_error = [](std::string_view bytes) {
    const auto rows = open_rows(bytes, {});
    return rows ? std::string("read") : rows.error().vendor_code;
  };
  const auto book = xlsx_of({.rows = "<row><c><v>1</v></c></row>"});

  EXPECT_EQ(kind_error("\xD0\xCF\x11\xE0..."), "old_workbook");
  EXPECT_EQ(kind_error(sheet_test::zip_of({{"a.txt", "x"}})), "no_workbook");
  EXPECT_EQ(kind_error(book.substr(0, book.size() / 2)), "bad_archive");
  EXPECT_EQ(kind_error(book), "read");
}

TEST(XlsxReader, GivesTheSameRowsHoweverThePiecesFall) {
  std::string rows;
  for (int i = 1; i <= 3'000; ++i) {
    rows += sheet_test::text_row(i, {"D" + std::to_string(i), std::string(40, 'y'), "Nấm & rơm"});
  }

  const auto got = read({.rows = rows});

  ASSERT_EQ(got.rows.size(), 3'000U);
  for (int i = 1; i <= 3'000; ++i) {
    const auto& row = got.rows[static_cast<std::size_t>(i) - 1];
    ASSERT_EQ(row.line, i);
    ASSERT_EQ(row.cells, (Cells{"D" + std::to_string(i), std::string(40, 'y'), "Nấm & rơm"}));
  }
}

}  // namespace
}  // namespace connectors::common
