#pragma once
// A workbook's numbers as people's text. Private to this folder. Nothing here throws.
//   date    46086.5 -> "2026-03-05 12:00:00"; without a time of day "2026-03-05"; below one day
//           "12:00:00"; what is no day of the calendar stays a number
//   number  "185000.0" and "1.85E5" -> "185000"; a whole number beyond 15 digits stays as written
// Threads: safe. Source: ECMA-376 part 1, 18.17.4; day 60 of the 1900 system never was.
#include <string>
#include <string_view>

#include "connectors/common/sheet/xlsx_parts.h"

namespace connectors::common {

std::string number_text(std::string_view raw);
std::string date_text(std::string_view raw, Epoch epoch);

}  // namespace connectors::common
