#pragma once
// Ports for what follows a sale: requests and parcels, returns, money. Rules as in tables.h.
#include <string>
#include <string_view>
#include <vector>

#include "catalog/parcel.h"
#include "catalog/put.h"
#include "catalog/return_case.h"
#include "catalog/settlement.h"

namespace catalog {

class FulfilmentTable {
 public:
  virtual ~FulfilmentTable() = default;
  virtual Put put(const OrderRequest& request) = 0;
  // Of one order, in the order they were asked.
  virtual std::vector<OrderRequest> requests(const AccountId& account,
                                             std::string_view order_id) = 0;
  virtual Put put(const Parcel& parcel) = 0;
  virtual std::vector<Parcel> parcels(const AccountId& account, std::string_view order_id) = 0;
};

class AfterSaleTable {
 public:
  virtual ~AfterSaleTable() = default;
  // Lines are replaced as a whole. A case never moves back: older news changes nothing.
  virtual Put put(const ReturnCase& found) = 0;
  virtual Put put(const Settlement& settlement) = 0;
  // Newest first; empty account: all.
  virtual std::vector<ReturnCase> returns(const AccountId& account, std::size_t rows_max) = 0;
  virtual std::vector<Settlement> settlements(const AccountId& account, std::size_t rows_max) = 0;
};

}  // namespace catalog
