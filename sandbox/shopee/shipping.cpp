#include <algorithm>

#include "sandbox/shopee/handlers.h"
#include "sandbox/shopee/pushes.h"

namespace sandbox::shopee {
namespace {

constexpr std::int64_t kAddress = 1'005'001;
constexpr std::int64_t kDay_s = 86'400;
constexpr int kSlots = 3;

Reply no_order() {
  return fail("logistics.error_not_found", "Wrong parameters, detail: the order is not found.");
}

bool shippable(const Order& order) {
  return order.status == "READY_TO_SHIP" || order.status == "RETRY_SHIP";
}

// The pickup days on offer: the next three, named by the day they begin.
std::string slot_id(const Shop& shop, int ahead) {
  return std::to_string((shop.now_s() / kDay_s + 1 + ahead) * kDay_s);
}

Json address_json(const Shop& shop) {
  std::vector<Json> slots;
  for (int i = 0; i < kSlots; ++i) {
    const auto id = slot_id(shop, i);
    std::vector<std::string> flags;
    if (i == 0) flags.emplace_back("recommended");
    slots.push_back(object({{"date", wire::to_integer(id).value_or(0)},
                            {"pickup_time_id", id},
                            {"time_text", "08:00 - 18:00"},
                            {"flags", wire::texts(flags)}}));
  }
  return object({{"address_id", kAddress},
                 {"region", "VN"},
                 {"state", "Long An"},
                 {"city", "Huyện Châu Thành"},
                 {"district", "Xã Dương Xuân Hội"},
                 {"town", ""},
                 {"address", "Kho hợp tác xã"},
                 {"zipcode", ""},
                 {"address_flag", wire::texts({"default_address", "pickup_address"})},
                 {"time_slot_list", wire::array(std::move(slots))}});
}

std::optional<Reply> refuse_pickup(const Shop& shop, const Json& pickup) {
  if (!wire::has(pickup, "address_id") || !wire::has(pickup, "pickup_time_id")) {
    return fail("logistics.ship_order_need_address_pickup_time",
                "address_id and pickup_time_id are required.");
  }
  if (wire::integer(pickup, "address_id") != kAddress) {
    return fail("logistics.ship_order_address_invalid", "address_id is invalid.");
  }
  const auto wanted = wire::text(pickup, "pickup_time_id");
  for (int i = 0; i < kSlots; ++i) {
    if (wanted == slot_id(shop, i)) return std::nullopt;
  }
  return fail("logistics.ship_order_pickup_time_invalid", "pickup_time_id is invalid.");
}

// Absent is well, an empty text is not: as the vendor warns.
std::optional<Reply> refuse_package(const Order& order, const Call& call) {
  const auto package = call.body.is_object() ? wire::member(call.body, "package_number") : Json{};
  const auto named = package.is_null() ? call.in_query("package_number") : wire::as_text(package);
  if (package.is_null() && named.empty()) return std::nullopt;
  if (named == order.package_number) return std::nullopt;
  return wrong_parameter("package_number is invalid.");
}

}  // namespace

Reply shipping_parameter(Shop& shop, const Call& call) {
  const auto* order = shop.order(call.text("order_sn"));
  if (order == nullptr) return no_order();
  if (!shippable(*order)) {
    return fail("logistics.ship_order_not_ready_to_ship", "The order is not ready to ship.");
  }
  return ok(
      object({{"info_needed", object({{"pickup", wire::texts({"address_id", "pickup_time_id"})},
                                      {"dropoff", Json::array()}})},
              {"pickup", object({{"address_list", wire::array({address_json(shop)})}})},
              {"dropoff", object({{"branch_list", Json::null()}, {"slug_list", Json::null()}})}}));
}

Reply ship_order(Shop& shop, const Call& call) {
  auto* order = shop.order(call.text("order_sn"));
  if (order == nullptr) return no_order();
  if (order->arranged_s != 0 && order->status != "RETRY_SHIP") {
    return fail("logistics.package_already_shipped", "The package is already arranged.");
  }
  if (!shippable(*order)) {
    return fail("logistics.ship_order_not_ready_to_ship", "The order is not ready to ship.");
  }
  if (auto refusal = refuse_package(*order, call)) return *refusal;
  int ways = 0;
  for (const auto* way : {"pickup", "dropoff", "non_integrated"}) {
    ways += wire::member(call.body, way).is_object() ? 1 : 0;
  }
  if (ways != 1 || wire::has(call.body, "non_integrated")) {
    return fail("logistics.ship_order_only_support_one_type",
                "Exactly one of pickup and dropoff is supported.");
  }
  if (wire::has(call.body, "pickup")) {
    if (auto refusal = refuse_pickup(shop, wire::member(call.body, "pickup"))) return *refusal;
  }
  order->arranged_s = shop.now_s();
  order->courier_problem.clear();
  become(shop, *order, "PROCESSED", order->arranged_s);
  tell_package(shop, *order, "LOGISTICS_REQUEST_CREATED");
  return done();
}

// A parcel that the courier did not collect is offered again; one not yet collected moves its day.
Reply update_shipping(Shop& shop, const Call& call) {
  auto* order = shop.order(call.text("order_sn"));
  if (order == nullptr) return no_order();
  if (order->status != "RETRY_SHIP" && order->status != "PROCESSED") {
    return fail("logistics.error_status_limit", "The shipment cannot be updated now.");
  }
  if (auto refusal = refuse_package(*order, call)) return *refusal;
  if (auto refusal = refuse_pickup(shop, wire::member(call.body, "pickup"))) return *refusal;
  order->arranged_s = shop.now_s();
  order->courier_problem.clear();
  if (order->status == "RETRY_SHIP") {
    become(shop, *order, "PROCESSED", order->arranged_s);
  } else {
    order->updated_s = order->arranged_s;
  }
  return done();
}

Reply address_list(Shop& shop, const Call&) {
  auto address = address_json(shop);
  address["address_type"] = wire::texts({"DEFAULT_ADDRESS", "PICKUP_ADDRESS", "RETURN_ADDRESS"});
  address.erase("time_slot_list");
  address.erase("address_flag");
  return ok(object({{"show_pickup_address", true}, {"address_list", wire::array({address})}}));
}

Reply tracking_number(Shop& shop, const Call& call) {
  const auto* order = shop.order(call.text("order_sn"));
  if (order == nullptr) return no_order();
  const auto* hint = order->tracking.empty() ? "The carrier has not answered yet." : "";
  return ok(object({{"tracking_number", order->tracking},
                    {"plp_number", ""},
                    {"first_mile_tracking_number", ""},
                    {"last_mile_tracking_number", ""},
                    {"hint", hint},
                    {"pickup_code", ""}}));
}

Reply tracking_info(Shop& shop, const Call& call) {
  const auto* order = shop.order(call.text("order_sn"));
  if (order == nullptr) return no_order();
  std::vector<Json> steps;
  const auto step = [&](std::int64_t at_s, const char* text, const char* status) {
    if (at_s == 0) return;
    steps.push_back(
        object({{"update_time", at_s}, {"description", text}, {"logistics_status", status}}));
  };
  step(order->delivered_s, "Giao hàng thành công", "DELIVERED");
  step(order->shipped_s, "Đã lấy hàng", "PICKED_UP");
  step(order->arranged_s, "Người gửi đang chuẩn bị hàng", "ORDER_CREATED");
  const auto latest = steps.empty() ? "ORDER_INIT" : wire::text(steps.front(), "logistics_status");
  return ok(object({{"order_sn", order->sn},
                    {"package_number", order->package_number},
                    {"logistics_status", latest},
                    {"tracking_info", wire::array(std::move(steps))}}));
}

}  // namespace sandbox::shopee
