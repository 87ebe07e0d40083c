#pragma once
// From a paid order to one that is on its way, in a store that has neither carriers nor labels of
// its own: the seller brings the parcel, the buyer gets its number as a note, the order its new
// status.
//
// Every call reads first and does what is left to do. A note is looked for by its text before it is
// written (notes.h); a status is set to what it shall be. The parcel is kept in the order's own
// meta data. Cancelling gives the packs back to the store's shelf by the store's own rule. Errors:
// rejected for a state of the order that allows no such thing, a part of an order, a label;
// not_found; else what the call said. A note whose answer was lost and that is not there is
// unknown_outcome with a wait, by which it has landed or never will.
// Threads: one. Source: WooCommerce REST API v3, "Orders", "Order notes" (2026-11).
#include "connectors/fulfilment.h"
#include "connectors/provincial/client.h"
#include "connectors/provincial/notes.h"

namespace connectors::provincial {

inline constexpr base::Millis kNoteLandsWithin = std::chrono::minutes{2};

class StoreFulfilment final : public Fulfilment {
 public:
  explicit StoreFulfilment(Client& client) : client_(client) {}

  base::Result<std::vector<HandoverChoice>> choices(const std::string& order_id) override;
  base::Result<std::vector<Parcel>> ship(const ShipRequest& request) override;
  base::Result<std::vector<Parcel>> parcels(const std::string& order_id) override;
  base::Result<Label> label(const std::string& order_id) override;
  base::Status cancel(const std::string& order_id, std::span<const std::string> line_ids,
                      CancelReason reason) override;
  base::Status answer_cancellation(const std::string& order_id, Decision decision) override;

 private:
  base::Result<common::Json> order(const std::string& order_id);
  base::Status set_status(const std::string& order_id, const std::string& status,
                          std::vector<common::Json> meta);
  base::Status say(const std::string& order_id, const std::string& text, Reader reader);
  base::Result<bool> is_said(const std::string& order_id, const std::string& text, Reader reader);

  Client& client_;
};

}  // namespace connectors::provincial
