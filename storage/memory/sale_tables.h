#pragma once
// catalog::FulfilmentTable and AfterSaleTable in memory. Contract: catalog/sale_tables.h.
// Threads: one transaction.
#include "storage/memory/state.h"

namespace storage::memory {

class FulfilmentTable final : public catalog::FulfilmentTable {
 public:
  explicit FulfilmentTable(const Transaction& transaction) : transaction_(transaction) {}
  catalog::Put put(const catalog::OrderRequest& request) override;
  std::vector<catalog::OrderRequest> requests(const catalog::AccountId& account,
                                              std::string_view order_id) override;
  catalog::Put put(const catalog::Parcel& parcel) override;
  std::vector<catalog::Parcel> parcels(const catalog::AccountId& account,
                                       std::string_view order_id) override;

 private:
  const Transaction& transaction_;
};

class AfterSaleTable final : public catalog::AfterSaleTable {
 public:
  explicit AfterSaleTable(const Transaction& transaction) : transaction_(transaction) {}
  catalog::Put put(const catalog::ReturnCase& found) override;
  catalog::Put put(const catalog::Settlement& settlement) override;
  std::vector<catalog::ReturnCase> returns(const catalog::AccountId& account,
                                           std::size_t rows_max) override;
  std::vector<catalog::Settlement> settlements(const catalog::AccountId& account,
                                               std::size_t rows_max) override;

 private:
  const Transaction& transaction_;
};

}  // namespace storage::memory
