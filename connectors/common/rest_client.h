#pragma once
// One channel's REST interface: cpprest's http_client in front, libcurl on the wire.
//
//   RestClient client{{.base_url = "https://shop.example/wp-json/wc/v3"}};
//   auto reply = client.send({.method = "GET", .path_and_query = "/orders?page=1"});
//   if (!reply) return reply.error();
//
// A reply of any status is a value (a 3xx too: redirects are never followed); rest_errors.h turns
// statuses into errors. send() fails with
//   invalid          the base URL or the request is wrong here; nothing was sent
//   unavailable      no byte was sent, or a repeatable call broke off
//   protocol         a repeatable call was answered by something unreadable or too large
//   unknown_outcome  the same, or silence, after a byte of a non-repeatable call could have left
// Messages hold method, host and path; never a query string, a header or a body. A non-repeatable
// call goes out on a fresh connection, which is not reused, and is never sent twice.
// Threads: send() may be called from many threads at once. Nothing here throws.
// Source: cpprestsdk 2.10.18, libcurl 7.88.1.
#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <string>

#include "base/result.h"
#include "connectors/common/transport.h"

namespace connectors::common {

struct RestRequest {
  std::string method = "GET";
  std::string path_and_query;  // already encoded ("[" too), starts with "/"; appended to the base
                               // URL's path
  Headers headers;             // a name appears once
  std::string body;
  std::string content_type;  // of the body
  CallKind kind = CallKind::read;
  Repeatable repeatable = Repeatable::no;
};

// Plain HTTP goes to 127.0.0.0/8, ::1 and localhost only, or nowhere at all. `anywhere` is for a
// caller that signs each call in place of sending its secret; it never goes through a proxy.
enum class PlainHttp { loopback_only, never, anywhere };

using Deadlines = std::map<CallKind, std::chrono::milliseconds>;
Deadlines default_deadlines();  // probe 10 s, read 30 s, write 60 s, upload 120 s, token 20 s

inline constexpr std::size_t kResponseBytesMax = std::size_t{16} << 20;

struct RestConfig {
  std::string base_url;  // scheme, host, port, path prefix; no user, query or fragment
  std::string proxy;     // "http://host:port"; empty: none, whatever the environment says
  std::string ca_file;   // PEM; empty: the system's
  std::size_t response_bytes_max = kResponseBytesMax;
  Deadlines deadlines = default_deadlines();
  int pool_connections_max = 8;  // idle ones kept; calls beyond it open their own
  std::string user_agent = "nongsan";
  PlainHttp plain_http = PlainHttp::loopback_only;
};

class RestClient {
 public:
  explicit RestClient(const RestConfig& config);
  // Tests hand in a ScriptedTransport; it replaces libcurl, everything before it stays.
  RestClient(RestConfig config, std::shared_ptr<Transport> transport);
  ~RestClient();
  RestClient(RestClient&&) noexcept;
  RestClient& operator=(RestClient&&) noexcept;

  // Whether the configuration can be used; send() returns the same error otherwise.
  base::Status check() const;
  base::Result<RestResponse> send(const RestRequest& request);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace connectors::common
