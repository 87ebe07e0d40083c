#pragma once
// catalog::StockTable over SQLite. Contract: catalog/tables.h. Private to this folder. Threads: one
// transaction.
#include "catalog/tables.h"
#include "storage/sqlite/database.h"

namespace storage::sqlite {

class StockTable final : public catalog::StockTable {
 public:
  explicit StockTable(Database& database) : database_(database) {}

  bool append(const catalog::Movement& movement) override;
  catalog::PoolBalance balance(const catalog::PoolId& pool, std::string_view local_day) override;
  std::vector<catalog::Movement> movements(const catalog::PoolId& pool,
                                           std::size_t rows_max) override;
  std::optional<catalog::Lot> lot(const catalog::PoolId& pool, std::string_view code) override;
  std::vector<catalog::Lot> lots(const catalog::PoolId& pool) override;
  void put(const catalog::Lot& lot) override;
  void append(const catalog::StockIncident& incident) override;
  std::vector<catalog::StockIncident> incidents(std::size_t rows_max) override;
  std::vector<catalog::PoolId> mismatches() override;

 private:
  Database& database_;
};

}  // namespace storage::sqlite
