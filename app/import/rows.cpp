#include "app/import/rows.h"

#include "base/enum_names.h"
#include "base/text.h"

namespace app::importing {
namespace {

constexpr base::EnumNames<Kind, 6> kKinds{{{
    {Kind::producer, "producers"},
    {Kind::pool, "pools"},
    {Kind::product, "products"},
    {Kind::variant, "variants"},
    {Kind::stock, "stock"},
    {Kind::place, "places"},
}}};

}  // namespace

std::string_view to_string(Kind kind) {
  return kKinds.name(kind);
}

const std::vector<std::string>& columns_of(Kind kind) {
  static const std::vector<std::string> producers = {
      "producer",    "kind",      "name_vi",      "name_en",       "tax_code",      "address",
      "ward_scheme", "ward_code", "ward_name",    "province_code", "province_name", "ward_before",
      "phone",       "bank_bin",  "bank_account", "bank_owner"};
  static const std::vector<std::string> pools = {"pool", "producer", "base_unit", "name_vi"};
  static const std::vector<std::string> products = {
      "product",     "producer", "name_vi",  "name_en",         "description_vi", "description_en",
      "category",    "origin",   "storage",  "shelf_life_days", "ship_hours_max", "label_class",
      "ingredients", "usage",    "warnings", "certificates",    "images"};
  static const std::vector<std::string> variants = {
      "sku",          "product",          "name_vi",   "name_en",  "unit_vi",
      "net_weight_g", "package_weight_g", "length_cm", "width_cm", "height_cm",
      "price_vnd",    "recipe",           "policy",    "buffer",   "gtin"};
  static const std::vector<std::string> stock = {"pool", "lot",          "quantity",
                                                 "unit", "harvested_on", "expires_on"};
  static const std::vector<std::string> places = {
      "place",       "kind",        "name_vi",   "name_en",   "description_vi", "description_en",
      "address",     "ward_scheme", "ward_code", "ward_name", "province_code",  "province_name",
      "ward_before", "latitude",    "longitude", "phone",     "opening_hours",  "cuisine",
      "price_range", "website",     "image",     "products"};
  switch (kind) {
    case Kind::producer:
      return producers;
    case Kind::pool:
      return pools;
    case Kind::product:
      return products;
    case Kind::variant:
      return variants;
    case Kind::stock:
      return stock;
    case Kind::place:
      return places;
  }
  return producers;
}

std::string_view RawRow::cell(std::string_view column) const {
  for (std::size_t i = 0; i < columns->size() && i < cells.size(); ++i) {
    if ((*columns)[i] == column) return base::trim(cells[i]);
  }
  return {};
}

}  // namespace app::importing
