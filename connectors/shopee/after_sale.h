#pragma once
// Returns and payouts. Both lists are read in windows that one page holds (windows.h), a payout's
// lines out of the order's escrow detail.
// Errors: as AfterSale; rejected for an answer that only Seller Centre can give. Threads: one.
// Source: Open Platform API v2, returns.*, payment.get_escrow_list, get_escrow_detail, 2026-08-18.
#include "connectors/after_sale.h"
#include "connectors/shopee/client.h"

namespace connectors::shopee {

inline constexpr std::size_t kAfterSalePage = 40;  // payouts cost a call each

class ShopAfterSale final : public AfterSale {
 public:
  explicit ShopAfterSale(Client& client) : client_(client) {}

  base::Result<ReturnPage> pull_returns(const OrderQuery& query) override;
  base::Status answer_return(const std::string& return_id, Decision decision) override;
  base::Result<SettlementPage> pull_settlements(const OrderQuery& query) override;

 private:
  base::Result<catalog::ReturnStatus> status_of(const std::string& return_id);
  base::Result<std::string> answer_body(const std::string& return_id, Decision decision) const;

  Client& client_;
};

}  // namespace connectors::shopee
