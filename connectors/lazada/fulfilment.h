#pragma once
// Parcels: pack, announce (ready to ship), label, cancel, and the answer to a buyer who cancels.
//
// Every call reads the order first and does what is left to do, so that repeating it is safe and a
// lost answer costs one more read. Lazada packs by units and gives the parcel its carrier and its
// number; a number of the seller's own carrier is taken by the calls of before 2023 only
// (`fulfilment = legacy`). "Out of stock" and "wrong price" make Lazada set the stock of the SKU to
// 0: they are never the reason that is sent.
// Errors: rejected (the order is not there yet, or past it), not_found, else what the call said.
// Threads: one. Source: Lazada Open Platform, "Fulfillment orders", "Order cancellation", 2025-12.
#include "connectors/fulfilment.h"
#include "connectors/lazada/client.h"
#include "connectors/lazada/order_units.h"

namespace connectors::lazada {

inline constexpr std::size_t kPackagesMax = 20;  // of one call
inline constexpr base::Millis kLabelPause = std::chrono::seconds{30};

class LazadaFulfilment final : public Fulfilment {
 public:
  explicit LazadaFulfilment(Client& client) : client_(client) {}

  base::Result<std::vector<HandoverChoice>> choices(const std::string& order_id) override;
  base::Result<std::vector<Parcel>> ship(const ShipRequest& request) override;
  base::Result<std::vector<Parcel>> parcels(const std::string& order_id) override;
  base::Result<Label> label(const std::string& order_id) override;

  // cancellation.cpp
  base::Status cancel(const std::string& order_id, std::span<const std::string> line_ids,
                      CancelReason reason) override;
  base::Status answer_cancellation(const std::string& order_id, Decision decision) override;

 private:
  base::Result<OrderUnits> units_of(const std::string& order_id);
  // One call, with the verdict that stands inside its answer.
  base::Result<common::Json> ask(Verb verb, const std::string& path, const common::Query& query);
  base::Result<common::Json> ask_one(Verb verb, const std::string& path, const char* parameter,
                                     const std::string& body);
  base::Status pack(const ShipRequest& request, const OrderUnits& units);
  base::Status announce(const ShipRequest& request, const OrderUnits& units);
  base::Result<std::string> carrier_of(const ShipRequest& request);
  base::Result<Label> document(const char* type, std::span<const std::string> packages);

  base::Status free_from_packages(const OrderUnits& all, const OrderUnits& wanted);
  base::Result<std::string> reason_id(const std::string& order_id, const OrderUnits& units,
                                      CancelReason reason);

  Client& client_;
};

// The id of the offered reason that says what is meant and leaves the stock alone; empty when none
// of them does. `options`: reason_options of cancel/validate.
std::string harmless_reason(std::span<const common::Json> options, CancelReason reason);

}  // namespace connectors::lazada
