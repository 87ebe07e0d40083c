#pragma once
// Makes workbooks part by part, as spreadsheets write them and as nobody should. For tests.
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sheet_test {

using Parts = std::vector<std::pair<std::string, std::string>>;

// The archive of the parts, deflated, in this order.
std::string zip_of(const Parts& parts);

// A workbook of one visible sheet; the pieces are the XML inside their elements.
struct Workbook {
  std::string rows = {};     // <row>..</row>
  std::string strings = {};  // <si>..</si>
  std::string styles = {};   // <numFmts>.., <fonts>.., <cellXfs>..
  std::string book_properties = {};
  std::string before_rows = {};  // a DOCTYPE
};
Parts parts_of(const Workbook& book);
std::string xlsx_of(const Workbook& book);

// "<row r="3"><c r="A3" t="inlineStr"><is><t>..": one row of plain texts, escaped.
std::string text_row(int line, const std::vector<std::string>& cells);

}  // namespace sheet_test
