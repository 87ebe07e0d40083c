#pragma once
// What a person asked to be done with an order, and the parcels it became. A request is kept before
// the channel hears of it, so it is sent again after a crash; the channel's calls are repeatable.
// Threads: values.
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "catalog/ids.h"

namespace catalog {

enum class OrderAction { ship, label, cancel, accept_cancellation, refuse_cancellation };
std::string_view to_string(OrderAction action);
std::optional<OrderAction> order_action_from(std::string_view text);

enum class RequestState { asked, done, refused };
std::string_view to_string(RequestState state);
std::optional<RequestState> request_state_from(std::string_view text);

// One per (account, order, action); asking again replaces what was refused or done.
//   handover         how the parcel is handed over; empty: the channel's first choice
//   tracking_number  of the seller's own carrier, named in `carrier`
//   reason           of a cancellation: connectors::CancelReason as text
//   file             where a label is written
struct OrderRequest {
  AccountId account;
  std::string order_id;
  OrderAction action = OrderAction::ship;
  RequestState state = RequestState::asked;
  std::string handover;
  std::string carrier;
  std::string tracking_number;
  std::string reason;
  std::string file;
  std::string problem;  // why it was refused, for people
  base::Instant asked_at;

  bool operator==(const OrderRequest&) const = default;
};

struct Parcel {
  AccountId account;
  std::string order_id;
  std::string package_id;
  std::string carrier;
  std::string tracking_number;  // empty: not given out yet
  std::string remote_status;

  bool operator==(const Parcel&) const = default;
};
inline constexpr std::size_t kParcelsPerOrderMax = 100;

}  // namespace catalog
