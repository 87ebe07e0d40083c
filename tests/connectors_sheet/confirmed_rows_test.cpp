// A worksheet goes out, a clerk ticks what was typed in, the file comes back.
#include "connectors/common/worksheet/confirmed_rows.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "connectors/common/sheet/xlsx_reader.h"
#include "connectors/common/worksheet/worksheet_cells.h"
#include "connectors/common/worksheet/worksheet_files.h"
#include "tests/connectors_sheet/xlsx_maker.h"

namespace connectors::common {
namespace {

using Texts = std::vector<std::string>;

WorksheetLine line(const std::string& sku) {
  WorksheetLine out;
  out.content.sku = catalog::Sku{sku};
  out.content.title.vi = "Rau";
  out.action = "update";
  return out;
}

// The sheet of three goods as CSV, with these words in the last column.
std::string returned_csv(const Texts& ticks) {
  const std::vector<WorksheetLine> lines = {line("A"), line("B"), line("@C")};
  auto rows = worksheet_rows(lines);
  for (std::size_t i = 0; i < ticks.size(); ++i) rows[i + 1].back() = ticks[i];
  return worksheet_csv(rows);
}

Texts skus_of(const ConfirmedRows& rows) {
  Texts out;
  for (const auto& sku : rows.ticked) out.push_back(sku.text);
  return out;
}

ConfirmedRows confirmed(const std::string& bytes) {
  auto read = parse_confirmed("sheet.csv", bytes);
  EXPECT_TRUE(read.ok()) << read.error().message;
  return read ? std::move(read).value() : ConfirmedRows{};
}

TEST(ConfirmedRows, AreTheTickedOnes) {
  const auto got = confirmed(returned_csv({"x", "", " Đã nhập "}));

  EXPECT_EQ(skus_of(got), (Texts{"A", "@C"}));
  EXPECT_EQ(got.open_count, 1U);
  EXPECT_TRUE(got.problems.empty());
}

TEST(ConfirmedRows, AreNoneWhenNothingIsTicked) {
  const auto got = confirmed(returned_csv({"", "chưa", "0"}));

  EXPECT_TRUE(got.ticked.empty());
  EXPECT_EQ(got.open_count, 3U);
}

TEST(ConfirmedRows, AnyOtherWordIsAQuestionAndNoTick) {
  const auto got = confirmed(returned_csv({"x", "hết hàng", ""}));

  EXPECT_EQ(skus_of(got), Texts{"A"});
  ASSERT_EQ(got.problems.size(), 1U);
  EXPECT_EQ(got.problems[0].vendor_code, "unclear_tick");
  EXPECT_NE(got.problems[0].message.find("sheet.csv:3:"), std::string::npos);
}

TEST(ConfirmedRows, TwoAnswersForOneSkuAreAQuestion) {
  const auto got = confirmed("Mã hàng (SKU),Đã nhập\nA,x\nA,\nB,x\nB,x\n");

  EXPECT_EQ(skus_of(got), Texts{"B"});
  EXPECT_EQ(got.problems.size(), 1U);
}

TEST(ConfirmedRows, AreReadFromAWorkbookWithOtherColumnsMoved) {
  const auto got = confirmed(sheet_test::xlsx_of(
      {.rows =
           sheet_test::text_row(1, {"Phiếu cập nhật"}) +
           sheet_test::text_row(3, {"Đã nhập", "Ghi chú", "Mã hàng (SKU)"}) +
           "<row r=\"4\"><c r=\"A4\" t=\"b\"><v>1</v></c><c r=\"C4\" t=\"str\"><v>a</v></c></row>"
           "<row r=\"5\"><c r=\"A5\"><v>1</v></c><c r=\"C5\" t=\"str\"><v>B</v></c></row>"
           "<row r=\"6\"><c r=\"C6\" t=\"str\"><v>C</v></c></row>"}));

  EXPECT_EQ(skus_of(got), (Texts{"A", "B"}));
}

TEST(ConfirmedRows, AnotherFileIsRefused) {
  const auto got = parse_confirmed("orders.csv", "Mã đơn hàng,SKU\nv1,A\n");

  ASSERT_FALSE(got.ok());
  EXPECT_EQ(got.error().vendor_code, "no_tick_column");
}

TEST(WorksheetFiles, TheWorkbookThatGoesOutIsReadBackByOurOwnReader) {
  const auto folder =
      std::filesystem::temp_directory_path() / ("nongsan-confirm-" + std::to_string(::getpid()));
  const std::vector<WorksheetLine> lines = {line("A"), line("=B()")};

  const auto files = write_worksheet(folder, "s-1", "Chợ", lines);
  ASSERT_TRUE(files.ok());
  const auto reader = XlsxReader::from_file((folder / "s-1.xlsx").string());
  const auto empty = read_confirmed(folder / "s-1.xlsx");

  ASSERT_TRUE(reader.ok()) << reader.error().message;
  Row row;
  ASSERT_TRUE(reader.value()->next(row).value());
  EXPECT_EQ(row.cells, worksheet_headings());
  ASSERT_TRUE(reader.value()->next(row).value());
  ASSERT_TRUE(reader.value()->next(row).value());
  EXPECT_EQ(row.cells.at(2), "'=B()");
  ASSERT_TRUE(empty.ok());
  EXPECT_EQ(empty.value().open_count, 2U);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace connectors::common
