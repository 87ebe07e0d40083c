#pragma once
// One worksheet as rows of text, and as CSV and a printable page. Pure. Threads: safe.
//   number cells are plain digits, or empty: "as it is"
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/connector.h"

namespace connectors::common {

using SheetRow = std::vector<std::string>;

inline constexpr std::string_view kSkuHeading = "Mã hàng (SKU)";
// The last column, empty: the clerk writes an x and sends the file back (confirmed_rows.h).
inline constexpr std::string_view kTickHeading = "Đã nhập";

SheetRow worksheet_headings();
// The cells of one line in the order of the headings, as people read them.
SheetRow worksheet_cells(std::size_t number, const WorksheetLine& line);
// Headings first.
std::vector<SheetRow> worksheet_rows(std::span<const WorksheetLine> lines);

bool is_number_column(std::size_t column);
// A text that a spreadsheet would take for a formula (= + - @ TAB CR) gets a leading apostrophe.
std::string safe_cell(std::string_view text);

// UTF-8 with BOM, ";", CRLF, formula-safe.
std::string worksheet_csv(const std::vector<SheetRow>& rows);
// One page to print and tick off.
std::string worksheet_html(const std::string& title, const std::vector<SheetRow>& rows);

}  // namespace connectors::common
