#pragma once
// jobs::JobTable in memory. Contract: jobs/store.h. Threads: one transaction.
#include "storage/memory/state.h"

namespace storage::memory {

class JobTable final : public jobs::JobTable {
 public:
  explicit JobTable(const Transaction& transaction) : transaction_(transaction) {}

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
  const JobRow* waiting_twin(const jobs::Job& job) const;
  const JobRow* held(const jobs::Job& job) const;
  void save(const JobRow& row);
  void put_back(JobRow row, base::Instant now);
  void prune(base::Instant now);

  const Transaction& transaction_;
};

}  // namespace storage::memory
