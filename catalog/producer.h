#pragma once
// Who grows or makes the goods. `tax_code` is the cooperative's or enterprise's number (MST); the
// personal number of a household or an individual is personal data and is not kept here.
#include <optional>
#include <string>
#include <string_view>

#include "catalog/ids.h"

namespace catalog {

enum class ProducerKind { cooperative, enterprise, household, individual };
std::string_view to_string(ProducerKind kind);
std::optional<ProducerKind> producer_kind_from(std::string_view text);

// An address names its scheme: codes were reused by the merger of July 2025
// (reference: Decision 19/2025/QĐ-TTg), so a bare code is never stored.
struct Ward {
  std::string scheme;  // "2025" or "pre2025"
  std::string code;    // five digits, leading zeros kept
  std::string name;
  std::string province_code;
  std::string province_name;
  std::string as_typed;     // what the person wrote
  std::string before_2025;  // the older name, when known

  bool operator==(const Ward&) const = default;
};

struct BankAccount {
  std::string bin;  // six digits
  std::string number;
  std::string owner;

  bool operator==(const BankAccount&) const = default;
};

struct Producer {
  ProducerId id;
  ProducerKind kind = ProducerKind::cooperative;
  std::string name_vi;
  std::string name_en;
  std::string tax_code;
  std::string address;
  Ward ward;
  std::string phone;
  BankAccount bank;

  bool operator==(const Producer&) const = default;
};

// The check digit of a ten-digit tax code, or of the first ten digits of a branch's.
bool tax_code_is_valid(std::string_view tax_code);

}  // namespace catalog
