#include <algorithm>
#include <set>

#include "sandbox/lazada/handlers.h"

namespace sandbox::lazada {
namespace {

constexpr std::size_t kBatchMax = 20;

// The JSON object inside the one parameter that these calls take.
std::optional<Json> request_of(const Call& call, const char* parameter) {
  const auto json = wire::parse(call.text(parameter));
  return json && json->is_object() ? json : std::nullopt;
}

Reply bad_request(const char* parameter) {
  return fail("ISP", "700004", std::string("E700004: parameter ") + parameter + " is invalid");
}

Unit* unit_in(Order& order, std::int64_t unit_id) {
  for (auto& unit : order.units) {
    if (unit.id == unit_id) return &unit;
  }
  return nullptr;
}

// The order that holds a package; null when there is none.
Order* order_of_package(Shop& shop, const std::string& package_id) {
  for (auto& order : shop.orders) {
    for (const auto& unit : order.units) {
      if (!package_id.empty() && unit.package_id == package_id) return &order;
    }
  }
  return nullptr;
}

Json packed_row(std::int64_t unit_id, const Unit* unit, const char* code, const char* message) {
  const bool good = std::string(code) == "0";
  return object({{"order_item_id", unit_id},
                 {"msg", message},
                 {"item_err_code", code},
                 {"tracking_number", good ? unit->tracking : std::string{}},
                 {"shipment_provider", good ? "LEX VN" : ""},
                 {"package_id", good ? unit->package_id : std::string{}},
                 {"retry", false}});
}

Json pack_order(Shop& shop, const Json& wish) {
  const auto order_id = wire::integer(wish, "order_id");
  auto* order = shop.order(order_id);
  std::vector<Json> rows;
  const auto serial = shop.next_serial++;
  const auto package = "FP" + std::to_string(60'000'000'000'000 + serial);
  const auto tracking = "LEXVN" + std::to_string(9'000'000'000 + serial);
  for (const auto& one : wire::list(wish, "order_item_list")) {
    const auto unit_id = wire::as_integer(one).value_or(0);
    auto* unit = order != nullptr ? unit_in(*order, unit_id) : nullptr;
    if (unit == nullptr) {
      rows.push_back(packed_row(unit_id, nullptr, "700020", "Order item not found"));
    } else if (unit->status != "pending" && unit->status != "repacked") {
      rows.push_back(packed_row(unit_id, nullptr, "700026", "The status cannot be packed"));
    } else {
      unit->status = "packed";
      unit->package_id = package;
      unit->tracking = tracking;
      order->updated_ms = shop.now_ms();
      rows.push_back(packed_row(unit_id, unit, "0", "success"));
    }
  }
  return object({{"order_id", order_id}, {"order_item_list", wire::array(std::move(rows))}});
}

Json package_row(const std::string& id, const char* code, const char* message) {
  return object({{"package_id", id}, {"msg", message}, {"item_err_code", code}, {"retry", false}});
}

using Step = Json (*)(Shop&, Order&, const std::string&);

Json rts_step(Shop& shop, Order& order, const std::string& package_id) {
  std::size_t moved = 0;
  for (auto& unit : order.units) {
    if (unit.package_id != package_id || unit.status != "packed") continue;
    unit.status = "ready_to_ship";
    ++moved;
    Item* holder = nullptr;
    auto* sku = shop.find_sku(unit.item_id, unit.sku_id, "", &holder);
    if (sku != nullptr) sku->stock.occupy = std::max<std::int64_t>(0, sku->stock.occupy - 1);
  }
  if (moved == 0) return package_row(package_id, "700000", "The status forbids the operation");
  order.rts_ms = shop.now_ms();
  order.updated_ms = order.rts_ms;
  return package_row(package_id, "0", "success");
}

Json repack_step(Shop& shop, Order& order, const std::string& package_id) {
  std::size_t moved = 0;
  for (auto& unit : order.units) {
    if (unit.package_id != package_id || unit.status != "packed") continue;
    unit.status = "repacked";
    unit.package_id.clear();
    unit.tracking.clear();
    ++moved;
  }
  if (moved == 0) return package_row(package_id, "700000", "The status forbids the operation");
  order.updated_ms = shop.now_ms();
  return package_row(package_id, "0", "success");
}

Reply each_package(Shop& shop, const Call& call, const char* parameter, Step step) {
  const auto request = request_of(call, parameter);
  const auto packages = request ? wire::list(*request, "packages") : std::vector<Json>{};
  if (packages.empty()) return bad_request(parameter);
  if (packages.size() > kBatchMax) return fail("ISP", "700022", "E700022: The batch is too big");
  std::vector<Json> rows;
  for (const auto& one : packages) {
    const auto id = wire::text(one, "package_id");
    auto* order = order_of_package(shop, id);
    rows.push_back(order == nullptr ? package_row(id, "600001", "Package not found")
                                    : step(shop, *order, id));
  }
  return result(object({{"packages", wire::array(std::move(rows))}}));
}

std::string base64(const std::string& bytes) {
  static constexpr char kDigits[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t block = 0;
    for (std::size_t j = 0; j < 3; ++j) {
      block = block << 8U;
      if (i + j < bytes.size()) block |= static_cast<unsigned char>(bytes[i + j]);
    }
    for (std::size_t j = 0; j < 4; ++j) {
      const bool there = i + j <= bytes.size();
      out.push_back(there ? kDigits[(block >> (18U - 6U * j)) & 0x3FU] : '=');
    }
  }
  return out;
}

}  // namespace

Reply shipment_providers(Shop&, const Call& call) {
  const auto request = request_of(call, "getShipmentProvidersReq");
  if (!request || wire::list(*request, "orders").empty()) {
    return bad_request("getShipmentProvidersReq");
  }
  return result(object({{"platform_default", "1"},
                        {"shipment_providers",
                         wire::array({object({{"name", "LEX VN"}, {"provider_code", "LEX"}})})},
                        {"shipping_allocate_type", "TFS"}}));
}

Reply fulfil_pack(Shop& shop, const Call& call) {
  const auto request = request_of(call, "packReq");
  const auto orders = request ? wire::list(*request, "pack_order_list") : std::vector<Json>{};
  if (orders.empty()) return bad_request("packReq");
  if (orders.size() > kBatchMax) return fail("ISP", "700022", "E700022: The batch is too big");
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

Reply package_document(Shop& shop, const Call& call) {
  const auto request = request_of(call, "getDocumentReq");
  const auto packages = request ? wire::list(*request, "packages") : std::vector<Json>{};
  if (packages.empty()) return bad_request("getDocumentReq");
  if (packages.size() > kBatchMax) return fail("ISP", "700022", "E700022: The batch is too big");
  const auto type = wire::text(*request, "doc_type");
  if (type != "PDF" && type != "HTML") return fail("ISP", "32", "E032: Invalid document type");
  std::string html = "<html><head><meta charset=\"utf-8\"></head><body>";
  for (const auto& one : packages) {
    const auto id = wire::text(one, "package_id");
    const auto* order = order_of_package(shop, id);
    if (order == nullptr) return fail("ISP", "600001", "E600001: Package not found");
    for (const auto& unit : order->units) {
      if (unit.package_id != id) continue;
      html += "<p>" + id + " " + unit.tracking + "</p>";
      break;
    }
  }
  html += "</body></html>";
  const bool pdf = type == "PDF";
  return result(object(
      {{"file", pdf ? std::string{} : base64(html)},
       {"pdf_url", pdf ? "https://vn-live.slatic.net/label/" + shop.context.dice.hex(24) + ".pdf"
                       : std::string{}},
       {"doc_type", type}}));
}

}  // namespace sandbox::lazada
