#pragma once
// Code points of UTF-8 text. Private to this folder. Threads: safe.
#include <string>
#include <string_view>

namespace connectors::common {

// Takes the first code point off `rest`, which is not empty; U+FFFD for a byte that is none.
char32_t take_point(std::string_view& rest);
void append_point(std::string& out, char32_t point);
std::u32string to_points(std::string_view text);
std::string to_utf8(std::u32string_view points);

}  // namespace connectors::common
