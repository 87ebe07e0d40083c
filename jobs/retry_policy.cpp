#include "jobs/retry_policy.h"

#include <algorithm>

namespace jobs {

Outcome RetryPolicy::decide(const base::Error& error, int attempt) {
  switch (error.code) {
    case base::ErrorCode::rate_limited:
      return Snooze{std::min(error.retry_after.value_or(kRateLimitedDefault), kRetryAfterMax),
                    error.message};
    case base::ErrorCode::unavailable:
    case base::ErrorCode::unknown_outcome:
      if (attempt + 1 >= kAttemptsMax) return Discard{error};
      return Retry{backoff(error, attempt), error};
    case base::ErrorCode::protocol:
      if (attempt + 1 >= kProtocolAttemptsMax) return Discard{error};
      return Retry{backoff(error, attempt), error};
    case base::ErrorCode::invalid:
    case base::ErrorCode::rejected:
    case base::ErrorCode::not_found:
    case base::ErrorCode::conflict:
    case base::ErrorCode::unauthorized:
      return Discard{error};
  }
  return Discard{error};
}

base::Millis RetryPolicy::backoff(const base::Error& error, int attempt) {
  constexpr int kDoublingsMax = 8;
  const auto ceiling =
      std::min(kBackoffMax, base::Millis{kBackoffBase.count() << std::min(attempt, kDoublingsMax)});
  std::uniform_int_distribution<base::Millis::rep> pick(0, ceiling.count());
  const auto floor = std::min(error.retry_after.value_or(base::Millis{0}), kRetryAfterMax);
  return std::max(base::Millis{pick(random_)}, floor);
}

}  // namespace jobs
