#pragma once
// JPEG and PNG to rows of RGB and back: the only place that knows libjpeg and libpng. Private to
// this folder. Errors: empty results; picture.cpp has the words. Threads: safe.
// Sources: libjpeg 6.2 (turbo 2.1), libpng 1.6.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/common/picture.h"

namespace connectors::common {

struct Pixels {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> rgb;  // width * height * 3, row by row
};

// The head alone; nothing when it is neither format.
std::optional<PictureFacts> read_picture_head(std::string_view bytes);
// A JPEG may come out smaller than it is, but with no side below `side_wanted`.
std::optional<Pixels> decode_picture(std::string_view bytes, PictureFormat format, int side_wanted);
std::optional<std::string> encode_jpeg(const Pixels& pixels, int quality);
// 1 to 8 as Exif counts them; 1 when the file says nothing.
int exif_orientation(std::string_view jpeg);

}  // namespace connectors::common
