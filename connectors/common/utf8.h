#pragma once
// The few UTF-8 questions of this folder. Private to it. Nothing here throws.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace connectors::common {

inline constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

struct Utf8Step {
  std::size_t length = 0;  // bytes of a valid sequence; 0: the first byte starts none
  std::uint32_t code_point = 0;
};

// Reads the sequence at the start of `bytes`: shortest form only, no surrogates, at most U+10FFFF.
Utf8Step utf8_step(std::string_view bytes);
void append_utf8(std::string& out, std::uint32_t code_point);
// Every byte that belongs to no sequence becomes U+FFFD.
std::string repair_utf8(std::string_view bytes);

}  // namespace connectors::common
