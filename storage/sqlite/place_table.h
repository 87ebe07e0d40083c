#pragma once
// catalog::PlaceTable over SQLite. Contract: catalog/tables.h. Private to this folder. Threads: one
// transaction.
#include "catalog/tables.h"
#include "storage/sqlite/database.h"

namespace storage::sqlite {

class PlaceTable final : public catalog::PlaceTable {
 public:
  explicit PlaceTable(Database& database) : database_(database) {}

  catalog::Put put(const catalog::Place& place) override;
  std::optional<catalog::Place> place(const catalog::PlaceId& id) override;
  std::vector<catalog::Place> places() override;

 private:
  Database& database_;
};

}  // namespace storage::sqlite
