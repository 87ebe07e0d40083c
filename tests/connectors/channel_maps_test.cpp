// Map files, and which of their lines speaks for a product.
#include "connectors/channel_maps.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace connectors {
namespace {

constexpr const char* kMap =
    "# version 2026-11-24\n"
    "category,ours,value,remote_id,remote_value_id,unit\n"
    "*,origin,,10,,\n"
    "fruit,origin,,10,55,\n"
    "fruit/dried,storage,ambient,20,7,\n"
    "*,storage,,20,,\n"
    "*,=No brand,,30,0,\n"
    "*,shelf_life_days,,40,,days\n";

ChannelMaps maps_of(const char* text) {
  ChannelMaps maps;
  auto rules = parse_attribute_map("a.csv", text);
  EXPECT_TRUE(rules) << (rules ? "" : rules.error().message);
  if (rules) maps.attributes = std::move(rules).value();
  return maps;
}

std::string shown(const std::vector<RemoteAttribute>& attributes) {
  std::string out;
  for (const auto& one : attributes) {
    out += one.remote_id + "/" + one.remote_value_id + "=" + one.text + one.unit + ";";
  }
  return out;
}

TEST(ChannelMaps, TheLongerPathAndTheNamedValueWin) {
  const auto maps = maps_of(kMap);

  EXPECT_EQ(shown(resolve_attributes(maps, "fruit/dried",
                                     {{"origin", "Long An"}, {"storage", "ambient"}})),
            "10/55=Long An;20/7=ambient;30/0=No brand;");
  EXPECT_EQ(shown(resolve_attributes(
                maps, "vegetable",
                {{"origin", "Long An"}, {"storage", "cool"}, {"shelf_life_days", "7"}})),
            "10/=Long An;20/=cool;30/0=No brand;40/=7days;");
}

TEST(ChannelMaps, APathCoversWholeNamesOnly) {
  const auto maps = maps_of("h,h,h,h\nfruit,origin,,10,,\n");

  EXPECT_EQ(resolve_attributes(maps, "fruits", {{"origin", "x"}}).size(), 0U);
  EXPECT_EQ(resolve_attributes(maps, "fruit", {{"origin", "x"}}).size(), 1U);
  EXPECT_EQ(resolve_attributes(maps, "fruit/fresh", {{"origin", ""}}).size(), 0U);
}

TEST(ChannelMaps, ABadLineIsNamed) {
  const auto missing = parse_attribute_map("a.csv", "h,h,h,h\n*,origin\n");
  const auto empty = parse_attribute_map("a.csv", "h,h,h,h\n\n# note\n*,,,10\n");
  const auto twice = parse_category_map("c.csv", "h,h\nfruit,1\nfruit,2\n");

  ASSERT_FALSE(missing);
  EXPECT_TRUE(missing.error().message.starts_with("a.csv:2:")) << missing.error().message;
  ASSERT_FALSE(empty);
  EXPECT_TRUE(empty.error().message.starts_with("a.csv:4:")) << empty.error().message;
  ASSERT_FALSE(twice);
  EXPECT_TRUE(twice.error().message.starts_with("c.csv:3:")) << twice.error().message;
}

TEST(ChannelMaps, OurOwnFilesAreWellFormed) {
  for (const auto* name : {"shopee-attributes.csv", "lazada-attributes.csv"}) {
    std::stringstream text;
    text << std::ifstream(std::string(NONGSAN_SOURCE_ROOT) + "/config/maps/" + name).rdbuf();

    const auto rules = parse_attribute_map(name, text.str());

    ASSERT_TRUE(rules) << rules.error().message;
    EXPECT_GT(rules.value().size(), 3U) << name;
  }
}

}  // namespace
}  // namespace connectors
