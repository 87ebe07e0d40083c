#include "connectors/common/pace.h"

#include <algorithm>
#include <utility>

namespace connectors::common {

namespace {

using base::Error;
using base::ErrorCode;
using namespace std::chrono_literals;

constexpr base::Millis kTurnPatience = 30s;
constexpr base::Millis kThrottlePause = 1s;

}  // namespace

std::shared_ptr<RateLimiter> PaceBook::bucket(const std::string& name, RateConfig config) {
  const std::lock_guard lock{mutex_};
  auto& there = buckets_[name];
  if (there) return there;
  if (store_ == nullptr) return there = std::make_shared<RateLimiter>(clock_, config);
  return there = std::make_shared<RateLimiter>(
             clock_, config, store_->bucket(name),
             [store = store_, name](const BucketState& state) { store->save(name, state); });
}

std::shared_ptr<Breaker> PaceBook::breaker(const std::string& account, const std::string& group) {
  const std::lock_guard lock{mutex_};
  auto& there = breakers_[account + '\n' + group];
  if (there) return there;
  if (store_ == nullptr) return there = std::make_shared<Breaker>(clock_);
  return there =
             std::make_shared<Breaker>(clock_, store_->breaker(account, group),
                                       [store = store_, account, group](const BreakerState& state) {
                                         store->save(account, group, state);
                                       });
}

Pace::Pace(const base::Clock& clock, Waiter& waiter, PaceBook* shared, PaceConfig config)
    : waiter_(waiter),
      own_(shared == nullptr ? std::make_unique<PaceBook>(clock, nullptr) : nullptr),
      book_(shared == nullptr ? *own_ : *shared),
      config_(std::move(config)),
      shop_(book_.bucket("shop/" + config_.account, config_.shop)),
      app_(book_.bucket("app/" + config_.app, config_.app_rate)) {}

Pace::Group& Pace::group(std::string_view name) {
  const std::lock_guard lock{mutex_};
  const auto found = groups_.find(name);
  if (found != groups_.end()) return found->second;
  const std::string key{name};
  const auto rate = config_.groups.find(name);
  const auto config = rate == config_.groups.end() ? config_.shop : rate->second;
  return groups_
      .emplace(key, Group{book_.bucket("group/" + config_.account + "/" + key, config),
                          book_.breaker(config_.account, key)})
      .first->second;
}

RateLimiter& Pace::bucket_of(std::string_view name, Scope scope) {
  if (scope == Scope::app) return *app_;
  return scope == Scope::shop ? *shop_ : *group(name).bucket;
}

base::Status Pace::take_turn(std::string_view name) {
  const Group& mine = group(name);
  if (const auto wait = mine.breaker->admit(); wait > 0ms) {
    return Error{ErrorCode::rate_limited,
                 config_.channel + ": does not answer (" + std::string{name} +
                     "), left alone for a while: " + mine.breaker->state().reason,
                 wait, std::string{kCircuitOpen}};
  }
  for (auto* bucket : {mine.bucket.get(), shop_.get(), app_.get()}) {
    if (bucket->acquire(waiter_, kTurnPatience)) continue;
    mine.breaker->undecided();
    return Error{ErrorCode::rate_limited,
                 config_.channel + ": the pace of calls is used up",
                 std::max(kThrottlePause, bucket->acquire_delay()),
                 {}};
  }
  return base::Done{};
}

void Pace::answered(std::string_view name) {
  const Group& mine = group(name);
  mine.breaker->succeeded();
  for (auto* bucket : {mine.bucket.get(), shop_.get(), app_.get()}) bucket->succeeded();
}

void Pace::failed(std::string_view name, Error& error, Scope scope) {
  auto& breaker = *group(name).breaker;
  switch (error.code) {
    case ErrorCode::unavailable:
    case ErrorCode::unknown_outcome:
    case ErrorCode::protocol:
      breaker.failed(error.message);
      return;
    case ErrorCode::invalid:
      breaker.undecided();
      return;
    case ErrorCode::rate_limited: {
      breaker.undecided();
      if (!error.retry_after) error.retry_after = kThrottlePause;
      auto& bucket = bucket_of(name, scope);
      bucket.throttled();
      bucket.penalise(*error.retry_after);
      return;
    }
    case ErrorCode::rejected:
    case ErrorCode::not_found:
    case ErrorCode::conflict:
    case ErrorCode::unauthorized:
      breaker.succeeded();
      return;
  }
}

}  // namespace connectors::common
