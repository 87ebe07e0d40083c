#pragma once
// A carrier's fixtures as our types, and our types as JSON to compare with: the rest is in
// mapping_cases.h.
#include <string>
#include <utility>
#include <vector>

#include "connectors/carriers/carrier.h"
#include "tests/contract/mapping_cases.h"

namespace contract {

namespace carriers = connectors::carriers;

inline carriers::Party party_of(const Json* value) {
  carriers::Party party;
  if (value == nullptr) return party;
  party.name = json::text(*value, "name");
  party.phone = json::text(*value, "phone");
  party.address = json::text(*value, "address");
  party.place.province = json::text(*value, "province");
  party.place.district = json::text(*value, "district");
  party.place.commune = json::text(*value, "commune");
  party.place.scheme = party.place.district.empty() ? carriers::PlaceScheme::two_level
                                                    : carriers::PlaceScheme::three_level;
  return party;
}

inline carriers::ShipmentRequest shipment_of(const Json& request) {
  const auto number = [&](std::string_view name) {
    return json::integer_at(request, "shipment", name).value_or(0);
  };
  const auto text = [&](std::string_view name) { return json::text_at(request, "shipment", name); };
  carriers::ShipmentRequest out;
  out.reference = text("reference");
  out.sender = party_of(json::child(request, "shipment", "sender"));
  out.receiver = party_of(json::child(request, "shipment", "receiver"));
  out.contents.description = text("description");
  out.contents.quantity = 1;
  out.contents.weight_g = number("weight_g");
  out.contents.length_cm = static_cast<int>(number("length_cm"));
  out.contents.width_cm = static_cast<int>(number("width_cm"));
  out.contents.height_cm = static_cast<int>(number("height_cm"));
  out.value = number("value");
  out.cod = number("cod");
  out.fee_payer =
      text("fee_payer") == "receiver" ? carriers::FeePayer::receiver : carriers::FeePayer::sender;
  out.service = text("service");
  out.note = text("note");
  return out;
}

inline Json dump(const carriers::Booking& booking) {
  return json::json_object({{"tracking_no", json::json_string(booking.tracking_no)},
                            {"remote_id", json::json_string(booking.remote_id)},
                            {"fee", json::json_number(booking.fee)}});
}

inline Json dump(const carriers::FeeOffer& offer) {
  return json::json_object({{"service", json::json_string(offer.service)},
                            {"name", json::json_string(offer.name)},
                            {"fee", json::json_number(offer.fee)},
                            {"time", json::json_string(offer.time)}});
}

inline Json dump(const carriers::Place& place) {
  return json::json_object({{"id", json::json_string(place.id)},
                            {"parent", json::json_string(place.parent)},
                            {"name", json::json_string(place.name)}});
}

inline Json dump(const catalog::ShipmentEvent& event) {
  return json::json_object({{"id", json::json_string(event.id)},
                            {"tracking_no", json::json_string(event.tracking_no)},
                            {"reference", json::json_string(event.reference)},
                            {"state", json::json_string(catalog::to_string(event.state))},
                            {"remote_state", json::json_string(event.remote_state)},
                            {"at", json::json_string(base::utc_iso(event.at))}});
}

// Member-wise dumps for vectors: mapping_cases.h has one for types declared before it only.
template <typename Value>
Json dump_all(const std::vector<Value>& values) {
  std::vector<Json> out;
  for (const auto& value : values) out.push_back(dump(value));
  return json::json_array(std::move(out));
}

// The value, or the error.
template <typename Value>
Json dump_result(const base::Result<Value>& result) {
  if (!result) return dump(result.error());
  return dump(result.value());
}

}  // namespace contract
