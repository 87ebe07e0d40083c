#pragma once
// What comes after the sale: goods that come back, and the money the channel pays out.
// Threads: as Connector. Only reads, except the answer to a return.
#include <string>
#include <vector>

#include "base/result.h"
#include "catalog/return_case.h"
#include "catalog/settlement.h"
#include "connectors/fulfilment.h"
#include "connectors/messages.h"

namespace connectors {

struct ReturnPage {
  std::vector<catalog::ReturnCase> cases;  // account is filled in by the caller
  std::string next_cursor;                 // empty: that was the last page
  std::vector<base::Error> unreadable;
};

struct SettlementPage {
  std::vector<catalog::Settlement> settlements;  // account is filled in by the caller
  std::string next_cursor;
  std::vector<base::Error> unreadable;
  std::string note;  // why there will never be any, for people
};

class AfterSale {
 public:
  virtual ~AfterSale() = default;
  // Cases updated in the window; the query means what it means for orders.
  virtual base::Result<ReturnPage> pull_returns(const OrderQuery& query) = 0;
  virtual base::Status answer_return(const std::string& return_id, Decision decision) = 0;
  // Money released in the window, one Settlement per order (or per line that names no order).
  virtual base::Result<SettlementPage> pull_settlements(const OrderQuery& query) = 0;
};

}  // namespace connectors
