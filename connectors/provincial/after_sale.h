#pragma once
// Money paid back (refunds.h) as return cases: the orders modified in the window that name refunds,
// one case for each refund. A refund is made by a person in the store, so none is answered here,
// and a store of the province keeps no account of pay-outs: the money goes to the seller directly.
// Errors: what the calls said; rejected for an answer. Threads: one.
// Source: WooCommerce REST API v3, "Order refunds".
#include "connectors/after_sale.h"
#include "connectors/provincial/order_reader.h"

namespace connectors::provincial {

class StoreAfterSale final : public AfterSale {
 public:
  explicit StoreAfterSale(Client& client) : orders_(client) {}

  base::Result<ReturnPage> pull_returns(const OrderQuery& query) override;
  base::Status answer_return(const std::string& return_id, Decision decision) override;
  base::Result<SettlementPage> pull_settlements(const OrderQuery& query) override;

 private:
  OrderReader orders_;
};

}  // namespace connectors::provincial
