#pragma once
// One request on one easy handle: what is set before, gathered during and concluded after it.
// Private to this folder: shows libcurl. Nothing here throws. Threads: one per object.
#include <curl/curl.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <memory>

#include "connectors/common/curl_transport.h"
#include "connectors/common/transport.h"

namespace connectors::common {

class CurlExchange {
 public:
  CurlExchange(CURL* handle, const CurlConfig& config, const WireRequest& request);

  base::Result<RestResponse> run(std::chrono::milliseconds deadline);

 private:
  struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
  };
  enum class Overrun { none, body, headers, memory };

  static std::size_t on_body(char* data, std::size_t unit, std::size_t count, void* self) noexcept;
  static std::size_t on_header(char* data, std::size_t unit, std::size_t count,
                               void* self) noexcept;
  static int on_request(void* self, char*, char*, int, int) noexcept;

  void set_wire(std::chrono::milliseconds deadline);
  void set_request();
  bool set_headers();
  bool take_header(std::string_view line);
  base::Error conclude(CURLcode code) const;
  std::string detail(CURLcode code) const;

  CURL* handle_;
  const CurlConfig& config_;
  const WireRequest& request_;
  std::unique_ptr<curl_slist, FreeList> header_list_;
  std::array<char, CURL_ERROR_SIZE> message_{};
  RestResponse response_;
  std::size_t header_bytes_ = 0;
  std::size_t headers_ = 0;
  Overrun overrun_ = Overrun::none;
  bool headers_ended_ = false;
  bool started_ = false;  // a byte of the request may have left
};

}  // namespace connectors::common
