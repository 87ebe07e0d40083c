#pragma once
// Dates of an order export as people and spreadsheets write them, local time. Private to this
// folder.
//   dd/MM/yyyy, d-M-yy, dd.MM.yyyy, yyyy-MM-dd, "ngày 5 tháng 3 năm 2026", "16 Jul 2026"
//   HH:mm[:ss] before or after the day, with SA/CH or AM/PM; 46086.5: a spreadsheet's day number
// Day first is the habit here; a column is month first only when its dates cannot be read
// otherwise. Nothing here throws. Threads: values. Source: reference of Vietnamese text §6.3
// (2026-09).
#include <optional>
#include <string_view>

#include "base/clock.h"

namespace connectors::common {

enum class DayOrder { day_first, month_first };

// What the dates of one column say about their order.
class DateColumn {
 public:
  void add(std::string_view text);
  DayOrder order() const;

 private:
  bool first_above_12_ = false;
  bool second_above_12_ = false;
};

std::optional<base::Instant> parse_order_date(std::string_view text, DayOrder order);

}  // namespace connectors::common
