#pragma once
// Reads the order list a clerk exports or pastes: a workbook (XLSX) or CSV with the marketplace's
// own headings. What a file is, its bytes say and not its name.
//
// The heading row is found within the first 20 rows; preamble and total rows are skipped; a row
// whose order cells are empty (merged cells) belongs to the order above; an order's sum, repeated
// on each of its lines, is counted once. A row that cannot be read is reported with file, line,
// column, value and cure, and its order is left out whole; the others go in. Text in an old coding
// is read column by column; where that leaves a doubt, the whole file waits for a person's answer
// (OrderWords::coding). A file that breaks off in the middle gives no orders at all. A buyer's
// name, phone and address are never looked at.
//   quantity   whole packs above 0         money  as catalog::parse_money reads it
//   date       as order_dates.h reads it, local time
// The file is read twice, first only looked at; memory is its bytes (at most kOrderFileBytesMax)
// and its orders. Source: reference of Vietnamese marketplace exports (2026-09). Threads: safe.
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "catalog/order.h"
#include "connectors/common/worksheet/order_words.h"

namespace connectors::common {

struct OrderFile {
  std::vector<catalog::Order> orders;  // in the file's order
  std::vector<base::Error> problems;
  base::Instant made_at;    // when the export was written
  bool has_orders = false;  // it is an order list; false: nothing in it could be read
};

inline constexpr std::size_t kOrderFileBytesMax = std::size_t{20} << 20;
inline constexpr std::size_t kOrderRowsMax = 50'000;
inline constexpr std::size_t kFileProblemsMax = 1'000;  // told of one file; more say nothing new

// `made_at` is the orders' update time: the file says no other.
OrderFile parse_order_file(const std::string& file_name, std::string bytes, const OrderWords& words,
                           base::Instant made_at);
// What keeps a file from being read is among its problems.
OrderFile read_order_file(const std::filesystem::path& path, const OrderWords& words);

}  // namespace connectors::common
