#pragma once
// One shop's access to a channel: a short access token and the refresh token that renews it.
//   generation  grows by one with every stored pair; a rejection of an older pair means "reload"
// Tokens are secrets: never logged, never in an error. Threads: values.
#include <cstdint>
#include <optional>
#include <string>

#include "base/clock.h"

namespace connectors::common {

struct Session {
  std::string access_token;
  std::string refresh_token;
  base::Instant access_expires_at;
  base::Instant refresh_expires_at;
  std::int64_t generation = 0;
  // The end of what a person agreed to, where the channel says one; renewing does not move it.
  std::optional<base::Instant> consent_ends_at = std::nullopt;
};

// Where one shop's pair is kept. Both calls may throw what storage throws.
class SessionStore {
 public:
  virtual ~SessionStore() = default;
  virtual std::optional<Session> load() = 0;
  // Durable before it returns.
  virtual void save(const Session& session) = 0;
};

}  // namespace connectors::common
