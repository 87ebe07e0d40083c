#pragma once
// Whether a shop is set up so that we can work with it, asked when it is connected: versions,
// money, units, what the key may do. Only reads; a few calls more than Connector::test().
// Findings are whole sentences for a person. Threads: as Connector.
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace connectors {

enum class FindingLevel {
  ok,
  warning,  // works, but somebody should know
  problem,  // goods would not be sold rightly until it is mended
};
constexpr std::string_view to_string(FindingLevel level) {
  switch (level) {
    case FindingLevel::ok:
      return "ok";
    case FindingLevel::warning:
      return "warning";
    case FindingLevel::problem:
      return "problem";
  }
  return "problem";
}

// `subject` is a stable word: "address", "version", "currency", "decimals", "units", "stock",
// "time_zone", "read", "write", "orders", "encryption".
struct Finding {
  FindingLevel level = FindingLevel::ok;
  std::string subject;
  std::string vi;
  std::string en;
};

class SystemCheck {
 public:
  virtual ~SystemCheck() = default;
  // An error only where the shop cannot be asked at all; what it refuses is a finding.
  virtual base::Result<std::vector<Finding>> findings() = 0;
};

}  // namespace connectors
