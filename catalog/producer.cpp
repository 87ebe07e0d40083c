#include "catalog/producer.h"

#include <algorithm>
#include <array>

#include "base/enum_names.h"

namespace catalog {
namespace {

constexpr base::EnumNames<ProducerKind, 4> kKinds{{{
    {ProducerKind::cooperative, "cooperative"},
    {ProducerKind::enterprise, "enterprise"},
    {ProducerKind::household, "household"},
    {ProducerKind::individual, "individual"},
}}};

}  // namespace

std::string_view to_string(ProducerKind value) {
  return kKinds.name(value);
}
std::optional<ProducerKind> producer_kind_from(std::string_view text) {
  return kKinds.value(text);
}

bool tax_code_is_valid(std::string_view tax_code) {
  constexpr std::array<int, 9> kWeights = {31, 29, 23, 19, 17, 13, 7, 5, 3};
  constexpr std::size_t kDigits = 10;
  constexpr std::size_t kBranchLength = 14;  // NNNNNNNNNN-NNN
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const bool branch = tax_code.size() == kBranchLength && tax_code[kDigits] == '-';
  if (!branch && tax_code.size() != kDigits) return false;
  if (branch && !std::all_of(tax_code.begin() + kDigits + 1, tax_code.end(), is_digit))
    return false;
  if (!std::all_of(tax_code.begin(), tax_code.begin() + kDigits, is_digit)) return false;
  int sum = 0;
  for (std::size_t i = 0; i < kWeights.size(); ++i) sum += kWeights[i] * (tax_code[i] - '0');
  return 10 - sum % 11 == tax_code[kDigits - 1] - '0';
}

}  // namespace catalog
