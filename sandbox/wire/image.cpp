#include "sandbox/wire/image.h"

namespace sandbox::wire {
namespace {

std::int64_t big_endian(std::string_view bytes, std::size_t at, std::size_t count) {
  std::int64_t value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    value = value * 256 + static_cast<unsigned char>(bytes[at + i]);
  }
  return value;
}

std::optional<Picture> jpeg(std::string_view bytes) {
  std::size_t at = 2;
  while (at + 9 < bytes.size()) {
    if (static_cast<unsigned char>(bytes[at]) != 0xFF) return std::nullopt;
    const auto marker = static_cast<unsigned char>(bytes[at + 1]);
    if (marker == 0xFF) {
      ++at;
      continue;
    }
    const bool frame =
        marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    if (frame) return Picture{false, big_endian(bytes, at + 7, 2), big_endian(bytes, at + 5, 2)};
    at += 2 + static_cast<std::size_t>(big_endian(bytes, at + 2, 2));
  }
  return std::nullopt;
}

}  // namespace

std::optional<Picture> recognise(std::string_view bytes) {
  using std::string_view_literals::operator""sv;
  if (bytes.size() >= 24 && bytes.substr(0, 8) == "\x89PNG\r\n\x1a\n"sv) {
    return Picture{true, big_endian(bytes, 16, 4), big_endian(bytes, 20, 4)};
  }
  if (bytes.size() >= 4 && bytes.substr(0, 3) == "\xFF\xD8\xFF"sv) return jpeg(bytes);
  return std::nullopt;
}

}  // namespace sandbox::wire
