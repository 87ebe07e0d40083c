#pragma once
// The wire as a port: one request out, one whole reply back, within one total deadline.
//   url       absolute and already encoded; sent byte for byte
//   deadline  from the first name lookup to the last body byte
// Errors: see RestClient. Implementations: CurlTransport (real), ScriptedTransport (tests).
// Threads: perform() may be called from many threads at once. Nothing here throws.
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace connectors::common {

enum class CallKind { probe, read, write, upload, token };
// `no`: a second arrival would be a second effect (a create, an order action, a token exchange).
enum class Repeatable { no, yes };

using Headers = std::vector<std::pair<std::string, std::string>>;

// The value of the first header of this name, ASCII case ignored.
std::optional<std::string_view> find_header(const Headers& headers, std::string_view name);

struct WireRequest {
  std::string method;
  std::string url;
  Headers headers;  // Content-Type and User-Agent included; Content-Length and Host are the wire's
  std::string body;
  CallKind kind = CallKind::read;
  Repeatable repeatable = Repeatable::no;
};

struct RestResponse {
  int status = 0;
  Headers headers;
  std::string body;
};

class Transport {
 public:
  virtual ~Transport() = default;
  virtual base::Result<RestResponse> perform(const WireRequest& request,
                                             std::chrono::milliseconds deadline) = 0;
};

}  // namespace connectors::common
