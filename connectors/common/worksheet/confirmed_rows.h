#pragma once
// The worksheet as the clerk sends it back, XLSX or CSV: which of its rows are ticked in the column
// "Đã nhập". Everything else in it is the clerk's and is not looked at.
//   ticked      x, v, ✓, 1, TRUE, có, rồi, xong, ok, yes …       not   empty, -, 0, FALSE, không,
//   chưa
// Any other word in that column is a question for a person: the row is named and is not ticked. So
// is a SKU that stands in the file with both answers. Errors: as order files have them
// (row_problems.h). Threads: safe.
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "catalog/ids.h"

namespace connectors::common {

struct ConfirmedRows {
  std::vector<catalog::Sku> ticked;  // each once, in the file's order
  std::size_t open_count = 0;        // rows without a tick
  std::vector<base::Error> problems;
};

base::Result<ConfirmedRows> parse_confirmed(const std::string& file_name, std::string bytes);
base::Result<ConfirmedRows> read_confirmed(const std::filesystem::path& path);

}  // namespace connectors::common
