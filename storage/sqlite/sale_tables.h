#pragma once
// catalog::FulfilmentTable and AfterSaleTable over SQLite. Contract: catalog/sale_tables.h.
// Private to this folder. Threads: one transaction.
#include "catalog/sale_tables.h"
#include "storage/sqlite/database.h"

namespace storage::sqlite {

class FulfilmentTable final : public catalog::FulfilmentTable {
 public:
  explicit FulfilmentTable(Database& database) : database_(database) {}
  catalog::Put put(const catalog::OrderRequest& request) override;
  std::vector<catalog::OrderRequest> requests(const catalog::AccountId& account,
                                              std::string_view order_id) override;
  catalog::Put put(const catalog::Parcel& parcel) override;
  std::vector<catalog::Parcel> parcels(const catalog::AccountId& account,
                                       std::string_view order_id) override;

 private:
  Database& database_;
};

class AfterSaleTable final : public catalog::AfterSaleTable {
 public:
  explicit AfterSaleTable(Database& database) : database_(database) {}
  catalog::Put put(const catalog::ReturnCase& found) override;
  catalog::Put put(const catalog::Settlement& settlement) override;
  std::vector<catalog::ReturnCase> returns(const catalog::AccountId& account,
                                           std::size_t rows_max) override;
  std::vector<catalog::Settlement> settlements(const catalog::AccountId& account,
                                               std::size_t rows_max) override;

 private:
  Database& database_;
};

}  // namespace storage::sqlite
