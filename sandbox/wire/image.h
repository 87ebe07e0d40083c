#pragma once
// What a picture is by its first bytes; the pixels are never decoded. Threads: safe.
#include <cstdint>
#include <optional>
#include <string_view>

namespace sandbox::wire {

struct Picture {
  bool png = false;  // otherwise JPEG
  std::int64_t width = 0;
  std::int64_t height = 0;
};

// Nothing unless the bytes begin as a PNG or a JPEG with a frame header.
std::optional<Picture> recognise(std::string_view bytes);

}  // namespace sandbox::wire
