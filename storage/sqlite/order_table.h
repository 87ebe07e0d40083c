#pragma once
// catalog::OrderTable and catalog::Outbox over SQLite. Contract: catalog/tables.h.
// Private to this folder. Threads: one transaction.
#include "catalog/tables.h"
#include "storage/sqlite/database.h"

namespace storage::sqlite {

class OrderTable final : public catalog::OrderTable {
 public:
  explicit OrderTable(Database& database) : database_(database) {}

  std::optional<catalog::Order> order(const catalog::AccountId& account,
                                      std::string_view remote_id) override;
  void insert(const catalog::Order& order) override;
  void update(const catalog::Order& order) override;
  std::vector<catalog::Order> orders(const catalog::AccountId& account,
                                     std::size_t rows_max) override;
  std::int64_t count(const catalog::AccountId& account) override;

 private:
  Database& database_;
};

class Outbox final : public catalog::Outbox {
 public:
  explicit Outbox(Database& database) : database_(database) {}
  void announce(catalog::ChangeKind kind, const catalog::AccountId& account,
                base::Instant at) override;

 private:
  Database& database_;
};

}  // namespace storage::sqlite
