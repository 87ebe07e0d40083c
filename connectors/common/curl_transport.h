#pragma once
// The real wire: libcurl, HTTP/1.1, TLS verified, no redirects, every length capped.
//
// Repeatable calls share idle keep-alive connections, one per easy handle; nothing is shared
// between handles. libcurl silently repeats a request whose reused connection died: right for a
// repeatable call, so a non-repeatable one gets its own handle and a connection used once.
// Errors: as RestClient says. Threads: perform() is safe. Source: libcurl 7.88.1.
#include <cstddef>
#include <memory>
#include <string>

#include "connectors/common/transport.h"

namespace connectors::common {

struct CurlConfig {
  std::string proxy;
  std::string ca_file;
  std::size_t response_bytes_max = 0;
  int pool_connections_max = 0;
};

inline constexpr std::size_t kHeaderBytesMax = 64 * 1024;  // of one reply, trailers included
inline constexpr std::size_t kHeadersMax = 200;

class CurlTransport final : public Transport {
 public:
  explicit CurlTransport(CurlConfig config);
  ~CurlTransport() override;
  CurlTransport(const CurlTransport&) = delete;
  CurlTransport& operator=(const CurlTransport&) = delete;

  base::Result<RestResponse> perform(const WireRequest& request,
                                     std::chrono::milliseconds deadline) override;

 private:
  class Pool;
  CurlConfig config_;
  std::unique_ptr<Pool> pool_;
};

}  // namespace connectors::common
