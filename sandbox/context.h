#pragma once
// What every simulated channel shares: the clock that can be driven, the seeded randomness, the
// fault plan and the call log. Threads: each class locks itself.
#include <cpprest/json.h>

#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "base/clock.h"

namespace sandbox {

// Real time plus what POST /clock/advance added.
class DrivenClock final : public base::Clock {
 public:
  base::Instant now() const override;
  void advance(base::Millis by) { offset_ms_ += by.count(); }
  void reset() { offset_ms_ = 0; }
  base::Millis offset() const { return base::Millis{offset_ms_.load()}; }

 private:
  std::atomic<base::Millis::rep> offset_ms_{0};
};

// Seeded; the same seed and the same calls give the same values.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}
  std::int64_t between(std::int64_t low, std::int64_t high);  // both ends included
  bool chance(double probability);
  std::string hex(std::size_t digits);  // lower case
  std::string alphanumeric(std::size_t length);

 private:
  std::mutex mutex_;
  std::mt19937_64 engine_;
};

// What goes wrong with one call. Kinds: "status" (with `status` and `body`), "timeout_before" (no
// effect, no answer), "timeout_after" (effect, no answer), "truncated", "drop", "html", "delay".
// Kinds of pushes to the seller (wire/push.h): "push_lost", "push_twice", "push_late".
struct Fault {
  std::string kind;
  int status = 500;
  std::string body;
  base::Millis delay{0};
  bool effect_first() const { return kind == "timeout_after" || kind == "truncated"; }
  bool of_push() const { return kind.starts_with("push_"); }
};

// A rule applies to calls whose path contains `path` on `channel` ("" = any), after `skip` matching
// calls, `times` times (-1 = always), each with `probability`.
class FaultPlan {
 public:
  // [{"channel","path","kind","status","body","delay_ms","skip","times","probability"}]; throws
  // std::invalid_argument naming the bad member.
  void set(const web::json::value& rules);
  void clear();
  std::optional<Fault> next(const std::string& channel, const std::string& path, Dice& dice);
  // The same for a push on its way out; rules of calls and rules of pushes never meet.
  std::optional<Fault> next_push(const std::string& channel, const std::string& path, Dice& dice);

 private:
  enum class Direction { call, push };
  std::optional<Fault> pick(Direction direction, const std::string& channel,
                            const std::string& path, Dice& dice);

  struct Rule {
    std::string channel;
    std::string path;
    Fault fault;
    std::int64_t skip = 0;
    std::int64_t times = -1;
    double probability = 1.0;
  };
  std::mutex mutex_;
  std::vector<Rule> rules_;
};

// Calls counted as they come in: the sandbox's own truth of load.
class CallLog {
 public:
  enum class Kind { read, write, token };
  void record(base::Instant at, const std::string& path, Kind kind, int status);
  void count_throttled();
  void count_unauthorized();
  void reset();
  web::json::value to_json() const;
  // What to_json() wrote; members that are missing count as zero.
  void load(const web::json::value& saved);

 private:
  mutable std::mutex mutex_;
  std::int64_t total_ = 0;
  std::int64_t writes_ = 0;
  std::int64_t throttled_ = 0;
  std::int64_t unauthorized_ = 0;
  std::map<std::int64_t, std::int64_t> by_second_;  // last 3 600 seconds
  std::map<std::string, std::int64_t> by_path_;
};

struct Context {
  DrivenClock clock;
  Dice dice;
  FaultPlan faults;
  explicit Context(std::uint64_t seed) : dice(seed) {}
};

}  // namespace sandbox
