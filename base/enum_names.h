#pragma once
// Enumerators and their stable words, both ways, from one table.
//
//   constexpr base::EnumNames<Colour, 2> kColours{{{{Colour::red, "red"}, {Colour::blue,
//   "blue"}}}}; kColours.name(Colour::red);   kColours.value("blue");
#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace base {

template <typename Enum, std::size_t Count>
struct EnumNames {
  std::array<std::pair<Enum, std::string_view>, Count> rows;

  constexpr std::string_view name(Enum wanted) const {
    for (const auto& [value, text] : rows) {
      if (value == wanted) return text;
    }
    return rows.front().second;
  }
  constexpr std::optional<Enum> value(std::string_view wanted) const {
    for (const auto& [value, text] : rows) {
      if (text == wanted) return value;
    }
    return std::nullopt;
  }
};

}  // namespace base
