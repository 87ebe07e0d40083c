#pragma once
// From a paid order to a parcel with a number and a label, and back again when it cannot be sent.
// Threads: as Connector. Every call is safe to repeat: an order that is arranged already answers
// with its parcel, a cancelled one with success.
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace connectors {

// How the parcel may be handed over, as the channel offers it for this order.
struct HandoverChoice {
  std::string id;     // give it back in ShipRequest::handover
  std::string label;  // "pickup 2026-11-25 08:00, <address>", in the channel's words
};

struct ShipRequest {
  std::string order_id;
  std::vector<std::string> line_ids;  // empty: the whole order
  std::string handover;               // a HandoverChoice; empty: the channel's first
  std::string carrier;                // where the seller brings his own; empty: the channel's
  std::string tracking_number;        // of the seller's own carrier
};

struct Parcel {
  std::string package_id;
  std::string carrier;
  std::string tracking_number;  // empty: not given out yet, ask again
  std::string remote_status;
  bool ready = false;  // the channel takes the parcel as arranged
};

struct Label {
  std::string content_type;
  std::string bytes;
};
inline constexpr std::size_t kLabelBytesMax = 16 * 1024 * 1024;

enum class CancelReason {
  out_of_stock,  // some channels set the stock of the listing to 0 for this: see the README
  cannot_deliver,
  buyer_asked,
  wrong_price,
};
std::string_view to_string(CancelReason reason);
std::optional<CancelReason> cancel_reason_from(std::string_view text);

enum class Decision { accept, refuse };

class Fulfilment {
 public:
  virtual ~Fulfilment() = default;
  virtual base::Result<std::vector<HandoverChoice>> choices(const std::string& order_id) = 0;
  virtual base::Result<std::vector<Parcel>> ship(const ShipRequest& request) = 0;
  virtual base::Result<std::vector<Parcel>> parcels(const std::string& order_id) = 0;
  // `unavailable` with retry_after while the channel still makes it.
  virtual base::Result<Label> label(const std::string& order_id) = 0;
  virtual base::Status cancel(const std::string& order_id, std::span<const std::string> line_ids,
                              CancelReason reason) = 0;
  // The answer to a buyer who asks to cancel.
  virtual base::Status answer_cancellation(const std::string& order_id, Decision decision) = 0;
};

}  // namespace connectors
