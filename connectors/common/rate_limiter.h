#pragma once
// A token bucket: of an app, a shop, or an endpoint group of a shop (pace.h).
//   per_second  tokens that accrue; 0.5 is one every two seconds
//   burst       most tokens ever held
// Granted in any interval t, restarts in it or not: at most per_second * t + burst. A clock that
// jumps grants at most one burst. Server hints only slow it down. The rate adapts: a throttled
// answer halves it, down to a sixteenth; each success adds a hundredth of the configured rate.
//
// Without a kept state it starts EMPTY: a restart never refills what a crash may have spent. With
// `save` it keeps itself: a state is saved before a token goes that the last one does not cover,
// with a whole burst and ten seconds of calls taken off ahead, so that a save is rare and a restart
// only more careful. While it cannot be saved nothing is granted. Nothing here throws. Threads:
// safe; `save` is called under the bucket's lock.
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>

#include "base/clock.h"
#include "connectors/common/pace_store.h"

namespace connectors::common {

// Waiting is a port, so that tests move the clock instead.
class Waiter {
 public:
  virtual ~Waiter() = default;
  // False: asked to stop before the time was over.
  virtual bool wait(std::chrono::milliseconds time) = 0;
};

class StoppableWaiter final : public Waiter {
 public:
  bool wait(std::chrono::milliseconds time) override;
  void stop();  // for good; wakes every thread that waits

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopped_ = false;
};

class ManualWaiter final : public Waiter {
 public:
  explicit ManualWaiter(base::ManualClock& clock) : clock_(clock) {}
  bool wait(std::chrono::milliseconds time) override {
    clock_.advance(time);
    return true;
  }

 private:
  base::ManualClock& clock_;
};

struct RateConfig {
  double per_second = 1.0;
  int burst = 1;
};

class RateLimiter {
 public:
  using Save = std::function<void(const BucketState&)>;  // durable when it returns; may throw

  RateLimiter(const base::Clock& clock, RateConfig config);
  RateLimiter(const base::Clock& clock, RateConfig config, const std::optional<BucketState>& kept,
              Save save);

  // Zero: the tokens were taken, send now. Otherwise nothing was taken: ask again after this time.
  // More tokens than the burst count as the burst.
  std::chrono::milliseconds acquire_delay(int tokens = 1);
  // Waits until granted; false when the waiter was stopped or `patience` would be exceeded.
  bool acquire(Waiter& waiter, std::chrono::milliseconds patience, int tokens = 1);

  // Retry-After: nothing is granted before it passed (at most 1 h), and the bucket is empty then.
  void penalise(std::chrono::milliseconds retry_after);
  void throttled();  // a 429 or the channel's code: half the rate, down to a sixteenth
  void succeeded();  // a hundredth of the configured rate comes back

  double per_second() const;  // as it is now

 private:
  void settle(base::Instant now);
  std::int64_t rate_of(int permille) const;
  std::int64_t refilled(const BucketState& kept, base::Instant now) const;
  bool save_state(base::Instant now);

  const base::Clock& clock_;
  const std::int64_t configured_;  // micro-tokens per millisecond
  const std::int64_t capacity_;    // micro-tokens
  mutable std::mutex mutex_;
  std::int64_t rate_;
  std::int64_t tokens_ = 0;
  base::Instant settled_at_;
  base::Instant blocked_until_;
  const Save save_;
  std::optional<BucketState> saved_;  // what a restart would find
};

}  // namespace connectors::common
