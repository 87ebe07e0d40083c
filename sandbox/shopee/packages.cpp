// Parcels: the search among those not handed over yet, and each with everything about it.
#include <algorithm>

#include "sandbox/shopee/handlers.h"

namespace sandbox::shopee {
namespace {

constexpr std::int64_t kPageMax = 100;
constexpr std::int64_t kToProcess = 2;
constexpr std::int64_t kProcessed = 3;
constexpr std::int64_t kCarrier = 50'021;
constexpr std::size_t kDetailMax = 50;
constexpr std::int64_t kShipWithin_days = 2;

// 0 for an order whose parcel is on neither list.
std::int64_t package_status(const Order& order) {
  if (order.status == "READY_TO_SHIP" || order.status == "RETRY_SHIP") return kToProcess;
  return order.status == "PROCESSED" ? kProcessed : 0;
}

std::string place_of(const Order& order) {
  for (const auto& line : order.lines) {
    for (const auto& [place, units] : line.taken) {
      if (units > 0 && !place.empty()) return place;
    }
  }
  return "VNZ";
}

bool wanted(const Order& order, const Json& filter) {
  const auto status = package_status(order);
  const auto asked = wire::integer(filter, "package_status", kToProcess);
  if (status == 0 || (asked != 0 && asked != status)) return false;
  const auto places = wire::list(filter, "product_location_ids");
  const auto place = place_of(order);
  const bool placed = std::any_of(places.begin(), places.end(),
                                  [&](const Json& one) { return wire::as_text(one) == place; });
  if (!places.empty() && !placed) return false;
  const auto channels = wire::list(filter, "logistics_channel_ids");
  const bool carried = std::any_of(channels.begin(), channels.end(), [](const Json& one) {
    return wire::as_integer(one) == kCarrier;
  });
  if (!channels.empty() && !carried) return false;
  return wire::integer(filter, "fulfillment_type", 2) != 1;  // 1: parcels of Shopee's warehouses
}

Json package_json(const Order& order) {
  return object({{"order_sn", order.sn},
                 {"package_number", order.package_number},
                 {"logistics_channel_id", kCarrier},
                 {"product_location_id", place_of(order)},
                 {"sorting_group", ""},
                 {"is_shipment_arranged", order.status == "PROCESSED"}});
}

Json items_json(const Order& order) {
  std::vector<Json> rows;
  for (const auto& line : order.lines) {
    rows.push_back(object({{"item_id", line.item_id},
                           {"model_id", line.model_id},
                           {"model_quantity", line.quantity},
                           {"order_item_id", line.line_id},
                           {"promotion_group_id", 0},
                           {"product_location_id", place_of(order)}}));
  }
  return wire::array(std::move(rows));
}

Json detail_json(const Order& order) {
  const auto from_s = order.paid_s != 0 ? order.paid_s : order.created_s;
  return object({{"order_sn", order.sn},
                 {"package_number", order.package_number},
                 {"fulfillment_status", logistics_status(order)},
                 {"update_time", order.updated_s},
                 {"logistics_channel_id", kCarrier},
                 {"shipping_carrier", "SPX Express"},
                 {"allow_self_design_awb", true},
                 {"days_to_ship", kShipWithin_days},
                 {"ship_by_date", from_s + kShipWithin_days * 86'400},
                 {"pending_terms", Json::array()},
                 {"tracking_number", order.tracking},
                 {"pickup_done_time", order.shipped_s},
                 {"is_split_up", false},
                 {"item_list", items_json(order)},
                 {"recipient_address", masked_address(order.buyer)},
                 {"parcel_chargeable_weight_gram", 1000},
                 {"sorting_group", ""},
                 {"is_shipment_arranged", order.arranged_s != 0},
                 {"can_split_order", false},
                 {"can_unsplit_order", false}});
}

}  // namespace

Reply package_detail(Shop& shop, const Call& call) {
  const auto numbers = call.texts("package_number_list");
  if (numbers.empty() || numbers.size() > kDetailMax) {
    return wrong_parameter("package_number_list must contain 1 to 50 packages.");
  }
  std::vector<Json> rows;
  for (const auto& order : shop.orders) {
    const bool asked =
        std::find(numbers.begin(), numbers.end(), order.package_number) != numbers.end();
    if (asked) rows.push_back(detail_json(order));
  }
  if (rows.empty()) {
    return fail("error_not_found", "Wrong parameters, detail: the package is not found.");
  }
  return ok(object({{"package_list", wire::array(std::move(rows))}}));
}

Reply search_packages(Shop& shop, const Call& call) {
  const auto pagination = wire::member(call.body, "pagination");
  const auto size = wire::integer(pagination, "page_size");
  if (size < 1 || size > kPageMax) return wrong_parameter("page_size must be between 1 and 100.");
  const auto cursor = wire::text(pagination, "cursor");
  const auto offset = cursor.empty() ? 0 : wire::to_integer(cursor).value_or(-1);
  if (offset < 0) return wrong_parameter("cursor is invalid.");
  const auto sort = wire::member(call.body, "sort");
  const bool ascending = wire::as_flag(wire::member(sort, "ascending")).value_or(true);
  const auto filter = wire::member(call.body, "filter");
  std::vector<const Order*> matches;
  for (const auto& order : shop.orders) {
    if (wanted(order, filter)) matches.push_back(&order);
  }
  if (!ascending) std::reverse(matches.begin(), matches.end());
  const auto total = static_cast<std::int64_t>(matches.size());
  std::vector<Json> rows;
  for (auto i = offset; i < std::min(total, offset + size); ++i) {
    rows.push_back(package_json(*matches[static_cast<std::size_t>(i)]));
  }
  const bool more = offset + size < total;
  return ok(object(
      {{"packages_list", wire::array(std::move(rows))},
       {"pagination", object({{"total_count", total},
                              {"next_cursor", more ? std::to_string(offset + size) : ""},
                              {"more", more}})},
       {"sort",
        object({{"sort_type", wire::integer(sort, "sort_type", 1)}, {"ascending", ascending}})}}));
}

}  // namespace sandbox::shopee
