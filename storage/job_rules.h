#pragma once
// What a job row becomes, for every store alike. Pure; Threads: values.
#include "jobs/job.h"

namespace storage {

inline constexpr int kCrashesMax = 3;
inline constexpr base::Millis kCompletedKept = std::chrono::hours{24 * 7};
inline constexpr std::size_t kPrunedAtOnceMax = 100;
inline constexpr const char* kCrashedCode = "crashed";
inline constexpr const char* kCrashedText = "its worker was lost three times";

constexpr bool is_waiting(jobs::JobState state) {
  return state == jobs::JobState::scheduled || state == jobs::JobState::available ||
         state == jobs::JobState::retryable;
}

// `job` as the outcome leaves it.
jobs::Job after(jobs::Job job, const jobs::Outcome& outcome, base::Instant now);
// `job` after its lease was lost.
jobs::Job after_crash(jobs::Job job);

}  // namespace storage
