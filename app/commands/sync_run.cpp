#include "app/commands/sync_run.h"

#include <algorithm>
#include <charconv>
#include <future>

#include "app/errors.h"

namespace app {
namespace {

constexpr std::int64_t kWaitDefaultS = 60;
constexpr base::Millis kLookEvery{100};
constexpr base::Millis kOwnTurnWithin{60'000};  // after --wait, for a job that others stand before
constexpr std::size_t kJobsLookedAt = 10'000;   // of one state

base::Millis patience_of(const Invocation& in) {
  const auto text = in.option("wait", std::to_string(kWaitDefaultS));
  std::int64_t seconds = 0;
  const auto end = text.data() + text.size();
  const auto [stop, failure] = std::from_chars(text.data(), end, seconds);
  if (failure != std::errc{} || stop != end || seconds < 0) {
    throw std::runtime_error("--wait must be a whole number of seconds");
  }
  return std::chrono::seconds{seconds};
}

void print_summary(Invocation& in, const SyncObserver& observer, const jobs::DrainResult& result) {
  if (in.out.json()) {
    std::vector<std::pair<std::string, cc::Json>> accounts;
    for (const auto& [account, moves] : observer.moves()) {
      std::vector<std::pair<std::string, cc::Json>> counts;
      for (const auto& [what, items] : moves) counts.emplace_back(what, cc::json_number(items));
      accounts.emplace_back(account, cc::json_object(counts));
    }
    print_json(in, {{"accounts", cc::json_object(accounts)},
                    {"jobs_completed", cc::json_number(result.completed)},
                    {"jobs_discarded", cc::json_number(result.discarded)},
                    {"jobs_waiting", cc::json_number(result.waiting)}});
    return;
  }
  std::vector<std::vector<std::string>> rows = {
      {in.out.pick("GIAN HÀNG", "SHOP"), in.out.pick("VIỆC", "WHAT"), in.out.pick("SỐ", "COUNT")}};
  for (const auto& [account, moves] : observer.moves()) {
    for (const auto& [what, items] : moves) rows.push_back({account, what, std::to_string(items)});
  }
  if (rows.size() > 1) {
    in.out.table(rows);
  } else {
    in.out.line(in.out.pick("Mọi thứ đã khớp.", "Everything is in step."));
  }
}

// What a run works with, here or in the daemon.
struct Run {
  Invocation& in;
  Wiring& wiring;
  SyncObserver& observer;
  Progress& progress;
  base::Millis patience;
  std::vector<catalog::Account> accounts = {};
  std::set<catalog::AccountId> carriers = {};
  std::set<jobs::JobId> own = {};  // the jobs enqueued here
};

struct Drained {
  jobs::DrainResult result;
  bool unfinished = false;  // jobs of this run that were due are left
};

void enqueue(Run& run, const std::vector<Errand>& errands,
             const std::function<int(jobs::Tables&)>& before) {
  run.wiring.store().write([&](jobs::Tables& tables) {
    if (before) before(tables);
    run.own.clear();
    const auto now = run.wiring.clock().now();
    for (const auto& account : run.accounts) {
      if (run.wiring.services().channel(account.id) == nullptr) continue;
      for (const auto& errand : errands) {
        if (!errand.carrier.empty()) continue;
        run.own.insert(tables.jobs.enqueue({errand.kind, account.id, errand.subject, now}, now));
      }
    }
    for (const auto& errand : errands) {
      if (run.wiring.services().carrier(errand.carrier) == nullptr) continue;
      run.own.insert(tables.jobs.enqueue({errand.kind, errand.carrier, errand.subject, now}, now));
    }
  });
}

Drained drain_here(Run& run) {
  const auto workers = run.in.settings.number("workers", 1, 16);
  if (!workers) throw std::runtime_error(workers.error().message);
  jobs::EngineOptions options;
  options.workers = static_cast<int>(workers.value());
  options.seed = static_cast<std::uint64_t>(base::to_unix_ms(run.wiring.clock().now()));
  jobs::Engine engine(run.wiring.services(), run.wiring.waiter(), options);
  engine.recover();
  auto drained = std::async(std::launch::async, [&] { return engine.drain(run.patience); });
  while (drained.wait_for(kLookEvery) != std::future_status::ready) run.progress.tick();
  return {drained.get(), false};
}

// Jobs that wait or run.
void for_each_open(jobs::Tables& tables, const std::function<void(const jobs::Job&)>& look) {
  for (const auto state : {jobs::JobState::running, jobs::JobState::available,
                           jobs::JobState::scheduled, jobs::JobState::retryable}) {
    for (const auto& job : tables.jobs.list(state, kJobsLookedAt)) look(job);
  }
}

bool concerns(const Run& run, const jobs::Job& job) {
  if (run.carriers.contains(job.account)) return true;
  return std::any_of(run.accounts.begin(), run.accounts.end(),
                     [&](const catalog::Account& account) { return account.id == job.account; });
}

// Waiting for this job is what the user asked for. Until `until` that is everything due of the
// chosen shops; after it, what this run enqueued: the daemon's timetable never ends.
bool awaited(const Run& run, const jobs::Job& job, base::Instant until, base::Instant now) {
  if (job.run_at > until || !concerns(run, job)) return false;
  if (now <= until) return true;
  if (!run.own.contains(job.id)) return false;
  return job.state == jobs::JobState::running || now < until + kOwnTurnWithin;
}

bool anything_awaited(Run& run, base::Instant until) {
  bool found = false;
  const auto now = run.wiring.clock().now();
  run.wiring.store().read([&](jobs::Tables& tables) {
    found = now <= until && tables.jobs.outbox_waits();
    for_each_open(tables,
                  [&](const jobs::Job& job) { found = found || awaited(run, job, until, now); });
  });
  if (found) return true;
  // The queue says done before the observer has heard of it.
  const auto running = run.observer.running();
  return std::any_of(running.begin(), running.end(),
                     [&](const jobs::JobId& job) { return now <= until || run.own.contains(job); });
}

bool own_jobs_left(Run& run, base::Instant until) {
  bool left = false;
  run.wiring.store().read([&](jobs::Tables& tables) {
    for_each_open(tables, [&](const jobs::Job& job) {
      left = left || (run.own.contains(job.id) && job.run_at <= until);
    });
  });
  return left;
}

// The daemon's workers do it; this waits for them.
Drained drain_there(Run& run, jobs::Engine& engine) {
  const auto until = run.wiring.clock().now() + run.patience;
  while (anything_awaited(run, until) && !engine.stopping() && run.in.out.listening()) {
    run.progress.tick();
    if (!run.wiring.waiter().wait(kLookEvery)) break;
  }
  Drained drained;
  drained.result.completed = run.observer.completed();
  drained.result.discarded = run.observer.discarded();
  run.wiring.store().read([&](jobs::Tables& tables) {
    const auto counts = tables.jobs.counts(until);
    drained.result.waiting = counts.later + counts.due;
  });
  drained.unfinished = own_jobs_left(run, until);
  return drained;
}

Drained enqueue_and_drain(Run& run, const std::vector<Errand>& errands,
                          const std::function<int(jobs::Tables&)>& before) {
  if (run.in.host == nullptr) {
    enqueue(run, errands, before);
    return drain_here(run);
  }
  std::set<std::string> watched;
  for (const auto& account : run.accounts) watched.insert(account.id.text);
  for (const auto& carrier : run.carriers) watched.insert(carrier.text);
  run.observer.watch_only(std::move(watched));
  const ObserverFan::Watch watch(run.in.host->observers, run.observer);
  enqueue(run, errands, before);
  return drain_there(run, run.in.host->engine);
}

int verdict(Invocation& in, Wiring& wiring, const SyncObserver& observer, const Drained& drained) {
  const auto& result = drained.result;
  if (in.host != nullptr && in.host->engine.stopping()) {
    in.out.problem("tiến trình nền đang dừng; việc còn lại làm tiếp khi nó chạy lại",
                   "the daemon is stopping; what is left goes on when it runs again");
    return exit_failed;
  }
  if (const auto worst = observer.worst()) {
    return result.completed > 0 && worst->code != base::ErrorCode::unauthorized
               ? exit_partly
               : exit_for(worst->code);
  }
  if (drained.unfinished) {
    in.out.say("việc chưa xong, tiến trình nền vẫn làm tiếp",
               "not all is done yet, the daemon goes on with it");
    return exit_partly;
  }
  if (result.waiting > 0) {
    const auto count = std::to_string(result.waiting);
    in.out.say(count + " việc hẹn sau", count + " jobs are for later");
  }
  return wiring.broken().empty() && observer.notices() == 0 ? exit_ok : exit_partly;
}

}  // namespace

int run_sync(Invocation& in, const std::vector<Errand>& errands,
             const std::function<int(jobs::Tables&)>& before, Summary summary) {
  const base::SystemClock clock;
  Progress progress(in.out, clock);
  SyncObserver observer(in.out, &progress);
  std::unique_ptr<Wiring> own;
  if (in.host == nullptr) {
    own = std::make_unique<Wiring>(in.settings, Access::read_write, observer);
  }
  Wiring& wiring = own ? *own : in.host->wiring;
  for (const auto& [account, reason] : wiring.broken()) {
    if (account_matches(in, {catalog::AccountId{account}})) {
      in.out.say(account + ": bỏ qua (" + reason + ")", account + ": skipped (" + reason + ")");
    }
  }
  Run run{in, wiring, observer, progress, patience_of(in)};
  wiring.store().read([&](jobs::Tables& tables) { run.accounts = chosen_accounts(in, tables); });
  if (run.accounts.empty()) return exit_usage;
  for (const auto& errand : errands) {
    if (!errand.carrier.empty()) run.carriers.insert(errand.carrier);
  }
  const auto drained = enqueue_and_drain(run, errands, before);
  if (summary == Summary::printed) print_summary(in, observer, drained.result);
  return verdict(in, wiring, observer, drained);
}

}  // namespace app
