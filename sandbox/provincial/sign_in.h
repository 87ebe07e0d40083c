#pragma once
// Who calls the store: HTTP Basic, or OAuth 1.0a (one-legged, HMAC-SHA256, in the query) as a store
// without TLS wants it; and what the key may do. Threads: the owner locks.
// Source: recordings of 9.3.3; RFC 5849; WooCommerce's documents on authentication over HTTP.
#include <map>
#include <optional>
#include <string>

#include "sandbox/context.h"
#include "sandbox/credentials.h"
#include "sandbox/provincial/shapes.h"
#include "sandbox/provincial/site.h"

namespace sandbox::provincial {

class SignIn {
 public:
  explicit SignIn(const ProvincialCredentials& credentials) : credentials_(credentials) {}

  // Nothing: let in. `path` is the request's own, as it was sent.
  std::optional<Answer> refuse(const server::http::Request& request, const Call& call,
                               const Site& site, base::Instant now);
  void reset() { nonces_.clear(); }

 private:
  std::optional<Answer> refuse_signature(const server::http::Request& request, const Call& call,
                                         const Site& site, base::Instant now);
  bool is_ours(const std::string& key) const { return key == credentials_.consumer_key; }

  const ProvincialCredentials credentials_;
  std::map<std::string, std::int64_t> nonces_;  // used ones, with their second
};

}  // namespace sandbox::provincial
