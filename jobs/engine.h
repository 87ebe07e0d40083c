#pragma once
// The workers: they turn announced changes into jobs, claim what is due, run it, and note what came
// of it. One job per account at a time, so a connector is never used by two threads.
//
//   Engine engine(services, waiter, {.workers = 2});
//   engine.recover();                              // once, after a start: nobody else runs jobs
//   auto result = engine.drain(60s);               // batch: until nothing is due within 60 s
//   engine.run_until_stopped();                    // daemon: until stop()
//
// Threads: recover and drain from one thread; stop and with_account from any.
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <set>
#include <string>

#include "connectors/common/rate_limiter.h"
#include "jobs/retry_policy.h"
#include "jobs/services.h"

namespace jobs {

struct EngineOptions {
  int workers = 2;
  base::Millis lease{900'000};  // at least twice the longest call
  base::Millis poll{1'000};     // how often the daemon looks when nothing told it to
  std::uint64_t seed = 1;       // of the jitter
};

struct DrainResult {
  std::int64_t completed = 0;
  std::int64_t discarded = 0;
  std::int64_t waiting = 0;  // still to come, later than the drain was willing to wait
};

class Engine {
 public:
  Engine(Services& services, connectors::common::Waiter& waiter, EngineOptions options);

  // Jobs that a crash left running become available again.
  void recover();
  // Works until nothing is due within `patience`, or stop(). Jobs that come later are left.
  DrainResult drain(base::Millis patience);
  void run_until_stopped();
  void stop();
  bool stopping() const { return stopping_; }
  // Runs `use` while no job of the account runs; waits for the one that does. False: stopped first.
  bool with_account(const catalog::AccountId& account, const std::function<void()>& use);
  // Last time a worker looked for work; /healthz.
  base::Instant last_tick() const;

 private:
  void worker(std::uint64_t seed, std::optional<base::Instant> until);
  bool run_one(RetryPolicy& policy);
  void dispatch_outbox();
  std::optional<Job> claim();
  Outcome execute(const Job& job, RetryPolicy& policy);
  bool anything_running();
  void release(const catalog::AccountId& account);
  void work(std::optional<base::Instant> until);

  Services& services_;
  connectors::common::Waiter& waiter_;
  const EngineOptions options_;
  std::atomic<bool> stopping_{false};
  std::atomic<std::int64_t> last_tick_ms_{0};
  std::atomic<std::int64_t> completed_{0};
  std::atomic<std::int64_t> discarded_{0};
  std::mutex mutex_;
  std::condition_variable released_;
  std::set<std::string> busy_;
  std::multiset<std::string> reserved_;  // waited for; no new job of these is claimed
};

}  // namespace jobs
