#include "connectors/carriers/request_text.h"

#include "connectors/common/json.h"

namespace connectors::carriers {

namespace {

using common::Json;
using common::json_number;
using common::json_string;

constexpr std::size_t kRequestBytesMax = 64 * 1024;

Json to_json(const Party& party) {
  return common::json_object({{"name", json_string(party.name)},
                              {"phone", json_string(party.phone)},
                              {"address", json_string(party.address)},
                              {"province", json_string(party.place.province)},
                              {"district", json_string(party.place.district)},
                              {"commune", json_string(party.place.commune)}});
}

// A district is what tells the schemes apart.
Party party_from(const Json& json, std::string_view name) {
  const auto text = [&](std::string_view member) { return common::text_at(json, name, member); };
  const auto district = text("district");
  const auto scheme = district.empty() ? PlaceScheme::two_level : PlaceScheme::three_level;
  return {text("name"),
          text("phone"),
          text("address"),
          {scheme, text("province"), district, text("commune")}};
}

}  // namespace

std::string to_text(const ShipmentRequest& request) {
  const auto& contents = request.contents;
  return common::to_text(common::json_object(
      {{"reference", json_string(request.reference)},
       {"sender", to_json(request.sender)},
       {"receiver", to_json(request.receiver)},
       {"description", json_string(contents.description)},
       {"quantity", json_number(contents.quantity)},
       {"weight_g", json_number(contents.weight_g)},
       {"length_cm", json_number(contents.length_cm)},
       {"width_cm", json_number(contents.width_cm)},
       {"height_cm", json_number(contents.height_cm)},
       {"value", json_number(request.value)},
       {"cod", json_number(request.cod)},
       {"fee_payer", json_string(request.fee_payer == FeePayer::receiver ? "receiver" : "sender")},
       {"service", json_string(request.service)},
       {"note", json_string(request.note)}}));
}

base::Result<ShipmentRequest> request_from(std::string_view text) {
  const auto json = common::parse_json(text, kRequestBytesMax);
  if (!json) return json.error();
  const auto& from = json.value();
  const auto number = [&](std::string_view name) {
    return common::integer(from, name).value_or(0);
  };
  ShipmentRequest out;
  out.reference = common::text(from, "reference");
  out.sender = party_from(from, "sender");
  out.receiver = party_from(from, "receiver");
  out.contents = {common::text(from, "description"),
                  number("quantity"),
                  number("weight_g"),
                  static_cast<int>(number("length_cm")),
                  static_cast<int>(number("width_cm")),
                  static_cast<int>(number("height_cm"))};
  out.value = number("value");
  out.cod = number("cod");
  out.fee_payer =
      common::text(from, "fee_payer") == "receiver" ? FeePayer::receiver : FeePayer::sender;
  out.service = common::text(from, "service");
  out.note = common::text(from, "note");
  return out;
}

}  // namespace connectors::carriers
