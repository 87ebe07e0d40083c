#pragma once
// The pace of one account's calls. A call waits for a token of its endpoint group, of its shop and
// of its app, and is not made at all while the group's breaker is open.
//
//   if (const auto turn = pace.take_turn("stock"); !turn) return turn.error();
//   …                                            // the call
//   pace.answered("stock");                      // it worked
//   pace.failed("stock", error, Scope::shop);    // or what it said
//
// Every turn that was taken is answered for once. No turn is `rate_limited` with the time to wait,
// so that a job is put off and spends no attempt; `vendor_code` kCircuitOpen says that the channel
// is left alone. A throttled answer lowers the bucket it speaks of, and nothing else.
// Threads: safe.
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "connectors/common/breaker.h"
#include "connectors/common/rate_limiter.h"

namespace connectors::common {

inline constexpr std::string_view kCircuitOpen = "circuit_open";
inline constexpr RateConfig kNoLimit{100'000.0, 100'000};

// What a throttled answer speaks of.
enum class Scope { group, shop, app };

// The buckets and breakers of a process: accounts of one app share its bucket.
class PaceBook {
 public:
  // `store` null: forgotten with the process.
  PaceBook(const base::Clock& clock, PaceStore* store) : clock_(clock), store_(store) {}

  // The one that is there already keeps its configuration.
  std::shared_ptr<RateLimiter> bucket(const std::string& name, RateConfig config);
  std::shared_ptr<Breaker> breaker(const std::string& account, const std::string& group);

 private:
  const base::Clock& clock_;
  PaceStore* const store_;
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<RateLimiter>> buckets_;
  std::map<std::string, std::shared_ptr<Breaker>> breakers_;
};

struct PaceConfig {
  std::string channel;  // "Shopee"; begins what is said
  std::string account;
  std::string app;  // one name per app: "shopee/2001"
  RateConfig shop;
  RateConfig app_rate = kNoLimit;
  std::map<std::string, RateConfig, std::less<>> groups = {};  // others: as the shop
};

class Pace {
 public:
  // `shared` null: a book of its own that forgets.
  Pace(const base::Clock& clock, Waiter& waiter, PaceBook* shared, PaceConfig config);

  base::Status take_turn(std::string_view group);
  void answered(std::string_view group);
  // Gives a throttled error the time to wait when it has none.
  void failed(std::string_view group, base::Error& error, Scope scope = Scope::shop);

 private:
  struct Group {
    std::shared_ptr<RateLimiter> bucket;
    std::shared_ptr<Breaker> breaker;
  };
  Group& group(std::string_view name);
  RateLimiter& bucket_of(std::string_view group, Scope scope);

  Waiter& waiter_;
  std::unique_ptr<PaceBook> own_;
  PaceBook& book_;
  const PaceConfig config_;
  std::mutex mutex_;
  std::map<std::string, Group, std::less<>> groups_;
  std::shared_ptr<RateLimiter> shop_;
  std::shared_ptr<RateLimiter> app_;
};

}  // namespace connectors::common
