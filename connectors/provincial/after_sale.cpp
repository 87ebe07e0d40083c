#include "connectors/provincial/after_sale.h"

#include "connectors/provincial/refunds.h"

namespace connectors::provincial {

using base::Done;
using common::Json;

base::Result<ReturnPage> StoreAfterSale::pull_returns(const OrderQuery& query) {
  ReturnPage out;
  const auto take = [&](const Json& row) -> base::Status {
    if (!has_refunds(row)) return Done{};
    const auto refunds = orders_.refunds_of(common::text(row, "id"));
    if (!refunds) return refunds.error();
    for (const auto& refund : refunds.value()) {
      auto found = return_case(row, refund);
      if (!found) out.unreadable.push_back(found.error());
      if (found && found.value()) out.cases.push_back(*std::move(found).value());
    }
    return Done{};
  };
  auto next = orders_.rows(query, take);
  if (!next) return next.error();
  out.next_cursor = std::move(next).value();
  return out;
}

base::Status StoreAfterSale::answer_return(const std::string&, Decision) {
  return base::Error{
      base::ErrorCode::rejected,
      "a WooCommerce store has no returns to answer: a person refunds the order there",
      {},
      {}};
}

base::Result<SettlementPage> StoreAfterSale::pull_settlements(const OrderQuery&) {
  SettlementPage out;
  out.note = "the store's money goes to the seller directly: it keeps no account of pay-outs";
  return out;
}

}  // namespace connectors::provincial
