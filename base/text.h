#pragma once
// Vietnamese text as it must be stored and compared (ICU 72).
//   normalise   UTF-8 in, NFC out; bytes that are not UTF-8 become U+FFFD
//   fold        what two spellings share: "Rau má ĐỒNG" -> "rau ma dong". A hint, not an identity.
//   code_points length as the channels count titles
// Nothing here throws. Threads: safe.
#include <cstddef>
#include <string>
#include <string_view>

namespace base {

bool is_utf8(std::string_view text);
std::string normalise(std::string_view text);
std::string fold(std::string_view text);
std::size_t code_points(std::string_view text);
// At most `code_points_max` code points, cut at a word when one is near.
std::string shorten(std::string_view text, std::size_t code_points_max);
// ASCII white space and U+00A0 removed from both ends.
std::string_view trim(std::string_view text);

}  // namespace base
