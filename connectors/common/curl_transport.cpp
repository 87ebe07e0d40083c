#include "connectors/common/curl_transport.h"

#include <curl/curl.h>

#include <algorithm>
#include <mutex>
#include <utility>
#include <vector>

#include "connectors/common/curl_exchange.h"

namespace connectors::common {

namespace {

struct CloseHandle {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
using Handle = std::unique_ptr<CURL, CloseHandle>;

void start_curl() {
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  (void)started;  // a failure shows again in curl_easy_init
}

}  // namespace

// Idle handles, the most recently used first: its connection is the likeliest to be alive.
class CurlTransport::Pool {
 public:
  explicit Pool(int idle_max) : idle_max_(static_cast<std::size_t>(std::max(0, idle_max))) {
    idle_.reserve(idle_max_);
  }

  Handle take() {
    {
      const std::lock_guard lock{mutex_};
      if (!idle_.empty()) {
        Handle handle = std::move(idle_.back());
        idle_.pop_back();
        return handle;
      }
    }
    return Handle{curl_easy_init()};
  }

  void give_back(Handle handle) {
    const std::lock_guard lock{mutex_};
    if (idle_.size() < idle_max_) idle_.push_back(std::move(handle));
  }

 private:
  std::mutex mutex_;
  std::vector<Handle> idle_;
  std::size_t idle_max_;
};

CurlTransport::CurlTransport(CurlConfig config) : config_(std::move(config)) {
  start_curl();
  pool_ = std::make_unique<Pool>(config_.pool_connections_max);
}

CurlTransport::~CurlTransport() = default;

base::Result<RestResponse> CurlTransport::perform(const WireRequest& request,
                                                  std::chrono::milliseconds deadline) {
  const bool pooled = request.repeatable == Repeatable::yes;
  Handle handle = pooled ? pool_->take() : Handle{curl_easy_init()};
  if (!handle) return base::Error{base::ErrorCode::unavailable, "libcurl cannot start", {}, {}};

  auto answer = CurlExchange{handle.get(), config_, request}.run(deadline);
  if (pooled) pool_->give_back(std::move(handle));
  return answer;
}

}  // namespace connectors::common
