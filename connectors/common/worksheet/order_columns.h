#pragma once
// Where an order export keeps what: its heading row and its columns, found by known headings, in
// old Vietnamese codings too. Private to this folder. Nothing here throws. Threads: safe.
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/common/sheet/row_source.h"
#include "connectors/common/worksheet/order_words.h"

namespace connectors::common {

inline constexpr std::size_t kHeadingRowsMax = 20;
inline constexpr std::size_t kHeadingsMin = 3;

struct OrderLayout {
  struct Column {
    std::size_t index = 0;
    std::string heading;  // as the file has it
  };
  int heading_line = 0;
  std::map<OrderColumn, Column> columns;

  // The trimmed cell; empty when the column or the cell is not there.
  std::string_view cell(const Row& row, OrderColumn column) const;
  bool has(OrderColumn column) const { return columns.contains(column); }
};

// Of the first rows of a file, the one with most known headings; at least 3, and a heading as it is
// known wins over one with a remark behind it: "Đơn giá (VND)". A heading of two rows, as merged
// cells make it, counts as its second row.
std::optional<OrderLayout> find_layout(const std::vector<Row>& head, const OrderWords& words);

// The first column that an order cannot be read without and that is not there.
std::optional<OrderColumn> missing_column(const OrderLayout& layout, const OrderWords& words);

}  // namespace connectors::common
