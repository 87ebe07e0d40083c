#pragma once
// catalog::ShipmentTable in memory. Contract: catalog/shipment_table.h.
// Threads: one transaction.
#include "storage/memory/state.h"

namespace storage::memory {

class ShipmentTable final : public catalog::ShipmentTable {
 public:
  explicit ShipmentTable(const Transaction& transaction) : transaction_(transaction) {}
  catalog::Put put(const catalog::Shipment& shipment) override;
  catalog::Put put(const catalog::CarrierRequest& request) override;
  std::optional<catalog::Shipment> shipment(const catalog::AccountId& carrier,
                                            std::string_view reference) override;
  std::optional<catalog::Shipment> tracked(const catalog::AccountId& carrier,
                                           std::string_view tracking_no) override;
  std::optional<catalog::CarrierRequest> request(const catalog::AccountId& carrier,
                                                 std::string_view reference) override;
  std::vector<catalog::Shipment> of_order(const catalog::AccountId& account,
                                          std::string_view order_id) override;
  std::vector<catalog::Shipment> shipments(const catalog::AccountId& carrier,
                                           std::size_t rows_max) override;
  std::vector<catalog::Shipment> under_way(const catalog::AccountId& carrier,
                                           std::size_t rows_max) override;
  int forget_people(base::Instant asked_before) override;

 private:
  const Transaction& transaction_;
};

}  // namespace storage::memory
