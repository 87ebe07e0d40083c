#include "connectors/common/picture.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "connectors/common/picture_codec.h"

namespace connectors::common {

namespace {

using base::Error;
using base::ErrorCode;

Error unusable(const std::string& what) {
  return {ErrorCode::rejected, "picture " + what, {}, {}};
}

int longer(int width, int height) {
  return std::max(width, height);
}

int shorter(int width, int height) {
  return std::min(width, height);
}

// One channel of one target pixel: the average of the source pixels under it.
std::uint8_t average(const Pixels& from, int left, int right, int top, int bottom, int channel) {
  std::uint64_t sum = 0;
  for (int y = top; y < bottom; ++y) {
    const std::size_t row = static_cast<std::size_t>(y) * static_cast<std::size_t>(from.width);
    for (int x = left; x < right; ++x) {
      sum += from.rgb[(row + static_cast<std::size_t>(x)) * 3 + static_cast<std::size_t>(channel)];
    }
  }
  const auto count =
      static_cast<std::uint64_t>(right - left) * static_cast<std::uint64_t>(bottom - top);
  return static_cast<std::uint8_t>((sum + count / 2) / count);
}

int scaled(int at, int from, int to) {
  return static_cast<int>(static_cast<std::int64_t>(at) * from / to);
}

Pixels scale_down(const Pixels& from, int width, int height) {
  Pixels to{width, height, {}};
  to.rgb.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3);
  std::size_t at = 0;
  for (int y = 0; y < height; ++y) {
    const int top = scaled(y, from.height, height);
    const int bottom = std::max(top + 1, scaled(y + 1, from.height, height));
    for (int x = 0; x < width; ++x) {
      const int left = scaled(x, from.width, width);
      const int right = std::max(left + 1, scaled(x + 1, from.width, width));
      for (int channel = 0; channel < 3; ++channel) {
        to.rgb[at++] = average(from, left, right, top, bottom, channel);
      }
    }
  }
  return to;
}

// Exif's eight ways to hold a camera: where the upright pixel (x, y) lies in the file.
Pixels upright(Pixels from, int orientation) {
  if (orientation == 1) return from;
  const bool lies = orientation >= 5;
  Pixels to{lies ? from.height : from.width, lies ? from.width : from.height, {}};
  to.rgb.resize(from.rgb.size());
  std::size_t at = 0;
  for (int y = 0; y < to.height; ++y) {
    for (int x = 0; x < to.width; ++x) {
      int column = lies ? y : x;
      int row = lies ? x : y;
      const bool from_right =
          orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
      const bool from_bottom =
          orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
      if (from_right) column = from.width - 1 - column;
      if (from_bottom) row = from.height - 1 - row;
      const auto source = (static_cast<std::size_t>(row) * static_cast<std::size_t>(from.width) +
                           static_cast<std::size_t>(column)) *
                          3;
      for (std::size_t channel = 0; channel < 3; ++channel) {
        to.rgb[at++] = from.rgb[source + channel];
      }
    }
  }
  return to;
}

Pixels within(Pixels from, int side_max) {
  const int side = longer(from.width, from.height);
  if (side <= side_max) return from;
  return scale_down(from, std::max(1, scaled(side_max, from.width, side)),
                    std::max(1, scaled(side_max, from.height, side)));
}

// Lower quality first, then a smaller picture, until the file is small enough.
base::Result<FittedPicture> encode_within(Pixels pixels, const PictureLimits& limits) {
  constexpr int kQualities[] = {90, 80, 70};
  constexpr int kShrinkPercent = 75;
  while (shorter(pixels.width, pixels.height) >= std::max(1, limits.side_min)) {
    for (const int quality : kQualities) {
      auto bytes = encode_jpeg(pixels, quality);
      if (!bytes) return unusable("cannot be written again");
      if (bytes->size() > limits.bytes_max) continue;
      return FittedPicture{std::move(*bytes), {PictureFormat::jpeg, pixels.width, pixels.height}};
    }
    const int side = longer(pixels.width, pixels.height);
    if (side == 1) break;
    pixels = within(std::move(pixels), std::max(1, side * kShrinkPercent / 100));
  }
  return unusable("does not fit the channel's limits");
}

}  // namespace

std::string_view content_type(PictureFormat format) {
  return format == PictureFormat::png ? "image/png" : "image/jpeg";
}

std::string_view extension(PictureFormat format) {
  return format == PictureFormat::png ? ".png" : ".jpg";
}

base::Result<PictureFacts> look_at_picture(std::string_view bytes) {
  if (bytes.empty()) return unusable("is empty");
  const auto facts = read_picture_head(bytes);
  if (!facts) return unusable("is neither JPEG nor PNG");
  return *facts;
}

base::Result<FittedPicture> fit_picture(std::string bytes, const PictureLimits& limits) {
  const auto facts = look_at_picture(bytes);
  if (!facts) return facts.error();
  const auto& [format, width, height] = facts.value();
  if (shorter(width, height) < limits.side_min) {
    return unusable("is too small: " + std::to_string(width) + " x " + std::to_string(height) +
                    ", the channel wants at least " + std::to_string(limits.side_min));
  }
  if (bytes.size() <= limits.bytes_max && longer(width, height) <= limits.side_max) {
    return FittedPicture{std::move(bytes), facts.value()};
  }
  if (static_cast<std::size_t>(width) * static_cast<std::size_t>(height) > kPicturePixelsMax) {
    return unusable("has too many pixels");
  }
  auto pixels = decode_picture(bytes, format, limits.side_max);
  if (!pixels) return unusable("is damaged");
  const int orientation = format == PictureFormat::jpeg ? exif_orientation(bytes) : 1;
  auto fitted =
      encode_within(upright(within(std::move(*pixels), limits.side_max), orientation), limits);
  return fitted;
}

base::Result<FittedPicture> fit_picture_file(const std::string& path, const PictureLimits& limits) {
  const std::string name = std::filesystem::path{path}.filename().string();
  std::error_code failure;
  const auto size = std::filesystem::file_size(path, failure);
  if (failure) return unusable(name + " cannot be read");
  if (size > kPictureFileBytesMax) return unusable(name + " is larger than 32 MB");
  std::ifstream file{path, std::ios::binary};
  std::string bytes{std::istreambuf_iterator<char>{file}, {}};
  if (!file || bytes.size() != size) return unusable(name + " cannot be read");
  auto fitted = fit_picture(std::move(bytes), limits);
  if (fitted) return fitted;
  auto error = fitted.error();
  constexpr std::string_view kHead = "picture ";
  error.message.insert(kHead.size(), name + " ");
  return error;
}

}  // namespace connectors::common
