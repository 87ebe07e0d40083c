#pragma once
// The one place of a shop that renews its token. Single flight: whoever comes first refreshes under
// the mutex, the others wait and use what it got. A new pair is stored durably BEFORE it is used:
// most channels accept a refresh token once, so a pair that is lost is a shop that must sign in
// again. Due at refresh_percent of the token's life, up to 5 % earlier so that shops spread out.
//
// Errors: unauthorized (no session, or the refresh token is spent: a person must authorise the shop
// again; the channel is not asked twice for the same pair), unavailable (storing failed: the new
// pair is kept and stored first next time), else what the refresh function returned. A failed
// early refresh is no error while the token still lives; it is tried again after retry_pause.
// Threads: safe. Two processes on one shop: not here, the database's process lock sees to it.
#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "connectors/common/session.h"

namespace connectors::common {

struct TokenPolicy {
  std::chrono::milliseconds access_life = std::chrono::hours{4};
  int refresh_percent = 75;
  std::chrono::milliseconds retry_pause = std::chrono::seconds{30};
};

class TokenKeeper {
 public:
  // Exchanges a refresh token for a new pair; sent once, never replayed. An empty refresh_token in
  // the answer means the old one stays. The generation is set here.
  using Refresh = std::function<base::Result<Session>(const std::string& refresh_token)>;

  TokenKeeper(SessionStore& store, const base::Clock& clock, TokenPolicy policy, Refresh refresh);

  base::Result<std::string> access_token();
  // After a 401: a newer pair when somebody already got one, else one refresh.
  base::Result<std::string> refresh_after_rejection(const std::string& rejected_token);

 private:
  struct Failure {
    std::int64_t generation = 0;
    base::Instant retry_at;
    base::Error error;
    bool final = false;  // the channel refused this refresh token
  };

  base::Status reload();
  base::Status store_pending();
  base::Status refresh_now();
  base::Status call_and_store();
  void remember_failure(const base::Error& error);
  bool due(base::Instant now) const;

  SessionStore& store_;
  const base::Clock& clock_;
  const TokenPolicy policy_;
  const Refresh refresh_;
  std::mutex mutex_;
  std::optional<Session> session_;  // as stored
  std::optional<Session> pending_;  // obtained, not stored yet; must not be used
  std::optional<Failure> failure_;
};

}  // namespace connectors::common
