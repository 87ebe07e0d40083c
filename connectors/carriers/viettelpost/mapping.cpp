#include "connectors/carriers/viettelpost/mapping.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "connectors/carriers/request_check.h"
#include "connectors/common/uri.h"

namespace connectors::carriers::viettelpost {

namespace {

using base::Error;
using base::ErrorCode;
using catalog::ShipmentState;
using common::Json;
using common::json_number;
using common::json_string;

Error lacks(const std::string& what, ErrorCode code = ErrorCode::protocol) {
  return {code, "Viettel Post: the answer lacks " + what, {}, {}};
}

Json id(const std::string& text) {
  std::int64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, failure] = std::from_chars(text.data(), end, number);
  if (failure != std::errc{} || stop != end) return json_string(text);
  return json_number(number);
}

void add_place(Json& body, const std::string& side, const PlaceIds& place) {
  body[side + "PROVINCE"] = id(place.province);
  body[side + "DISTRICT"] =
      place.scheme == PlaceScheme::two_level ? Json::null() : id(place.district);
  body[side + "WARD"] = id(place.commune);
}

void add_party(Json& body, const std::string& side, const Party& party) {
  body[side + "FULLNAME"] = json_string(cut(party.name, kTextBytesMax));
  body[side + "PHONE"] = json_string(party.phone);
  body[side + "ADDRESS"] = json_string(cut(party.address, kTextBytesMax));
  add_place(body, side, party.place);
}

void add_goods(Json& body, const ShipmentRequest& request) {
  const auto& contents = request.contents;
  body["PRODUCT_TYPE"] = json_string("HH");
  body["PRODUCT_PRICE"] = json_number(request.value);
  body["PRODUCT_WEIGHT"] = json_number(contents.weight_g);
  body["PRODUCT_LENGTH"] = json_number(contents.length_cm);
  body["PRODUCT_WIDTH"] = json_number(contents.width_cm);
  body["PRODUCT_HEIGHT"] = json_number(contents.height_cm);
  body["MONEY_COLLECTION"] = json_number(request.cod);
}

// 1 collect nothing, 2 goods and fee, 3 goods only, 4 fee only
std::int64_t payment(const ShipmentRequest& request) {
  if (request.fee_payer == FeePayer::receiver) return request.cod > 0 ? 2 : 4;
  return request.cod > 0 ? 3 : 1;
}

struct StateRow {
  std::string_view code;
  ShipmentState state;
};
constexpr auto kStates = std::to_array<StateRow>({
    {"100", ShipmentState::created},    {"102", ShipmentState::created},
    {"103", ShipmentState::created},    {"104", ShipmentState::created},
    {"101", ShipmentState::cancelled},  {"107", ShipmentState::cancelled},
    {"201", ShipmentState::cancelled},  {"503", ShipmentState::cancelled},
    {"105", ShipmentState::picked_up},  {"106", ShipmentState::returning},
    {"200", ShipmentState::in_transit}, {"202", ShipmentState::in_transit},
    {"300", ShipmentState::in_transit}, {"301", ShipmentState::in_transit},
    {"302", ShipmentState::in_transit}, {"303", ShipmentState::in_transit},
    {"400", ShipmentState::in_transit}, {"401", ShipmentState::in_transit},
    {"402", ShipmentState::in_transit}, {"403", ShipmentState::in_transit},
    {"509", ShipmentState::in_transit}, {"510", ShipmentState::in_transit},
    {"500", ShipmentState::delivering}, {"506", ShipmentState::delivering},
    {"507", ShipmentState::delivering}, {"508", ShipmentState::delivering},
    {"550", ShipmentState::delivering}, {"501", ShipmentState::delivered},
    {"502", ShipmentState::returning},  {"505", ShipmentState::returning},
    {"515", ShipmentState::returning},  {"504", ShipmentState::returned},
});

std::string level_name(PlaceLevel level) {
  if (level == PlaceLevel::province) return "PROVINCE";
  return level == PlaceLevel::district ? "DISTRICT" : "WARDS";
}

FeeOffer offer_of(const Json& row) {
  return {common::text(row, "MA_DV_CHINH"), common::text(row, "TEN_DICHVU"),
          common::money_vnd(row, "GIA_CUOC").value_or(-1), common::text(row, "THOI_GIAN")};
}

}  // namespace

Json price_body(const ShipmentRequest& request) {
  Json body = Json::object();
  add_place(body, "SENDER_", request.sender.place);
  add_place(body, "RECEIVER_", request.receiver.place);
  add_goods(body, request);
  body["TYPE"] = json_number(1);
  if (request.service.empty()) return body;
  body["NATIONAL_TYPE"] = json_number(1);
  body["ORDER_SERVICE"] = json_string(request.service);
  body["ORDER_SERVICE_ADD"] = json_string("");
  return body;
}

Json create_body(const ShipmentRequest& request, const Defaults& defaults) {
  const auto& contents = request.contents;
  const auto name = json_string(cut(contents.description, kTextBytesMax));
  Json body = Json::object();
  body["ORDER_NUMBER"] = json_string(request.reference);
  body["CHECK_UNIQUE"] = common::json_flag(true);
  if (!defaults.group_address_id.empty()) {
    body["GROUPADDRESS_ID"] = id(defaults.group_address_id);
  }
  add_party(body, "SENDER_", request.sender);
  add_party(body, "RECEIVER_", request.receiver);
  add_goods(body, request);
  body["PRODUCT_NAME"] = name;
  body["PRODUCT_DESCRIPTION"] = name;
  body["PRODUCT_QUANTITY"] = json_number(contents.quantity);
  body["ORDER_PAYMENT"] = json_number(payment(request));
  body["ORDER_SERVICE"] = json_string(request.service.empty() ? defaults.service : request.service);
  body["ORDER_SERVICE_ADD"] = json_string("");
  body["ORDER_VOUCHER"] = json_string("");
  body["ORDER_NOTE"] = json_string(cut(request.note, kTextBytesMax));
  body["LIST_ITEM"] = common::json_array(
      {common::json_object({{"PRODUCT_NAME", name},
                            {"PRODUCT_PRICE", json_number(request.value)},
                            {"PRODUCT_WEIGHT", json_number(contents.weight_g)},
                            {"PRODUCT_QUANTITY", json_number(contents.quantity)}})});
  return body;
}

Json cancel_body(const std::string& tracking_no, const std::string& note) {
  constexpr std::int64_t kCancel = 4;
  return common::json_object({{"TYPE", json_number(kCancel)},
                              {"ORDER_NUMBER", json_string(tracking_no)},
                              {"NOTE", json_string(cut(note, kTextBytesMax))}});
}

base::Result<std::vector<FeeOffer>> offers(const Json& answer, const std::string& service) {
  std::vector<FeeOffer> out;
  if (!service.empty()) {
    const auto total = common::integer_at(answer, "data", "MONEY_TOTAL");
    if (!total) return lacks("MONEY_TOTAL");
    out.push_back({service, "", *total, ""});
    return out;
  }
  const auto rows = answer.is_array() ? common::items_of(answer) : common::items(answer, "data");
  for (const auto& row : rows) {
    auto offer = offer_of(row);
    if (offer.service.empty() || offer.fee < 0) return lacks("a service's code or price");
    out.push_back(std::move(offer));
  }
  return out;
}

base::Result<Booking> booking(const Json& answer) {
  Booking out;
  out.tracking_no = common::text_at(answer, "data", "ORDER_NUMBER");
  if (out.tracking_no.empty()) return lacks("the waybill number", ErrorCode::unknown_outcome);
  out.fee = common::integer_at(answer, "data", "MONEY_TOTAL").value_or(0);
  return out;
}

std::vector<Place> places(const Json& answer, PlaceLevel level) {
  const auto name = level_name(level);
  std::vector<Place> out;
  for (const auto& row : common::items(answer, "data")) {
    Place place{common::text(row, name + "_ID"), "", common::text(row, name + "_NAME")};
    if (level == PlaceLevel::district) place.parent = common::text(row, "PROVINCE_ID");
    if (level == PlaceLevel::commune) {
      place.parent = common::text(row, "DISTRICT_ID");
      if (place.parent.empty()) place.parent = common::text(row, "PROVINCE_ID");
    }
    if (!place.id.empty()) out.push_back(std::move(place));
  }
  return out;
}

std::string places_path(PlaceScheme scheme, PlaceLevel level, const std::string& parent) {
  const auto of = parent.empty() ? std::string{"-1"} : parent;
  common::Query query;
  if (scheme == PlaceScheme::two_level) {
    if (level == PlaceLevel::province) return "/v3/categories/listProvinceNew";
    return query.add("provinceId", of).append_to("/v3/categories/listWardsNew");
  }
  if (level == PlaceLevel::province) {
    return query.add("provinceId", "-1").append_to("/v2/categories/listProvinceById");
  }
  if (level == PlaceLevel::district) {
    return query.add("provinceId", of).append_to("/v2/categories/listDistrict");
  }
  return query.add("districtId", of).append_to("/v2/categories/listWards");
}

ShipmentState state_of(std::string_view code) {
  const auto row = std::find_if(kStates.begin(), kStates.end(),
                                [&](const StateRow& known) { return known.code == code; });
  return row == kStates.end() ? ShipmentState::unknown : row->state;
}

base::Result<catalog::ShipmentEvent> event_of(const Json& body) {
  const auto* data = common::child(body, "DATA");
  if (data == nullptr || !data->is_object()) return lacks("DATA");
  catalog::ShipmentEvent event;
  event.tracking_no = common::text(*data, "ORDER_NUMBER");
  event.reference = common::text(*data, "ORDER_REFERENCE");
  event.remote_state = common::text(*data, "ORDER_STATUS");
  const auto at = local_time(common::text(*data, "ORDER_STATUSDATE"));
  if (event.tracking_no.empty()) return lacks("ORDER_NUMBER");
  if (event.remote_state.empty()) return lacks("ORDER_STATUS");
  if (!at) return lacks("a readable ORDER_STATUSDATE");
  event.at = *at;
  event.state = state_of(event.remote_state);
  event.id = event.tracking_no + "|" + event.remote_state + "|" +
             std::to_string(base::to_unix_s(event.at));
  return event;
}

std::string token_of(const Json& body) {
  auto token = common::text(body, "TOKEN");
  return token.empty() ? common::text_at(body, "DATA", "TOKEN") : token;
}

}  // namespace connectors::carriers::viettelpost
