#pragma once
// multipart/form-data as clients really send it: CRLF before the first boundary, header lines
// without a space after the colon, a boundary that itself begins with dashes, no CRLF at the end,
// a blank behind `filename="…"`. At most kPartsMax parts. Nothing throws. Threads: safe.
// Source: RFC 7578; the recorded habits of the vendors' own client libraries.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sandbox::wire {

inline constexpr std::size_t kPartsMax = 200;

struct Part {
  std::string name;
  std::optional<std::string> filename;  // present: a file, its bytes are never a parameter
  std::string content_type;
  std::string body;
  bool is_file() const { return filename.has_value(); }
};

// Nothing when `content_type` names no boundary or the body does not hold together.
std::optional<std::vector<Part>> parse_multipart(std::string_view content_type,
                                                 std::string_view body);
// "multipart/form-data" of "Multipart/Form-Data;charset=UTF-8;boundary=123".
std::string media_type(std::string_view content_type);

}  // namespace sandbox::wire
