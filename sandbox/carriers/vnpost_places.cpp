#include "sandbox/carriers/vnpost_places.h"

#include <span>

#include "sandbox/carriers/places.h"
#include "sandbox/json_tools.h"

namespace sandbox::carriers {
namespace {

using web::json::value;

std::string code_of(std::span<const Place> all, int id) {
  for (const auto& place : all) {
    if (place.id == id) return std::string(place.code);
  }
  return {};
}

value rows(std::span<const Place> all, const std::string& level,
           std::span<const Place> parents = {}, const std::string& parent_level = "") {
  value out = empty_list();
  for (const auto& place : all) {
    value row;
    row[level + "Code"] = js(std::string(place.code));
    row[level + "Name"] = js(std::string(place.name));
    if (!parent_level.empty()) row[parent_level + "Code"] = js(code_of(parents, place.parent));
    push(out, row);
  }
  return out;
}

const Place* place_with(std::span<const Place> all, const std::string& code) {
  for (const auto& place : all) {
    if (place.code == code) return &place;
  }
  return nullptr;
}

}  // namespace

std::optional<value> vnpost_places(const std::string& path) {
  if (path == "/getAllProvince") return rows(kOldProvinces, "province");
  if (path == "/getAllDistrict") return rows(kOldDistricts, "district", kOldProvinces, "province");
  if (path == "/getAllCommune") return rows(kOldWards, "commune", kOldDistricts, "district");
  if (path == "/getNewProvinceAll") return rows(kNewProvinces, "province");
  if (path != "/getNewCommuneAll") return std::nullopt;
  auto communes = rows(kNewWards, "commune", kNewProvinces, "province");
  for (auto& commune : communes.as_array()) commune["districtCode"] = js(kNoDistrict);
  return communes;
}

bool vnpost_knows(const std::string& province, const std::string& district,
                  const std::string& commune) {
  if (district == kNoDistrict) {
    const auto* in = place_with(kNewProvinces, province);
    const auto* it = place_with(kNewWards, commune);
    return in != nullptr && it != nullptr && it->parent == in->id;
  }
  const auto* in = place_with(kOldProvinces, province);
  const auto* mid = place_with(kOldDistricts, district);
  const auto* it = place_with(kOldWards, commune);
  return in != nullptr && mid != nullptr && it != nullptr && mid->parent == in->id &&
         it->parent == mid->id;
}

}  // namespace sandbox::carriers
