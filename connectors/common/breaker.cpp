#include "connectors/common/breaker.h"

#include <algorithm>
#include <exception>
#include <utility>

namespace connectors::common {

BreakerPhase phase_of(const BreakerState& state, base::Instant now) {
  if (!state.open) return BreakerPhase::closed;
  return now < state.retry_at ? BreakerPhase::open : BreakerPhase::half_open;
}

Breaker::Breaker(const base::Clock& clock, const std::optional<BreakerState>& kept, Save save)
    : clock_(clock), save_(std::move(save)), state_(kept.value_or(BreakerState{})) {}

base::Millis Breaker::admit() {
  const std::lock_guard lock{mutex_};
  if (!state_.open) return base::Millis{0};
  const auto now = clock_.now();
  state_.retry_at = std::min(state_.retry_at, now + kOpenMax);  // a clock that went back
  if (now < state_.retry_at) return state_.retry_at - now;
  if (probing_) return kProbeWait;
  probing_ = true;
  return base::Millis{0};
}

void Breaker::succeeded() {
  const std::lock_guard lock{mutex_};
  probing_ = false;
  in_a_row_ = 0;
  if (!state_.open) {
    remember(clock_.now(), false);
    return;
  }
  if (++probes_passed_ < kSuccessesToClose) return;
  state_ = {};
  probes_passed_ = 0;
  calls_.clear();
  keep();
}

void Breaker::failed(const std::string& reason) {
  const std::lock_guard lock{mutex_};
  const auto now = clock_.now();
  probing_ = false;
  if (state_.open) {  // a probe, or a call that left before it opened
    if (now >= state_.retry_at) open(now, reason);
    return;
  }
  remember(now, true);
  if (++in_a_row_ >= kInARow || half_failed(now)) open(now, reason);
}

void Breaker::undecided() {
  const std::lock_guard lock{mutex_};
  probing_ = false;
}

BreakerPhase Breaker::phase() const {
  const std::lock_guard lock{mutex_};
  return phase_of(state_, clock_.now());
}

BreakerState Breaker::state() const {
  const std::lock_guard lock{mutex_};
  return state_;
}

void Breaker::remember(base::Instant now, bool failed) {
  calls_.push_back({now, failed});
  if (calls_.size() > kCallsKept) calls_.pop_front();
}

bool Breaker::half_failed(base::Instant now) {
  std::erase_if(calls_, [&](const Call& call) { return call.at > now || call.at + kWindow < now; });
  const auto failures =
      std::count_if(calls_.begin(), calls_.end(), [](const Call& call) { return call.failed; });
  return calls_.size() >= kCallsMin && static_cast<std::size_t>(failures) * 2 >= calls_.size();
}

void Breaker::open(base::Instant now, const std::string& reason) {
  constexpr int kDoublingsMax = 10;
  const auto wait = kOpenFirst * (1 << std::min(state_.opened, kDoublingsMax));
  state_.open = true;
  state_.retry_at = now + std::min<base::Millis>(wait, kOpenMax);
  ++state_.opened;
  state_.reason = reason;
  in_a_row_ = 0;
  probes_passed_ = 0;
  calls_.clear();
  keep();
}

void Breaker::keep() {
  if (!save_) return;
  try {
    save_(state_);
  } catch (const std::exception&) {  // it holds for this process; the next change saves again
  }
}

}  // namespace connectors::common
