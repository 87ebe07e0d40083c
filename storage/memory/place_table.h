#pragma once
// catalog::PlaceTable in memory. Contract: catalog/tables.h. Threads: one transaction.
#include "storage/memory/state.h"

namespace storage::memory {

class PlaceTable final : public catalog::PlaceTable {
 public:
  explicit PlaceTable(const Transaction& transaction) : transaction_(transaction) {}

  catalog::Put put(const catalog::Place& place) override;
  std::optional<catalog::Place> place(const catalog::PlaceId& id) override;
  std::vector<catalog::Place> places() override;

 private:
  const Transaction& transaction_;
};

}  // namespace storage::memory
