#pragma once
// A place that visitors go to: restaurants and shops that serve the province's goods. Places are
// given out as open data (app/open_data) and never sold or synced. Everything here is public: the
// telephone is the business's own.
//   latitude, longitude   degrees in millionths, WGS 84
//   opening_hours         schema.org's form, one entry each: "Mo-Fr 06:00-21:00", "Sa,Su
//   07:00-22:00"
// Threads: values. Source: schema.org LocalBusiness (29.0), openingHours.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/ids.h"
#include "catalog/producer.h"
#include "catalog/product.h"

namespace catalog {

enum class PlaceKind { restaurant, cafe, shop, market, farm, lodging };
std::string_view to_string(PlaceKind kind);
std::optional<PlaceKind> place_kind_from(std::string_view text);

struct GeoPoint {
  std::int32_t latitude = 0;
  std::int32_t longitude = 0;

  bool operator==(const GeoPoint&) const = default;
};

struct Place {
  PlaceId id;
  PlaceKind kind = PlaceKind::restaurant;
  Text name;
  Text description;
  std::string address;
  Ward ward;
  std::optional<GeoPoint> point;
  std::string phone;
  std::vector<std::string> opening_hours;
  std::vector<std::string> cuisines;
  std::string price_range;  // "50.000-150.000đ"
  std::string website;
  std::string image;                    // address of a picture
  std::vector<ProductId> specialities;  // of our catalogue, served or sold there

  bool operator==(const Place&) const = default;
};

inline constexpr std::size_t kOpeningHoursMax = 14;
inline constexpr std::size_t kSpecialitiesMax = 50;

// "10.608600" and "10,6086" alike, at most six decimals; nothing beyond `degrees_max` either way.
std::optional<std::int32_t> parse_degrees(std::string_view text, int degrees_max);
// With six decimals and a point: "10.608600".
std::string degrees_text(std::int32_t millionths);
// Whether the text is one entry of opening hours; hours past midnight ("18:00-02:00") are.
bool opening_hours_are_valid(std::string_view text);
// Whether it is an absolute http(s) address without spaces.
bool is_web_address(std::string_view text);

}  // namespace catalog
