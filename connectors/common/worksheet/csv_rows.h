#pragma once
// A CSV text as rows of cells with the line each row starts on (libcsv). Private to this folder.
// Blank lines are skipped but counted. Quotes are read leniently, as spreadsheets do.
// Nothing here throws but for lack of memory. Threads: safe.
#include <string>
#include <string_view>
#include <vector>

namespace connectors::common {

struct CsvRow {
  int line = 0;  // 1 is the first of the file
  std::vector<std::string> cells;
};

// Any of "\n", "\r\n" and "\r" ends a line. At most `rows_max` rows; 0: all.
std::vector<CsvRow> read_csv(std::string_view text, char separator, std::size_t rows_max = 0);

}  // namespace connectors::common
