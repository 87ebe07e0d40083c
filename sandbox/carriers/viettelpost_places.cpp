#include "sandbox/carriers/viettelpost_places.h"

#include <algorithm>
#include <span>

#include "sandbox/carriers/carrier.h"
#include "sandbox/carriers/places.h"
#include "sandbox/json_tools.h"

namespace sandbox::carriers {
namespace {

using server::http::Request;
using web::json::value;

// `of`: the parent's id as text, "" or "-1" for all.
value places(std::span<const Place> all, const std::string& level, const std::string& parent_member,
             const std::string& of) {
  auto out = envelope(200, "OK");
  out["data"] = empty_list();
  for (const auto& place : all) {
    if (!of.empty() && of != "-1" && of != std::to_string(place.parent)) continue;
    value row;
    row[level + "_ID"] = jn(place.id);
    row[level == "PROVINCE" ? "PROVINCE_CODE" : level + "_VALUE"] = js(std::string(place.code));
    row[level + "_NAME"] = js(std::string(place.name));
    if (!parent_member.empty()) row[parent_member] = jn(place.parent);
    push(out["data"], row);
  }
  return out;
}

bool has(std::span<const Place> all, std::int64_t id, std::int64_t parent) {
  return std::any_of(all.begin(), all.end(),
                     [&](const Place& place) { return place.id == id && place.parent == parent; });
}

}  // namespace

value envelope(std::int64_t status, const std::string& message) {
  value out;
  out["status"] = jn(status);
  out["error"] = jb(status != 200);
  out["message"] = js(message);
  out["data"] = value::null();
  return out;
}

std::optional<value> viettelpost_places(const Request& request) {
  const auto& path = request.path;
  const auto of_province = query_param(request, "provinceId");
  if (path == "/v2/categories/listProvinceById") return places(kOldProvinces, "PROVINCE", "", "");
  if (path == "/v2/categories/listDistrict") {
    return places(kOldDistricts, "DISTRICT", "PROVINCE_ID", of_province);
  }
  if (path == "/v2/categories/listWards") {
    return places(kOldWards, "WARDS", "DISTRICT_ID", query_param(request, "districtId"));
  }
  if (path == "/v3/categories/listProvinceNew") return places(kNewProvinces, "PROVINCE", "", "");
  if (path == "/v3/categories/listWardsNew") {
    return places(kNewWards, "WARDS", "PROVINCE_ID", of_province);
  }
  return std::nullopt;
}

bool viettelpost_knows(std::int64_t province, std::int64_t district, std::int64_t ward) {
  if (district == 0) return has(kNewProvinces, province, 0) && has(kNewWards, ward, province);
  return has(kOldProvinces, province, 0) && has(kOldDistricts, district, province) &&
         has(kOldWards, ward, district);
}

}  // namespace sandbox::carriers
