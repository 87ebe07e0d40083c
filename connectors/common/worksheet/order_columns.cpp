#include "connectors/common/worksheet/order_columns.h"

#include "base/text.h"
#include "connectors/common/sheet/legacy_text.h"

namespace connectors::common {
namespace {

constexpr std::size_t kHeadingBytesMax = 256;  // a longer cell is no heading

// "don gia (vnd)" and "don gia *" without what is behind the name.
std::string_view without_remark(std::string_view folded) {
  return base::trim(folded.substr(0, folded.find_first_of("(*:")));
}

void add(OrderLayout& layout, OrderColumn column, std::size_t index, const std::string& heading) {
  layout.columns.emplace(column, OrderLayout::Column{index, heading});
}

using Headings = std::map<std::string, OrderColumn, std::less<>>;

enum class Match { as_known, without_remark };

struct Known {
  OrderColumn column;
  std::string heading;
};

std::optional<Known> lookup(const Headings& headings, const std::string& cell, CellMark mark,
                            Match match) {
  if (cell.size() > kHeadingBytesMax) return std::nullopt;
  for (const auto& reading : readings(cell, mark)) {
    const auto folded = base::fold(reading);
    const auto found = headings.find(match == Match::as_known ? folded : without_remark(folded));
    if (found != headings.end()) return Known{found->second, reading};
  }
  return std::nullopt;
}

OrderLayout layout_of(const Row& row, const OrderWords& words) {
  OrderLayout layout;
  layout.heading_line = row.line;
  std::vector<bool> used(row.cells.size(), false);
  for (const auto match : {Match::as_known, Match::without_remark}) {
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      if (used[i] || base::trim(row.cells[i]).empty()) continue;
      const auto known = lookup(words.headings, row.cells[i], row.marks[i], match);
      if (!known) continue;
      add(layout, known->column, i, known->heading);
      used[i] = true;
    }
  }
  return layout;
}

// The second row, its empty cells filled from the first: a heading that spans both stands above.
Row merged(const Row& above, const Row& row) {
  Row out = row;
  if (out.cells.size() < above.cells.size()) {
    out.cells.resize(above.cells.size());
    out.marks.resize(above.cells.size(), CellMark::plain);
  }
  for (std::size_t i = 0; i < above.cells.size(); ++i) {
    if (!base::trim(out.cells[i]).empty()) continue;
    out.cells[i] = above.cells[i];
    out.marks[i] = above.marks[i];
  }
  return out;
}

}  // namespace

std::string_view OrderLayout::cell(const Row& row, OrderColumn column) const {
  const auto found = columns.find(column);
  if (found == columns.end() || found->second.index >= row.cells.size()) return {};
  return base::trim(row.cells[found->second.index]);
}

std::optional<OrderLayout> find_layout(const std::vector<Row>& head, const OrderWords& words) {
  std::optional<OrderLayout> best;
  const auto consider = [&](const Row& row) {
    auto layout = layout_of(row, words);
    const auto least = best ? best->columns.size() + 1 : kHeadingsMin;
    if (layout.columns.size() >= least) best = std::move(layout);
  };
  for (const auto& row : head) consider(row);
  for (std::size_t i = 1; i < head.size(); ++i) consider(merged(head[i - 1], head[i]));
  return best;
}

std::optional<OrderColumn> missing_column(const OrderLayout& layout, const OrderWords& words) {
  for (const auto column : {OrderColumn::id, OrderColumn::date, OrderColumn::status}) {
    if (!layout.has(column)) return column;
  }
  if (!layout.has(OrderColumn::quantity) && words.quantity_if_absent == 0) {
    return OrderColumn::quantity;
  }
  if (!layout.has(OrderColumn::sku) && !layout.has(OrderColumn::variant_sku)) {
    return OrderColumn::sku;
  }
  const bool priced = layout.has(OrderColumn::price) || layout.has(OrderColumn::list_price) ||
                      layout.has(OrderColumn::line_total);
  if (!priced) return OrderColumn::price;
  return std::nullopt;
}

}  // namespace connectors::common
