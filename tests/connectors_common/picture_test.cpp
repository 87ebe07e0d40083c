#include "connectors/common/picture.h"

#include <gtest/gtest.h>
#include <png.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>

#include "connectors/common/picture_codec.h"

namespace connectors::common {
namespace {

using Colour = std::array<std::uint8_t, 3>;
constexpr Colour kRed{200, 30, 30};
constexpr Colour kBlue{30, 30, 200};

// The top half red, the bottom half blue.
Pixels two_colours(int width, int height) {
  Pixels pixels{width, height, {}};
  for (int y = 0; y < height; ++y) {
    const auto& colour = y < height / 2 ? kRed : kBlue;
    for (int x = 0; x < width; ++x) {
      pixels.rgb.insert(pixels.rgb.end(), colour.begin(), colour.end());
    }
  }
  return pixels;
}

Pixels noise(int width, int height) {
  std::mt19937 dice{20'261'124};
  Pixels pixels{width, height, {}};
  pixels.rgb.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3);
  for (auto& value : pixels.rgb) value = static_cast<std::uint8_t>(dice());
  return pixels;
}

std::string jpeg(const Pixels& pixels) {
  return encode_jpeg(pixels, 95).value_or("");
}

// With an Exif segment that says how the camera was held.
std::string held(const std::string& jpeg, char orientation) {
  std::string exif{"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0", 25};
  exif += orientation;
  exif += std::string(6, '\0');
  const auto length = exif.size() + 2;
  std::string segment{"\xff\xe1", 2};
  segment += static_cast<char>(length >> 8U);
  segment += static_cast<char>(length & 0xffU);
  return jpeg.substr(0, 2) + segment + exif + jpeg.substr(2);
}

std::string png(int width, int height, std::uint32_t rgba) {
  std::vector<std::uint32_t> pixels(
      static_cast<std::size_t>(width) * static_cast<std::size_t>(height), rgba);
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(width);
  image.height = static_cast<png_uint_32>(height);
  image.format = PNG_FORMAT_RGBA;
  png_alloc_size_t size = 0;
  png_image_write_to_memory(&image, nullptr, &size, 0, pixels.data(), 0, nullptr);
  std::string bytes(size, '\0');
  png_image_write_to_memory(&image, bytes.data(), &size, 0, pixels.data(), 0, nullptr);
  return bytes;
}

Pixels decoded(const FittedPicture& picture) {
  return decode_picture(picture.bytes, picture.facts.format, 1'000'000).value_or(Pixels{});
}

bool near(const Pixels& pixels, int x, int y, const Colour& colour) {
  constexpr int kFar = 12;
  const auto at = static_cast<std::size_t>(y * pixels.width + x) * 3;
  for (std::size_t i = 0; i < 3; ++i) {
    if (std::abs(int{pixels.rgb.at(at + i)} - int{colour[i]}) > kFar) return false;
  }
  return true;
}

TEST(Picture, ThatFitsIsSentByteForByte) {
  const auto bytes = jpeg(two_colours(40, 20));

  const auto fitted = fit_picture(bytes, {});

  ASSERT_TRUE(fitted.ok()) << fitted.error().message;
  EXPECT_EQ(fitted.value().bytes, bytes);
  EXPECT_EQ(fitted.value().facts.width, 40);
  EXPECT_EQ(content_type(fitted.value().facts.format), "image/jpeg");
}

TEST(Picture, ThatIsTooLargeIsScaledAndKeepsItsShape) {
  const auto fitted = fit_picture(jpeg(two_colours(600, 300)), {.side_max = 100});

  ASSERT_TRUE(fitted.ok()) << fitted.error().message;
  const auto pixels = decoded(fitted.value());
  EXPECT_EQ(pixels.width, 100);
  EXPECT_EQ(pixels.height, 50);
  EXPECT_TRUE(near(pixels, 50, 5, kRed));
  EXPECT_TRUE(near(pixels, 50, 45, kBlue));
}

TEST(Picture, ThatIsTooHeavyIsMadeLighter) {
  const auto bytes = jpeg(noise(400, 400));
  const PictureLimits limits{.bytes_max = 20'000, .side_max = 5'000, .side_min = 10};
  ASSERT_GT(bytes.size(), limits.bytes_max);

  const auto fitted = fit_picture(bytes, limits);

  ASSERT_TRUE(fitted.ok()) << fitted.error().message;
  EXPECT_LE(fitted.value().bytes.size(), limits.bytes_max);
  EXPECT_EQ(fitted.value().facts.width, fitted.value().facts.height);
}

TEST(Picture, StandsUprightHoweverTheCameraWasHeld) {
  struct Row {
    char orientation;
    int width, red_x, red_y;  // of the upright picture: where red must be
  };
  // The file is 60 x 40 with red on top.
  const Row rows[] = {{1, 30, 15, 3}, {2, 30, 15, 3},  {3, 30, 15, 17}, {4, 30, 15, 17},
                      {5, 20, 3, 15}, {6, 20, 17, 15}, {7, 20, 17, 15}, {8, 20, 3, 15}};
  for (const auto& row : rows) {
    const auto bytes = held(jpeg(two_colours(60, 40)), row.orientation);
    EXPECT_EQ(exif_orientation(bytes), row.orientation);

    const auto fitted = fit_picture(bytes, {.side_max = 30});

    ASSERT_TRUE(fitted.ok()) << fitted.error().message;
    const auto pixels = decoded(fitted.value());
    EXPECT_EQ(pixels.width, row.width) << int{row.orientation};
    EXPECT_TRUE(near(pixels, row.red_x, row.red_y, kRed)) << int{row.orientation};
    EXPECT_EQ(exif_orientation(fitted.value().bytes), 1);
  }
}

TEST(Picture, LiesOnWhiteWhereItIsTransparent) {
  const auto fitted = fit_picture(png(64, 64, 0x00000000), {.side_max = 32});

  ASSERT_TRUE(fitted.ok()) << fitted.error().message;
  EXPECT_EQ(fitted.value().facts.format, PictureFormat::jpeg);
  EXPECT_TRUE(near(decoded(fitted.value()), 16, 16, {255, 255, 255}));
}

TEST(Picture, ThatIsNoneOrDamagedOrTooSmallIsRejected) {
  auto half = jpeg(noise(300, 300));
  half.resize(half.size() / 2);
  auto half_png = png(300, 300, 0xff0000ff);
  half_png.resize(half_png.size() / 2);

  for (const std::string& bytes :
       {std::string{}, std::string{"GIF89a"}, std::string{"\xff\xd8\xff"}, half, half_png,
        jpeg(two_colours(9, 50))}) {
    const auto fitted = fit_picture(bytes, {.bytes_max = 100, .side_max = 20, .side_min = 10});
    ASSERT_FALSE(fitted.ok());
    EXPECT_EQ(fitted.error().code, base::ErrorCode::rejected) << fitted.error().message;
  }
}

TEST(Picture, SurvivesAnyDamage) {
  std::mt19937 dice{7};
  const auto whole = held(jpeg(two_colours(64, 48)), 6);
  const auto whole_png = png(64, 48, 0x80ff00ff);
  for (int round = 0; round < 400; ++round) {
    auto bytes = round % 2 == 0 ? whole : whole_png;
    for (int hits = 0; hits < 4; ++hits) {
      bytes[dice() % bytes.size()] = static_cast<char>(dice());
    }
    const auto fitted = fit_picture(bytes, {.side_max = 16});
    if (!fitted.ok()) {
      EXPECT_EQ(fitted.error().code, base::ErrorCode::rejected) << "round " << round;
    }
  }
}

TEST(Picture, FileErrorsNameTheFileWithoutItsFolder) {
  const auto folder = std::filesystem::temp_directory_path() / "nongsan-picture-test";
  std::filesystem::create_directories(folder);
  std::ofstream{folder / "a.jpg", std::ios::binary} << "no picture";

  const auto missing = fit_picture_file((folder / "b.jpg").string(), {});
  const auto text = fit_picture_file((folder / "a.jpg").string(), {});
  std::filesystem::remove_all(folder);

  EXPECT_EQ(missing.error().message, "picture b.jpg cannot be read");
  EXPECT_EQ(text.error().message, "picture a.jpg is neither JPEG nor PNG");
}

}  // namespace
}  // namespace connectors::common
