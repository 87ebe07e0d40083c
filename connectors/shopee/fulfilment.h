#pragma once
// From a paid Shopee order to a parcel with a number and a label, and cancellations.
//
// The order is read before anything is written and after anything unanswered, so that every call
// may be repeated. A handover is "pickup:<address>:<time>", "dropoff[:<branch>]" or "own".
// `tracking_number` stays empty until the courier answers; the label exists only then.
// Errors: as Fulfilment; rejected for a state of the order that allows no such thing.
// Threads: one. Source: Open Platform API v2, logistics.* and order.cancel_order, 2026-08-18.
#include "connectors/fulfilment.h"
#include "connectors/shopee/client.h"
#include "connectors/shopee/parcels.h"

namespace connectors::shopee {

class ShopFulfilment final : public Fulfilment {
 public:
  explicit ShopFulfilment(Client& client) : client_(client) {}

  base::Result<std::vector<HandoverChoice>> choices(const std::string& order_id) override;
  base::Result<std::vector<Parcel>> ship(const ShipRequest& request) override;
  base::Result<std::vector<Parcel>> parcels(const std::string& order_id) override;
  base::Result<Label> label(const std::string& order_id) override;
  base::Status cancel(const std::string& order_id, std::span<const std::string> line_ids,
                      CancelReason reason) override;
  base::Status answer_cancellation(const std::string& order_id, Decision decision) override;

 private:
  base::Result<OrderState> state_of(const std::string& order_id);
  base::Result<std::vector<HandoverChoice>> choices_of(const std::string& order_id,
                                                       const std::string& package_number);
  // A parcel that the courier did not collect is offered again by another call.
  enum class Handing { first_time, again };
  base::Status ship_package(const ShipRequest& request, const std::string& package_number,
                            Handing handing);
  base::Result<std::vector<Parcel>> parcels_of(const OrderState& order);
  base::Result<DocumentState> document(const std::string& path, const std::string& body);
  base::Status make_document(const std::string& body);

  Client& client_;
};

}  // namespace connectors::shopee
