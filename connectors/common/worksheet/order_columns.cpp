#include "connectors/common/worksheet/order_columns.h"

#include <array>

#include "base/text.h"

namespace connectors::common {
namespace {

constexpr std::array<char, 3> kSeparators = {',', ';', '\t'};

// "don gia (vnd)" and "don gia *" without what is behind the name.
std::string_view without_remark(std::string_view folded) {
  return base::trim(folded.substr(0, folded.find_first_of("(*:")));
}

void add(OrderLayout& layout, OrderColumn column, std::size_t index, const std::string& heading) {
  layout.columns.emplace(column, OrderLayout::Column{index, heading});
}

OrderLayout layout_of(const CsvRow& row, const OrderWords& words) {
  OrderLayout layout;
  layout.heading_line = row.line;
  std::vector<std::string> folded;
  for (const auto& cell : row.cells) folded.push_back(base::fold(cell));
  std::vector<bool> used(folded.size(), false);
  for (std::size_t i = 0; i < folded.size(); ++i) {
    const auto known = words.headings.find(folded[i]);
    if (known == words.headings.end()) continue;
    add(layout, known->second, i, row.cells[i]);
    used[i] = true;
  }
  for (std::size_t i = 0; i < folded.size(); ++i) {
    const auto known = words.headings.find(without_remark(folded[i]));
    if (!used[i] && known != words.headings.end()) add(layout, known->second, i, row.cells[i]);
  }
  return layout;
}

}  // namespace

std::string_view OrderLayout::cell(const CsvRow& row, OrderColumn column) const {
  const auto found = columns.find(column);
  if (found == columns.end() || found->second.index >= row.cells.size()) return {};
  return base::trim(row.cells[found->second.index]);
}

std::optional<OrderLayout> find_layout(std::string_view text, const OrderWords& words) {
  std::optional<OrderLayout> best;
  for (const char separator : kSeparators) {
    for (const auto& row : read_csv(text, separator, kHeadingRowsMax)) {
      auto layout = layout_of(row, words);
      layout.separator = separator;
      const auto least = best ? best->columns.size() + 1 : kHeadingsMin;
      if (layout.columns.size() >= least) best = std::move(layout);
    }
  }
  return best;
}

std::optional<OrderColumn> missing_column(const OrderLayout& layout) {
  for (const auto column :
       {OrderColumn::id, OrderColumn::date, OrderColumn::status, OrderColumn::quantity}) {
    if (!layout.has(column)) return column;
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
