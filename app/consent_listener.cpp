#include "app/consent_listener.h"

#include <algorithm>

#include "connectors/common/hmac.h"

namespace app {
namespace {

namespace http = server::http;

constexpr std::size_t kNonceBytes = 16;
constexpr std::chrono::seconds kCloseGrace{2};

http::Response page(int status, const std::string& vi, const std::string& en) {
  http::Response response;
  response.status = status;
  response.content_type = "text/html; charset=utf-8";
  response.headers = {{"Cache-Control", "no-store"}, {"Referrer-Policy", "no-referrer"}};
  response.body =
      "<!DOCTYPE html><html lang=\"vi\"><head><meta charset=\"utf-8\"><title>nongsan"
      "</title></head><body><p>" +
      vi + "</p><p lang=\"en\">" + en + "</p></body></html>\n";
  response.close_connection = true;
  return response;
}

bool tells_something(const std::string& query) {
  const auto pairs = http::parse_query(query);
  return std::any_of(pairs.begin(), pairs.end(), [](const auto& pair) {
    return (pair.first == "code" || pair.first == "error") && !pair.second.empty();
  });
}

}  // namespace

ConsentListener::ConsentListener(std::uint16_t port)
    : path_("/nongsan/" + connectors::common::random_hex(kNonceBytes)) {
  http::Config config;
  config.port = port;
  config.threads = 1;
  config.limits.body_bytes_max = 0;
  server_ = std::make_unique<http::HttpServer>(
      config, [this](const http::Request& request) { return answer(request); });
  server_->start();
}

ConsentListener::~ConsentListener() {
  server_->stop(kCloseGrace);
}

std::string ConsentListener::redirect() const {
  return "http://127.0.0.1:" + std::to_string(server_->port()) + path_;
}

std::optional<std::string> ConsentListener::wait(std::chrono::milliseconds patience) {
  std::unique_lock lock{mutex_};
  came_.wait_for(lock, patience, [this] { return query_.has_value(); });
  return query_;
}

http::Response ConsentListener::answer(const http::Request& request) {
  if (request.method != "GET" || request.path != path_ || !tells_something(request.query)) {
    return page(404, "Không có trang này.", "There is no such page.");
  }
  {
    const std::lock_guard lock{mutex_};
    if (!query_) query_ = request.query;
  }
  came_.notify_all();
  return page(200, "Đã nhận trả lời của sàn. Hãy đóng trang này và xem kết quả ở cửa sổ dòng lệnh.",
              "The channel's answer has come. Close this page and see the result in the terminal.");
}

}  // namespace app
