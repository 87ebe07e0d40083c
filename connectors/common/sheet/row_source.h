#pragma once
// Rows of cells as text, one at a time, from a file that people made: CSV or XLSX, the same to the
// reader of orders and of returned worksheets.
//
//   auto rows = open_rows(bytes, {});
//   if (!rows) return rows.error();
//   for (Row row;;) {
//     auto more = rows.value()->next(row);
//     if (!more) return more.error();
//     if (!more.value()) break;
//     use(row);                       // row.line is what a person sees beside the row
//   }
//
//   cells   UTF-8, never with a byte that is not; a row without any text is skipped
//   marks   one for each cell: what is known of the coding of its text (legacy_text.h)
// Errors: rejected, with the cure in both languages and a stable name in vendor_code; after an
// error the same error. Nothing throws but for lack of memory. Threads: one per object.
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace connectors::common {

inline constexpr std::size_t kColumnsMax = 512;
inline constexpr int kRowsMax = 1'048'576;  // as a spreadsheet has
inline constexpr std::size_t kCellBytesMax = std::size_t{128} << 10;
inline constexpr std::size_t kRowBytesMax = std::size_t{1} << 20;

enum class CellMark : unsigned char {
  plain,
  bytes,     // the file was no UTF-8: each byte stands here as its Windows-1252 character
  font_vni,  // the cell's font says so
  font_tcvn3,
};

struct Row {
  int line = 0;  // 1 is the first of the file
  std::vector<std::string> cells;
  std::vector<CellMark> marks;
};

class RowSource {
 public:
  virtual ~RowSource() = default;
  // False at the end. The strings of `row` are used again.
  virtual base::Result<bool> next(Row& row) = 0;
};

// One error about a file: "<vi> / <en>".
base::Error sheet_error(std::string_view name, std::string_view vi, std::string_view en);

}  // namespace connectors::common
