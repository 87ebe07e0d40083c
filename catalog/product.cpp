#include "catalog/product.h"

#include <algorithm>

#include "base/enum_names.h"

namespace catalog {
namespace {

constexpr base::EnumNames<Storage, 3> kStorages{{{
    {Storage::ambient, "ambient"},
    {Storage::cool, "cool"},
    {Storage::frozen, "frozen"},
}}};
constexpr base::EnumNames<LabelClass, 3> kLabels{{{
    {LabelClass::raw_loose, "raw_loose"},
    {LabelClass::raw_packed, "raw_packed"},
    {LabelClass::processed, "processed"},
}}};
constexpr base::EnumNames<BaseUnit, 2> kUnits{{{
    {BaseUnit::gram, "gram"},
    {BaseUnit::piece, "piece"},
}}};
constexpr base::EnumNames<StockPolicy, 3> kPolicies{{{
    {StockPolicy::guarded, "guarded"},
    {StockPolicy::pooled, "pooled"},
    {StockPolicy::buffer, "buffer"},
}}};

}  // namespace

std::string_view to_string(Storage value) {
  return kStorages.name(value);
}
std::optional<Storage> storage_from(std::string_view text) {
  return kStorages.value(text);
}
std::string_view to_string(LabelClass value) {
  return kLabels.name(value);
}
std::optional<LabelClass> label_class_from(std::string_view text) {
  return kLabels.value(text);
}
std::string_view to_string(BaseUnit value) {
  return kUnits.name(value);
}
std::optional<BaseUnit> base_unit_from(std::string_view text) {
  return kUnits.value(text);
}
std::string_view to_string(StockPolicy value) {
  return kPolicies.name(value);
}
std::optional<StockPolicy> stock_policy_from(std::string_view text) {
  return kPolicies.value(text);
}

bool is_shown_on(const Certificate& certificate, std::string_view local_day) {
  if (!certificate.issued_on.empty() && certificate.issued_on > local_day) return false;
  return certificate.expires_on.empty() || certificate.expires_on >= local_day;
}

bool gtin13_is_valid(std::string_view gtin) {
  constexpr std::size_t kDigits = 13;
  if (gtin.size() != kDigits) return false;
  if (!std::all_of(gtin.begin(), gtin.end(), [](char c) { return c >= '0' && c <= '9'; })) {
    return false;
  }
  int sum = 0;
  for (std::size_t i = 0; i + 1 < kDigits; ++i) sum += (gtin[i] - '0') * (i % 2 == 0 ? 1 : 3);
  return (10 - sum % 10) % 10 == gtin[kDigits - 1] - '0';
}

}  // namespace catalog
