#pragma once
// jobs::JobTable over SQLite. Contract: jobs/store.h. Private to this folder.
// Threads: one transaction.
#include "jobs/store.h"
#include "storage/sqlite/database.h"

namespace storage::sqlite {

class JobTable final : public jobs::JobTable {
 public:
  // More busy accounts than this cannot be excluded in one claim.
  static constexpr std::size_t kBusyAccountsMax = 512;

  explicit JobTable(Database& database) : database_(database) {}

  jobs::JobId enqueue(const jobs::NewJob& job, base::Instant now) override;
  std::optional<jobs::Job> claim(base::Instant now, base::Millis lease,
                                 const std::vector<std::string>& busy_accounts) override;
  bool extend(const jobs::Job& job, base::Instant lease_until) override;
  bool finish(const jobs::Job& job, const jobs::Outcome& outcome, base::Instant now) override;
  int rescue(base::Instant now) override;
  jobs::JobCounts counts(base::Instant until) override;
  std::optional<base::Instant> next_run_at() override;
  std::vector<jobs::Job> list(std::optional<jobs::JobState> state, std::size_t rows_max) override;
  bool retry(jobs::JobId id, base::Instant now) override;
  bool outbox_waits() override;
  std::vector<jobs::Change> take_outbox(std::size_t rows_max) override;

 private:
  bool fold_into_twin(const jobs::Job& job);
  void save(const jobs::Job& job, base::Instant finished_at);
  void put_back(jobs::Job job, base::Instant now);
  void prune(base::Instant now);

  Database& database_;
};

}  // namespace storage::sqlite
