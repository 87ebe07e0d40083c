#pragma once
// The port for parcels at carriers and what was asked for them. Unique by (carrier, reference), and
// by (carrier, tracking number) once there is one. Rules as in tables.h.
#include <optional>
#include <string_view>
#include <vector>

#include "catalog/carrier_request.h"
#include "catalog/put.h"
#include "catalog/shipment.h"

namespace catalog {

class ShipmentTable {
 public:
  virtual ~ShipmentTable() = default;
  virtual Put put(const Shipment& shipment) = 0;       // history included, replaced as a whole
  virtual Put put(const CarrierRequest& request) = 0;  // its shipment must be there
  virtual std::optional<Shipment> shipment(const AccountId& carrier,
                                           std::string_view reference) = 0;
  virtual std::optional<Shipment> tracked(const AccountId& carrier,
                                          std::string_view tracking_no) = 0;
  virtual std::optional<CarrierRequest> request(const AccountId& carrier,
                                                std::string_view reference) = 0;
  // Of one order, in the order they were asked for; shipments without a request first.
  virtual std::vector<Shipment> of_order(const AccountId& account, std::string_view order_id) = 0;
  // Newest request first; an empty carrier: all.
  virtual std::vector<Shipment> shipments(const AccountId& carrier, std::size_t rows_max) = 0;
  // Booked and not at an end, the one asked about longest ago first.
  virtual std::vector<Shipment> under_way(const AccountId& carrier, std::size_t rows_max) = 0;
  // Empties the sealed part of requests older than that; the number of them.
  virtual int forget_people(base::Instant asked_before) = 0;
};

}  // namespace catalog
