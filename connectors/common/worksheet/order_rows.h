#pragma once
// Row by row from an order export to orders. Private to this folder. Threads: one.
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "connectors/common/worksheet/order_columns.h"
#include "connectors/common/worksheet/order_dates.h"
#include "connectors/common/worksheet/order_file.h"
#include "connectors/common/worksheet/row_problems.h"

namespace connectors::common {

class OrderRows {
 public:
  OrderRows(std::string file_name, const OrderWords& words, OrderLayout layout, DayOrder day_order,
            base::Instant made_at);

  void take(const Row& row);
  OrderFile finish();

 private:
  bool carries_on(const Row& row) const;
  bool read_head(const Row& row, catalog::Order& head);
  bool read_line(const Row& row, catalog::OrderLine& line);
  bool read_price(const Row& row, catalog::OrderLine& line);
  // Nullopt only after complaining; an empty cell is 0.
  std::optional<catalog::Money> read_amount(const Row& row, OrderColumn column);
  void add(const Row& row, const catalog::Order& head, catalog::OrderLine line);
  void complain(const Row& row, OrderColumn column, FileProblem what);

  const std::string file_;
  const OrderWords& words_;
  const OrderLayout layout_;
  const DayOrder day_order_;
  const base::Instant made_at_;
  catalog::Order above_;                      // the order of the row before
  std::map<std::string, std::size_t> index_;  // remote id -> place in out_.orders
  std::set<std::string> refused_;
  std::size_t rows_ = 0;
  bool too_many_ = false;
  OrderFile out_;
};

}  // namespace connectors::common
