#include "jobs/engine.h"

#include <algorithm>
#include <thread>

#include "base/log.h"
#include "jobs/handlers/handlers.h"

namespace jobs {
namespace {

constexpr std::size_t kOutboxRowsMax = 1'000;
constexpr base::Millis kNapMax{200};
constexpr int kRenewalsPerLease = 4;

JobKind job_for(catalog::ChangeKind kind) {
  switch (kind) {
    case catalog::ChangeKind::content:
      return JobKind::publish_listings;
    case catalog::ChangeKind::stock:
      return JobKind::push_stock;
    case catalog::ChangeKind::price:
      return JobKind::push_prices;
  }
  return JobKind::publish_listings;
}

std::string_view outcome_name(const Outcome& outcome) {
  constexpr std::string_view kNames[] = {"done", "snooze", "retry", "cancel", "discard"};
  return kNames[outcome.index()];
}

void log_outcome(const Job& job, const Outcome& outcome) {
  std::string code;
  std::string why;
  if (const auto* retry = std::get_if<Retry>(&outcome)) {
    code = to_string(retry->error.code);
    why = retry->error.message;
  } else if (const auto* discard = std::get_if<Discard>(&outcome)) {
    code = to_string(discard->error.code);
    why = discard->error.message;
  } else if (const auto* snooze = std::get_if<Snooze>(&outcome)) {
    why = snooze->reason;
  }
  const bool bad = std::holds_alternative<Discard>(outcome);
  base::log_event(bad ? base::Level::error : base::Level::info, "job_finished",
                  {{"corr_id", static_cast<long long>(job.id.value)},
                   {"job", to_string(job.kind)},
                   {"account", job.account.text},
                   {"attempt", static_cast<long long>(job.attempt)},
                   {"outcome", outcome_name(outcome)},
                   {"class", code},
                   {"why", why}});
}

}  // namespace

Outcome run_job(JobContext& context, RetryPolicy& policy) {
  const bool typed =
      context.channel.connector->capabilities().delivery == connectors::Delivery::worksheet;
  switch (context.job.kind) {
    case JobKind::pull_orders:
      return run_pull_orders(context, policy);
    case JobKind::push_stock:
      return typed ? run_declare_worksheet(context, policy) : run_push_stock(context, policy);
    case JobKind::push_prices:
      return typed ? run_declare_worksheet(context, policy) : run_push_prices(context, policy);
    case JobKind::publish_listings:
      return typed ? run_declare_worksheet(context, policy) : run_publish_listings(context, policy);
    case JobKind::read_back:
      return typed ? Outcome{Done{}} : run_read_back(context, policy);
    case JobKind::reconcile:
      return typed ? Outcome{Done{}} : run_reconcile(context, policy);
    case JobKind::fetch_order:
      return run_fetch_order(context, policy);
    case JobKind::fulfil_order:
      return run_fulfil_order(context, policy);
    case JobKind::push_featured:
      return run_push_featured(context, policy);
    case JobKind::pull_returns:
      return run_pull_returns(context, policy);
    case JobKind::pull_settlements:
      return run_pull_settlements(context, policy);
    case JobKind::check_maps:
      return run_check_maps(context, policy);
    case JobKind::adopt:
      return run_adopt(context, policy);
    case JobKind::ship_parcel:
    case JobKind::follow_parcels:
      return Cancel{"this is work for a carrier, and " + context.job.account.text + " is a shop"};
  }
  return Done{};
}

Outcome run_carrier_job(CarrierContext& context, RetryPolicy& policy) {
  switch (context.job.kind) {
    case JobKind::ship_parcel:
      return run_ship_parcel(context, policy);
    case JobKind::follow_parcels:
      return run_follow_parcels(context, policy);
    default:
      return Cancel{"this is work for a shop, and " + context.job.account.text + " is a carrier"};
  }
}

Engine::Engine(Services& services, connectors::common::Waiter& waiter, EngineOptions options)
    : services_(services), waiter_(waiter), options_(options) {
  last_tick_ms_ = base::to_unix_ms(services_.clock.now());
}

void Engine::recover() {
  // Whoever ran them is dead: this process holds the lock of the store.
  constexpr base::Millis kPastEveryLease = std::chrono::hours{24 * 365};
  services_.store.write(
      [&](Tables& tables) { tables.jobs.rescue(services_.clock.now() + kPastEveryLease); });
}

DrainResult Engine::drain(base::Millis patience) {
  completed_ = 0;
  discarded_ = 0;
  work(services_.clock.now() + patience);
  DrainResult result;
  result.completed = completed_;
  result.discarded = discarded_;
  services_.store.read([&](Tables& tables) {
    const auto counts = tables.jobs.counts(services_.clock.now() + patience);
    result.waiting = counts.later + counts.due;
  });
  return result;
}

void Engine::run_until_stopped() {
  work(std::nullopt);
}

// Takes no lock: a claim may hold it for as long as another write lasts.
void Engine::stop() {
  stopping_ = true;
}

bool Engine::with_account(const catalog::AccountId& account, const std::function<void()>& use) {
  {
    std::unique_lock lock(mutex_);
    const auto place = reserved_.insert(account.text);
    while (!stopping_ && busy_.contains(account.text)) released_.wait_for(lock, kNapMax);
    reserved_.erase(place);
    if (stopping_) return false;
    busy_.insert(account.text);
  }
  struct Release {
    Engine& engine;
    const catalog::AccountId& account;
    ~Release() { engine.release(account); }
  };
  const Release release_at_end{*this, account};
  use();
  return true;
}

void Engine::release(const catalog::AccountId& account) {
  const std::lock_guard lock(mutex_);
  busy_.erase(account.text);
  released_.notify_all();
}

base::Instant Engine::last_tick() const {
  return base::from_unix_ms(last_tick_ms_);
}

void Engine::work(std::optional<base::Instant> until) {
  std::vector<std::thread> threads;
  for (int i = 1; i < options_.workers; ++i) {
    threads.emplace_back(
        [this, i, until] { worker(options_.seed + static_cast<std::uint64_t>(i), until); });
  }
  worker(options_.seed, until);
  for (auto& thread : threads) thread.join();
}

bool Engine::anything_running() {
  const std::lock_guard lock(mutex_);
  return !busy_.empty();
}

void Engine::worker(std::uint64_t seed, std::optional<base::Instant> until) {
  RetryPolicy policy(seed);
  while (!stopping_) {
    last_tick_ms_ = base::to_unix_ms(services_.clock.now());
    if (run_one(policy)) continue;
    std::optional<base::Instant> next;
    services_.store.read([&](Tables& tables) { next = tables.jobs.next_run_at(); });
    const auto now = services_.clock.now();
    if (until && !anything_running() && (!next || *next > *until)) return;
    auto nap = until ? kNapMax : std::min(options_.poll, kNapMax);
    if (next && *next > now) nap = std::min(nap, *next - now);
    if (!waiter_.wait(std::max(nap, base::Millis{1}))) return;
  }
}

bool Engine::run_one(RetryPolicy& policy) {
  dispatch_outbox();
  const auto job = claim();
  if (!job) return false;
  services_.observer.job_started(*job);
  Outcome outcome = Done{};
  try {
    outcome = execute(*job, policy);
  } catch (const std::exception& problem) {
    // Storage or a bug: the job is tried again, the worker lives on.
    outcome = policy.decide({base::ErrorCode::unavailable, problem.what(), {}, {}}, job->attempt);
  }
  services_.store.write(
      [&](Tables& tables) { tables.jobs.finish(*job, outcome, services_.clock.now()); });
  if (std::holds_alternative<Done>(outcome)) ++completed_;
  if (std::holds_alternative<Discard>(outcome)) ++discarded_;
  log_outcome(*job, outcome);
  services_.observer.job_finished(*job, outcome);
  release(job->account);
  return true;
}

// Announced changes become jobs in the transaction that takes them out of the outbox.
void Engine::dispatch_outbox() {
  bool any = false;
  services_.store.read([&](Tables& tables) { any = tables.jobs.outbox_waits(); });
  if (!any) return;
  services_.store.write([&](Tables& tables) {
    const auto now = services_.clock.now();
    for (const auto& change : tables.jobs.take_outbox(kOutboxRowsMax)) {
      tables.jobs.enqueue({job_for(change.kind), change.account, {}, now}, now);
    }
  });
}

std::optional<Job> Engine::claim() {
  const std::lock_guard lock(mutex_);
  const auto now = services_.clock.now();
  bool due = false;
  services_.store.read([&](Tables& tables) {
    const auto next = tables.jobs.next_run_at();
    due = next && *next <= now;
  });
  if (!due) return std::nullopt;
  std::optional<Job> job;
  auto taken = busy_;
  taken.insert(reserved_.begin(), reserved_.end());
  services_.store.write([&](Tables& tables) {
    job = tables.jobs.claim(now, options_.lease, {taken.begin(), taken.end()});
  });
  if (job) busy_.insert(job->account.text);
  return job;
}

Outcome Engine::execute(const Job& job, RetryPolicy& policy) {
  const auto* channel = services_.channel(job.account);
  const auto* carrier = services_.carrier(job.account);
  if (channel == nullptr && carrier == nullptr) {
    return Cancel{"the configuration has no account " + job.account.text};
  }
  // Nobody takes a job before its lease is over, so a young lease needs no commit to be held.
  base::Instant renew_at = job.lease_until - options_.lease + options_.lease / kRenewalsPerLease;
  auto keep_alive = [&, renew_at]() mutable {
    const auto now = services_.clock.now();
    if (now < renew_at) return true;
    bool held = false;
    services_.store.write(
        [&](Tables& tables) { held = tables.jobs.extend(job, now + options_.lease); });
    renew_at = now + options_.lease / kRenewalsPerLease;
    return held;
  };
  auto stops = [this] { return stopping(); };
  if (channel == nullptr) {
    CarrierContext context{services_, *carrier, job, std::move(keep_alive), std::move(stops)};
    return run_carrier_job(context, policy);
  }
  JobContext context{services_, *channel, job, std::move(keep_alive), std::move(stops)};
  return run_job(context, policy);
}

}  // namespace jobs
