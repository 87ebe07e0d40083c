#pragma once
// What an HTTP status means to a policy, before a vendor's own code refines it.
//   2xx                   no error
//   401                   unauthorized
//   404, 410              not_found
//   409, 412              conflict
//   429, 503+Retry-After  rate_limited
//   other 5xx, 408        unavailable when repeatable, else unknown_outcome
//   1xx, 3xx              protocol: redirects are not followed
//   other 4xx             rejected
// Nothing here throws. Threads: safe.
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/error.h"
#include "connectors/common/transport.h"

namespace connectors::common {

inline constexpr std::chrono::milliseconds kRetryAfterMax = std::chrono::hours{1};

// "120" or an HTTP date ("Tue, 24 Nov 2026 01:02:03 GMT"), as a wait from `now`, within [0, 1 h].
std::optional<std::chrono::milliseconds> parse_retry_after(std::string_view value,
                                                           base::Instant now);
std::optional<std::chrono::milliseconds> retry_after(const RestResponse& response,
                                                     base::Instant now);

std::optional<base::Error> status_error(const RestResponse& response, Repeatable repeatable,
                                        base::Instant now);

// What may be shown of a URL: scheme, host, port and path. No user, query or fragment.
std::string without_secrets(std::string_view url);

}  // namespace connectors::common
