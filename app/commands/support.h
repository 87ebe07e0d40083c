#pragma once
// What several commands need: opening the store, filters, JSON rows, the summary of a sync.
#include <atomic>
#include <map>
#include <mutex>
#include <vector>

#include "app/cli.h"
#include "app/wiring.h"
#include "connectors/common/json.h"
#include "jobs/services.h"

namespace app {

namespace cc = connectors::common;

// Counts what jobs moved and prints notices; progress lines when they are wanted.
class SyncObserver final : public jobs::Observer {
 public:
  explicit SyncObserver(Output& out) : out_(out) {}
  void job_started(const jobs::Job& job) override;
  void job_finished(const jobs::Job& job, const jobs::Outcome& outcome) override;
  void moved(const catalog::AccountId& account, const std::string& what,
             std::int64_t items) override;
  void notice(const catalog::AccountId& account, const base::Error& error) override;

  using Moves = std::map<std::string, std::map<std::string, std::int64_t>>;
  Moves moves() const;
  // The worst error that ended a job for good, if any.
  std::optional<base::Error> worst() const;
  std::int64_t notices() const { return notices_; }

 private:
  Output& out_;
  mutable std::mutex mutex_;
  Moves moves_;
  std::optional<base::Error> worst_;
  std::atomic<std::int64_t> notices_{0};
};

// Commands that only look open the file without the lock.
class ReadSession {
 public:
  explicit ReadSession(Invocation& in);
  jobs::Store& store() { return wiring_.store(); }
  Wiring& wiring() { return wiring_; }

 private:
  SyncObserver observer_;
  Wiring wiring_;
};

std::size_t limit_of(const Invocation& in, std::size_t fallback);
bool account_matches(const Invocation& in, const catalog::AccountId& account);
// The accounts named with --account, or all active ones; says so and returns none when unknown.
std::vector<catalog::Account> chosen_accounts(Invocation& in, jobs::Tables& tables);
void print_json(Invocation& in, std::vector<std::pair<std::string, cc::Json>> members);

}  // namespace app
