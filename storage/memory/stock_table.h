#pragma once
// catalog::StockTable in memory. Contract: catalog/tables.h. Threads: one transaction.
#include "storage/memory/state.h"

namespace storage::memory {

class StockTable final : public catalog::StockTable {
 public:
  explicit StockTable(const Transaction& transaction) : transaction_(transaction) {}

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
  const Transaction& transaction_;
};

}  // namespace storage::memory
