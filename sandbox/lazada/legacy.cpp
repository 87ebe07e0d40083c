// Calls of the generation before 2023 that old client libraries still make. The vendor announced
// their end; the sandbox keeps them, over the same parcels as the current calls.
#include <algorithm>
#include <map>

#include "sandbox/lazada/handlers.h"

namespace sandbox::lazada {
namespace {

constexpr std::size_t kItemsMax = 100;

Reply bad_item(const std::string& id) {
  return fail("ISP", "20", "E020: " + id + " Invalid Order Item ID");
}

Reply oms_error(const std::string& why) {
  return fail("ISP", "21", "E021: OMS Api Error Occurred: " + why);
}

// The units that `order_item_ids` names; a refusal when one is not this seller's.
std::optional<Reply> read_units(Shop& shop, const Call& call, std::vector<FoundUnit>& units) {
  const auto ids = call.integers("order_item_ids");
  if (ids.empty() || ids.size() > kItemsMax) return bad_item(call.text("order_item_ids"));
  for (const auto id : ids) {
    units.push_back(find_unit(shop, id));
    if (units.back().unit == nullptr) return bad_item(std::to_string(id));
  }
  return std::nullopt;
}

}  // namespace

FoundUnit find_unit(Shop& shop, std::int64_t unit_id) {
  for (auto& order : shop.orders) {
    for (auto& unit : order.units) {
      if (unit.id == unit_id) return {&order, &unit};
    }
  }
  return {};
}

Reply legacy_providers(Shop& shop, const Call&) {
  const bool own = shop.rules.fleet == LazadaFleet::own;
  return data(object(
      {{"shipment_providers", wire::array({object({{"name", own ? "Seller Own Fleet" : "LEX VN"},
                                                   {"cod", 1},
                                                   {"is_default", 1},
                                                   {"api_integration", own ? 0 : 1}})})}}));
}

Reply legacy_pack(Shop& shop, const Call& call) {
  if (call.text("delivery_type") != "dropship") return missing("delivery_type");
  if (!call.has("shipping_provider")) {
    return fail("ISP", "6", "[3pl not supported, or 3pl is blank!]");
  }
  std::vector<FoundUnit> units;
  if (auto refusal = read_units(shop, call, units)) return *refusal;
  std::map<Order*, std::vector<Unit*>> by_order;
  for (const auto& one : units) {
    if (!packable(*one.unit)) return oms_error("the item is " + one.unit->status);
    by_order[one.order].push_back(one.unit);
  }
  for (auto& [order, theirs] : by_order) {
    pack_together(shop, *order, theirs, call.text("shipping_provider"));
  }
  std::vector<Json> rows;
  for (const auto& one : units) {
    rows.push_back(object({{"order_item_id", one.unit->id},
                           {"tracking_number", one.unit->tracking},
                           {"shipment_provider", one.unit->provider},
                           {"package_id", one.unit->package_id}}));
  }
  return data(object({{"order_items", wire::array(std::move(rows))}}));
}

Reply legacy_rts(Shop& shop, const Call& call) {
  if (call.text("delivery_type") != "dropship") return missing("delivery_type");
  std::vector<FoundUnit> units;
  if (auto refusal = read_units(shop, call, units)) return *refusal;
  for (const auto& one : units) {
    if (one.unit->status != "packed") return oms_error("the item is " + one.unit->status);
  }
  std::vector<Json> rows;
  for (const auto& one : units) {
    mark_ready(shop, *one.order, one.unit->package_id);  // once for the whole parcel
    rows.push_back(object({{"order_item_id", one.unit->id},
                           {"purchase_order_id", "0"},
                           {"purchase_order_number", ""}}));
  }
  return data(object({{"order_items", wire::array(std::move(rows))}}));
}

Reply legacy_sof_delivered(Shop& shop, const Call& call) {
  std::vector<FoundUnit> units;
  if (auto refusal = read_units(shop, call, units)) return *refusal;
  for (const auto& one : units) {
    const auto& status = one.unit->status;
    if (!one.order->own_fleet) return oms_error("the order is not of the seller's own fleet");
    if (status != "ready_to_ship" && status != "shipped") return oms_error("the item is " + status);
  }
  for (const auto& one : units) {
    one.unit->status = "delivered";
    one.order->delivered_ms = shop.now_ms();
    one.order->updated_ms = shop.now_ms();
  }
  return data(object({}));
}

Reply invoice_number_set(Shop& shop, const Call& call) {
  const auto found = find_unit(shop, call.integer("order_item_id").value_or(0));
  if (found.unit == nullptr) return bad_item(call.text("order_item_id"));
  if (!call.has("invoice_number")) return missing("invoice_number");
  found.unit->invoice = call.text("invoice_number");
  found.order->updated_ms = shop.now_ms();
  return data(object({{"order_item_id", found.unit->id}, {"invoice_number", found.unit->invoice}}));
}

}  // namespace sandbox::lazada
