#pragma once
// A product picture made to fit what a channel takes: JPEG or PNG in, the same bytes out when they
// fit already, else a smaller JPEG.
//
//   auto fitted = fit_picture(bytes, {.bytes_max = 1 << 20, .side_max = 2000});
//
//   side   pixels; side_max of the longer, side_min of the shorter one, as a viewer sees them
//   bytes  of the whole file
// A picture that fits is not decoded. One that is made smaller is scaled by area average, turned
// the way its camera held it, laid on white where it is transparent, and loses its metadata (the
// place it was taken at, too). Nothing is ever made larger.
// Errors: rejected (no JPEG or PNG, damaged, more than kPicturePixelsMax, too small for the
// channel). Nothing here throws but out-of-memory. Threads: safe.
// Sources: libjpeg 6.2 (turbo 2.1), libpng 1.6, Exif 2.32 §4.6.4 (orientation).
#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace connectors::common {

inline constexpr std::size_t kPictureFileBytesMax = std::size_t{32} << 20;
inline constexpr std::size_t kPicturePixelsMax = std::size_t{64} << 20;

enum class PictureFormat { jpeg, png };
std::string_view content_type(PictureFormat format);  // "image/jpeg"
std::string_view extension(PictureFormat format);     // ".jpg"

struct PictureFacts {
  PictureFormat format = PictureFormat::jpeg;
  int width = 0;
  int height = 0;
};

struct PictureLimits {
  std::size_t bytes_max = std::size_t{10} << 20;
  int side_max = 5'000;
  int side_min = 1;
};

struct FittedPicture {
  std::string bytes;
  PictureFacts facts;
};

// What the head of the file says; the rest may still be damaged.
base::Result<PictureFacts> look_at_picture(std::string_view bytes);
base::Result<FittedPicture> fit_picture(std::string bytes, const PictureLimits& limits);
// The same for a file of at most kPictureFileBytesMax; errors name the file without its folder.
base::Result<FittedPicture> fit_picture_file(const std::string& path, const PictureLimits& limits);

}  // namespace connectors::common
