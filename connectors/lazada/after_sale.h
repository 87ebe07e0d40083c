#pragma once
// Returns and refunds (reverse orders), and the money Lazada pays out.
//
//   return       one ReturnCase per reverse order; cancellations are not among them
//   settlement   one per order and day, "<order>@<2026-11-24>": Lazada lists single transactions,
//                and an order has some on the day it arrives and others on the day it is refunded.
//                Transactions without an order are one settlement each.
// A day is read whole, so that reading it again gives the same. Days are Vietnam's.
// Errors: what the calls said; rejected where Lazada wants photographs or a comment of a person.
// Threads: one. Source: Lazada Open Platform, "Reverse order", finance API pages, 2025-12.
#include "connectors/after_sale.h"
#include "connectors/lazada/client.h"
#include "connectors/lazada/return_mapping.h"

namespace connectors::lazada {

inline constexpr std::size_t kReturnPageSize = 50;
inline constexpr std::size_t kReturnPagesMax = 1'000;
inline constexpr std::size_t kTransactionPageSize = 500;
inline constexpr std::size_t kTransactionPagesMax = 100;  // of one day
inline constexpr int kSettlementDaysMax = 366;            // of one query

class LazadaAfterSale final : public AfterSale {
 public:
  explicit LazadaAfterSale(Client& client) : client_(client) {}

  base::Result<ReturnPage> pull_returns(const OrderQuery& query) override;
  base::Status answer_return(const std::string& return_id, Decision decision) override;
  base::Result<SettlementPage> pull_settlements(const OrderQuery& query) override;

 private:
  base::Result<ReverseOrder> reverse_order(const std::string& return_id);
  base::Status act(const ReverseOrder& order, const ReverseLine& line, std::string_view action);
  base::Status decide(const ReverseOrder& order, const ReverseLine& line, Decision decision);
  base::Result<std::string> refusal_reason(const ReverseLine& line);

  Client& client_;
};

}  // namespace connectors::lazada
