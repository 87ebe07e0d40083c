#pragma once
// Opens what a clerk saved, by what is in it and not by its name.
//   "PK.."                 a workbook (XLSX)
//   FF FE, EF BB BF, text  CSV
//   D0 CF 11 E0            an old workbook (XLS) or one with a password: refused, with the cure
// The bytes outlive the rows. Errors: as row_source.h. Threads: safe.
#include "connectors/common/sheet/row_source.h"

namespace connectors::common {

enum class SheetKind { csv, xlsx, old_workbook };
SheetKind sheet_kind(std::string_view bytes);

struct SheetChoice {
  char separator = ',';    // of a CSV
  std::string sheet_name;  // of a workbook; empty: its first visible sheet
};
base::Result<std::unique_ptr<RowSource>> open_rows(std::string_view bytes,
                                                   const SheetChoice& choice);

// A CSV in UTF-16 (a spreadsheet's "Unicode text", known by its mark) as UTF-8; else unchanged.
std::string without_utf16(std::string bytes);

}  // namespace connectors::common
