#include "catalog/settlement.h"

#include "base/enum_names.h"

namespace catalog {
namespace {

constexpr base::EnumNames<SettlementKind, 8> kKinds{{{
    {SettlementKind::goods, "goods"},
    {SettlementKind::shipping, "shipping"},
    {SettlementKind::commission, "commission"},
    {SettlementKind::service, "service"},
    {SettlementKind::voucher, "voucher"},
    {SettlementKind::tax, "tax"},
    {SettlementKind::refund, "refund"},
    {SettlementKind::other, "other"},
}}};

}  // namespace

std::string_view to_string(SettlementKind kind) {
  return kKinds.name(kind);
}
std::optional<SettlementKind> settlement_kind_from(std::string_view text) {
  return kKinds.value(text);
}

SettlementSums sums_of(const Settlement& settlement) {
  SettlementSums sums;
  Money all;
  for (const auto& line : settlement.lines) {
    all = all + line.amount;
    switch (line.kind) {
      case SettlementKind::goods:
      case SettlementKind::shipping:
        sums.gross = sums.gross + line.amount;
        break;
      case SettlementKind::tax:
        sums.tax = sums.tax + line.amount;
        break;
      case SettlementKind::refund:
        sums.refund = sums.refund + line.amount;
        break;
      case SettlementKind::commission:
      case SettlementKind::service:
      case SettlementKind::voucher:
      case SettlementKind::other:
        sums.fees = sums.fees + line.amount;
        break;
    }
  }
  sums.balances = all == settlement.net;
  return sums;
}

}  // namespace catalog
