#include <algorithm>

#include "sandbox/lazada/handlers.h"

namespace sandbox::lazada {
namespace {

constexpr std::size_t kBatchMax = 20;
constexpr const char* kCourier = "LEX VN";
constexpr const char* kOwnFleet = "Seller Own Fleet";

// The JSON object inside the one parameter that these calls take.
std::optional<Json> request_of(const Call& call, const char* parameter) {
  const auto json = wire::parse(call.text(parameter));
  return json && json->is_object() ? json : std::nullopt;
}

Reply bad_request(const char* parameter) {
  return fail("ISP", "700004", std::string("E700004: parameter ") + parameter + " is invalid");
}

Reply batch_too_big() {
  return fail("ISP", "700022", "E700022: batch size out of limit");
}

Unit* unit_in(Order& order, std::int64_t unit_id) {
  for (auto& unit : order.units) {
    if (unit.id == unit_id) return &unit;
  }
  return nullptr;
}

Json packed_row(std::int64_t unit_id, const Unit* unit, const char* code, const char* message) {
  const bool good = std::string(code) == "0";
  return object({{"order_item_id", unit_id},
                 {"msg", message},
                 {"item_err_code", code},
                 {"tracking_number", good ? unit->tracking : std::string{}},
                 {"shipment_provider", good ? unit->provider : std::string{}},
                 {"package_id", good ? unit->package_id : std::string{}},
                 {"retry", false}});
}

Json pack_order(Shop& shop, const Json& wish) {
  const auto order_id = wire::integer(wish, "order_id");
  auto* order = shop.order(order_id);
  std::vector<Unit*> good;
  std::vector<Json> bad;
  for (const auto& one : wire::list(wish, "order_item_list")) {
    const auto unit_id = wire::as_integer(one).value_or(0);
    auto* unit = order != nullptr ? unit_in(*order, unit_id) : nullptr;
    if (order == nullptr) {
      bad.push_back(packed_row(unit_id, nullptr, "700021", "order not found"));
    } else if (unit == nullptr) {
      bad.push_back(packed_row(unit_id, nullptr, "700025", "order item not found"));
    } else if (!packable(*unit)) {
      bad.push_back(
          packed_row(unit_id, nullptr, "700026", "item current status not allow to pack"));
    } else {
      good.push_back(unit);
    }
  }
  if (!good.empty()) pack_together(shop, *order, good, "");
  std::vector<Json> rows;
  for (const auto* unit : good) rows.push_back(packed_row(unit->id, unit, "0", "success"));
  rows.insert(rows.end(), bad.begin(), bad.end());
  return object({{"order_id", order_id}, {"order_item_list", wire::array(std::move(rows))}});
}

Json package_row(const std::string& id, const char* code, const char* message) {
  return object({{"package_id", id}, {"msg", message}, {"item_err_code", code}, {"retry", false}});
}

using Step = Json (*)(Shop&, Order&, const std::string&);

// A parcel that was cancelled, or is past the step, says so in its own row.
Json refused_row(const Order& order, const std::string& package_id) {
  for (const auto& unit : order.units) {
    if (unit.package_id == package_id && unit.status == "canceled") {
      return package_row(package_id, "600002", "package already cancelled");
    }
  }
  return package_row(package_id, "700000", "current package status not allow to operation");
}

Json rts_step(Shop& shop, Order& order, const std::string& package_id) {
  if (!mark_ready(shop, order, package_id)) return refused_row(order, package_id);
  return package_row(package_id, "0", "success");
}

Json repack_step(Shop& shop, Order& order, const std::string& package_id) {
  std::size_t moved = 0;
  for (auto& unit : order.units) {
    if (unit.package_id != package_id || unit.status != "packed") continue;
    unit.status = "repacked";
    unit.package_id.clear();
    unit.tracking.clear();
    unit.provider.clear();
    ++moved;
  }
  if (moved == 0) return refused_row(order, package_id);
  order.updated_ms = shop.now_ms();
  return package_row(package_id, "0", "success");
}

Json own_fleet_step(Shop& shop, Order& order, const std::string& package_id, const char* to) {
  if (!order.own_fleet) {
    return package_row(package_id, "700009", "operation not support for non DBS order!");
  }
  std::size_t moved = 0;
  for (auto& unit : order.units) {
    const bool under_way = unit.status == "ready_to_ship" || unit.status == "shipped";
    if (unit.package_id != package_id || !under_way) continue;
    unit.status = to;
    ++moved;
  }
  if (moved == 0) return refused_row(order, package_id);
  order.updated_ms = shop.now_ms();
  if (std::string(to) == "delivered") order.delivered_ms = order.updated_ms;
  return package_row(package_id, "0", "success");
}

Json delivered_step(Shop& shop, Order& order, const std::string& package_id) {
  return own_fleet_step(shop, order, package_id, "delivered");
}
Json failed_step(Shop& shop, Order& order, const std::string& package_id) {
  return own_fleet_step(shop, order, package_id, "failed_delivery");
}

Reply each_package(Shop& shop, const Call& call, const char* parameter, Step step) {
  const auto request = request_of(call, parameter);
  const auto packages = request ? wire::list(*request, "packages") : std::vector<Json>{};
  if (packages.empty()) return bad_request(parameter);
  if (packages.size() > kBatchMax) return batch_too_big();
  std::vector<Json> rows;
  for (const auto& one : packages) {
    const auto id = wire::text(one, "package_id");
    auto* order = order_of_package(shop, id);
    rows.push_back(order == nullptr ? package_row(id, "600001", "package not found")
                                    : step(shop, *order, id));
  }
  return result(object({{"packages", wire::array(std::move(rows))}}));
}

}  // namespace

bool packable(const Unit& unit) {
  return unit.status == "pending" || unit.status == "repacked";
}

Order* order_of_package(Shop& shop, const std::string& package_id) {
  for (auto& order : shop.orders) {
    for (const auto& unit : order.units) {
      if (!package_id.empty() && unit.package_id == package_id) return &order;
    }
  }
  return nullptr;
}

void pack_together(Shop& shop, Order& order, const std::vector<Unit*>& units,
                   const std::string& provider) {
  const auto serial = shop.next_serial++;
  const auto package = "FP" + std::to_string(60'000'000'000'000 + serial);
  const auto number = std::to_string(9'000'000'000 + serial);
  for (auto* unit : units) {
    unit->status = "packed";
    unit->package_id = package;
    unit->tracking = (order.own_fleet ? "DBSVN" : "LEXVN") + number;
    unit->provider = order.own_fleet ? kOwnFleet : provider.empty() ? kCourier : provider;
  }
  order.updated_ms = shop.now_ms();
}

bool mark_ready(Shop& shop, Order& order, const std::string& package_id) {
  std::size_t moved = 0;
  for (auto& unit : order.units) {
    if (unit.package_id != package_id || unit.status != "packed") continue;
    unit.status = "ready_to_ship";
    ++moved;
    Item* holder = nullptr;
    auto* sku = shop.find_sku(unit.item_id, unit.sku_id, "", &holder);
    if (sku != nullptr) sku->stock.occupy = std::max<std::int64_t>(0, sku->stock.occupy - 1);
  }
  if (moved == 0) return false;
  order.rts_ms = shop.now_ms();
  order.updated_ms = order.rts_ms;
  return true;
}

Reply shipment_providers(Shop&, const Call& call) {
  const auto request = request_of(call, "getShipmentProvidersReq");
  if (!request || wire::list(*request, "orders").empty()) {
    return bad_request("getShipmentProvidersReq");
  }
  return result(object({{"platform_default", 1},
                        {"shipment_providers",
                         wire::array({object({{"name", "LEX VN"}, {"provider_code", "LEX"}})})},
                        {"shipping_allocate_type", "TFS"}}));
}

Reply fulfil_pack(Shop& shop, const Call& call) {
  const auto request = request_of(call, "packReq");
  const auto orders = request ? wire::list(*request, "pack_order_list") : std::vector<Json>{};
  if (orders.empty()) return bad_request("packReq");
  if (orders.size() > kBatchMax) return batch_too_big();
  if (wire::text(*request, "delivery_type") != "dropship") return bad_request("delivery_type");
  std::vector<Json> rows;
  for (const auto& one : orders) rows.push_back(pack_order(shop, one));
  return result(object({{"pack_order_list", wire::array(std::move(rows))}}));
}

Reply package_rts(Shop& shop, const Call& call) {
  return each_package(shop, call, "readyToShipReq", rts_step);
}

Reply package_repack(Shop& shop, const Call& call) {
  return each_package(shop, call, "rePackReq", repack_step);
}

Reply sof_delivered(Shop& shop, const Call& call) {
  return each_package(shop, call, "dbsDeliveryReq", delivered_step);
}

Reply sof_failed(Shop& shop, const Call& call) {
  return each_package(shop, call, "dbsFailedDeliveryReq", failed_step);
}

// Farm goods are never digital: every row says so, as the documents' own example does.
Reply digital_delivered(Shop&, const Call& call) {
  const auto request = request_of(call, "digitalDeliveryReq");
  const auto orders = request ? wire::list(*request, "orders") : std::vector<Json>{};
  if (orders.empty()) return bad_request("digitalDeliveryReq");
  if (orders.size() > kBatchMax) return batch_too_big();
  std::vector<Json> rows;
  for (const auto& one : orders) {
    std::vector<Json> items;
    for (const auto& unit : wire::list(one, "order_item_list")) {
      items.push_back(object({{"item_err_code", "700020"},
                              {"msg", "order item not found or not belong to digital!"},
                              {"order_item_id", wire::as_integer(unit).value_or(0)},
                              {"retry", false}}));
    }
    rows.push_back(object({{"order_id", wire::integer(one, "order_id")},
                           {"order_item_list", wire::array(std::move(items))}}));
  }
  return result(object({{"orders", wire::array(std::move(rows))}}));
}

}  // namespace sandbox::lazada
