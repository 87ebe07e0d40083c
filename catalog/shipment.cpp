#include "catalog/shipment.h"

#include <algorithm>

#include "base/digest.h"
#include "base/enum_names.h"

namespace catalog {
namespace {

constexpr base::EnumNames<ShipmentState, 10> kStates{{{
    {ShipmentState::created, "created"},
    {ShipmentState::picked_up, "picked_up"},
    {ShipmentState::in_transit, "in_transit"},
    {ShipmentState::delivering, "delivering"},
    {ShipmentState::delivered, "delivered"},
    {ShipmentState::returning, "returning"},
    {ShipmentState::returned, "returned"},
    {ShipmentState::lost, "lost"},
    {ShipmentState::cancelled, "cancelled"},
    {ShipmentState::unknown, "unknown"},
}}};

constexpr std::size_t kPrefixMax = 8;
constexpr std::size_t kDigestDigits = 20;

int rank(ShipmentState state) {
  switch (state) {
    case ShipmentState::unknown:
      return -1;
    case ShipmentState::created:
      return 0;
    case ShipmentState::picked_up:
      return 1;
    case ShipmentState::in_transit:
      return 2;
    case ShipmentState::delivering:
      return 3;
    case ShipmentState::returning:
      return 4;
    case ShipmentState::delivered:
    case ShipmentState::returned:
    case ShipmentState::lost:
    case ShipmentState::cancelled:
      return 5;
  }
  return -1;
}

// Of two messages of the same rank: ends by the earliest, so that more messages only ever add
// contradictions; the rest by the latest. Ties go by state
// and raw code, so that the order of arrival never decides.
bool stands_before(const ShipmentEvent& one, const ShipmentEvent& other) {
  if (rank(one.state) != rank(other.state)) return rank(one.state) > rank(other.state);
  if (one.at != other.at) return is_end(one.state) ? one.at < other.at : one.at > other.at;
  if (one.state != other.state) return one.state < other.state;
  return one.remote_state < other.remote_state;
}

bool contradicts(const ShipmentEvent& end, const ShipmentEvent& event) {
  if (is_end(event.state)) return event.state != end.state;
  if (event.at <= end.at) return false;
  if (end.state == ShipmentState::delivered) return event.state == ShipmentState::returning;
  const bool should_lie_still =
      end.state == ShipmentState::cancelled || end.state == ShipmentState::lost;
  return should_lie_still && rank(event.state) >= rank(ShipmentState::picked_up);
}

bool concerns(const Shipment& shipment, const ShipmentEvent& event) {
  if (!shipment.tracking_no.empty() && !event.tracking_no.empty()) {
    return shipment.tracking_no == event.tracking_no;
  }
  return !shipment.reference.empty() && shipment.reference == event.reference;
}

bool heard(const Shipment& shipment, const ShipmentEvent& event) {
  return std::any_of(shipment.history.begin(), shipment.history.end(),
                     [&](const ShipmentEvent& known) { return known.id == event.id; });
}

// A full history keeps room for what decides: an end, then a return.
bool has_room(const Shipment& shipment, const ShipmentEvent& event) {
  constexpr std::size_t kReserve = 20;
  const bool decides = rank(event.state) >= rank(ShipmentState::returning);
  return shipment.history.size() < kShipmentEventsMax - (decides ? 0 : kReserve);
}

}  // namespace

std::string_view to_string(ShipmentState state) {
  return kStates.name(state);
}
std::optional<ShipmentState> shipment_state_from(std::string_view text) {
  return kStates.value(text);
}

bool is_end(ShipmentState state) {
  return rank(state) == rank(ShipmentState::delivered);
}

std::string shipment_reference(std::string_view prefix, const AccountId& account,
                               std::string_view order_id) {
  std::string out;
  for (const char c : prefix.substr(0, kPrefixMax)) {
    const bool plain = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (plain) out += c;
  }
  if (!out.empty()) out += '-';
  const auto digest = base::fingerprint(account.text + '\n' + std::string(order_id));
  return out + digest.substr(0, kDigestDigits);
}

ShipmentStanding standing_of(const std::vector<ShipmentEvent>& events) {
  const ShipmentEvent* top = nullptr;
  for (const auto& event : events) {
    if (event.state == ShipmentState::unknown) continue;
    if (top == nullptr || stands_before(event, *top)) top = &event;
  }
  if (top == nullptr) return {};
  ShipmentStanding out{top->state, top->at, top->remote_state, false};
  if (!is_end(top->state)) return out;
  out.held = std::any_of(events.begin(), events.end(), [&](const ShipmentEvent& event) {
    return event.state != ShipmentState::unknown && contradicts(*top, event);
  });
  return out;
}

ShipmentChange apply(Shipment& shipment, const ShipmentEvent& event) {
  if (!concerns(shipment, event) || heard(shipment, event)) return ShipmentChange::none;
  if (!has_room(shipment, event)) return ShipmentChange::none;
  if (shipment.tracking_no.empty()) shipment.tracking_no = event.tracking_no;
  shipment.history.push_back(event);
  if (!shipment.settled_by.empty()) return ShipmentChange::noted;

  const auto standing = standing_of(shipment.history);
  const bool moved = standing.state != shipment.state;
  const bool newly_held = standing.held && !shipment.held;
  if (event.state != ShipmentState::unknown) {
    shipment.state = standing.state;
    shipment.state_at = standing.at;
    shipment.remote_state = standing.remote_state;
    shipment.held = standing.held;
  }
  if (newly_held) return ShipmentChange::held;
  return moved ? ShipmentChange::moved : ShipmentChange::noted;
}

bool settle(Shipment& shipment, ShipmentState state, std::string_view who, base::Instant at) {
  if (!shipment.held || !is_end(state) || who.empty()) return false;
  shipment.state = state;
  shipment.state_at = at;
  shipment.settled_by = who;
  shipment.held = false;
  return true;
}

}  // namespace catalog
