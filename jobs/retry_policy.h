#pragma once
// What an error means for the job that met it (reference: AWS, exponential backoff and jitter).
// Sleep = random(0, min(300 s, 2 s x 2^attempt)); a channel's retry_after is a floor. Snoozes spend
// no attempt. Threads: one per instance.
#include <cstdint>
#include <random>

#include "jobs/job.h"

namespace jobs {

class RetryPolicy {
 public:
  static constexpr int kAttemptsMax = 8;
  static constexpr int kProtocolAttemptsMax = 3;
  static constexpr base::Millis kBackoffBase{2'000};
  static constexpr base::Millis kBackoffMax{300'000};
  static constexpr base::Millis kRetryAfterMax{3'600'000};
  static constexpr base::Millis kRateLimitedDefault{1'000};

  explicit RetryPolicy(std::uint64_t seed) : random_(seed) {}

  // `attempt`: failed ones before this.
  Outcome decide(const base::Error& error, int attempt);

 private:
  base::Millis backoff(const base::Error& error, int attempt);

  std::mt19937_64 random_;
};

}  // namespace jobs
