#include <csv.h>

#include <array>

#include "app/open_data/place_export.h"

namespace app::open_data {
namespace {

using Row = std::vector<std::string>;

constexpr std::string_view kBom = "\xEF\xBB\xBF";
constexpr std::string_view kFormulaStarts = "=+-@\t\r";

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const auto& part : parts) out += (out.empty() ? "" : "|") + part;
  return out;
}

// A text that a spreadsheet would take for a formula gets a leading apostrophe. "+84 272 …" is a
// telephone number and comes back as it was.
std::string safe(const std::string& text) {
  const bool formula = !text.empty() &&
                       kFormulaStarts.find(text.front()) != std::string_view::npos &&
                       text.find_first_not_of("+0123456789 .") != std::string::npos;
  return (formula ? "'" : "") + text;
}

void append_cell(std::string& out, const std::string& cell) {
  std::string quoted(2 * cell.size() + 2, '\0');
  quoted.resize(csv_write(quoted.data(), quoted.size(), cell.data(), cell.size()));
  out += quoted;
}

void append_row(std::string& out, const Row& row) {
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (i > 0) out.push_back(',');
    append_cell(out, row[i]);
  }
  out += "\r\n";
}

std::string degrees(const std::optional<catalog::GeoPoint>& point,
                    std::int32_t catalog::GeoPoint::*axis) {
  return point ? catalog::degrees_text((*point).*axis) : std::string{};
}

void append_ward(Row& row, const catalog::Ward& ward) {
  for (const auto* text : {&ward.scheme, &ward.code, &ward.name, &ward.province_code,
                           &ward.province_name, &ward.before_2025}) {
    row.push_back(safe(*text));
  }
}

Row to_row(const catalog::Place& place) {
  Row row{place.id.text, std::string(to_string(place.kind))};
  for (const auto* text : {&place.name.vi, &place.name.en, &place.description.vi,
                           &place.description.en, &place.address}) {
    row.push_back(safe(*text));
  }
  append_ward(row, place.ward);
  row.push_back(degrees(place.point, &catalog::GeoPoint::latitude));
  row.push_back(degrees(place.point, &catalog::GeoPoint::longitude));
  std::vector<std::string> products;
  for (const auto& id : place.specialities) products.push_back(id.text);
  for (const auto& text : {place.phone, joined(place.opening_hours), joined(place.cuisines),
                           place.price_range, place.website, place.image, joined(products)}) {
    row.push_back(safe(text));
  }
  return row;
}

}  // namespace

std::string places_csv(std::span<const catalog::Place> places) {
  std::string out(kBom);
  append_row(
      out,
      {"place",       "kind",        "name_vi",   "name_en",   "description_vi", "description_en",
       "address",     "ward_scheme", "ward_code", "ward_name", "province_code",  "province_name",
       "ward_before", "latitude",    "longitude", "phone",     "opening_hours",  "cuisine",
       "price_range", "website",     "image",     "products"});
  for (const auto& place : places) append_row(out, to_row(place));
  return out;
}

std::string producers_csv(std::span<const catalog::Producer> producers) {
  std::string out(kBom);
  append_row(out, {"producer", "kind", "name_vi", "name_en", "address", "ward_scheme", "ward_code",
                   "ward_name", "province_code", "province_name", "ward_before", "phone"});
  for (const auto& producer : producers) {
    const bool person = producer.kind == catalog::ProducerKind::household ||
                        producer.kind == catalog::ProducerKind::individual;
    Row row{producer.id.text, std::string(to_string(producer.kind)), safe(producer.name_vi),
            safe(producer.name_en), person ? std::string{} : safe(producer.address)};
    append_ward(row, producer.ward);
    row.push_back(person ? std::string{} : safe(producer.phone));
    append_row(out, row);
  }
  return out;
}

}  // namespace app::open_data
