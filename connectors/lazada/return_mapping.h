#pragma once
// Reverse orders of Lazada as catalog::ReturnCase. Pure. Times come in seconds or milliseconds.
// Errors: a reverse order without a number is named in `unreadable`. Threads: safe.
// Source: Lazada Open Platform, return and refund API pages, 2026-04-21.
#include <optional>
#include <string>
#include <vector>

#include "catalog/return_case.h"
#include "connectors/common/json.h"

namespace connectors::lazada {

struct ReverseLine {
  std::string id;
  std::string status;      // REQUEST_INITIATE, REFUND_PENDING, …
  std::string ofc_status;  // where the goods are
  std::string reason;
  catalog::Sku sku;
  std::int64_t refund = 0;  // đồng
  bool dispute = false;
  std::optional<base::Instant> created_at;
  std::optional<base::Instant> updated_at;
};

struct ReverseOrder {
  std::string id;
  std::string order_id;
  std::string type;  // CANCEL, RETURN, ONLY_REFUND
  std::vector<ReverseLine> lines;
};

ReverseOrder read_reverse_order(const common::Json& row);
catalog::ReturnStatus return_status(const ReverseLine& line);
catalog::ReturnCase return_case(const ReverseOrder& order);

}  // namespace connectors::lazada
