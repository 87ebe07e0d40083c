#pragma once
// What a channel's limits ask us to remember over a restart: how far each bucket is spent, and
// which endpoint groups are left alone because the channel does not answer. Written seldom: a
// bucket at most once in ten seconds of calls, a breaker when it opens or closes. Threads: values;
// a PaceStore is called from many threads.
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "base/clock.h"

namespace connectors::common {

inline constexpr int kWholeRate = 1'000;

// A bucket as it may be filled again after a restart: never fuller than it really was.
//   micro_tokens   held at `at`, less all that may go before the next save; may be negative
//   rate_permille  of the configured rate, as throttled answers have left it
//   blocked_until  the channel asked for silence up to there; the epoch: it did not
struct BucketState {
  std::int64_t micro_tokens = 0;
  int rate_permille = kWholeRate;
  base::Instant at;
  base::Instant blocked_until;

  bool operator==(const BucketState&) const = default;
};

// An open breaker lets no call through before `retry_at`, and one probe at a time from then on.
//   opened  times in a row; each doubles the wait
struct BreakerState {
  bool open = false;
  base::Instant retry_at;
  int opened = 0;
  std::string reason;  // of the last failure; no secret

  bool operator==(const BreakerState&) const = default;
};

// Where they are kept. Calls may throw what storage throws; durable before save() returns.
class PaceStore {
 public:
  virtual ~PaceStore() = default;
  virtual std::optional<BucketState> bucket(const std::string& name) = 0;
  virtual void save(const std::string& name, const BucketState& state) = 0;
  virtual std::optional<BreakerState> breaker(const std::string& account,
                                              const std::string& group) = 0;
  virtual void save(const std::string& account, const std::string& group,
                    const BreakerState& state) = 0;
};

// Forgets with the process.
class MemoryPaceStore final : public PaceStore {
 public:
  std::optional<BucketState> bucket(const std::string& name) override {
    const std::lock_guard lock{mutex_};
    const auto found = buckets_.find(name);
    return found == buckets_.end() ? std::nullopt : std::optional{found->second};
  }
  void save(const std::string& name, const BucketState& state) override {
    const std::lock_guard lock{mutex_};
    buckets_[name] = state;
    ++saves_;
  }
  std::optional<BreakerState> breaker(const std::string& account,
                                      const std::string& group) override {
    const std::lock_guard lock{mutex_};
    const auto found = breakers_.find({account, group});
    return found == breakers_.end() ? std::nullopt : std::optional{found->second};
  }
  void save(const std::string& account, const std::string& group,
            const BreakerState& state) override {
    const std::lock_guard lock{mutex_};
    breakers_[{account, group}] = state;
    ++saves_;
  }
  int saves() const { return saves_; }

 private:
  std::mutex mutex_;
  std::map<std::string, BucketState> buckets_;
  std::map<std::pair<std::string, std::string>, BreakerState> breakers_;
  int saves_ = 0;
};

}  // namespace connectors::common
