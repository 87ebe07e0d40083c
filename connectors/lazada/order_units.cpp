#include "connectors/lazada/order_units.h"

#include <algorithm>
#include <array>

namespace connectors::lazada {

namespace {

using common::Json;

bool is_one_of(std::string_view word, std::span<const std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr auto kPackable = std::to_array<std::string_view>({"pending", "topack", "repacked"});
constexpr auto kPacked = std::to_array<std::string_view>({"packed", "toship"});
constexpr auto kCancelled = std::to_array<std::string_view>({"canceled", "cancelled"});
constexpr auto kOpen =
    std::to_array<std::string_view>({"unpaid", "pending", "topack", "repacked", "packed", "toship",
                                     "ready_to_ship_pending", "ready_to_ship"});

OrderUnit read_unit(const Json& row) {
  OrderUnit unit;
  unit.id = common::text(row, "order_item_id");
  unit.line_key = line_key(row);
  unit.status = common::text(row, "status");
  unit.package_id = common::text(row, "package_id");
  unit.tracking_number = common::text(row, "tracking_code");
  unit.carrier = common::text(row, "shipment_provider");
  unit.reverse_order_id = common::text(row, "reverse_order_id");
  unit.own_fleet = common::text(row, "shipping_provider_type") == "seller_own_fleet" ||
                   common::integer(row, "delivery_option_sof").value_or(0) != 0;
  unit.cancel_asked = common::flag(row, "need_cancel_confirm").value_or(false) ||
                      common::flag(row, "is_cancel_pending").value_or(false);
  return unit;
}

}  // namespace

std::string line_key(const Json& row) {
  auto key = common::text(row, "sku_id");
  if (key.empty()) key = common::text(row, "sku");
  const auto price = common::money_vnd(row, "item_price");
  return key.empty() || !price ? std::string{} : key + "@" + std::to_string(*price);
}

OrderUnits read_units(const Json& answer) {
  OrderUnits units;
  for (const Json& row : common::items(answer, "data")) {
    auto unit = read_unit(row);
    if (!unit.id.empty()) units.push_back(std::move(unit));
  }
  return units;
}

bool is_packable(const OrderUnit& unit) {
  return is_one_of(unit.status, kPackable);
}
bool is_packed(const OrderUnit& unit) {
  return is_one_of(unit.status, kPacked);
}
bool is_cancelled(const OrderUnit& unit) {
  return is_one_of(unit.status, kCancelled);
}

bool is_cancellable(const OrderUnit& unit) {
  return unit.status != "unpaid" && is_one_of(unit.status, kOpen);
}

bool is_announced(const OrderUnit& unit) {
  const bool before = unit.status != "ready_to_ship" && unit.status != "ready_to_ship_pending" &&
                      is_one_of(unit.status, kOpen);
  return !before && !is_cancelled(unit);
}

OrderUnits chosen(const OrderUnits& units, std::span<const std::string> line_ids) {
  if (line_ids.empty()) return units;
  OrderUnits out;
  std::copy_if(units.begin(), units.end(), std::back_inserter(out), [&](const OrderUnit& unit) {
    return std::any_of(line_ids.begin(), line_ids.end(), [&](const std::string& line) {
      return line == unit.id || line == unit.line_key;
    });
  });
  return out;
}

std::vector<std::string> ids_of(const OrderUnits& units) {
  std::vector<std::string> ids;
  for (const auto& unit : units) ids.push_back(unit.id);
  return ids;
}

std::vector<std::string> packages_of(const OrderUnits& units) {
  std::vector<std::string> packages;
  for (const auto& unit : units) {
    if (unit.package_id.empty() || is_cancelled(unit)) continue;
    const bool known =
        std::find(packages.begin(), packages.end(), unit.package_id) != packages.end();
    if (!known) packages.push_back(unit.package_id);
  }
  return packages;
}

std::vector<Parcel> parcels_of(const OrderUnits& units) {
  std::vector<Parcel> parcels;
  for (const auto& package : packages_of(units)) {
    Parcel parcel;
    parcel.package_id = package;
    parcel.ready = true;
    for (const auto& unit : units) {
      if (unit.package_id != package || is_cancelled(unit)) continue;
      parcel.carrier = unit.carrier;
      parcel.tracking_number = unit.tracking_number;
      parcel.ready = parcel.ready && is_announced(unit);
      if (parcel.remote_status.find(unit.status) == std::string::npos) {
        parcel.remote_status += (parcel.remote_status.empty() ? "" : ",") + unit.status;
      }
    }
    parcels.push_back(std::move(parcel));
  }
  return parcels;
}

}  // namespace connectors::lazada
