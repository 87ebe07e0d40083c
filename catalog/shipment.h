#pragma once
// One parcel on its way, as a carrier reports it, and the pure rules of how its state moves.
//
// Callbacks come twice, late, out of order, and a poll may tell the same once more. So the state is
// not moved by the last message: it is derived from the set of all messages, and any order of
// arrival gives the same answer.
//   - the furthest state wins: created < picked_up < in_transit < delivering < returning < an end
//   - an end (delivered, returned, lost, cancelled) stays an end
//   - two different ends, a parcel that is taken back after it was delivered, or one that moves on
//     after it was cancelled or lost, contradict: the shipment is held until a person settles it
//   - a code that nobody knows is kept raw in the history and moves nothing
// No name, phone or address of a person is part of it. A shipment whose tracking number is empty
// was asked for and not confirmed yet. Nothing here throws. Threads: values.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "catalog/ids.h"
#include "catalog/money.h"

namespace catalog {

enum class ShipmentState {
  created,     // the carrier knows of it
  picked_up,   // the carrier has the goods
  in_transit,  // between offices
  delivering,  // with the courier, failed attempts included
  delivered,
  returning,
  returned,
  lost,
  cancelled,
  unknown,  // of an event alone, never of a shipment: see remote_state
};
std::string_view to_string(ShipmentState state);
std::optional<ShipmentState> shipment_state_from(std::string_view text);
bool is_end(ShipmentState state);

struct ShipmentEvent {
  std::string id;           // the same message has the same id, however often it comes
  std::string tracking_no;  // the carrier's
  std::string reference;    // ours, when the message names it
  ShipmentState state = ShipmentState::unknown;
  std::string remote_state;  // the carrier's own code
  base::Instant at;          // when it happened, by the carrier's clock

  bool operator==(const ShipmentEvent&) const = default;
};
inline constexpr std::size_t kShipmentEventsMax = 200;

struct Shipment {
  AccountId account;        // whose order it is
  std::string order_id;     // the channel's
  AccountId carrier;        // the account at the carrier
  std::string reference;    // ours, unique per carrier; see shipment_reference
  std::string tracking_no;  // empty: not confirmed yet
  std::string remote_id;    // a second id some carriers want for a cancellation
  Money cod;                // to be collected from the buyer
  Money fee;                // as the carrier states it
  ShipmentState state = ShipmentState::created;
  base::Instant state_at;
  std::string remote_state;
  bool held = false;                   // contradicting ends: a person must look
  std::string settled_by;              // who ended that; empty: nobody had to
  std::vector<ShipmentEvent> history;  // as it came in, ids unique, at most kShipmentEventsMax

  bool operator==(const Shipment&) const = default;
};

// The same order always gets the same reference: what a create is looked up by after its answer
// was lost. At most 32 characters of A-Z, a-z, 0-9 and "-": `prefix`, then a digest of both. A
// second parcel for the same order is another `order_id` here ("…#2").
std::string shipment_reference(std::string_view prefix, const AccountId& account,
                               std::string_view order_id);

struct ShipmentStanding {
  ShipmentState state = ShipmentState::created;
  base::Instant at;
  std::string remote_state;
  bool held = false;

  bool operator==(const ShipmentStanding&) const = default;
};
// Where a parcel stands by everything heard of it. When held, the state is that of the earliest
// end.
ShipmentStanding standing_of(const std::vector<ShipmentEvent>& events);

enum class ShipmentChange {
  none,   // heard before, not about this shipment, or the history is full
  noted,  // kept in the history; the state is as it was
  moved,
  held,  // contradicts: a person must look
};
// Takes one message in. It also fills in a tracking number that was not known yet, when the message
// names our reference.
ShipmentChange apply(Shipment& shipment, const ShipmentEvent& event);

// A person's word on a held shipment: `state` must be an end. Later messages are noted only.
// False, and nothing changed, when it is not held, `state` is no end or `who` is empty.
bool settle(Shipment& shipment, ShipmentState state, std::string_view who, base::Instant at);

}  // namespace catalog
