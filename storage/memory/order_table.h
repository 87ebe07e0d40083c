#pragma once
// catalog::OrderTable and catalog::Outbox in memory. Contract: catalog/tables.h.
// Threads: one transaction.
#include "storage/memory/state.h"

namespace storage::memory {

class OrderTable final : public catalog::OrderTable {
 public:
  explicit OrderTable(const Transaction& transaction) : transaction_(transaction) {}

  std::optional<catalog::Order> order(const catalog::AccountId& account,
                                      std::string_view remote_id) override;
  void insert(const catalog::Order& order) override;
  void update(const catalog::Order& order) override;
  std::vector<catalog::Order> orders(const catalog::AccountId& account,
                                     std::size_t rows_max) override;
  std::int64_t count(const catalog::AccountId& account) override;

 private:
  const Transaction& transaction_;
};

class Outbox final : public catalog::Outbox {
 public:
  explicit Outbox(const Transaction& transaction) : transaction_(transaction) {}
  void announce(catalog::ChangeKind kind, const catalog::AccountId& account,
                base::Instant at) override;

 private:
  const Transaction& transaction_;
};

}  // namespace storage::memory
