#pragma once
// OAuth 1.0a, one-legged, HMAC-SHA256, all of it in the query: how a store without TLS knows a
// caller without being told the secret. What is sent can be read on the way; it cannot be changed
// or sent again. Pure. Threads: safe.
// Source: RFC 5849 section 3.4; WooCommerce REST API v3, "Authentication over HTTP".
#include <cstdint>
#include <string>

namespace connectors::provincial {

struct SignedCall {
  std::string method;          // "GET"
  std::string base_url;        // "http://san.example.vn/cho"
  std::string path_and_query;  // encoded, as it will be sent: "/wp-json/wc/v3/products?page=1"
};
struct KeyPair {
  std::string key;
  std::string secret;
};
struct Moment {
  std::int64_t unix_s = 0;
  std::string nonce;  // never used before by this key
};

// What the signature is made of: method, address without query, sorted parameters.
std::string oauth1_base_string(const SignedCall& call, const KeyPair& keys, const Moment& moment);
// The call's path and query with the oauth_ parameters behind them.
std::string oauth1_signed(const SignedCall& call, const KeyPair& keys, const Moment& moment);

}  // namespace connectors::provincial
