// The order half of mapping.h: get_order_detail into catalog::Order.
#include <algorithm>
#include <array>
#include <utility>

#include "connectors/shopee/mapping.h"

namespace connectors::shopee {

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
constexpr auto kStatuses = std::to_array<StatusRow>({
    {"UNPAID", OrderStatus::unpaid},
    {"PENDING", OrderStatus::unpaid},  // held by Shopee: nothing may be packed yet
    {"INVOICE_PENDING", OrderStatus::unpaid},
    {"READY_TO_SHIP", OrderStatus::to_ship},
    {"IN_CANCEL", OrderStatus::to_ship},  // asked for, not decided
    {"PROCESSED", OrderStatus::packed},
    {"RETRY_SHIP", OrderStatus::packed},
    {"SHIPPED", OrderStatus::shipped},
    {"TO_CONFIRM_RECEIVE", OrderStatus::delivered},
    {"TO_RETURN", OrderStatus::delivered},  // may still be settled for the seller
    {"COMPLETED", OrderStatus::completed},
    {"CANCELLED", OrderStatus::cancelled},
});

Error unusable(const std::string& order_sn, const std::string& what) {
  return {ErrorCode::protocol, "Shopee: order " + order_sn + ": " + what, {}, {}};
}

std::string id_or_zero(const Json& item, std::string_view name) {
  auto id = common::text(item, name);
  return id.empty() ? "0" : id;
}

// Inside a bundle the discounted price reads 0; the list price is the best there is.
std::int64_t unit_price(const Json& item) {
  const auto paid = common::money_vnd(item, "model_discounted_price");
  const auto listed = common::money_vnd(item, "model_original_price").value_or(0);
  const bool bundle = common::text(item, "promotion_type").find("bundle") != std::string::npos;
  if (!paid || (*paid == 0 && bundle)) return listed;
  return *paid;
}

// Nothing when the row cannot say what was bought.
std::optional<OrderLine> read_line(const Json& item) {
  OrderLine line;
  line.remote_item_id = common::text(item, "item_id");
  const auto quantity = common::integer(item, "model_quantity_purchased");
  if (line.remote_item_id.empty() || !quantity || *quantity <= 0) return std::nullopt;
  const std::string model = id_or_zero(item, "model_id");
  if (model != "0") line.remote_unit_id = model;
  line.remote_line_id = order_line_id(item);
  auto sku = common::text(item, "model_sku");
  if (sku.empty()) sku = common::text(item, "item_sku");
  line.sku = catalog::Sku{std::move(sku)};
  line.name = common::text(item, "item_name");
  line.quantity = *quantity;
  line.cancelled =
      std::clamp<std::int64_t>(common::integer(item, "cancelled_qty").value_or(0), 0, *quantity);
  line.unit_price = catalog::Money{unit_price(item)};
  return line;
}

// Rows that Shopee gives one key are one line: the packs must count, and only once.
void add_line(std::vector<OrderLine>& lines, OrderLine line) {
  const auto same_key = [&](const OrderLine& known) {
    return known.remote_line_id == line.remote_line_id;
  };
  auto twin = std::find_if(lines.begin(), lines.end(), same_key);
  if (twin != lines.end() && !(twin->unit_price == line.unit_price)) {
    line.remote_line_id += "@" + std::to_string(line.unit_price.minor);
    twin = std::find_if(lines.begin(), lines.end(), same_key);
  }
  if (twin == lines.end()) {
    lines.push_back(std::move(line));
    return;
  }
  twin->quantity += line.quantity;
  twin->cancelled += line.cancelled;
}

std::optional<Error> read_lines(const Json& row, Order& order) {
  for (const Json& item : common::items(row, "item_list")) {
    auto line = read_line(item);
    if (!line) return unusable(order.remote_id, "a line without item or quantity");
    add_line(order.lines, std::move(*line));
  }
  if (order.lines.empty()) return unusable(order.remote_id, "no lines");
  if (order.lines.size() > catalog::kOrderLinesMax) {
    return unusable(order.remote_id, "too many lines");
  }
  return std::nullopt;
}

void read_money(const Json& row, Order& order) {
  for (const auto& line : order.lines) {
    order.goods = order.goods + line.unit_price * (line.quantity - line.cancelled);
  }
  const bool confirmed = common::flag(row, "actual_shipping_fee_confirmed").value_or(false);
  const auto fee =
      common::money_vnd(row, confirmed ? "actual_shipping_fee" : "estimated_shipping_fee");
  order.shipping = catalog::Money{fee.value_or(0)};
  const auto total = common::money_vnd(row, "total_amount");
  // Before payment there is no total.
  order.total = total && *total > 0 ? catalog::Money{*total} : order.goods + order.shipping;
}

void read_order(const Json& row, ReadOrders& out) {
  Order order;
  order.remote_id = common::text(row, "order_sn");
  if (order.remote_id.empty()) {
    out.unreadable.push_back(unusable("?", "it has no number"));
    return;
  }
  out.seen.push_back(order.remote_id);
  const auto created = common::integer(row, "create_time");
  const auto updated = common::integer(row, "update_time");
  if (!created || *created <= 0) {
    out.unreadable.push_back(unusable(order.remote_id, "no time of creation"));
    return;
  }
  order.created_at = base::from_unix_s(*created);
  order.updated_at = base::from_unix_s(std::max(*created, updated.value_or(*created)));
  order.remote_status = common::text(row, "order_status");
  const auto known = std::find_if(kStatuses.begin(), kStatuses.end(), [&](const StatusRow& status) {
    return status.word == order.remote_status;
  });
  // The goods are taken whatever the word means: keep the order at the lowest rank, and say so.
  order.status = known == kStatuses.end() ? OrderStatus::unpaid : known->status;
  if (known == kStatuses.end()) {
    out.unreadable.push_back(
        unusable(order.remote_id, "unknown status \"" + order.remote_status + "\""));
  }
  if (auto problem = read_lines(row, order)) {
    out.unreadable.push_back(std::move(*problem));
    return;
  }
  read_money(row, order);
  out.orders.push_back(std::move(order));
}

}  // namespace

std::string order_line_id(const Json& item) {
  std::string row = id_or_zero(item, "line_item_id");
  if (row == "0") row = id_or_zero(item, "order_item_id");
  return common::text(item, "item_id") + "-" + id_or_zero(item, "model_id") + "-" + row;
}

ReadOrders orders(const Json& answer) {
  ReadOrders out;
  const Json* response = common::child(answer, "response");
  if (response == nullptr) return out;
  for (const Json& row : common::items(*response, "order_list")) read_order(row, out);
  return out;
}

}  // namespace connectors::shopee
