#include "catalog/quantity.h"

#include <array>
#include <charconv>
#include <utility>

#include "base/text.h"

namespace catalog {
namespace {

constexpr std::int64_t kQuantityMax = 1'000'000'000'000'000;  // 1 000 million tonnes in grams

constexpr std::array<std::pair<std::string_view, std::int64_t>, 13> kWeights = {{
    {"tan", 1'000'000},
    {"ta", 100'000},
    {"yen", 10'000},
    {"kg", 1'000},
    {"ky", 1'000},
    {"ki", 1'000},
    {"kilo", 1'000},
    {"can", 1'000},
    {"lang", 100},
    {"g", 1},
    {"gr", 1},
    {"gam", 1},
    {"gram", 1},
}};
constexpr std::array<std::string_view, 12> kPieces = {
    "con", "cai", "hop", "tui", "goi", "bo", "vi", "trai", "qua", "piece", "pieces", "pcs"};

std::string_view take_word(std::string_view& rest) {
  std::size_t end = 0;
  while (end < rest.size() && rest[end] >= 'a' && rest[end] <= 'z') ++end;
  const auto word = rest.substr(0, end);
  rest = base::trim(rest.substr(end));
  return word;
}

// Digits with at most one decimal mark, as thousandths. "1.500" is refused: 1 500 or 1,5?
std::optional<std::int64_t> take_thousandths(std::string_view& rest) {
  constexpr std::size_t kDigitsMax = 12;
  std::size_t end = 0;
  while (end < rest.size() && rest[end] >= '0' && rest[end] <= '9') ++end;
  if (end == 0 || end > kDigitsMax) return std::nullopt;
  std::int64_t whole = 0;
  std::from_chars(rest.data(), rest.data() + end, whole);
  std::int64_t value = whole * 1'000;
  if (end < rest.size() && (rest[end] == ',' || rest[end] == '.')) {
    std::size_t stop = end + 1;
    std::int64_t place = 100;
    while (stop < rest.size() && rest[stop] >= '0' && rest[stop] <= '9') {
      value += (rest[stop] - '0') * place;
      place /= 10;
      ++stop;
    }
    if (stop == end + 1 || stop > end + 3) return std::nullopt;
    end = stop;
  }
  rest = base::trim(rest.substr(end));
  return value;
}

std::optional<std::int64_t> weight_of(std::string_view word) {
  for (const auto& [name, grams] : kWeights) {
    if (name == word) return grams;
  }
  return std::nullopt;
}

std::optional<std::int64_t> parse_weight(std::string_view rest) {
  const auto amount = take_thousandths(rest);
  if (!amount) return std::nullopt;
  if (rest.empty()) {
    return *amount % 1'000 == 0 ? std::optional(*amount / 1'000) : std::nullopt;
  }
  const auto unit = weight_of(take_word(rest));
  if (!unit || *amount > kQuantityMax / *unit) return std::nullopt;
  std::int64_t thousandths = *amount * *unit;
  if (rest == "ruoi") {
    thousandths += *unit * 500;
    rest = {};
  } else if (!rest.empty()) {
    // "3 tạ 2": the digit counts tenths of the unit.
    if (rest.size() != 1 || rest.front() < '0' || rest.front() > '9') return std::nullopt;
    thousandths += (rest.front() - '0') * *unit * 100;
  }
  return thousandths % 1'000 == 0 ? std::optional(thousandths / 1'000) : std::nullopt;
}

std::optional<std::int64_t> parse_pieces(std::string_view rest) {
  const auto amount = take_thousandths(rest);
  if (!amount || *amount % 1'000 != 0) return std::nullopt;
  if (rest.empty()) return *amount / 1'000;
  const auto word = take_word(rest);
  for (const auto piece : kPieces) {
    if (piece == word && rest.empty()) return *amount / 1'000;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::int64_t> parse_quantity(std::string_view text, BaseUnit unit) {
  const auto folded = base::fold(text);
  const auto value = unit == BaseUnit::gram ? parse_weight(folded) : parse_pieces(folded);
  if (!value || *value < 0 || *value > kQuantityMax) return std::nullopt;
  return value;
}

std::string quantity_text(std::int64_t base_units, BaseUnit unit) {
  constexpr std::int64_t kKilogram = 1'000;
  if (unit == BaseUnit::piece) return std::to_string(base_units);
  if (base_units % kKilogram == 0) return std::to_string(base_units / kKilogram) + " kg";
  if (base_units > kKilogram && base_units % 100 == 0) {
    return std::to_string(base_units / kKilogram) + "," +
           std::to_string(base_units % kKilogram / 100) + " kg";
  }
  return std::to_string(base_units) + " g";
}

}  // namespace catalog
