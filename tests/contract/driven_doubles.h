#pragma once
// What a client under contract works with: sessions kept in memory, and waits that move the
// sandbox's clock instead of the time. Threads: one.
#include <chrono>
#include <map>
#include <optional>
#include <string>

#include "connectors/common/rate_limiter.h"
#include "connectors/common/session.h"
#include "connectors/common/upload_store.h"
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

class MemoryUploads final : public connectors::common::UploadStore {
 public:
  std::optional<std::string> find(const std::string& content) override {
    const auto found = kept.find(content);
    return found == kept.end() ? std::nullopt : std::optional{found->second};
  }
  void save(const std::string& content, const std::string& remote) override {
    kept[content] = remote;
  }
  void forget(const std::string& content) override { kept.erase(content); }
  std::map<std::string, std::string> kept;
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
