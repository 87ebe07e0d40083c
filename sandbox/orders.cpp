#include "sandbox/orders.h"

#include "base/time_text.h"
#include "sandbox/json_tools.h"

namespace sandbox {

using web::json::value;

std::int64_t PlacedOrder::total() const {
  std::int64_t sum = 0;
  for (const auto& line : lines) sum += line.price * line.quantity;
  return sum;
}

value to_json(const std::vector<Shown>& listings) {
  value out = empty_list();
  for (const auto& row : listings) {
    value item;
    item["sku"] = js(row.sku);
    item["remote_id"] = js(row.remote_id);
    item["name"] = js(row.name);
    item["price"] = jn(row.price);
    item["stock"] = jn(row.stock);
    item["visible"] = jb(row.visible);
    push(out, item);
  }
  return out;
}

value to_json(const PlacedOrder& order) {
  value out;
  out["order_id"] = js(order.id);
  out["status"] = js(order.status);
  out["created_at"] = js(base::utc_iso(order.created_at));
  out["created_ms"] = jn(base::to_unix_ms(order.created_at));
  out["updated_ms"] = jn(base::to_unix_ms(order.updated_at));
  if (order.completed_at) out["completed_ms"] = jn(base::to_unix_ms(*order.completed_at));
  out["lines"] = empty_list();
  for (const auto& line : order.lines) {
    value item;
    item["sku"] = js(line.sku);
    item["name"] = js(line.name);
    item["item_id"] = jn(line.item_id);
    item["quantity"] = jn(line.quantity);
    item["price"] = jn(line.price);
    if (line.parent_id != 0) item["parent_id"] = jn(line.parent_id);
    push(out["lines"], item);
  }
  out["total"] = jn(order.total());
  return out;
}

value to_json(const std::vector<PlacedOrder>& orders) {
  value out = empty_list();
  for (const auto& order : orders) push(out, to_json(order));
  return out;
}

std::vector<PlacedOrder> orders_from(const value& list) {
  std::vector<PlacedOrder> out;
  if (!list.is_array()) return out;
  for (const auto& item : list.as_array()) {
    PlacedOrder order;
    order.id = text_in(item, "order_id");
    order.status = text_in(item, "status");
    order.created_at = base::from_unix_ms(integer_in(item, "created_ms").value_or(0));
    order.updated_at = base::from_unix_ms(integer_in(item, "updated_ms").value_or(0));
    if (const auto done = integer_in(item, "completed_ms")) {
      order.completed_at = base::from_unix_ms(*done);
    }
    for (const auto& row : item.at("lines").as_array()) {
      order.lines.push_back(
          {text_in(row, "sku"), text_in(row, "name"), integer_in(row, "item_id").value_or(0),
           integer_in(row, "quantity").value_or(0), integer_in(row, "price").value_or(0),
           integer_in(row, "parent_id").value_or(0)});
    }
    out.push_back(std::move(order));
  }
  return out;
}

value sold_by_sku(const std::vector<PlacedOrder>& orders, const std::string& cancelled_word) {
  std::map<std::string, std::int64_t> sold;
  for (const auto& order : orders) {
    if (order.status == cancelled_word) continue;
    for (const auto& line : order.lines) sold[line.sku] += line.quantity;
  }
  value out = value::object();
  for (const auto& [sku, units] : sold) out[sku] = jn(units);
  return out;
}

}  // namespace sandbox
