#pragma once
// A circuit breaker for one endpoint group of one account: a channel that is down is left alone.
//
//   closed     calls go; five failures in a row, or half of at least ten calls within a minute,
//              open it
//   open       no call goes for 30 s, twice as long after each failed probe, at most ten minutes
//   half-open  one probe at a time; two successes close it, a failure opens it again
//
// A failure is silence, a 5xx or an answer nobody can read; a refusal or a throttled call is none.
// Kept by `save` when it opens, opens again or closes, and taken up again after a restart.
// Nothing here throws: a save that fails leaves the state in force for this process.
// Threads: safe. Source: Shopify/semian, README; reference "Retries".
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>

#include "base/clock.h"
#include "connectors/common/pace_store.h"

namespace connectors::common {

enum class BreakerPhase { closed, open, half_open };

// As a person sees it at `now`.
BreakerPhase phase_of(const BreakerState& state, base::Instant now);

class Breaker {
 public:
  static constexpr int kInARow = 5;
  static constexpr std::size_t kCallsMin = 10;
  static constexpr std::size_t kCallsKept = 200;
  static constexpr base::Millis kWindow = std::chrono::seconds{60};
  static constexpr base::Millis kOpenFirst = std::chrono::seconds{30};
  static constexpr base::Millis kOpenMax = std::chrono::minutes{10};
  static constexpr base::Millis kProbeWait = std::chrono::seconds{1};
  static constexpr int kSuccessesToClose = 2;

  using Save = std::function<void(const BreakerState&)>;

  explicit Breaker(const base::Clock& clock, const std::optional<BreakerState>& kept = {},
                   Save save = {});

  // Zero: call now, and say afterwards what came of it. Otherwise ask again after this time.
  base::Millis admit();
  void succeeded();
  void failed(const std::string& reason);
  void undecided();  // the call tells nothing about the channel's health

  BreakerPhase phase() const;
  BreakerState state() const;

 private:
  struct Call {
    base::Instant at;
    bool failed = false;
  };
  void remember(base::Instant now, bool failed);
  bool half_failed(base::Instant now);
  void open(base::Instant now, const std::string& reason);
  void keep();

  const base::Clock& clock_;
  const Save save_;
  mutable std::mutex mutex_;
  BreakerState state_;
  std::deque<Call> calls_;  // while closed, oldest first
  int in_a_row_ = 0;
  int probes_passed_ = 0;
  bool probing_ = false;
};

}  // namespace connectors::common
