#include "connectors/carriers/vnpost/mapping.h"

#include <algorithm>

#include "connectors/carriers/request_check.h"

namespace connectors::carriers::vnpost {

namespace {

using base::Error;
using base::ErrorCode;
using common::Json;
using common::json_number;
using common::json_string;

constexpr const char* kNoDistrict = "VNPOST";
constexpr std::size_t kTextBytesMax = 500;

Error lacks(const std::string& what, ErrorCode code = ErrorCode::protocol) {
  return {code, "VNPost: the answer lacks " + what, {}, {}};
}

Json or_null(const std::string& text) {
  return text.empty() ? Json::null() : json_string(text);
}

Json side(int cm) {
  return cm > 0 ? json_string(std::to_string(cm)) : Json::null();
}

void add_place(Json& body, const std::string& who, const PlaceIds& place) {
  const bool flat = place.scheme == PlaceScheme::two_level;
  body[who + "ProvinceCode"] = json_string(place.province);
  body[who + "DistrictCode"] = json_string(flat ? kNoDistrict : place.district);
  body[who + "CommuneCode"] = json_string(place.commune);
}

void add_party(Json& body, const std::string& who, const Party& party) {
  body[who + "Name"] = json_string(party.name);
  body[who + "Phone"] = json_string(party.phone);
  body[who + "Address"] = json_string(cut(party.address, kTextBytesMax));
  add_place(body, who, party.place);
}

Json add_on(const char* code, const char* property, std::int64_t amount) {
  return common::json_object(
      {{"code", json_string(code)},
       {"propValue", json_string(std::string{property} + ":" + std::to_string(amount))}});
}

Json add_ons(const ShipmentRequest& request) {
  std::vector<Json> out;
  if (request.cod > 0) out.push_back(add_on("GTG021", "PROP0018", request.cod));
  if (request.value > 0) out.push_back(add_on("GTG008", "PROP0026", request.value));
  return common::json_array(std::move(out));
}

void add_size(Json& body, const Contents& contents) {
  body["length"] = side(contents.length_cm);
  body["width"] = side(contents.width_cm);
  body["height"] = side(contents.height_cm);
  body["vehicle"] = json_string("BO");
}

std::string level_name(PlaceLevel level) {
  if (level == PlaceLevel::province) return "province";
  return level == PlaceLevel::district ? "district" : "commune";
}

}  // namespace

Json charge_body(const ShipmentRequest& request, const Contract& contract) {
  Json data = Json::object();
  add_place(data, "sender", request.sender.place);
  add_place(data, "receiver", request.receiver.place);
  add_size(data, request.contents);
  data["receiverNational"] = json_string("VN");
  data["weight"] = json_number(request.contents.weight_g);
  data["serviceCode"] = or_null(request.service);
  data["addonService"] = add_ons(request);
  data["additionRequest"] = common::json_array({});
  return common::json_object({{"scope", json_number(1)},
                              {"customerCode", json_string(contract.customer_code)},
                              {"contractNumber", or_null(contract.contract_code)},
                              {"data", data}});
}

Json create_body(const ShipmentRequest& request, const Contract& contract) {
  Json order = Json::object();
  add_party(order, "sender", request.sender);
  add_party(order, "receiver", request.receiver);
  add_size(order, request.contents);
  order["serviceCode"] = json_string(request.service.empty() ? contract.service : request.service);
  order["addonService"] = add_ons(request);
  order["additionRequest"] = common::json_array({});
  order["saleOrderCode"] = json_string(request.reference);
  order["contentNote"] = json_string(cut(request.contents.description, kTextBytesMax));
  order["weight"] = json_string(std::to_string(request.contents.weight_g));
  order["sendType"] = json_string("1");
  order["isBroken"] = json_string("0");
  order["orgCodeCollect"] = Json::null();
  order["orgCodeAccept"] = Json::null();
  order["deliveryTime"] = Json::null();
  order["deliveryRequire"] = Json::null();
  order["deliveryInstruction"] = or_null(cut(request.note, kTextBytesMax));
  return common::json_object({{"orderCreationStatus", json_number(1)},
                              {"type", json_string("GUI")},
                              {"customerCode", json_string(contract.customer_code)},
                              {"contractCode", or_null(contract.contract_code)},
                              {"informationOrder", order}});
}

base::Result<std::vector<FeeOffer>> offers(const Json& answer) {
  const Json* data = common::child(answer, "data");
  const Json& rows = data == nullptr ? answer : *data;
  std::vector<FeeOffer> out;
  for (const auto& row : common::items_of(rows)) {
    const auto fee = common::money_vnd(row, "totalFee");
    FeeOffer offer{common::text(row, "serviceCode"), common::text(row, "serviceName"),
                   fee.value_or(0), ""};
    if (offer.service.empty() || !fee) return lacks("a service's code or price");
    out.push_back(std::move(offer));
  }
  return out;
}

base::Result<Booking> booking(const Json& answer) {
  const Json* data = common::child(answer, "data");
  const bool wrapped = common::text(answer, "itemCode").empty() && data != nullptr;
  const Json& row = wrapped ? *data : answer;
  Booking out;
  out.tracking_no = common::text(row, "itemCode");
  out.remote_id = common::text(row, "orderHdrID");
  out.fee = common::money_vnd(row, "totalFee").value_or(0);
  if (out.tracking_no.empty()) return lacks("itemCode", ErrorCode::unknown_outcome);
  return out;
}

std::vector<Json> parcels(const Json& answer) {
  std::vector<Json> out;
  const auto take = [&](const Json& page) {
    for (const auto& row : common::items(page, "results")) out.push_back(row);
  };
  take(answer);
  for (const auto& page : common::items_of(answer)) take(page);
  return out;
}

std::optional<Booking> booked_under(const std::string& reference, const std::vector<Json>& rows,
                                    Scale scale) {
  std::optional<Booking> cancelled;
  for (const auto& row : rows) {
    if (common::text(row, "saleOrderCode") != reference) continue;
    auto found = booking(row);
    if (!found) continue;
    const auto state = state_of(common::text(row, "status"), scale);
    if (state != catalog::ShipmentState::cancelled) return std::move(found).value();
    cancelled = std::move(found).value();
  }
  return cancelled;
}

std::vector<Place> places(const Json& answer, PlaceScheme scheme, PlaceLevel level,
                          const std::string& parent) {
  const auto name = level_name(level);
  const Json* data = common::child(answer, "data");
  std::vector<Place> out;
  for (const auto& row : common::items_of(data == nullptr ? answer : *data)) {
    Place place{common::text(row, name + "Code"), "", common::text(row, name + "Name")};
    if (level == PlaceLevel::district) place.parent = common::text(row, "provinceCode");
    if (level == PlaceLevel::commune) {
      place.parent =
          common::text(row, scheme == PlaceScheme::two_level ? "provinceCode" : "districtCode");
    }
    const bool inside = parent.empty() || place.parent == parent;
    if (!place.id.empty() && inside) out.push_back(std::move(place));
  }
  return out;
}

}  // namespace connectors::carriers::vnpost
