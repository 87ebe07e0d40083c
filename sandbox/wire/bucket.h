#pragma once
// A token bucket over the driven clock: `rate` calls a second, `burst` at once after a rest.
// Threads: the owner locks.
#include <algorithm>

#include "base/clock.h"

namespace sandbox::wire {

class TokenBucket {
 public:
  TokenBucket(double rate, double burst) : rate_(rate), burst_(burst), level_(burst) {}

  bool take(base::Instant now) {
    if (last_ == base::Instant{}) last_ = now;
    const auto elapsed_ms = std::max<base::Millis::rep>(0, (now - last_).count());
    level_ = std::min(burst_, level_ + rate_ * static_cast<double>(elapsed_ms) / 1000.0);
    last_ = now;
    if (level_ < 1.0) return false;
    level_ -= 1.0;
    return true;
  }

 private:
  double rate_;
  double burst_;
  double level_;
  base::Instant last_{};
};

}  // namespace sandbox::wire
