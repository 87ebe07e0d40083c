#pragma once
// Time is a port: everything that asks "what time is it" or waits does so through a Clock, so tests
// drive it. Instants are UTC milliseconds since 1970; storage holds the same integer.
// Threads: SystemClock and ManualClock may be shared.
#include <atomic>
#include <chrono>

namespace base {

using Instant = std::chrono::sys_time<std::chrono::milliseconds>;
using Millis = std::chrono::milliseconds;

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
 public:
  Instant now() const override;
};

// A clock for tests: stands still until told.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(Instant start) : now_ms_(start.time_since_epoch().count()) {}
  Instant now() const override { return Instant{Millis{now_ms_.load()}}; }
  void advance(Millis by) { now_ms_ += by.count(); }
  void set(Instant to) { now_ms_ = to.time_since_epoch().count(); }

 private:
  std::atomic<Millis::rep> now_ms_;
};

constexpr std::int64_t to_unix_ms(Instant at) {
  return at.time_since_epoch().count();
}
constexpr Instant from_unix_ms(std::int64_t ms) {
  return Instant{Millis{ms}};
}
constexpr std::int64_t to_unix_s(Instant at) {
  return std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
}
constexpr Instant from_unix_s(std::int64_t s) {
  return Instant{std::chrono::seconds{s}};
}

}  // namespace base
