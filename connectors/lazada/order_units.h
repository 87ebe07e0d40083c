#pragma once
// The units of one order (order/items/get): one row is one piece with its own status and parcel.
// Pure. Errors: none; a row without an id is left out. Threads: safe.
// Source: Lazada Open Platform, "Order status flow", order API pages, 2026-04-21.
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/common/json.h"
#include "connectors/fulfilment.h"

namespace connectors::lazada {

struct OrderUnit {
  std::string id;        // order_item_id
  std::string line_key;  // our line's id, "<sku_id>@<price>"
  std::string status;
  std::string package_id;
  std::string tracking_number;
  std::string carrier;
  std::string reverse_order_id;  // of the newest cancellation or return
  bool own_fleet = false;
  bool cancel_asked = false;  // the buyer wants it cancelled, nobody has answered
};
using OrderUnits = std::vector<OrderUnit>;

OrderUnits read_units(const common::Json& answer);

bool is_packable(const OrderUnit& unit);
bool is_packed(const OrderUnit& unit);  // in a parcel that was not announced yet
bool is_cancelled(const OrderUnit& unit);
bool is_cancellable(const OrderUnit& unit);  // pending to ready to ship
bool is_announced(const OrderUnit& unit);    // ready to ship, or further

// The units that the lines (ours, or order_item_ids) name; all of them when there are none.
OrderUnits chosen(const OrderUnits& units, std::span<const std::string> line_ids);
std::vector<std::string> ids_of(const OrderUnits& units);
// Different parcels, in order of first sight; cancelled units have none.
std::vector<std::string> packages_of(const OrderUnits& units);
std::vector<Parcel> parcels_of(const OrderUnits& units);

// One line's id, as orders name it too.
std::string line_key(const common::Json& row);

}  // namespace connectors::lazada
