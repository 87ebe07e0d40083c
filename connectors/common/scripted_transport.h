#pragma once
// A wire for tests: answers from a script and remembers what was asked.
//
//   auto wire = std::make_shared<ScriptedTransport>();
//   wire->reply(200, R"({"id": 7})");
//   wire->fail({base::ErrorCode::unknown_outcome, "lost"});
//   RestClient client{config, wire};
//
// Answers are used in order; when none is left, `otherwise` decides, else the call is `invalid`.
// Threads: safe; `otherwise` must be, too.
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "connectors/common/transport.h"

namespace connectors::common {

class ScriptedTransport final : public Transport {
 public:
  using Handler = std::function<base::Result<RestResponse>(const WireRequest&)>;

  void reply(int status, std::string body, Headers headers = {}) {
    then(RestResponse{status, std::move(headers), std::move(body)});
  }
  void fail(base::Error error) { then(std::move(error)); }
  void then(base::Result<RestResponse> answer) {
    const std::lock_guard lock{mutex_};
    answers_.push_back(std::move(answer));
  }
  void otherwise(Handler handler) {
    const std::lock_guard lock{mutex_};
    otherwise_ = std::move(handler);
  }

  std::vector<WireRequest> requests() const {
    const std::lock_guard lock{mutex_};
    return requests_;
  }
  std::vector<std::chrono::milliseconds> deadlines() const {
    const std::lock_guard lock{mutex_};
    return deadlines_;
  }
  std::size_t answers_left() const {
    const std::lock_guard lock{mutex_};
    return answers_.size();
  }

  base::Result<RestResponse> perform(const WireRequest& request,
                                     std::chrono::milliseconds deadline) override {
    std::unique_lock lock{mutex_};
    requests_.push_back(request);
    deadlines_.push_back(deadline);
    if (!answers_.empty()) {
      auto answer = std::move(answers_.front());
      answers_.pop_front();
      return answer;
    }
    const auto handler = otherwise_;
    lock.unlock();
    if (handler) return handler(request);
    return base::Error{base::ErrorCode::invalid, "the script has no answer left", {}, {}};
  }

 private:
  mutable std::mutex mutex_;
  std::deque<base::Result<RestResponse>> answers_;
  Handler otherwise_;
  std::vector<WireRequest> requests_;
  std::vector<std::chrono::milliseconds> deadlines_;
};

}  // namespace connectors::common
