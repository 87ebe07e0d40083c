#include "connectors/common/rate_limiter.h"

#include <algorithm>
#include <cmath>
#include <exception>
#include <utility>

namespace connectors::common {

namespace {

using std::chrono::milliseconds;

constexpr std::int64_t kMicro = 1'000'000;
constexpr milliseconds kBlockMax = std::chrono::hours{1};
constexpr std::int64_t kThrottleFloorDivisor = 16;
constexpr std::int64_t kRecoveryDivisor = 100;
constexpr double kPerSecondMax = 1'000'000.0;
constexpr milliseconds kReservedAhead = std::chrono::seconds{10};
constexpr milliseconds kUnsavedPause = std::chrono::seconds{1};

// per_second tokens = per_second * 1e6 micro-tokens in 1000 ms.
std::int64_t micro_per_ms(double per_second) {
  if (!(per_second > 0)) return 1;  // also NaN: one token in 1000 s
  const double micro = std::floor(std::min(per_second, kPerSecondMax) * 1000.0);
  return std::max<std::int64_t>(1, static_cast<std::int64_t>(micro));
}

}  // namespace

bool StoppableWaiter::wait(milliseconds time) {
  std::unique_lock lock{mutex_};
  return !changed_.wait_for(lock, time, [this] { return stopped_; });
}

void StoppableWaiter::stop() {
  {
    const std::lock_guard lock{mutex_};
    stopped_ = true;
  }
  changed_.notify_all();
}

RateLimiter::RateLimiter(const base::Clock& clock, RateConfig config)
    : RateLimiter(clock, config, std::nullopt, {}) {}

RateLimiter::RateLimiter(const base::Clock& clock, RateConfig config,
                         const std::optional<BucketState>& kept, Save save)
    : clock_(clock),
      configured_(micro_per_ms(config.per_second)),
      capacity_(std::max<std::int64_t>(1, config.burst) * kMicro),
      rate_(configured_),
      settled_at_(clock.now()),
      save_(std::move(save)),
      saved_(kept) {
  if (!kept) return;
  rate_ = rate_of(kept->rate_permille);
  tokens_ = refilled(*kept, settled_at_);
  blocked_until_ = std::min(kept->blocked_until, settled_at_ + kBlockMax);
}

std::int64_t RateLimiter::rate_of(int permille) const {
  const std::int64_t floor = std::max<std::int64_t>(1, configured_ / kThrottleFloorDivisor);
  return std::clamp(configured_ * permille / kWholeRate, floor, configured_);
}

// What a restart at `now` would find in the bucket.
std::int64_t RateLimiter::refilled(const BucketState& kept, base::Instant now) const {
  const std::int64_t rate = rate_of(kept.rate_permille);
  const std::int64_t missing = std::max<std::int64_t>(0, capacity_ - kept.micro_tokens);
  const auto from = std::max(kept.at, kept.blocked_until);
  const std::int64_t elapsed_ms =
      std::clamp<std::int64_t>((now - from).count(), 0, missing / rate + 1);
  return std::clamp<std::int64_t>(kept.micro_tokens + elapsed_ms * rate, 0, capacity_);
}

// Once a state is saved a restart's bucket is never fuller than this one: both fill alike. False:
// it is not saved.
bool RateLimiter::save_state(base::Instant now) {
  if (!save_) return true;
  const BucketState next{tokens_ - capacity_ - rate_ * kReservedAhead.count(),
                         static_cast<int>(rate_ * kWholeRate / configured_), now, blocked_until_};
  try {
    save_(next);
  } catch (const std::exception&) {
    saved_.reset();  // it may or may not be there: the next grant tries again
    return false;
  }
  saved_ = next;
  return true;
}

// Brings tokens_ up to `now`. A clock that went back grants nothing and starts anew from there; one
// that leapt ahead grants at most what fills the bucket. Nothing accrues while blocked.
void RateLimiter::settle(base::Instant now) {
  blocked_until_ = std::min(blocked_until_, now + kBlockMax);
  const base::Instant from = std::max(settled_at_, blocked_until_);
  const std::int64_t fill_ms = capacity_ / rate_ + 1;
  const std::int64_t elapsed_ms = std::clamp<std::int64_t>((now - from).count(), 0, fill_ms);
  tokens_ = std::min(capacity_, tokens_ + elapsed_ms * rate_);
  settled_at_ = now;
  if (now >= blocked_until_) blocked_until_ = {};  // or a clock that goes back would block again
}

milliseconds RateLimiter::acquire_delay(int tokens) {
  const std::lock_guard lock{mutex_};
  const base::Instant now = clock_.now();
  const std::int64_t wanted = std::min(capacity_, std::max<std::int64_t>(0, tokens) * kMicro);
  settle(now);
  if (now < blocked_until_) {
    return blocked_until_ - now + milliseconds{(wanted + rate_ - 1) / rate_};
  }
  if (tokens_ >= wanted) {
    tokens_ -= wanted;
    const bool covered = saved_ && refilled(*saved_, now) <= tokens_;
    if (covered || save_state(now)) return milliseconds{0};
    tokens_ += wanted;
    return kUnsavedPause;
  }
  return milliseconds{(wanted - tokens_ + rate_ - 1) / rate_};
}

bool RateLimiter::acquire(Waiter& waiter, milliseconds patience, int tokens) {
  while (true) {
    const milliseconds delay = acquire_delay(tokens);
    if (delay == milliseconds{0}) return true;
    if (delay > patience) return false;
    patience -= delay;
    if (!waiter.wait(delay)) return false;
  }
}

void RateLimiter::penalise(milliseconds retry_after) {
  const std::lock_guard lock{mutex_};
  const base::Instant now = clock_.now();
  settle(now);
  tokens_ = 0;
  const milliseconds block = std::clamp(retry_after, milliseconds{0}, kBlockMax);
  blocked_until_ = std::max(blocked_until_, now + block);
  save_state(now);
}

void RateLimiter::throttled() {
  const std::lock_guard lock{mutex_};
  const base::Instant now = clock_.now();
  settle(now);
  const std::int64_t floor = std::max<std::int64_t>(1, configured_ / kThrottleFloorDivisor);
  rate_ = std::max(floor, rate_ / 2);
  save_state(now);
}

void RateLimiter::succeeded() {
  const std::lock_guard lock{mutex_};
  settle(clock_.now());
  const std::int64_t step = std::max<std::int64_t>(1, configured_ / kRecoveryDivisor);
  rate_ = std::min(configured_, rate_ + step);
}

double RateLimiter::per_second() const {
  const std::lock_guard lock{mutex_};
  return static_cast<double>(rate_) / 1000.0;
}

}  // namespace connectors::common
