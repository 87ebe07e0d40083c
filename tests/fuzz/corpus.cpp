#include "tests/fuzz/corpus.h"

#include "tests/connectors_sheet/xlsx_maker.h"

namespace fuzz {
namespace {

using sheet_test::text_row;
using sheet_test::Workbook;

Seed workbook(const Workbook& book) {
  auto parts = sheet_test::parts_of(book);
  auto bytes = sheet_test::zip_of(parts);
  return {Kind::xlsx, std::move(bytes), std::move(parts)};
}

Seed order_book() {
  return workbook(
      {.rows = text_row(2, {"Danh sách đơn hàng"}) +
               text_row(4, {"Mã đơn hàng", "Ngày đặt", "Trạng thái", "SKU", "Tên hàng", "Số lượng",
                            "Đơn giá", "Tổng giá trị đơn hàng"}) +
               "<row r=\"5\"><c r=\"A5\" t=\"s\"><v>0</v></c><c r=\"B5\" s=\"1\"><v>46086.5</v></c>"
               "<c r=\"C5\" t=\"s\"><v>1</v></c><c r=\"D5\" t=\"str\"><v>a-1</v></c>"
               "<c r=\"E5\" s=\"2\" t=\"s\"><v>2</v></c><c r=\"F5\"><v>2</v></c>"
               "<c r=\"G5\"><v>185000</v></c><c r=\"H5\"><v>370000</v></c></row>" +
               text_row(6, {"v2", "22/11/2026", "Đã giao", "B", "Nấm &<rơm", "1", "55.000 đ"}) +
               text_row(7, {"Tổng cộng", "", "", "", "", "3"}),
       .strings = "<si><t>v1</t></si><si><t>Mới</t></si>"
                  "<si><r><rPr><rFont val=\"VNI-Times\"/></rPr><t>rau maù</t></r></si>",
       .styles = "<numFmts><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy\"/></numFmts>"
                 "<fonts><font><name val=\"Arial\"/></font><font><name val=\".VnTime\"/></font>"
                 "</fonts><cellXfs><xf/><xf numFmtId=\"164\"/><xf fontId=\"1\"/></cellXfs>"});
}

Seed returned_book() {
  return workbook({.rows = text_row(1, {"STT", "Mã hàng (SKU)", "Đã nhập"}) +
                           text_row(2, {"1", "A", "x"}) + text_row(3, {"2", "B", ""})});
}

}  // namespace

std::vector<Seed> corpus() {
  std::vector<Seed> out;
  out.push_back(order_book());
  out.push_back(returned_book());
  out.push_back({Kind::csv,
                 "\xEF\xBB\xBFMã đơn hàng;Ngày đặt;Trạng thái;SKU;Tên hàng;Số lượng;Đơn giá\r\n"
                 "v1;2026-11-22 08:00;Mới;A;\"Rau; \"\"má\"\"\";2;185.000 đ\r\n"
                 ";;;B;\"hai\r\ndòng\";1;55k\r\nTổng cộng;;;;;3;\r\n"});
  out.push_back(
      {Kind::csv,
       "M\xB7 \xAE\xACn h\xB5ng,Ng\xB5y \xAE\xC6t,Tr\xB9ng th\xB8i,SKU,T\xAAn h\xB5ng,"
       "S\xE8 l\xAD\xEEng,\xA7\xACn gi\xB8\nv1,22/11/2026,\xA7\xB7 giao,A,rau m\xB8,1,1000\n"});
  out.push_back({Kind::csv, "Mã hàng (SKU),Đã nhập\nA,x\nB,\nC,1\n"});
  out.push_back({Kind::csv, std::string("\xFF\xFEM\0\xE3\0,\0S\0K\0U\0\n\0v\0,\0A\0", 22)});
  out.push_back({Kind::xml,
                 "<?xml version=\"1.0\" encoding=\"UTF-8\"?><catalogue version=\"1\">"
                 "<product code=\"A&amp;B\"><name lang=\"vi\">Nấm rơm</name>"
                 "<note><![CDATA[tươi < 2 ngày]]></note><price>55000</price><!-- x --></product>"
                 "</catalogue>"});
  return out;
}

}  // namespace fuzz
