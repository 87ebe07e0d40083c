#include "storage/job_rules.h"

namespace storage {
namespace {

struct Apply {
  jobs::Job& job;
  base::Instant now;

  void operator()(const jobs::Done&) const { job.state = jobs::JobState::completed; }
  void operator()(const jobs::Snooze& snooze) const {
    job.state = jobs::JobState::scheduled;
    job.run_at = now + snooze.delay;
    if (!snooze.reason.empty()) explain({}, snooze.reason);
  }
  void operator()(const jobs::Retry& retry) const {
    job.state = jobs::JobState::retryable;
    job.run_at = now + retry.delay;
    ++job.attempt;
    explain(base::to_string(retry.error.code), retry.error.message);
  }
  void operator()(const jobs::Cancel& cancel) const {
    job.state = jobs::JobState::cancelled;
    explain({}, cancel.reason);
  }
  void operator()(const jobs::Discard& discard) const {
    job.state = jobs::JobState::discarded;
    explain(base::to_string(discard.error.code), discard.error.message);
  }
  void explain(std::string_view code, const std::string& text) const {
    job.last_error_code = code;
    job.last_error = text;
  }
};

}  // namespace

jobs::Job after(jobs::Job job, const jobs::Outcome& outcome, base::Instant now) {
  job.lease_until = {};
  std::visit(Apply{job, now}, outcome);
  return job;
}

jobs::Job after_crash(jobs::Job job) {
  job.lease_until = {};
  ++job.crashes;
  job.state = jobs::JobState::available;
  if (job.crashes >= kCrashesMax) {
    job.state = jobs::JobState::discarded;
    job.last_error_code = kCrashedCode;
    job.last_error = kCrashedText;
  }
  return job;
}

}  // namespace storage
