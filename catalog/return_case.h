#pragma once
// A buyer who wants to give goods back, normalised from every channel. Unique by (account, remote
// id). Stock comes back only when a person says the goods are here. Threads: values.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "catalog/ids.h"
#include "catalog/money.h"

namespace catalog {

enum class ReturnStatus { requested, accepted, disputed, sent_back, refunded, refused, cancelled };
std::string_view to_string(ReturnStatus status);
std::optional<ReturnStatus> return_status_from(std::string_view text);

struct ReturnLine {
  std::string remote_line_id;
  Sku sku;
  std::int64_t quantity = 0;  // packs

  bool operator==(const ReturnLine&) const = default;
};

struct ReturnCase {
  AccountId account;
  std::string remote_id;
  std::string order_id;  // the channel's
  ReturnStatus status = ReturnStatus::requested;
  std::string remote_status;
  std::string reason;  // the channel's word, never the buyer's text
  Money refund;
  base::Instant created_at;
  base::Instant updated_at;
  std::vector<ReturnLine> lines;

  bool operator==(const ReturnCase&) const = default;
};

}  // namespace catalog
