#include "jobs/schedule.h"

#include "base/time_text.h"

namespace jobs {
namespace {

constexpr base::Millis kMessagesKept =
    std::chrono::hours{24 * 60};  // no channel repeats for so long
// A parcel that no carrier has taken by then will be asked for anew.
constexpr base::Millis kPeopleKept = std::chrono::hours{24 * 14};

}  // namespace

base::Instant next_local_time(base::Instant now, std::chrono::minutes at) {
  const auto local = now + base::kVietnamOffset;
  const auto midnight = std::chrono::floor<std::chrono::days>(local);
  auto candidate = base::Instant{midnight.time_since_epoch()} + at;
  if (candidate <= local) candidate += std::chrono::days{1};
  return candidate - base::kVietnamOffset;
}

Schedule::Schedule(Timetable timetable, base::Instant now)
    : timetable_(timetable),
      next_pull_(now),
      next_reconcile_(now + timetable.reconcile_every),
      next_follow_(now),
      next_night_(next_local_time(now, timetable.nightly_at)) {}

int Schedule::tick(Services& services) {
  const auto now = services.clock.now();
  int enqueued = 0;
  if (now >= next_pull_) {
    enqueued += enqueue_all(services, JobKind::pull_orders, now);
    next_pull_ = now + timetable_.pull_every;
  }
  if (now >= next_reconcile_) {
    enqueued += enqueue_all(services, JobKind::reconcile, now);
    next_reconcile_ = now + timetable_.reconcile_every;
  }
  if (now >= next_follow_) {
    enqueued += follow_parcels(services, now);
    next_follow_ = now + timetable_.follow_every;
  }
  if (now >= next_night_) {
    enqueued += enqueue_all(services, JobKind::pull_orders, now);
    for (const auto kind : {JobKind::reconcile, JobKind::pull_returns, JobKind::pull_settlements,
                            JobKind::check_maps, JobKind::push_featured}) {
      enqueued += enqueue_all(services, kind, now);
    }
    services.store.write([&](Tables& tables) {
      tables.inbox.forget(now - kMessagesKept);
      tables.catalog.shipments.forget_people(now - kPeopleKept);
    });
    next_night_ = next_local_time(now, timetable_.nightly_at);
  }
  return enqueued;
}

int Schedule::enqueue_all(Services& services, JobKind kind, base::Instant now) {
  services.store.write([&](Tables& tables) {
    for (const auto& channel : services.channels) {
      tables.jobs.enqueue({kind, channel.account, {}, now}, now);
    }
  });
  return static_cast<int>(services.channels.size());
}

int Schedule::follow_parcels(Services& services, base::Instant now) {
  if (services.carriers.empty()) return 0;
  services.store.write([&](Tables& tables) {
    for (const auto& carrier : services.carriers) {
      tables.jobs.enqueue({JobKind::follow_parcels, carrier.id, {}, now}, now);
    }
  });
  return static_cast<int>(services.carriers.size());
}

}  // namespace jobs
