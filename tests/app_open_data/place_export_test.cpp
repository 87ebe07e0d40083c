// Places taken in, given out, and taken in again: nothing lost, nothing that is not public.
#include "app/open_data/place_export.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "app/import/importer.h"
#include "base/replace_file.h"
#include "connectors/common/json.h"
#include "storage/memory/memory_store.h"

namespace app::open_data {
namespace {

namespace cc = connectors::common;
namespace fs = std::filesystem;

catalog::Producer make_producer(const std::string& id, catalog::ProducerKind kind) {
  catalog::Producer out;
  out.id = catalog::ProducerId{id};
  out.kind = kind;
  out.name_vi = "Nhà sản xuất " + id;
  out.tax_code = kind == catalog::ProducerKind::cooperative ? "1100999027" : "";
  out.address = "Ấp Một";
  out.ward.name = "xã An Lục Long";
  out.ward.province_name = "Tây Ninh";
  out.phone = "02720000000";
  out.bank = {"970436", "0011002200330", "TEN CHU TAI KHOAN"};
  return out;
}

catalog::Product make_product() {
  catalog::Product out;
  out.id = catalog::ProductId{"SP1"};
  out.producer = catalog::ProducerId{"P1"};
  out.name = {"Rau má", "Pennywort"};
  out.category = "vegetable/leaf";
  return out;
}

catalog::Place make_place() {
  catalog::Place out;
  out.id = catalog::PlaceId{"NH1"};
  out.name = {"Quán \"Ba Miền\", bờ sông", "Riverside"};
  out.description = {"Món quê.\nMở cả ngày lễ.", ""};
  out.address = "=Ấp Một";  // a spreadsheet would take it for a formula
  out.ward = {"2025", "28243", "xã An Lục Long", "80", "Tây Ninh", "", "xã Long Trì"};
  out.point = catalog::GeoPoint{10'608'600, 106'670'605};
  out.phone = "+84 272 000 0000";
  out.opening_hours = {"Mo-Fr 06:00-21:00", "Sa,Su 18:00-02:00"};
  out.cuisines = {"Món Việt"};
  out.price_range = "50.000-150.000đ";
  out.website = "https://example.vn/ba-mien";
  out.specialities = {catalog::ProductId{"SP1"}};
  return out;
}

class PlaceExport : public testing::Test {
 protected:
  PlaceExport() {
    std::string name = (fs::temp_directory_path() / "nongsan-places-XXXXXX").string();
    folder_ = mkdtemp(name.data());
    store_.write([&](jobs::Tables& tables) {
      for (const auto& producer : producers_) tables.catalog.products.put(producer);
      for (const auto& product : products_) tables.catalog.products.put(product);
    });
  }
  ~PlaceExport() override { fs::remove_all(folder_); }

  importing::Summary take_in(const std::string& csv) {
    std::ofstream(folder_ / "places.csv", std::ios::binary) << csv;
    auto out = importing::import_path(store_, clock_, folder_.string(),
                                      importing::Mode::all_or_nothing, {}, "test");
    EXPECT_TRUE(out.ok());
    return out.ok() ? out.value() : importing::Summary{};
  }

  const std::vector<catalog::Producer> producers_{
      make_producer("P1", catalog::ProducerKind::cooperative),
      make_producer("P2", catalog::ProducerKind::household)};
  const std::vector<catalog::Product> products_{make_product()};
  const std::vector<catalog::Place> places_{make_place()};
  base::ManualClock clock_{base::from_unix_ms(1'794'900'000'000)};
  storage::MemoryStore store_;
  fs::path folder_;
};

TEST_F(PlaceExport, TheTableIsTakenInAgainAsItWas) {
  auto expected = places_.front();
  expected.address = "'" + expected.address;  // the apostrophe stays: it is not taken off by guess

  const auto first = take_in(places_csv(places_));
  const auto again = take_in(places_csv(places_));

  EXPECT_TRUE(first.problems.empty()) << first.problems.front().column;
  EXPECT_EQ(first.counts.at(importing::Kind::place).inserted, 1);
  EXPECT_EQ(again.counts.at(importing::Kind::place).unchanged, 1);
  store_.read([&](jobs::Tables& tables) {
    ASSERT_EQ(tables.catalog.places.places().size(), 1U);
    EXPECT_EQ(tables.catalog.places.places().front(), expected);
  });
}

TEST_F(PlaceExport, EveryBadCellIsNamed) {
  const auto summary = take_in(
      "place,name_vi,latitude,longitude,opening_hours,website,products,kind\n"
      "NH1,Một,10.6,,Mo-Fr 06:00-21:00,https://a.vn,SP1,restaurant\n"
      "NH2,Hai,91,106.6,8h-22h,a.vn,SP1,palace\n"
      "NH3,Ba,,,,,SP9,cafe\n");

  std::vector<std::string> found;
  for (const auto& problem : summary.problems) {
    found.push_back(std::to_string(problem.line) + " " + problem.column);
  }
  EXPECT_EQ(found, (std::vector<std::string>{"2 longitude", "3 kind", "3 latitude",
                                             "3 opening_hours", "3 website", "4 products"}));
  EXPECT_FALSE(summary.written);
}

TEST_F(PlaceExport, JsonLdSaysWhatSchemaOrgAsks) {
  const auto parsed = cc::parse_json(to_json_ld({places_, producers_, products_}));
  ASSERT_TRUE(parsed.ok());
  const auto graph = cc::items(parsed.value(), "@graph");
  EXPECT_EQ(cc::text(parsed.value(), "@context"), "https://schema.org");
  ASSERT_EQ(graph.size(), 3U);

  const auto& place = graph[0];
  EXPECT_EQ(cc::text(place, "@type"), "Restaurant");
  EXPECT_EQ(cc::text(place, "name"), "Quán \"Ba Miền\", bờ sông");
  EXPECT_EQ(cc::text_at(place, "geo", "latitude"), "10.608600");
  EXPECT_EQ(cc::text_at(place, "geo", "longitude"), "106.670605");
  EXPECT_EQ(cc::text_at(place, "address", "addressRegion"), "Tây Ninh");
  EXPECT_EQ(cc::text_at(place, "address", "addressCountry"), "VN");
  ASSERT_EQ(cc::items(place, "openingHours").size(), 2U);
  ASSERT_EQ(cc::items(place, "makesOffer").size(), 1U);
  EXPECT_EQ(cc::text_at(cc::items(place, "makesOffer")[0], "itemOffered", "name"), "Rau má");
  EXPECT_EQ(cc::text(graph[1], "telephone"), "02720000000");
  EXPECT_EQ(cc::items(graph[1], "makesOffer").size(), 1U);
}

TEST_F(PlaceExport, WhatIsNotPublicStaysInside) {
  const std::vector<catalog::Producer> household{producers_[1]};
  for (const auto& text :
       {to_json_ld({places_, producers_, products_}), producers_csv(producers_)}) {
    for (const auto* secret : {"970436", "0011002200330", "TEN CHU TAI KHOAN", "1100999027"}) {
      EXPECT_EQ(text.find(secret), std::string::npos) << secret;
    }
  }
  for (const auto& text : {to_json_ld({{}, household, {}}), producers_csv(household)}) {
    EXPECT_EQ(text.find("02720000000"), std::string::npos);
    EXPECT_EQ(text.find("Ấp Một"), std::string::npos);
    EXPECT_NE(text.find("xã An Lục Long"), std::string::npos);
  }
}

TEST_F(PlaceExport, AFileIsTheOldOneOrTheNewOne) {
  const auto path = folder_ / "places.jsonld";
  ASSERT_TRUE(base::replace_file(path, "old", base::Readers::all).ok());
  ASSERT_TRUE(base::replace_file(path, "new", base::Readers::owner).ok());
  EXPECT_FALSE(base::replace_file(folder_ / "nowhere" / "x", "new", base::Readers::all).ok());

  std::ifstream file(path);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(file), {}), "new");
  const auto left = std::distance(fs::directory_iterator(folder_), fs::directory_iterator{});
  EXPECT_EQ(left, 1);
}

TEST(Place, DegreesAreKeptToTheMillionth) {
  EXPECT_EQ(catalog::parse_degrees("10,6086", 90), 10'608'600);
  EXPECT_EQ(catalog::parse_degrees("-0.000001", 90), -1);
  EXPECT_EQ(catalog::parse_degrees("90", 90), 90'000'000);
  for (const auto* wrong : {"", "90.000001", "1.2.3", "10.1234567", "1e2", "10°", "+1", "-", "."}) {
    EXPECT_FALSE(catalog::parse_degrees(wrong, 90)) << wrong;
  }
  EXPECT_EQ(catalog::degrees_text(-1), "-0.000001");
  EXPECT_EQ(catalog::degrees_text(106'670'605), "106.670605");
}

TEST(Place, OpeningHoursAreSchemaOrgs) {
  for (const auto* right :
       {"Mo-Su 06:00-21:00", "Sa,Su 07:00-22:00", "Mo,We-Fr 18:00-02:00", "Su 00:00-24:00"}) {
    EXPECT_TRUE(catalog::opening_hours_are_valid(right)) << right;
  }
  for (const auto* wrong :
       {"", "Mo-Fr", "06:00-21:00", "Xx 06:00-21:00", "Mo- 06:00-21:00", "Mo, 06:00-21:00",
        "Mo 6:00-21:00", "Mo 06:00-25:00", "Mo 06:00-06:00", "Mo 06:60-07:00"}) {
    EXPECT_FALSE(catalog::opening_hours_are_valid(wrong)) << wrong;
  }
}

}  // namespace
}  // namespace app::open_data
