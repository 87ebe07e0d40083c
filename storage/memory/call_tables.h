#pragma once
// jobs::PaceTable, UploadTable and MapTable in memory. Contract: jobs/store.h. Private to this
// folder. Threads: one transaction.
#include "jobs/store.h"
#include "storage/memory/state.h"

namespace storage::memory {

class PaceTable final : public jobs::PaceTable {
 public:
  explicit PaceTable(const Transaction& transaction) : transaction_(transaction) {}
  std::optional<connectors::common::BucketState> bucket(std::string_view name) override;
  void put(std::string_view name, const connectors::common::BucketState& state) override;
  std::vector<NamedBucket> buckets() override;
  std::vector<NamedBreaker> breakers(const catalog::AccountId& account) override;
  void put(const catalog::AccountId& account, std::string_view group,
           const connectors::common::BreakerState& state) override;

 private:
  const Transaction& transaction_;
};

class UploadTable final : public jobs::UploadTable {
 public:
  explicit UploadTable(const Transaction& transaction) : transaction_(transaction) {}
  std::optional<std::string> find(const catalog::AccountId& account, std::string_view content,
                                  base::Instant not_before) override;
  void put(const catalog::AccountId& account, std::string_view content, std::string_view remote,
           base::Instant at) override;
  void erase(const catalog::AccountId& account, std::string_view content) override;

 private:
  const Transaction& transaction_;
};

class MapTable final : public jobs::MapTable {
 public:
  explicit MapTable(const Transaction& transaction) : transaction_(transaction) {}
  std::optional<std::string> applied(const catalog::AccountId& account) override;
  void put(const catalog::AccountId& account, std::string_view fingerprint) override;

 private:
  const Transaction& transaction_;
};

}  // namespace storage::memory
