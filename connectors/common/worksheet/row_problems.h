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
  not_utf8,
  no_heading_row,
  column_missing,
  unknown_status,
  bad_date,
  no_order_id,
  no_sku,
  bad_quantity,
  bad_price,
  bad_amount,
  too_many_lines,
};

struct Place {
  std::string file;
  int line = 0;        // 0: the whole file
  std::string column;  // as the file calls it; empty: none
  std::string value;
};

// "orders.csv:7: cột "Số lượng", giá trị "2,5": <cure vi> / <cure en>"
base::Error problem(FileProblem what, const Place& place);

}  // namespace connectors::common
