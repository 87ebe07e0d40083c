#include "catalog/place.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>

#include "base/enum_names.h"

namespace catalog {
namespace {

constexpr base::EnumNames<PlaceKind, 6> kKinds{{{
    {PlaceKind::restaurant, "restaurant"},
    {PlaceKind::cafe, "cafe"},
    {PlaceKind::shop, "shop"},
    {PlaceKind::market, "market"},
    {PlaceKind::farm, "farm"},
    {PlaceKind::lodging, "lodging"},
}}};
constexpr std::array<std::string_view, 7> kDays{"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"};
constexpr std::size_t kDecimalsMax = 6;
constexpr std::int64_t kMillion = 1'000'000;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_day(std::string_view text) {
  return std::find(kDays.begin(), kDays.end(), text) != kDays.end();
}

// Takes the part before the separator off the text; the whole text when there is none.
std::string_view take_until(std::string_view& text, char separator) {
  const auto end = std::min(text.find(separator), text.size());
  const auto part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

bool are_days(std::string_view text) {
  if (text.empty() || text.back() == ',') return false;
  while (!text.empty()) {
    auto part = take_until(text, ',');
    const bool ranges = part.find('-') != std::string_view::npos;
    const auto from = take_until(part, '-');
    if (!is_day(from) || (ranges && !is_day(part))) return false;
  }
  return true;
}

bool is_hour(std::string_view text) {
  constexpr std::size_t kLength = 5;
  if (text.size() != kLength || text[2] != ':') return false;
  for (const char c : {text[0], text[1], text[3], text[4]}) {
    if (!is_digit(c)) return false;
  }
  const auto hour = text.substr(0, 2);
  const auto minute = text.substr(3);
  return (hour < "24" && minute < "60") || text == "24:00";
}

}  // namespace

std::string_view to_string(PlaceKind kind) {
  return kKinds.name(kind);
}

std::optional<PlaceKind> place_kind_from(std::string_view text) {
  return kKinds.value(text);
}

std::optional<std::int32_t> parse_degrees(std::string_view text, int degrees_max) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  std::string plain(text);
  std::replace(plain.begin(), plain.end(), ',', '.');
  const auto point = std::min(plain.find('.'), plain.size());
  std::string decimals = point < plain.size() ? plain.substr(point + 1) : std::string{};
  const auto whole = plain.substr(0, point);
  const auto all_digits = [](const std::string& part) {
    return std::all_of(part.begin(), part.end(), is_digit);
  };
  constexpr std::size_t kWholeMax = 3;
  if (whole.empty() || whole.size() > kWholeMax || decimals.size() > kDecimalsMax ||
      !all_digits(whole) || !all_digits(decimals)) {
    return std::nullopt;
  }
  decimals.resize(kDecimalsMax, '0');
  std::int64_t value = 0;
  const auto digits = whole + decimals;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (value > degrees_max * kMillion) return std::nullopt;
  return static_cast<std::int32_t>(negative ? -value : value);
}

std::string degrees_text(std::int32_t millionths) {
  const std::int64_t size = std::abs(static_cast<std::int64_t>(millionths));
  auto decimals = std::to_string(size % kMillion);
  decimals.insert(0, kDecimalsMax - decimals.size(), '0');
  return (millionths < 0 ? "-" : "") + std::to_string(size / kMillion) + "." + decimals;
}

bool opening_hours_are_valid(std::string_view text) {
  const auto space = text.find(' ');
  if (space == std::string_view::npos || !are_days(text.substr(0, space))) return false;
  auto hours = text.substr(space + 1);
  const auto from = take_until(hours, '-');
  return is_hour(from) && is_hour(hours) && from != hours;
}

bool is_web_address(std::string_view text) {
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (!text.starts_with(scheme) || text.size() == scheme.size()) continue;
    return std::none_of(text.begin(), text.end(), [](char c) {
      return static_cast<unsigned char>(c) <= ' ' || c == '"' || c == '<' || c == '>';
    });
  }
  return false;
}

}  // namespace catalog
