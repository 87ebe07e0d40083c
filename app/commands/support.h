#pragma once
// What several commands need: opening the store, filters, JSON rows, the summary of a sync.
#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <vector>

#include "app/cli.h"
#include "app/host.h"
#include "app/progress.h"
#include "app/wiring.h"
#include "connectors/common/json.h"
#include "jobs/services.h"

namespace app {

namespace cc = connectors::common;

// Counts what jobs moved and prints notices. What moved goes to `progress`; without one, each step
// is a line.
class SyncObserver final : public jobs::Observer {
 public:
  explicit SyncObserver(Output& out, Progress* progress = nullptr)
      : out_(out), progress_(progress) {}

  // From now on only these accounts are heard.
  void watch_only(std::set<std::string> accounts);
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
  std::int64_t completed() const { return completed_; }
  std::int64_t discarded() const { return discarded_; }
  // Started and not yet heard to be over.
  std::set<jobs::JobId> running() const;

 private:
  bool counts(const catalog::AccountId& account) const;
  void show_progress();

  Output& out_;
  Progress* const progress_;
  mutable std::mutex mutex_;
  std::optional<std::set<std::string>> watched_;
  std::set<jobs::JobId> running_;
  Moves moves_;
  std::optional<base::Error> worst_;
  std::atomic<std::int64_t> notices_{0};
  std::atomic<std::int64_t> completed_{0};
  std::atomic<std::int64_t> discarded_{0};
};

// Commands that change something: the daemon's own wiring when they run there, else one of their
// own, with the lock. Throws storage::LockedError when another process has it.
class WriteSession {
 public:
  explicit WriteSession(Invocation& in);
  jobs::Store& store() { return wiring_.store(); }
  Wiring& wiring() { return wiring_; }
  // A connector has one user at a time: the daemon's workers keep off it meanwhile. False: the
  // daemon is stopping.
  bool with_account(const catalog::AccountId& account, const std::function<void()>& use);

 private:
  Host* const host_;
  SyncObserver observer_;
  std::unique_ptr<Wiring> own_;
  Wiring& wiring_;
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
void print_json(Invocation& in, const std::vector<std::pair<std::string, cc::Json>>& members);

}  // namespace app
