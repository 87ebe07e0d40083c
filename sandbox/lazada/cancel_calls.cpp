// What a seller cancels, and what a seller answers when the buyer wants a packed parcel cancelled.
// The documents give three of these changes the verb GET; they change things all the same.
#include <algorithm>
#include <cctype>
#include <set>

#include "sandbox/lazada/handlers.h"

namespace sandbox::lazada {
namespace {

constexpr std::int64_t kOutOfStock = 15;
constexpr std::int64_t kWrongPrice = 16;

struct Reason {
  std::int64_t id;
  const char* name;
};
constexpr Reason kReasons[] = {{kOutOfStock, "Out of Stock"},
                               {kWrongPrice, "Wrong Price or Pricing Error"},
                               {10, "Delivery to this area is not possible"},
                               {21, "Customer asked to cancel"}};

const Reason* reason_of(std::int64_t id) {
  for (const auto& one : kReasons) {
    if (one.id == id) return &one;
  }
  return nullptr;
}

// "Out of Stock" and "Wrong Price" empty the shelf of every cancelled SKU.
void empty_shelves(Shop& shop, const Order& order, const std::vector<std::int64_t>& unit_ids) {
  for (const auto& unit : order.units) {
    if (unit.status != "canceled") continue;
    if (std::find(unit_ids.begin(), unit_ids.end(), unit.id) == unit_ids.end()) continue;
    Item* holder = nullptr;
    if (auto* sku = shop.find_sku(unit.item_id, unit.sku_id, "", &holder)) sku->stock.sellable = 0;
  }
}

std::vector<Json> reason_options() {
  std::vector<Json> out;
  for (const auto& reason : kReasons) {
    out.push_back(object({{"reason_id", std::to_string(reason.id)}, {"reason_name", reason.name}}));
  }
  return out;
}

Unit* unit_in(Order& order, std::int64_t unit_id) {
  for (auto& unit : order.units) {
    if (unit.id == unit_id) return &unit;
  }
  return nullptr;
}

bool cancel_for_seller(Shop& shop, Order& order, const std::vector<std::int64_t>& units,
                       const Reason& reason, const std::string& detail) {
  for (const auto id : units) {
    const auto* unit = unit_in(order, id);
    if (unit == nullptr || unit->status == "unpaid") return false;  // the buyer's until it is paid
  }
  const CancelWish wish{reason.name, detail, "cancellation-seller"};
  if (!cancel_units(shop, order, units, wish).ok()) return false;
  if (reason.id == kOutOfStock || reason.id == kWrongPrice) empty_shelves(shop, order, units);
  return true;
}

// "True" of one client is "true" of another.
std::optional<bool> flag_of(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (text == "true" || text == "1") return true;
  if (text == "false" || text == "0") return false;
  return std::nullopt;
}

}  // namespace

Reply cancel_validate(Shop& shop, const Call& call) {
  auto* order = shop.order(call.integer("order_id").value_or(0));
  if (order == nullptr) return reverse_fail("122", "invalid trade order");
  const auto units = call.integers("order_item_id_list");
  if (units.empty()) return reverse_fail("102", "trade order line id is empty or invalid");
  std::set<std::string> packages;
  bool all_open = true;
  for (const auto id : units) {
    const auto* unit = unit_in(*order, id);
    if (unit == nullptr) {
      return reverse_fail("123", "invalid trade order lines " + std::to_string(id));
    }
    all_open = all_open && cancellable(*unit);
    if (!unit->package_id.empty()) packages.insert(unit->package_id);
  }
  if (!all_open) {
    return data(object({{"tip_type", "error"},
                        {"tip_content", "The items cannot be cancelled any more"},
                        {"reason_options", Json::array()}}));
  }
  return data(
      object({{"tip_type", packages.empty() ? "" : "warn"},
              {"tip_content",
               packages.empty() ? "" : "All items of the package will be cancelled together"},
              {"reason_options", wire::array(reason_options())}}));
}

Reply cancel_create(Shop& shop, const Call& call) {
  if (!call.has("order_id")) return reverse_fail("115", "order id is null");
  auto* order = shop.order(call.integer("order_id").value_or(0));
  if (order == nullptr) return reverse_fail("122", "invalid trade order");
  const auto units = call.integers("order_item_id_list");
  if (units.empty()) return reverse_fail("102", "trade order line id is empty or invalid");
  for (const auto id : units) {
    if (unit_in(*order, id) == nullptr) {
      return reverse_fail("123", "invalid trade order lines " + std::to_string(id));
    }
  }
  const auto* reason = reason_of(call.integer("reason_id").value_or(0));
  if (reason == nullptr) return reverse_fail("104", "reason is empty or invalid");
  if (!cancel_for_seller(shop, *order, units, *reason, "")) {
    return reverse_fail("114", "this reverse does not support this action");
  }
  return data(object({{"tip_type", ""}, {"tip_content", ""}}));
}

Reply cancel_decide(Shop& shop, const Call& call) {
  const auto found = shop.reverses.find(call.integer("reverse_order_id").value_or(0));
  if (found == shop.reverses.end()) {
    return reverse_fail("105", "reverse order id is empty or invalid");
  }
  auto& reverse = found->second;
  if (reverse.type != "CANCEL" || reverse.trigger_ms == 0) {
    return reverse_fail("131", "no decision for this reverse order");
  }
  const auto agreed = flag_of(call.text("agree_cancel"));
  if (!agreed) return missing("agree_cancel");
  decide_cancel(shop, reverse, "seller", *agreed ? "CANCEL_SUCCESS" : "REQUEST_REJECT");
  return data(Json::null());
}

Reply legacy_failure_reasons(Shop&, const Call&) {
  std::vector<Json> rows;
  for (const auto& reason : kReasons) {
    rows.push_back(object({{"reason_id", std::to_string(reason.id)},
                           {"reason_name", reason.name},
                           {"type", "canceled"}}));
  }
  return data(wire::array(std::move(rows)));
}

Reply legacy_cancel(Shop& shop, const Call& call) {
  const auto id = call.integer("order_item_id").value_or(0);
  for (auto& order : shop.orders) {
    const auto* unit = unit_in(order, id);
    if (unit == nullptr) continue;
    const auto* reason = reason_of(call.integer("reason_id").value_or(0));
    if (reason == nullptr) return fail("ISP", "21", "E021: OMS Api Error Occurred: reason_id");
    if (!cancel_for_seller(shop, order, {id}, *reason, call.text("reason_detail"))) {
      return fail("ISP", "21", "E021: OMS Api Error Occurred: " + unit->status);
    }
    return flat(object({{"success", true}}));
  }
  return fail("ISP", "20", "E020: " + call.text("order_item_id") + " Invalid Order Item ID");
}

}  // namespace sandbox::lazada
