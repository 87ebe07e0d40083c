#pragma once
// Returns and payouts out of Shopee's JSON. Pure. Amounts are whole đồng; what is kept from the
// seller is negative, and each fee and each withheld tax is a line of its own.
// Nothing here throws. Threads: safe.
// Source: Open Platform API v2, returns.get_return_list, payment.get_escrow_detail, 2026-08-18.
#include <optional>
#include <string>
#include <vector>

#include "catalog/return_case.h"
#include "catalog/settlement.h"
#include "connectors/after_sale.h"
#include "connectors/common/json.h"

namespace connectors::shopee {

// Nothing for a word that the reference does not know.
std::optional<catalog::ReturnStatus> return_status(std::string_view word);

// One row of get_return_list, or get_return_detail; what cannot be used is named in `page`.
void read_return(const common::Json& row, ReturnPage& page);

// A row of get_escrow_list.
struct Payout {
  std::string order_sn;
  std::int64_t released_s = 0;
  std::optional<std::int64_t> amount;
};
std::vector<Payout> payouts(const common::Json& answer);
// get_escrow_detail of that order; nothing when it holds no income.
std::optional<catalog::Settlement> settlement(const Payout& payout, const common::Json& answer);

}  // namespace connectors::shopee
