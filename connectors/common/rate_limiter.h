#pragma once
// A token bucket for one (channel, shop, endpoint group).
//   per_second  tokens that accrue; 0.5 is one every two seconds
//   burst       most tokens ever held
// It starts EMPTY: a restart never refills what a crash may have spent. A clock that jumps grants
// at most one burst. Server hints only slow it down; successes bring the configured rate back
// slowly. Granted in any interval t: at most per_second * t + burst. Nothing here throws. Threads:
// safe.
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>

#include "base/clock.h"

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
  RateLimiter(const base::Clock& clock, RateConfig config);

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

  const base::Clock& clock_;
  const std::int64_t configured_;  // micro-tokens per millisecond
  const std::int64_t capacity_;    // micro-tokens
  mutable std::mutex mutex_;
  std::int64_t rate_;
  std::int64_t tokens_ = 0;
  base::Instant settled_at_;
  base::Instant blocked_until_;
};

}  // namespace connectors::common
