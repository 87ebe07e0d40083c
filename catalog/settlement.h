#pragma once
// What a channel paid out for one order: what the buyer paid, what was kept, what arrived. Fees and
// withheld tax are separate integers, in đồng; a deduction is negative. Unique by (account, remote
// id). Threads: values.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "catalog/ids.h"
#include "catalog/money.h"

namespace catalog {

enum class SettlementKind {
  goods,
  shipping,    // paid by the buyer or the channel, less what the carrier took
  commission,  // of the channel
  service,     // payment and programme fees
  voucher,     // discounts the seller bears
  tax,         // withheld for the seller
  refund,
  other,  // the channel's word is kept in `remote_name`
};
std::string_view to_string(SettlementKind kind);
std::optional<SettlementKind> settlement_kind_from(std::string_view text);

struct SettlementLine {
  SettlementKind kind = SettlementKind::other;
  std::string remote_name;
  Money amount;

  bool operator==(const SettlementLine&) const = default;
};
inline constexpr std::size_t kSettlementLinesMax = 500;

struct Settlement {
  AccountId account;
  std::string remote_id;  // the order's id where the channel settles by order
  std::string order_id;   // empty: belongs to no order
  base::Instant paid_at;
  std::vector<SettlementLine> lines;
  Money net;  // as the channel states it

  bool operator==(const Settlement&) const = default;
};

// Sums by kind; `balances` is false when the lines do not add up to what the channel states.
struct SettlementSums {
  Money gross;  // goods and shipping
  Money fees;   // commission, service, voucher, other
  Money tax;
  Money refund;
  bool balances = false;
};
SettlementSums sums_of(const Settlement& settlement);

}  // namespace catalog
