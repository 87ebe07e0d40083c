#pragma once
// What can be wrong in a file that people make, translated once: code, and the cure in both
// languages. Private to this folder and the worksheet channels. Threads: safe.
#include <string>
#include <string_view>

#include "base/error.h"

namespace connectors::common {

enum class FileProblem {
  not_readable,
  too_large,
  too_many_files,
  no_heading_row,
  column_missing,
  unknown_status,
  bad_date,
  no_order_id,
  rounded_order_id,
  no_sku,
  bad_quantity,
  bad_price,
  bad_amount,
  too_many_lines,
  too_many_rows,
  no_tick_column,
  unclear_tick,
};

struct Place {
  std::string file;
  int line = 0;        // 0: the whole file
  std::string column;  // as the file calls it; empty: none
  std::string value;
};

// "orders.csv:7: cột "Số lượng", giá trị "2,5": <cure vi> / <cure en>"
base::Error problem(FileProblem what, const Place& place);
// An error of the rows themselves (sheet/row_source.h) with the file's name.
base::Error in_file(const std::string& file, base::Error error);

}  // namespace connectors::common
