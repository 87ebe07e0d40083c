#pragma once
// Ids of Shopee as text and as numbers: what every mapping of this folder needs. Private to it.
// Nothing here throws. Threads: safe.
#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"
#include "connectors/common/json.h"

namespace connectors::shopee {

// 0 when the text is no number of at most 63 bits.
inline std::int64_t id_number(std::string_view digits) {
  std::int64_t id = 0;
  const char* end = digits.data() + digits.size();
  const auto [stop, failure] = std::from_chars(digits.data(), end, id);
  return failure == std::errc{} && stop == end ? id : 0;
}

inline common::Json id_json(std::string_view digits) {
  return common::json_number(id_number(digits));
}

// The answer's payload; null when there is none.
inline const common::Json* payload(const common::Json& answer) {
  return common::child(answer, "response");
}

inline base::Error failed(base::ErrorCode code, const std::string& what) {
  return {code, "Shopee: " + what, {}, {}};
}

}  // namespace connectors::shopee
