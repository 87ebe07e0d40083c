#include "connectors/common/picture_codec.h"

#include <png.h>

#include <algorithm>
#include <csetjmp>
#include <cstdio>
#include <cstdlib>

// After <cstdio>: libjpeg's header needs FILE.
#include <jpeglib.h>

namespace connectors::common {

namespace {

constexpr std::string_view kPngMark{"\x89PNG\r\n\x1a\n", 8};
constexpr std::string_view kJpegMark{"\xff\xd8\xff", 3};

// libjpeg ends in error_exit: it jumps back to the one call in flight. Nothing between the jump and
// its target owns memory, so no destructor is skipped.
struct JpegTrap {
  jpeg_error_mgr manager;
  std::jmp_buf back;
};

[[noreturn]] void jump_back(j_common_ptr info) {
  auto* trap = reinterpret_cast<JpegTrap*>(info->err);
  std::longjmp(trap->back, 1);
}

void stay_silent(j_common_ptr /*info*/) {}

jpeg_error_mgr* set_trap(JpegTrap& trap) {
  jpeg_std_error(&trap.manager);
  trap.manager.error_exit = jump_back;
  trap.manager.output_message = stay_silent;
  return &trap.manager;
}

const unsigned char* data_of(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

std::size_t size_of_rgb(int width, int height) {
  return static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3;
}

// The head, and when `scale` is not null the size that decoding will give.
bool read_jpeg_head(jpeg_decompress_struct& info, std::string_view bytes) {
  jpeg_create_decompress(&info);
  jpeg_mem_src(&info, data_of(bytes), static_cast<unsigned long>(bytes.size()));
  return jpeg_read_header(&info, TRUE) == JPEG_HEADER_OK;
}

bool jpeg_size(std::string_view bytes, int& width, int& height) {
  JpegTrap trap;
  jpeg_decompress_struct info{};
  info.err = set_trap(trap);
  if (setjmp(trap.back) != 0) {
    jpeg_destroy_decompress(&info);
    return false;
  }
  const bool good = read_jpeg_head(info, bytes);
  width = static_cast<int>(info.image_width);
  height = static_cast<int>(info.image_height);
  jpeg_destroy_decompress(&info);
  return good;
}

// libjpeg halves while it decodes, which saves memory on a large photograph.
unsigned halvings(int width, int height, int side_wanted) {
  unsigned by = 1;
  while (by < 8 && std::min(width, height) / static_cast<int>(by * 2) >= side_wanted) by *= 2;
  return by;
}

bool decode_jpeg_into(std::string_view bytes, unsigned by, std::uint8_t* out, std::size_t out_size,
                      int& width, int& height) {
  JpegTrap trap;
  jpeg_decompress_struct info{};
  info.err = set_trap(trap);
  if (setjmp(trap.back) != 0) {
    jpeg_destroy_decompress(&info);
    return false;
  }
  read_jpeg_head(info, bytes);
  info.scale_num = 1;
  info.scale_denom = by;
  info.out_color_space = JCS_RGB;
  jpeg_start_decompress(&info);
  width = static_cast<int>(info.output_width);
  height = static_cast<int>(info.output_height);
  const bool fits = info.output_components == 3 && size_of_rgb(width, height) <= out_size;
  while (fits && info.output_scanline < info.output_height) {
    JSAMPROW row = out + static_cast<std::size_t>(info.output_scanline) * info.output_width * 3;
    jpeg_read_scanlines(&info, &row, 1);
  }
  if (fits) jpeg_finish_decompress(&info);
  const bool whole = info.err->num_warnings == 0;
  jpeg_destroy_decompress(&info);
  return fits && whole;
}

std::optional<Pixels> decode_jpeg(std::string_view bytes, int side_wanted) {
  Pixels pixels;
  if (!jpeg_size(bytes, pixels.width, pixels.height)) return std::nullopt;
  const unsigned by = halvings(pixels.width, pixels.height, side_wanted);
  const int divisor = static_cast<int>(by);
  pixels.rgb.resize(
      size_of_rgb((pixels.width + divisor - 1) / divisor, (pixels.height + divisor - 1) / divisor));
  if (!decode_jpeg_into(bytes, by, pixels.rgb.data(), pixels.rgb.size(), pixels.width,
                        pixels.height)) {
    return std::nullopt;
  }
  pixels.rgb.resize(size_of_rgb(pixels.width, pixels.height));
  return pixels;
}

std::optional<Pixels> decode_png(std::string_view bytes) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()) == 0) {
    return std::nullopt;
  }
  image.format = PNG_FORMAT_RGB;
  Pixels pixels;
  pixels.width = static_cast<int>(image.width);
  pixels.height = static_cast<int>(image.height);
  pixels.rgb.resize(PNG_IMAGE_SIZE(image));
  png_color white{255, 255, 255};
  const bool good = png_image_finish_read(&image, &white, pixels.rgb.data(), 0, nullptr) != 0;
  png_image_free(&image);
  if (!good) return std::nullopt;
  return pixels;
}

bool encode_jpeg_into(const std::uint8_t* rgb, int width, int height, int quality,
                      unsigned char** out, unsigned long* size) {
  JpegTrap trap;
  jpeg_compress_struct info{};
  info.err = set_trap(trap);
  if (setjmp(trap.back) != 0) {
    jpeg_destroy_compress(&info);
    return false;
  }
  jpeg_create_compress(&info);
  jpeg_mem_dest(&info, out, size);
  info.image_width = static_cast<JDIMENSION>(width);
  info.image_height = static_cast<JDIMENSION>(height);
  info.input_components = 3;
  info.in_color_space = JCS_RGB;
  jpeg_set_defaults(&info);
  jpeg_set_quality(&info, quality, TRUE);
  info.optimize_coding = TRUE;
  jpeg_start_compress(&info, TRUE);
  while (info.next_scanline < info.image_height) {
    const std::size_t at = static_cast<std::size_t>(info.next_scanline) * info.image_width * 3;
    JSAMPROW row = const_cast<JSAMPROW>(rgb + at);  // libjpeg only reads it
    jpeg_write_scanlines(&info, &row, 1);
  }
  jpeg_finish_compress(&info);
  jpeg_destroy_compress(&info);
  return true;
}

unsigned byte_at(std::string_view bytes, std::size_t at) {
  return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0U;
}

unsigned big_endian(std::string_view bytes, std::size_t at, std::size_t count) {
  unsigned value = 0;
  for (std::size_t i = 0; i < count; ++i) value = value << 8U | byte_at(bytes, at + i);
  return value;
}

unsigned little_endian(std::string_view bytes, std::size_t at, std::size_t count) {
  unsigned value = 0;
  for (std::size_t i = count; i > 0; --i) value = value << 8U | byte_at(bytes, at + i - 1);
  return value;
}

// The first directory of a TIFF head.
int orientation_of_tiff(std::string_view tiff) {
  constexpr unsigned kOrientation = 0x0112;
  constexpr std::size_t kEntryBytes = 12;
  const auto number = tiff.starts_with("II") ? little_endian : big_endian;
  if (!tiff.starts_with("II") && !tiff.starts_with("MM")) return 1;
  const std::size_t directory = number(tiff, 4, 4);
  const std::size_t entries = number(tiff, directory, 2);
  for (std::size_t i = 0; i < entries; ++i) {
    const std::size_t entry = directory + 2 + i * kEntryBytes;
    if (entry + kEntryBytes > tiff.size()) break;
    if (number(tiff, entry, 2) != kOrientation) continue;
    const unsigned value = number(tiff, entry + 8, 2);
    return value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
  }
  return 1;
}

}  // namespace

std::optional<PictureFacts> read_picture_head(std::string_view bytes) {
  PictureFacts facts;
  if (bytes.starts_with(kPngMark)) {
    constexpr std::size_t kHeadBytes = 24;
    if (bytes.size() < kHeadBytes || bytes.substr(12, 4) != "IHDR") return std::nullopt;
    facts.format = PictureFormat::png;
    facts.width = static_cast<int>(big_endian(bytes, 16, 4) & 0x7fffffffU);
    facts.height = static_cast<int>(big_endian(bytes, 20, 4) & 0x7fffffffU);
  } else if (!bytes.starts_with(kJpegMark) || !jpeg_size(bytes, facts.width, facts.height)) {
    return std::nullopt;
  }
  if (facts.width <= 0 || facts.height <= 0) return std::nullopt;
  return facts;
}

std::optional<Pixels> decode_picture(std::string_view bytes, PictureFormat format,
                                     int side_wanted) {
  return format == PictureFormat::png ? decode_png(bytes) : decode_jpeg(bytes, side_wanted);
}

std::optional<std::string> encode_jpeg(const Pixels& pixels, int quality) {
  unsigned char* out = nullptr;
  unsigned long size = 0;
  const bool good =
      encode_jpeg_into(pixels.rgb.data(), pixels.width, pixels.height, quality, &out, &size);
  std::optional<std::string> bytes;
  if (good && out != nullptr) bytes.emplace(reinterpret_cast<const char*>(out), size);
  std::free(out);  // NOLINT: libjpeg took it from malloc
  return bytes;
}

int exif_orientation(std::string_view jpeg) {
  constexpr unsigned kApp1 = 0xe1;
  constexpr unsigned kStartOfScan = 0xda;
  std::size_t at = 2;
  while (at + 4 <= jpeg.size() && byte_at(jpeg, at) == 0xff) {
    const unsigned marker = byte_at(jpeg, at + 1);
    const std::size_t length = big_endian(jpeg, at + 2, 2);
    if (marker == kStartOfScan || length < 2) break;
    const auto segment = jpeg.substr(at + 4, length - 2);
    constexpr std::string_view kExif{"Exif\0\0", 6};
    if (marker == kApp1 && segment.starts_with(kExif)) {
      return orientation_of_tiff(segment.substr(kExif.size()));
    }
    at += 2 + length;
  }
  return 1;
}

}  // namespace connectors::common
