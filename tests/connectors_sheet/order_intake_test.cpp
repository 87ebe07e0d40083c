// Order exports as clerks have them: workbooks, merged headings, old fonts, Vietnamese dates.
#include <gtest/gtest.h>

#include "base/time_text.h"
#include "connectors/common/worksheet/order_dates.h"
#include "connectors/common/worksheet/order_file.h"
#include "connectors/common/worksheet/order_options.h"
#include "connectors/voso/mapping.h"
#include "tests/connectors_sheet/xlsx_maker.h"

namespace connectors::common {
namespace {

using sheet_test::text_row;
using sheet_test::Workbook;
using sheet_test::xlsx_of;

constexpr base::Instant kMadeAt = base::from_unix_s(1'795'500'000);

const std::vector<std::string> kHeadings = {"Mã đơn hàng", "Ngày đặt", "Trạng thái", "SKU",
                                            "Tên hàng",    "Số lượng", "Đơn giá"};

OrderFile read(const std::string& bytes, const OrderWords& words = voso::order_words()) {
  return parse_order_file("orders.xlsx", bytes, words, kMadeAt);
}

OrderFile read_rows(const std::vector<std::vector<std::string>>& rows) {
  std::string xml = text_row(1, kHeadings);
  for (std::size_t i = 0; i < rows.size(); ++i) xml += text_row(static_cast<int>(i) + 2, rows[i]);
  return read(xlsx_of({.rows = xml}));
}

std::string date_of(std::string_view text, DayOrder order = DayOrder::day_first) {
  const auto at = parse_order_date(text, order);
  return at ? base::local_iso(*at) : "none";
}

TEST(OrderIntake, ReadsAWorkbookWithATitleAMergedHeadingAndASum) {
  const auto got = read(xlsx_of(
      {.rows =
           text_row(2, {"Danh sách đơn hàng"}) +
           text_row(4, {"Mã đơn hàng", "Ngày đặt", "Trạng thái", "Hàng hóa", "", "", ""}) +
           text_row(5, {"", "", "", "SKU", "Tên hàng", "Số lượng", "Đơn giá"}) +
           "<row r=\"6\"><c r=\"A6\" t=\"str\"><v>v1</v></c><c r=\"B6\" s=\"1\">"
           "<v>46086.354166666664</v></c><c r=\"C6\" t=\"str\"><v>Mới</v></c>"
           "<c r=\"D6\" t=\"str\"><v> tl-do-5kg </v></c><c r=\"E6\" t=\"str\"><v>Thanh long</v></c>"
           "<c r=\"F6\"><v>2</v></c><c r=\"G6\"><v>185000</v></c></row>" +
           text_row(7, {"", "", "", "NAM-ROM", "Nấm rơm", "1", "55.000 đ"}) +
           text_row(8, {"Tổng cộng", "", "", "", "", "3", "425.000"}),
       .styles = "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"22\"/></cellXfs>"}));

  ASSERT_EQ(got.orders.size(), 1U) << (got.problems.empty() ? "" : got.problems[0].message);
  const auto& order = got.orders[0];
  EXPECT_EQ(base::local_iso(order.created_at), "2026-03-05T08:30:00+07:00");
  ASSERT_EQ(order.lines.size(), 2U);
  EXPECT_EQ(order.lines[0].sku.text, "TL-DO-5KG");
  EXPECT_EQ(order.goods.minor, 425'000);
  EXPECT_TRUE(got.problems.empty());
}

TEST(OrderIntake, TheSameFileGivesTheSameOrders) {
  const std::vector<std::vector<std::string>> rows = {
      {"v1", "22/11/2026", "Mới", "A", "Rau", "1", "1000"},
      {"v1", "22/11/2026", "Mới", "A", "Rau", "2", "1000"}};

  const auto first = read_rows(rows);
  const auto second = read_rows(rows);

  ASSERT_EQ(first.orders.size(), 1U);
  ASSERT_EQ(second.orders.size(), 1U);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(first.orders[0].lines[i].remote_line_id, second.orders[0].lines[i].remote_line_id);
    EXPECT_EQ(first.orders[0].lines[i].quantity, second.orders[0].lines[i].quantity);
  }
}

TEST(OrderIntake, AnUnknownWordStopsItsOrderAndNamesTheRow) {
  const auto got = read_rows({{"v1", "22/11/2026", "Chờ trời", "A", "Rau", "1", "1000"},
                              {"v2", "22/11/2026", "Mới", "A", "Rau", "1", "1000"}});

  ASSERT_EQ(got.orders.size(), 1U);
  EXPECT_EQ(got.orders[0].remote_id, "v2");
  ASSERT_EQ(got.problems.size(), 1U);
  EXPECT_EQ(got.problems[0].vendor_code, "unknown_status");
  EXPECT_NE(got.problems[0].message.find("orders.xlsx:2:"), std::string::npos);
}

TEST(OrderIntake, ReadsVniByTheFontOfTheCell) {
  const auto got = read(
      xlsx_of({.rows = text_row(1, kHeadings) +
                       "<row r=\"2\"><c t=\"str\"><v>v1</v></c><c t=\"str\"><v>22/11/2026</v></c>"
                       "<c s=\"1\" t=\"str\"><v>Ñaõ giao</v></c><c t=\"str\"><v>A</v></c>"
                       "<c s=\"1\" t=\"str\"><v>rau maù ñoàng</v></c><c><v>1</v></c>"
                       "<c><v>1000</v></c></row>",
               .styles = "<fonts><font><name val=\"Arial\"/></font><font><name val=\"VNI-Times\"/>"
                         "</font></fonts><cellXfs><xf/><xf fontId=\"1\"/></cellXfs>"}));

  ASSERT_EQ(got.orders.size(), 1U) << (got.problems.empty() ? "" : got.problems[0].message);
  EXPECT_EQ(got.orders[0].status, catalog::OrderStatus::delivered);
  EXPECT_EQ(got.orders[0].lines[0].name, "rau má đồng");
}

TEST(OrderIntake, ReadsACsvInTcvnHeadingsAndAll) {
  const std::string csv =
      "M\xB7 \xAE\xACn h\xB5ng,Ng\xB5y \xAE\xC6t,Tr\xB9ng th\xB8i,SKU,T\xAAn h\xB5ng,S\xE8 "
      "l\xAD\xEEng,"
      "\xA7\xACn gi\xB8\nv1,22/11/2026,\xA7\xB7 giao,A,rau m\xB8 \xAE\xE5ng,1,1.000 \xAE\nT\xE6ng "
      "c\xE9ng,,,,,1,\n";

  const auto got = read(csv);

  ASSERT_EQ(got.orders.size(), 1U) << (got.problems.empty() ? "" : got.problems[0].message);
  EXPECT_EQ(got.orders[0].status, catalog::OrderStatus::delivered);
  EXPECT_EQ(got.orders[0].lines[0].name, "rau má đồng");
  EXPECT_EQ(got.orders[0].goods.minor, 1'000);
  EXPECT_TRUE(got.problems.empty());
}

TEST(OrderIntake, AsksOneQuestionAboutAColumnAndTakesTheAnswer) {
  const std::string csv =
      "Mã đơn hàng,Ngày đặt,Trạng thái,SKU,Tên hàng,Số lượng,Đơn giá\n"
      "v1,22/11/2026,Mới,A,s\xE8 m\xE3,1,1000\n";
  auto words = voso::order_words();

  const auto asked = read(csv, words);
  words.coding = Coding::tcvn3;
  const auto told = read(csv, words);

  ASSERT_EQ(asked.problems.size(), 1U);
  EXPECT_EQ(asked.problems[0].vendor_code, "unsure_coding");
  EXPECT_FALSE(asked.has_orders);
  ASSERT_EQ(told.orders.size(), 1U);
  EXPECT_EQ(told.orders[0].lines[0].name, decode("sè mã", Coding::tcvn3));
}

TEST(OrderIntake, AFileThatBreaksOffGivesNoOrders) {
  std::string rows =
      text_row(1, kHeadings) + text_row(2, {"v1", "22/11/2026", "Mới", "A", "Rau", "1", "1000"});
  const auto got = read(xlsx_of({.rows = rows + "<row r=\"3\"><c><v>1</c></row>"}));

  EXPECT_TRUE(got.orders.empty());
  EXPECT_FALSE(got.has_orders);
  ASSERT_EQ(got.problems.size(), 1U);
  EXPECT_EQ(got.problems[0].vendor_code, "bad_xml");
}

TEST(OrderIntake, StopsAtAnOrderCodeThatASpreadsheetRounded) {
  const auto got = read_rows({{"2,51122E+17", "22/11/2026", "Mới", "A", "Rau", "1", "1000"}});

  ASSERT_EQ(got.problems.size(), 1U);
  EXPECT_EQ(got.problems[0].vendor_code, "rounded_order_id");
  EXPECT_TRUE(got.orders.empty());
}

TEST(OrderIntake, DecidesTheOrderOfDayAndMonthByTheColumn) {
  const auto got = read_rows({{"v1", "03/05/2026", "Mới", "A", "Rau", "1", "1000"},
                              {"v2", "03/25/2026", "Mới", "A", "Rau", "1", "1000"}});

  ASSERT_EQ(got.orders.size(), 2U);
  EXPECT_EQ(base::local_date(got.orders[0].created_at), "2026-03-05");
  EXPECT_EQ(base::local_date(got.orders[1].created_at), "2026-03-25");
}

TEST(OrderDates, ReadsThemAsPeopleWriteThem) {
  for (const auto* text :
       {"05/03/2026 08:30", "5-3-26 8:30", "08:30 05/03/2026", "2026-03-05 08:30:00",
        "ngày 5 tháng 3 năm 2026 8:30", "5 Mar 2026 08:30", "05.03.2026, 8:30 SA",
        "46086.354166666664", "2026-03-05T08:30:00+07:00", "2026-03-05T01:30:00Z"}) {
    EXPECT_EQ(date_of(text), "2026-03-05T08:30:00+07:00") << text;
  }
  EXPECT_EQ(date_of("5/3/2026 8:30 CH"), "2026-03-05T20:30:00+07:00");
  EXPECT_EQ(date_of("12:05 AM 5/3/2026"), "2026-03-05T00:05:00+07:00");
  EXPECT_EQ(date_of("03/05/2026", DayOrder::month_first), "2026-03-05T00:00:00+07:00");
}

TEST(OrderDates, ReadsNothingIntoWhatIsNoDate) {
  for (const auto* text : {"", "rằm", "23 Chạp", "31/02/2026", "5/3", "05/03/226", "25/25/2026",
                           "12345", "5/3/2026 25:00", "5/3/2026 8", "5/3/2026 14:00 CH", "1e9"}) {
    EXPECT_EQ(date_of(text), "none") << text;
  }
}

TEST(OrderWordFiles, AWrongLineIsNamed) {
  OrderWords words;

  const auto bad = add_words(words, "kind,word,means\nheading,Mã,nothing\n");

  ASSERT_FALSE(bad.ok());
  EXPECT_EQ(bad.error().message, "line 2: no such column nothing");
  EXPECT_FALSE(add_words(words, "status,Mới,new").ok());
  EXPECT_FALSE(add_words(words, "word").ok());
}

TEST(OrderOptions, AnUnknownAnswerIsRefused) {
  const auto words = with_options({}, {catalog::AccountId{"v"}, {{"legacy_text", "ascii"}}});

  ASSERT_FALSE(words.ok());
  EXPECT_EQ(words.error().code, base::ErrorCode::invalid);
}

}  // namespace
}  // namespace connectors::common
