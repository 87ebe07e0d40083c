#include "connectors/common/worksheet/worksheet_xlsx.h"

#include <xlsxwriter.h>

#include <charconv>
#include <iterator>
#include <optional>

namespace connectors::common {
namespace {

constexpr double kWidths[] = {5, 12, 18, 44, 18, 8, 10, 11, 11, 9, 9, 50, 30, 30, 24, 17, 9};
constexpr std::int64_t kExactMax = std::int64_t{1} << 53;  // a cell's number is a double
constexpr std::uint8_t kPaperA4 = 9;

// What the number column holds, where a cell can hold it exactly.
std::optional<double> exact_number(const std::string& cell) {
  std::int64_t value = 0;
  const auto* end = cell.data() + cell.size();
  const auto [stop, failure] = std::from_chars(cell.data(), end, value);
  if (failure != std::errc{} || stop != end || value > kExactMax || value < -kExactMax) {
    return std::nullopt;
  }
  return static_cast<double>(value);
}

struct Formats {
  lxw_format* heading;
  lxw_format* number;
  lxw_format* text;
};

Formats add_formats(lxw_workbook* book) {
  Formats formats{workbook_add_format(book), workbook_add_format(book), workbook_add_format(book)};
  format_set_bold(formats.heading);
  format_set_text_wrap(formats.heading);
  format_set_num_format(formats.number, "#,##0");
  format_set_num_format(formats.text, "@");
  format_set_text_wrap(formats.text);
  for (auto* format : {formats.heading, formats.number, formats.text}) {
    format_set_border(format, LXW_BORDER_THIN);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
  }
  return formats;
}

void set_up(lxw_worksheet* sheet) {
  for (std::size_t i = 0; i < std::size(kWidths); ++i) {
    const auto column = static_cast<lxw_col_t>(i);
    worksheet_set_column(sheet, column, column, kWidths[i], nullptr);
  }
  worksheet_freeze_panes(sheet, 1, 0);
  worksheet_repeat_rows(sheet, 0, 0);
  worksheet_set_landscape(sheet);
  worksheet_set_paper(sheet, kPaperA4);
  worksheet_fit_to_pages(sheet, 1, 0);
}

bool write_cell(lxw_worksheet* sheet, const Formats& formats, std::size_t row, std::size_t column,
                const std::string& cell) {
  const auto r = static_cast<lxw_row_t>(row);
  const auto c = static_cast<lxw_col_t>(column);
  if (row == 0) {
    return worksheet_write_string(sheet, r, c, cell.c_str(), formats.heading) == LXW_NO_ERROR;
  }
  const auto number = is_number_column(column) ? exact_number(cell) : std::nullopt;
  if (number) {
    return worksheet_write_number(sheet, r, c, *number, formats.number) == LXW_NO_ERROR;
  }
  return worksheet_write_string(sheet, r, c, safe_cell(cell).c_str(), formats.text) == LXW_NO_ERROR;
}

}  // namespace

bool write_xlsx(const std::filesystem::path& path, const std::vector<SheetRow>& rows) {
  lxw_workbook* book = workbook_new(path.c_str());
  if (book == nullptr) return false;
  lxw_worksheet* sheet = workbook_add_worksheet(book, "Phiếu cập nhật");
  bool whole = sheet != nullptr;
  if (whole) {
    const auto formats = add_formats(book);
    set_up(sheet);
    for (std::size_t r = 0; r < rows.size(); ++r) {
      for (std::size_t c = 0; c < rows[r].size(); ++c) {
        whole = write_cell(sheet, formats, r, c, rows[r][c]) && whole;
      }
    }
  }
  return workbook_close(book) == LXW_NO_ERROR && whole;  // also frees the book
}

}  // namespace connectors::common
