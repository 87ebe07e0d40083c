#include "connectors/common/worksheet/order_rows.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"
#include "catalog/money.h"

namespace connectors::common {
namespace {

using catalog::Money;
using catalog::OrderStatus;

constexpr std::size_t kTextMax = 200;  // code points kept of a name and of a status word
constexpr std::size_t kTotalBytesMax = 256;
constexpr std::array<std::string_view, 3> kTotalWords = {"tong cong", "tong so", "tong:"};

bool is_total_word(std::string_view text) {
  const auto folded = base::fold(text);
  return folded == "tong" || std::any_of(kTotalWords.begin(), kTotalWords.end(),
                                         [&](auto word) { return folded.starts_with(word); });
}

// Rows of sums: their first cell that holds anything says so, in an old coding too.
bool is_total_row(const Row& row) {
  const auto first = std::find_if(row.cells.begin(), row.cells.end(),
                                  [](const auto& cell) { return !base::trim(cell).empty(); });
  if (first == row.cells.end()) return true;
  if (first->size() > kTotalBytesMax) return false;
  const auto mark = row.marks[static_cast<std::size_t>(first - row.cells.begin())];
  const auto texts = readings(base::trim(*first), mark);
  return std::any_of(texts.begin(), texts.end(), is_total_word);
}

// A spreadsheet's mark for "this is text" is not part of the text.
std::string_view unquoted(std::string_view text) {
  if (text.starts_with('\'')) text.remove_prefix(1);
  return base::trim(text);
}

// Our SKUs are upper-case ASCII; people type them as they like.
std::string sku_text(std::string_view text) {
  std::string out(unquoted(text));
  std::transform(out.begin(), out.end(), out.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return out;
}

// "2,51122E+17": a spreadsheet took the code for a number, and its last digits are gone.
bool is_rounded(std::string_view id) {
  const auto digits = id.find_first_not_of("0123456789.,");
  if (digits == std::string_view::npos || digits == 0) return false;
  const auto rest = id.substr(digits);
  const auto power = rest.substr(rest.starts_with("E+") || rest.starts_with("e+") ? 2 : 1);
  return (rest.front() == 'E' || rest.front() == 'e') && !power.empty() && power.size() <= 2 &&
         id.substr(0, digits).find_first_of(".,") != std::string_view::npos &&
         power.find_first_not_of("0123456789") == std::string_view::npos;
}

// "3", and "3.0" or "3,00" as some exports write whole numbers.
std::optional<std::int64_t> whole_quantity(std::string_view text) {
  const auto mark = text.find_first_of(".,");
  if (mark != std::string_view::npos) {
    const auto fraction = text.substr(mark + 1);
    const bool zeros = !fraction.empty() && fraction.size() <= 2 &&
                       fraction.find_first_not_of('0') == std::string_view::npos;
    if (!zeros) return std::nullopt;
    text = text.substr(0, mark);
  }
  std::int64_t value = 0;
  const auto [stop, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc{} || stop != text.data() + text.size() || value <= 0) {
    return std::nullopt;
  }
  return value;
}

}  // namespace

OrderRows::OrderRows(std::string file_name, const OrderWords& words, OrderLayout layout,
                     DayOrder day_order, base::Instant made_at)
    : file_(std::move(file_name)),
      words_(words),
      layout_(std::move(layout)),
      day_order_(day_order),
      made_at_(made_at) {}

// Merged cells: the order's own cells stand on its first line only.
bool OrderRows::carries_on(const Row& row) const {
  return layout_.cell(row, OrderColumn::id).empty() &&
         layout_.cell(row, OrderColumn::status).empty() &&
         layout_.cell(row, OrderColumn::date).empty() && !above_.remote_id.empty();
}

void OrderRows::take(const Row& row) {
  if (is_total_row(row) || too_many_) return;
  if (++rows_ > kOrderRowsMax) {
    too_many_ = true;
    return;
  }
  catalog::Order head;
  if (carries_on(row)) {
    head = above_;
    head.total = {};
    head.shipping = {};
  } else {
    head.remote_id = std::string(unquoted(layout_.cell(row, OrderColumn::id)));
    above_ = {};
    if (head.remote_id.empty() || head.remote_id.size() > catalog::kIdBytesMax) {
      return complain(row, OrderColumn::id, FileProblem::no_order_id);
    }
    if (is_rounded(head.remote_id)) {
      return complain(row, OrderColumn::id, FileProblem::rounded_order_id);
    }
    above_.remote_id = head.remote_id;
    if (!read_head(row, head)) {
      refused_.insert(head.remote_id);
      return;
    }
    above_ = head;
  }
  catalog::OrderLine line;
  if (!read_line(row, line)) {
    refused_.insert(head.remote_id);
    return;
  }
  add(row, head, std::move(line));
}

// Half an order would be a wrong one: it is left out whole.
OrderFile OrderRows::finish() {
  if (too_many_) {
    OrderFile refused;
    refused.made_at = made_at_;
    refused.problems.push_back(problem(FileProblem::too_many_rows, {file_, 0, {}, {}}));
    return refused;
  }
  std::erase_if(out_.orders, [&](const auto& order) { return refused_.contains(order.remote_id); });
  for (auto& order : out_.orders) {
    if (order.total.minor == 0) order.total = order.goods + order.shipping;
  }
  out_.made_at = made_at_;
  out_.has_orders = true;
  return std::move(out_);
}

void OrderRows::complain(const Row& row, OrderColumn column, FileProblem what) {
  if (out_.problems.size() >= kFileProblemsMax) return;
  const auto found = layout_.columns.find(column);
  const auto heading =
      found == layout_.columns.end() ? std::string(heading_vi(column)) : found->second.heading;
  out_.problems.push_back(
      problem(what, {file_, row.line, heading, std::string(layout_.cell(row, column))}));
}

bool OrderRows::read_head(const Row& row, catalog::Order& head) {
  head.remote_status =
      base::shorten(base::normalise(layout_.cell(row, OrderColumn::status)), kTextMax);
  const auto status = words_.statuses.find(base::fold(head.remote_status));
  if (status == words_.statuses.end()) {
    complain(row, OrderColumn::status, FileProblem::unknown_status);
    return false;
  }
  head.status = status->second;
  const auto date = parse_order_date(unquoted(layout_.cell(row, OrderColumn::date)), day_order_);
  if (!date) {
    complain(row, OrderColumn::date, FileProblem::bad_date);
    return false;
  }
  head.created_at = *date;
  head.updated_at = std::max(made_at_, *date);
  const auto total = read_amount(row, OrderColumn::order_total);
  const auto shipping = read_amount(row, OrderColumn::shipping);
  if (!total || !shipping) return false;
  head.total = *total;
  head.shipping = *shipping;
  return true;
}

std::optional<Money> OrderRows::read_amount(const Row& row, OrderColumn column) {
  const auto text = layout_.cell(row, column);
  if (text.empty()) return Money{};
  auto amount = catalog::parse_money(text);
  if (!amount) complain(row, column, FileProblem::bad_amount);
  return amount;
}

bool OrderRows::read_line(const Row& row, catalog::OrderLine& line) {
  const auto variant_sku = sku_text(layout_.cell(row, OrderColumn::variant_sku));
  const auto sku =
      variant_sku.empty() ? sku_text(layout_.cell(row, OrderColumn::sku)) : variant_sku;
  if (sku.empty() || sku.size() > catalog::kIdBytesMax) {
    complain(row, layout_.has(OrderColumn::sku) ? OrderColumn::sku : OrderColumn::variant_sku,
             FileProblem::no_sku);
    return false;
  }
  line.sku = catalog::Sku{sku};
  line.remote_item_id = sku;
  line.name = base::shorten(base::normalise(layout_.cell(row, OrderColumn::name)), kTextMax);
  const auto quantity = layout_.has(OrderColumn::quantity)
                            ? whole_quantity(unquoted(layout_.cell(row, OrderColumn::quantity)))
                            : std::optional(words_.quantity_if_absent);
  if (!quantity) {
    complain(row, OrderColumn::quantity, FileProblem::bad_quantity);
    return false;
  }
  line.quantity = *quantity;
  return read_price(row, line);
}

// What the line cost, where the export says so, is what was paid; else the price of one pack.
bool OrderRows::read_price(const Row& row, catalog::OrderLine& line) {
  const auto total = read_amount(row, OrderColumn::line_total);
  if (!total) return false;
  if (!layout_.cell(row, OrderColumn::line_total).empty() && total->minor % line.quantity == 0) {
    line.unit_price = Money{total->minor / line.quantity};
    return true;
  }
  const auto column =
      layout_.cell(row, OrderColumn::price).empty() ? OrderColumn::list_price : OrderColumn::price;
  const auto price = catalog::parse_money(layout_.cell(row, column));
  if (price) {
    line.unit_price = *price;
    return true;
  }
  complain(row, layout_.has(OrderColumn::price) ? OrderColumn::price : OrderColumn::list_price,
           FileProblem::bad_price);
  return false;
}

void OrderRows::add(const Row& row, const catalog::Order& head, catalog::OrderLine line) {
  const bool cancelled = head.status == OrderStatus::cancelled;
  const auto [known, fresh] = index_.try_emplace(head.remote_id, out_.orders.size());
  if (fresh) {
    out_.orders.push_back(head);
    out_.orders.back().lines.clear();
  }
  auto& order = out_.orders[known->second];
  if (order.lines.size() >= catalog::kOrderLinesMax) {
    if (refused_.insert(order.remote_id).second) {
      complain(row, OrderColumn::id, FileProblem::too_many_lines);
    }
    return;
  }
  if (order.status == OrderStatus::cancelled && !cancelled) {  // only some of its lines were
    order.status = head.status;
    order.remote_status = head.remote_status;
  }
  if (order.total.minor == 0) order.total = head.total;
  if (order.shipping.minor == 0) order.shipping = head.shipping;
  const auto twins = std::count_if(order.lines.begin(), order.lines.end(),
                                   [&](const auto& other) { return other.sku == line.sku; });
  line.remote_line_id = std::string(unquoted(layout_.cell(row, OrderColumn::line_id)));
  const bool named =
      !line.remote_line_id.empty() && line.remote_line_id.size() <= catalog::kIdBytesMax &&
      !is_rounded(line.remote_line_id) &&
      std::none_of(order.lines.begin(), order.lines.end(),
                   [&](const auto& other) { return other.remote_line_id == line.remote_line_id; });
  if (!named) line.remote_line_id = line.sku.text + "#" + std::to_string(twins + 1);
  if (cancelled) line.cancelled = line.quantity;
  order.goods = order.goods + line.unit_price * (line.quantity - line.cancelled);
  order.lines.push_back(std::move(line));
}

}  // namespace connectors::common
