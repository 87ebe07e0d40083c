#include "connectors/common/rest_client.h"

#include <pplx/threadpool.h>

#include <algorithm>
#include <mutex>
#include <optional>
#include <utility>

#include "connectors/common/curl_transport.h"
#include "connectors/common/rest_errors.h"
#include "connectors/common/transport_stage.h"

namespace connectors::common {

namespace {

namespace http = web::http;
using base::Error;
using base::ErrorCode;

// cpprest starts 40 threads for its sockets unless told otherwise; we use none of them.
void shrink_cpprest_pool() {
  static std::once_flag once;
  std::call_once(once, [] {
    try {
      crossplat::threadpool::initialize_with_threads(1);
    } catch (const std::exception&) {  // somebody started it first: only threads are wasted
    }
  });
}

Error invalid(std::string message) {
  return {ErrorCode::invalid, std::move(message), std::nullopt, {}};
}

bool is_loopback(const std::string& host) {
  if (host == "localhost" || host == "::1" || host == "[::1]") return true;
  if (!host.starts_with("127.")) return false;
  return host.find_first_not_of("0123456789.") == std::string::npos &&
         std::count(host.begin(), host.end(), '.') == 3;
}

bool is_token(const std::string& text) {
  constexpr std::string_view kTokenChars =
      "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  return !text.empty() && text.find_first_not_of(kTokenChars) == std::string::npos;
}

bool is_header_value(const std::string& text) {
  return std::none_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && byte != '\t') || byte == 0x7F;
  });
}

std::optional<Error> problem_with_url(const RestConfig& config) {
  try {
    const web::uri uri{config.base_url};
    if (uri.scheme() != "http" && uri.scheme() != "https") {
      return invalid("the base URL must start with https://");
    }
    if (uri.host().empty()) return invalid("the base URL has no host");
    if (!uri.user_info().empty() || !uri.query().empty() || !uri.fragment().empty()) {
      return invalid("the base URL must hold no user, query or fragment");
    }
    const bool plain_allowed =
        config.plain_http == PlainHttp::anywhere ||
        (config.plain_http == PlainHttp::loopback_only && is_loopback(uri.host()));
    if (uri.scheme() == "http" && !plain_allowed) {
      return invalid("plain HTTP is allowed to this machine only: use https:// for " + uri.host());
    }
    return std::nullopt;
  } catch (const std::exception&) {
    return invalid("the base URL cannot be read");
  }
}

std::optional<Error> problem_with_request(const RestRequest& request) {
  if (!is_token(request.method)) return invalid("bad HTTP method");
  const std::string& path = request.path_and_query;
  const bool rooted = path.empty() || path.front() == '/' || path.front() == '?';
  if (!rooted || path.starts_with("//") || path.find('#') != std::string::npos) {
    return invalid("bad request path");
  }
  if (!is_header_value(request.content_type)) return invalid("bad content type");
  for (const auto& [name, value] : request.headers) {
    if (!is_token(name) || !is_header_value(value)) return invalid("bad request header");
  }
  return std::nullopt;
}

std::shared_ptr<Transport> curl_for(const RestConfig& config) {
  // Plain HTTP never leaves the machine, so it never goes through a proxy.
  const bool plain = config.base_url.starts_with("http:");
  return std::make_shared<CurlTransport>(CurlConfig{plain ? std::string{} : config.proxy,
                                                    config.ca_file, config.response_bytes_max,
                                                    config.pool_connections_max});
}

RestResponse from_cpprest(const http::http_response& response) {
  RestResponse out;
  out.status = response.status_code();
  for (const auto& [name, value] : response.headers()) out.headers.emplace_back(name, value);
  out.body = from_stream(response.body());
  return out;
}

// Something of ours or of cpprest's threw. Whether the request left decides what may be said.
Error unexpected(const Call& call) {
  if (!call.handed_over) return invalid("the request cannot be built");
  const bool repeatable = call.repeatable == Repeatable::yes;
  return {repeatable ? ErrorCode::unavailable : ErrorCode::unknown_outcome,
          "the answer was lost inside this program",
          std::nullopt,
          {}};
}

}  // namespace

Deadlines default_deadlines() {
  using namespace std::chrono_literals;
  return {{CallKind::probe, 10s},
          {CallKind::read, 30s},
          {CallKind::write, 60s},
          {CallKind::upload, 120s},
          {CallKind::token, 20s}};
}

struct RestClient::Impl {
  RestConfig config;
  std::optional<Error> problem;
  std::shared_ptr<TransportStage> stage;
  std::unique_ptr<http::client::http_client> client;

  std::chrono::milliseconds deadline(CallKind kind) const {
    const auto set = config.deadlines.find(kind);
    return set != config.deadlines.end() ? set->second : default_deadlines().at(kind);
  }

  std::string address(const RestRequest& request) const {
    std::string_view base = config.base_url;
    if (request.path_and_query.starts_with('/')) {
      while (base.ends_with('/')) base.remove_suffix(1);
    }
    return std::string(base) + request.path_and_query;
  }

  http::http_request build(const RestRequest& request) const {
    http::http_request message{request.method};
    message.set_request_uri(web::uri{request.path_and_query});
    for (const auto& [name, value] : request.headers) message.headers().add(name, value);
    if (!message.headers().has(http::header_names::user_agent)) {
      message.headers().add(http::header_names::user_agent, config.user_agent);
    }
    if (!request.content_type.empty()) message.headers().set_content_type(request.content_type);
    if (!request.body.empty()) message._get_impl()->set_instream(to_stream(request.body));
    return message;
  }

  RestResponse run(const RestRequest& request, Call& call) {
    const http::http_request message = build(request);
    const TransportStage::Ticket ticket{*stage, message, call};
    return from_cpprest(client->request(message).get());
  }
};

RestClient::RestClient(const RestConfig& config) : RestClient(config, curl_for(config)) {}

RestClient::RestClient(RestConfig config, std::shared_ptr<Transport> transport)
    : impl_(std::make_unique<Impl>()) {
  impl_->config = std::move(config);
  impl_->problem = problem_with_url(impl_->config);
  if (impl_->problem) return;
  try {
    shrink_cpprest_pool();
    impl_->stage = std::make_shared<TransportStage>(std::move(transport));
    impl_->client = std::make_unique<http::client::http_client>(impl_->config.base_url);
    impl_->client->add_handler(impl_->stage);
  } catch (const std::exception&) {
    impl_->problem = invalid("the HTTP client cannot start");
  }
}

RestClient::~RestClient() = default;
RestClient::RestClient(RestClient&&) noexcept = default;
RestClient& RestClient::operator=(RestClient&&) noexcept = default;

base::Status RestClient::check() const {
  if (impl_->problem) return *impl_->problem;
  return base::Done{};
}

base::Result<RestResponse> RestClient::send(const RestRequest& request) {
  if (impl_->problem) return *impl_->problem;
  if (const auto problem = problem_with_request(request)) return *problem;

  Call call{impl_->address(request), request.kind, request.repeatable,
            impl_->deadline(request.kind), false};
  try {
    return impl_->run(request, call);
  } catch (const TransportFailure& failure) {
    return failure.error;
  } catch (const std::exception&) {
    return unexpected(call);
  }
}

}  // namespace connectors::common
