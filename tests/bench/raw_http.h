#pragma once
// The bare side's HTTP: POSTs one after the other by libcurl over one kept connection.
// Errors: std::runtime_error. Threads: one.
#include <cstdint>
#include <string>
#include <vector>

namespace bench {

struct Post {
  std::string target;  // path and query
  std::string body;    // application/x-www-form-urlencoded
};

// Sends them all; for each, monotonic_ns() just before it went. Any answer but 200 throws.
std::vector<std::int64_t> post_all(std::uint16_t port, const std::vector<Post>& posts);

}  // namespace bench
