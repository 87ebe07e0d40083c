#include "storage/sqlite/place_table.h"

#include <algorithm>
#include <string>

#include "storage/sqlite/query.h"

namespace storage::sqlite {
namespace {

constexpr char kBetween = '|';

constexpr const char* kPutPlace = R"sql(
INSERT INTO place (id, kind, name_vi, name_en, description_vi, description_en, address,
  ward_scheme, ward_code, ward_name, ward_province_code, ward_province_name, ward_as_typed,
  ward_before_2025, latitude, longitude, phone, opening_hours, cuisines, price_range, website,
  image)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, name_vi = excluded.name_vi,
  name_en = excluded.name_en, description_vi = excluded.description_vi,
  description_en = excluded.description_en, address = excluded.address,
  ward_scheme = excluded.ward_scheme, ward_code = excluded.ward_code,
  ward_name = excluded.ward_name, ward_province_code = excluded.ward_province_code,
  ward_province_name = excluded.ward_province_name, ward_as_typed = excluded.ward_as_typed,
  ward_before_2025 = excluded.ward_before_2025, latitude = excluded.latitude,
  longitude = excluded.longitude, phone = excluded.phone,
  opening_hours = excluded.opening_hours, cuisines = excluded.cuisines,
  price_range = excluded.price_range, website = excluded.website, image = excluded.image)sql";
#define PLACE_COLUMNS                                                                         \
  "id, kind, name_vi, name_en, description_vi, description_en, address, ward_scheme, "        \
  "ward_code, ward_name, ward_province_code, ward_province_name, ward_as_typed, "             \
  "ward_before_2025, phone, price_range, website, image, opening_hours, cuisines, latitude, " \
  "longitude "
constexpr const char* kPlace = "SELECT " PLACE_COLUMNS "FROM place WHERE id = ?";
constexpr const char* kPlaces = "SELECT " PLACE_COLUMNS "FROM place ORDER BY id";
#undef PLACE_COLUMNS
constexpr const char* kSpecialities =
    "SELECT product FROM place_speciality WHERE place = ? ORDER BY position";
constexpr const char* kDropSpecialities = "DELETE FROM place_speciality WHERE place = ?";
constexpr const char* kAddSpeciality =
    "INSERT INTO place_speciality (place, position, product) VALUES (?, ?, ?)";

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const auto& part : parts) {
    if (!out.empty()) out += kBetween;
    out += part;
  }
  return out;
}

std::vector<std::string> parts_of(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const auto end = std::min(text.find(kBetween), text.size());
    out.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

catalog::Place read_place(Database& database, Query& row) {
  catalog::Place out;
  out.id.text = row.view();
  out.kind = known(catalog::place_kind_from(row.view()));
  for (auto* text :
       {&out.name.vi, &out.name.en, &out.description.vi, &out.description.en, &out.address,
        &out.ward.scheme, &out.ward.code, &out.ward.name, &out.ward.province_code,
        &out.ward.province_name, &out.ward.as_typed, &out.ward.before_2025, &out.phone,
        &out.price_range, &out.website, &out.image}) {
    *text = row.view();
  }
  out.opening_hours = parts_of(row.view());
  out.cuisines = parts_of(row.view());
  if (!row.is_null()) {
    const auto latitude = row.small();
    out.point = catalog::GeoPoint{latitude, row.small()};
  }
  Query query(database, kSpecialities);
  query.bind(out.id);
  while (query.step()) out.specialities.emplace_back(query.text());
  return out;
}

void replace_specialities(Database& database, const catalog::Place& place) {
  {
    Query drop(database, kDropSpecialities);
    drop.bind(place.id);
    drop.run();
  }
  for (std::size_t i = 0; i < place.specialities.size(); ++i) {
    Query query(database, kAddSpeciality);
    query.bind(place.id, i, place.specialities[i]);
    query.run();
  }
}

}  // namespace

catalog::Put PlaceTable::put(const catalog::Place& place) {
  const auto before = this->place(place.id);
  if (before == place) return catalog::Put::unchanged;
  {
    const auto hours = joined(place.opening_hours);
    const auto cuisines = joined(place.cuisines);
    std::optional<std::int64_t> latitude;
    std::optional<std::int64_t> longitude;
    if (place.point) {
      latitude = place.point->latitude;
      longitude = place.point->longitude;
    }
    const auto& ward = place.ward;
    Query query(database_, kPutPlace);
    query.bind(place.id, word(place.kind), place.name.vi, place.name.en, place.description.vi,
               place.description.en, place.address, ward.scheme, ward.code, ward.name,
               ward.province_code, ward.province_name, ward.as_typed, ward.before_2025, latitude,
               longitude, place.phone, hours, cuisines, place.price_range, place.website,
               place.image);
    query.run();
  }
  replace_specialities(database_, place);
  return before ? catalog::Put::updated : catalog::Put::inserted;
}

std::optional<catalog::Place> PlaceTable::place(const catalog::PlaceId& id) {
  Query query(database_, kPlace);
  query.bind(id);
  if (!query.step()) return std::nullopt;
  return read_place(database_, query);
}

std::vector<catalog::Place> PlaceTable::places() {
  Query query(database_, kPlaces);
  std::vector<catalog::Place> out;
  while (query.step()) out.push_back(read_place(database_, query));
  return out;
}

}  // namespace storage::sqlite
