#include "app/commands/sync_run.h"

#include <algorithm>
#include <charconv>
#include <future>

#include "app/errors.h"

namespace app {
namespace {

constexpr std::int64_t kWaitDefaultS = 60;
constexpr base::Millis kLookEvery{100};
constexpr std::size_t kJobsLookedAt = 10'000;  // of one state

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
      accounts.emplace_back(account, cc::json_object(std::move(counts)));
    }
    print_json(in, {{"accounts", cc::json_object(std::move(accounts))},
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
  std::vector<catalog::Account> accounts;
  base::Millis patience;
};

void enqueue(Run& run, const std::vector<jobs::JobKind>& kinds,
             const std::function<int(jobs::Tables&)>& before) {
  run.wiring.store().write([&](jobs::Tables& tables) {
    if (before) before(tables);
    const auto now = run.wiring.clock().now();
    for (const auto& account : run.accounts) {
      if (run.wiring.services().channel(account.id) == nullptr) continue;
      for (const auto kind : kinds) tables.jobs.enqueue({kind, account.id, {}, now}, now);
    }
  });
}

jobs::DrainResult drain_here(Run& run) {
  const auto workers = run.in.settings.number("workers", 1, 16);
  if (!workers) throw std::runtime_error(workers.error().message);
  jobs::EngineOptions options;
  options.workers = static_cast<int>(workers.value());
  options.seed = static_cast<std::uint64_t>(base::to_unix_ms(run.wiring.clock().now()));
  jobs::Engine engine(run.wiring.services(), run.wiring.waiter(), options);
  engine.recover();
  auto drained = std::async(std::launch::async, [&] { return engine.drain(run.patience); });
  while (drained.wait_for(kLookEvery) != std::future_status::ready) run.progress.tick();
  return drained.get();
}

// Nothing of these accounts is left that was due by `until`, in the queue or at a worker.
bool settled(Run& run, jobs::Engine& engine, base::Instant until) {
  bool left = false;
  const auto watched = [&](const jobs::Job& job) {
    return job.run_at <= until &&
           std::any_of(run.accounts.begin(), run.accounts.end(),
                       [&](const catalog::Account& account) { return account.id == job.account; });
  };
  run.wiring.store().read([&](jobs::Tables& tables) {
    left = run.wiring.clock().now() <= until && tables.jobs.outbox_waits();
    for (const auto state : {jobs::JobState::running, jobs::JobState::available,
                             jobs::JobState::scheduled, jobs::JobState::retryable}) {
      const auto jobs = tables.jobs.list(state, kJobsLookedAt);
      left = left || std::any_of(jobs.begin(), jobs.end(), watched);
    }
  });
  if (left) return false;
  // The queue says done before the observer has heard of it.
  return std::none_of(run.accounts.begin(), run.accounts.end(),
                      [&](const catalog::Account& account) { return engine.busy(account.id); });
}

// The daemon's workers do it; this waits for them.
jobs::DrainResult drain_there(Run& run, jobs::Engine& engine) {
  const auto until = run.wiring.clock().now() + run.patience;
  while (!settled(run, engine, until) && !engine.stopping() && run.in.out.listening()) {
    run.progress.tick();
    if (!run.wiring.waiter().wait(kLookEvery)) break;
  }
  jobs::DrainResult result;
  result.completed = run.observer.completed();
  result.discarded = run.observer.discarded();
  run.wiring.store().read([&](jobs::Tables& tables) {
    const auto counts = tables.jobs.counts(until);
    result.waiting = counts.later + counts.due;
  });
  return result;
}

jobs::DrainResult enqueue_and_drain(Run& run, const std::vector<jobs::JobKind>& kinds,
                                    const std::function<int(jobs::Tables&)>& before) {
  if (run.in.host == nullptr) {
    enqueue(run, kinds, before);
    return drain_here(run);
  }
  std::set<std::string> watched;
  for (const auto& account : run.accounts) watched.insert(account.id.text);
  run.observer.watch_only(std::move(watched));
  const ObserverFan::Watch watch(run.in.host->observers, run.observer);
  enqueue(run, kinds, before);
  return drain_there(run, run.in.host->engine);
}

int verdict(Invocation& in, Wiring& wiring, const SyncObserver& observer,
            const jobs::DrainResult& result) {
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
  if (result.waiting > 0) {
    const auto count = std::to_string(result.waiting);
    in.out.say(count + " việc hẹn sau", count + " jobs are for later");
  }
  return wiring.broken().empty() && observer.notices() == 0 ? exit_ok : exit_partly;
}

}  // namespace

int run_sync(Invocation& in, const std::vector<jobs::JobKind>& kinds,
             const std::function<int(jobs::Tables&)>& before) {
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
  Run run{in, wiring, observer, progress, {}, patience_of(in)};
  wiring.store().read([&](jobs::Tables& tables) { run.accounts = chosen_accounts(in, tables); });
  if (run.accounts.empty()) return exit_usage;
  const auto result = enqueue_and_drain(run, kinds, before);
  print_summary(in, observer, result);
  return verdict(in, wiring, observer, result);
}

}  // namespace app
