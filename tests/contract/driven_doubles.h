#pragma once
// What a client under contract works with: sessions kept in memory, and waits that move the
// sandbox's clock instead of the time. Threads: one.
#include <chrono>
#include <optional>

#include "connectors/common/rate_limiter.h"
#include "connectors/common/session.h"
#include "sandbox/context.h"

namespace contract {

class MemorySessions final : public connectors::common::SessionStore {
 public:
  std::optional<connectors::common::Session> load() override { return kept; }
  void save(const connectors::common::Session& session) override {
    kept = session;
    ++saves;
  }
  std::optional<connectors::common::Session> kept;
  int saves = 0;
};

class DrivingWaiter final : public connectors::common::Waiter {
 public:
  explicit DrivingWaiter(sandbox::DrivenClock& clock) : clock_(clock) {}
  bool wait(std::chrono::milliseconds time) override {
    clock_.advance(time);
    return true;
  }

 private:
  sandbox::DrivenClock& clock_;
};

}  // namespace contract
