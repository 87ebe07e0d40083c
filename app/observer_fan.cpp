#include "app/observer_fan.h"

namespace app {

ObserverFan::Watch::Watch(ObserverFan& fan, jobs::Observer& observer)
    : fan_(fan), observer_(observer) {
  const std::lock_guard lock(fan_.mutex_);
  fan_.observers_.push_back(&observer_);
}

ObserverFan::Watch::~Watch() {
  const std::lock_guard lock(fan_.mutex_);
  std::erase(fan_.observers_, &observer_);
}

void ObserverFan::job_started(const jobs::Job& job) {
  const std::lock_guard lock(mutex_);
  for (auto* observer : observers_) observer->job_started(job);
}

void ObserverFan::job_finished(const jobs::Job& job, const jobs::Outcome& outcome) {
  const std::lock_guard lock(mutex_);
  for (auto* observer : observers_) observer->job_finished(job, outcome);
}

void ObserverFan::moved(const catalog::AccountId& account, const std::string& what,
                        std::int64_t items) {
  const std::lock_guard lock(mutex_);
  for (auto* observer : observers_) observer->moved(account, what, items);
}

void ObserverFan::notice(const catalog::AccountId& account, const base::Error& error) {
  const std::lock_guard lock(mutex_);
  for (auto* observer : observers_) observer->notice(account, error);
}

}  // namespace app
