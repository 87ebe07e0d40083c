#pragma once
// Viettel Post's shapes and ours, both ways. Pure; nothing here throws. Threads: safe.
//
// Ids are numbers there. A two-level address has a null district. Texts hold 150 bytes: the end of
// a longer address is cut, its place ids say where it lies. Times are dd/MM/yyyy HH:mm:ss, +07:00.
// Errors: `protocol` for an answer without what it must hold; `unknown_outcome` for a create's.
// Source: partner pages as public clients quote them, read 2026-11-24.
#include <optional>
#include <string>
#include <vector>

#include "connectors/carriers/carrier.h"
#include "connectors/common/json.h"

namespace connectors::carriers::viettelpost {

inline constexpr std::size_t kTextBytesMax = 150;

struct Defaults {
  std::string service;
  std::string group_address_id;  // of the pick-up store; empty: none
};

common::Json price_body(const ShipmentRequest& request);
common::Json create_body(const ShipmentRequest& request, const Defaults& defaults);
common::Json cancel_body(const std::string& tracking_no, const std::string& note);

base::Result<std::vector<FeeOffer>> offers(const common::Json& answer, const std::string& service);
base::Result<Booking> booking(const common::Json& answer);
std::vector<Place> places(const common::Json& answer, PlaceLevel level);

// Path and query of a place list.
std::string places_path(PlaceScheme scheme, PlaceLevel level, const std::string& parent);

catalog::ShipmentState state_of(std::string_view code);
// The one event of a callback's body.
base::Result<catalog::ShipmentEvent> event_of(const common::Json& body);
// The secret in a callback's body; empty when there is none.
std::string token_of(const common::Json& body);

}  // namespace connectors::carriers::viettelpost
