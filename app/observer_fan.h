#pragma once
// What the daemon's workers do, for the daemon itself and for whoever watches meanwhile. Once a
// Watch is over its observer hears no more. Threads: safe; observers must be.
#include <mutex>
#include <vector>

#include "jobs/services.h"

namespace app {

class ObserverFan final : public jobs::Observer {
 public:
  explicit ObserverFan(jobs::Observer& always) : observers_{&always} {}

  class Watch {
   public:
    Watch(ObserverFan& fan, jobs::Observer& observer);
    ~Watch();
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;

   private:
    ObserverFan& fan_;
    jobs::Observer& observer_;
  };

  void job_started(const jobs::Job& job) override;
  void job_finished(const jobs::Job& job, const jobs::Outcome& outcome) override;
  void moved(const catalog::AccountId& account, const std::string& what,
             std::int64_t items) override;
  void notice(const catalog::AccountId& account, const base::Error& error) override;

 private:
  std::mutex mutex_;
  std::vector<jobs::Observer*> observers_;
};

}  // namespace app
