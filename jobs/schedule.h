#pragma once
// The daemon's own timetable: intervals and one local time of day, no cron syntax. Vietnam has one
// civil zone without summer time, so a local time happens once a day. Threads: one per instance.
#include <chrono>
#include <vector>

#include "jobs/services.h"

namespace jobs {

struct Timetable {
  base::Millis pull_every{120'000};
  base::Millis reconcile_every{6LL * 3'600'000};
  base::Millis follow_every{1'800'000};     // parcels under way are asked about
  std::chrono::minutes nightly_at{2 * 60};  // local time: orders, then a full check
};

// The next instant after `now` at which the local clock shows `at`.
base::Instant next_local_time(base::Instant now, std::chrono::minutes at);

class Schedule {
 public:
  Schedule(Timetable timetable, base::Instant now);

  // Enqueues what has become due since the last call; returns the number of jobs.
  int tick(Services& services);

 private:
  int enqueue_all(Services& services, JobKind kind, base::Instant now);
  int follow_parcels(Services& services, base::Instant now);

  Timetable timetable_;
  base::Instant next_pull_;
  base::Instant next_reconcile_;
  base::Instant next_follow_;
  base::Instant next_night_;
};

}  // namespace jobs
