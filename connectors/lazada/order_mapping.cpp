// The order half of mapping.h: orders/get and orders/items/get into catalog::Order.
#include <algorithm>
#include <array>
#include <utility>

#include "base/time_text.h"
#include "connectors/lazada/mapping.h"
#include "connectors/lazada/order_units.h"

namespace connectors::lazada {

namespace {

using base::Error;
using base::ErrorCode;
using catalog::Order;
using catalog::OrderLine;
using catalog::OrderStatus;
using common::Json;

struct StatusRow {
  std::string_view word;
  OrderStatus status;
};
// Statuses of one unit.
constexpr auto kStatuses = std::to_array<StatusRow>({
    {"unpaid", OrderStatus::unpaid},
    {"pending", OrderStatus::to_ship},
    {"topack", OrderStatus::to_ship},
    {"repacked", OrderStatus::to_ship},
    {"packed", OrderStatus::packed},
    {"toship", OrderStatus::packed},
    {"ready_to_ship_pending", OrderStatus::packed},
    {"ready_to_ship", OrderStatus::packed},
    {"shipped", OrderStatus::shipped},
    {"shipping", OrderStatus::shipped},
    {"failed", OrderStatus::shipped},  // not delivered, on the way back
    {"failed_delivery", OrderStatus::shipped},
    {"shipped_back", OrderStatus::shipped},
    {"delivered", OrderStatus::delivered},
    {"confirmed", OrderStatus::completed},
    {"returned", OrderStatus::returned},
    {"shipped_back_success", OrderStatus::returned},
    {"shipped_back_failed", OrderStatus::returned},  // gone, and not sold
    {"package_scrapped", OrderStatus::returned},
    {"lost", OrderStatus::returned},
    {"lost_by_3pl", OrderStatus::returned},
    {"damaged_by_3pl", OrderStatus::returned},
    {"canceled", OrderStatus::cancelled},
    {"cancelled", OrderStatus::cancelled},
});

Error unusable(const std::string& order_id, const std::string& what) {
  return {ErrorCode::protocol, "Lazada: order " + order_id + ": " + what, {}, {}};
}

std::optional<OrderStatus> status_of(std::string_view word) {
  const auto row = std::find_if(kStatuses.begin(), kStatuses.end(),
                                [&](const StatusRow& known) { return known.word == word; });
  if (row == kStatuses.end()) return std::nullopt;
  return row->status;
}

std::optional<base::Instant> time_at(const Json& row, std::string_view name) {
  return base::parse_iso(common::text(row, name), base::kVietnamOffset);
}

OrderHead read_head(const Json& row) {
  OrderHead head;
  auto& order = head.order;
  order.remote_id = common::text(row, "order_id");
  if (order.remote_id.empty()) order.remote_id = common::text(row, "order_number");
  const auto created = time_at(row, "created_at");
  const auto updated = time_at(row, "updated_at");
  if (order.remote_id.empty()) head.problem = unusable("?", "it has no number");
  if (!created && !head.problem) head.problem = unusable(order.remote_id, "no time of creation");
  if (!created && !updated) return head;
  order.created_at = created.value_or(updated.value_or(base::Instant{}));
  order.updated_at = std::max(order.created_at, updated.value_or(order.created_at));
  for (const Json& status : common::items(row, "statuses")) {
    if (!order.remote_status.empty()) order.remote_status += ',';
    order.remote_status += common::text_of(status);
  }
  const auto price = common::money_vnd(row, "price").value_or(0);
  const auto voucher = common::money_vnd(row, "voucher").value_or(0);
  const auto shipping = common::money_vnd(row, "shipping_fee").value_or(0);
  order.shipping = catalog::Money{shipping};
  order.total = catalog::Money{price - voucher + shipping};
  return head;
}

struct Unit {
  OrderLine line;  // one unit of it
  OrderStatus status = OrderStatus::unpaid;
};

base::Result<Unit> read_unit(const Json& row, const std::string& order_id,
                             std::vector<Error>& unreadable) {
  Unit unit;
  auto& line = unit.line;
  line.remote_unit_id = common::text(row, "sku_id");
  line.remote_item_id = common::text(row, "product_id");
  line.sku = catalog::Sku{common::text(row, "sku")};
  line.name = common::text(row, "name");
  const auto price = common::money_vnd(row, "item_price");
  line.remote_line_id = line_key(row);
  if (line.remote_line_id.empty() || !price) {
    return unusable(order_id, "a row without SKU or price");
  }
  line.unit_price = catalog::Money{*price};
  line.quantity = 1;
  const auto word = common::text(row, "status");
  const auto status = status_of(word);
  // The unit is taken whatever the word means: keep it at the lowest rank, and say so.
  if (!status) unreadable.push_back(unusable(order_id, "unknown status \"" + word + "\""));
  unit.status = status.value_or(OrderStatus::unpaid);
  line.cancelled = unit.status == OrderStatus::cancelled ? 1 : 0;
  return unit;
}

void fold(Order& order, const OrderLine& unit) {
  const auto line = std::find_if(order.lines.begin(), order.lines.end(), [&](const auto& known) {
    return known.remote_line_id == unit.remote_line_id;
  });
  if (line == order.lines.end()) {
    order.lines.push_back(unit);
    return;
  }
  line->quantity += unit.quantity;
  line->cancelled += unit.cancelled;
}

// An order is as far as its slowest unit that still lives.
void read_rows(std::span<const Json> rows, OrderHead& head, std::vector<Error>& unreadable) {
  auto& order = head.order;
  OrderStatus slowest = OrderStatus::cancelled;
  for (const Json& row : rows) {
    const auto unit = read_unit(row, order.remote_id, unreadable);
    if (!unit) {
      head.problem = unit.error();
      return;
    }
    fold(order, unit.value().line);
    const auto status = unit.value().status;
    if (rank(status) < rank(slowest)) slowest = status;
    if (const auto at = time_at(row, "updated_at")) {
      order.updated_at = std::max(order.updated_at, *at);
    }
  }
  if (order.lines.size() > catalog::kOrderLinesMax) {
    head.problem = unusable(order.remote_id, "too many lines");
  }
  order.status = slowest;
  for (const auto& line : order.lines) {
    order.goods = order.goods + line.unit_price * (line.quantity - line.cancelled);
  }
}

OrderHead* head_of(std::span<OrderHead> heads, const std::string& order_id) {
  const auto head = std::find_if(heads.begin(), heads.end(), [&](const OrderHead& known) {
    return known.order.remote_id == order_id;
  });
  return head == heads.end() ? nullptr : &*head;
}

}  // namespace

std::vector<OrderHead> order_heads(const Json& answer) {
  std::vector<OrderHead> heads;
  const Json* data = common::child(answer, "data");
  if (data == nullptr) return heads;
  for (const Json& row : common::items(*data, "orders")) heads.push_back(read_head(row));
  return heads;
}

std::optional<OrderHead> order_head(const Json& answer) {
  const Json* data = common::child(answer, "data");
  if (data == nullptr || !data->is_object()) return std::nullopt;
  return read_head(*data);
}

std::optional<std::int64_t> order_total_count(const Json& answer) {
  return common::integer_at(answer, "data", "countTotal");
}

void read_items(const Json& answer, std::span<OrderHead> heads, std::vector<Error>& unreadable) {
  for (const Json& group : common::items(answer, "data")) {
    auto order_id = common::text(group, "order_id");
    if (order_id.empty()) order_id = common::text(group, "order_number");
    OrderHead* head = head_of(heads, order_id);
    if (head == nullptr || head->problem || !head->order.lines.empty()) continue;
    read_rows(common::items(group, "order_items"), *head, unreadable);
  }
}

}  // namespace connectors::lazada
