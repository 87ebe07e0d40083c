#include "connectors/provincial/client.h"

#include <charconv>
#include <utility>

#include "connectors/common/hmac.h"
#include "connectors/common/rest_errors.h"
#include "connectors/provincial/errors.h"
#include "connectors/provincial/oauth1.h"

namespace connectors::provincial {
namespace {

using base::Error;
using base::ErrorCode;
using std::chrono::milliseconds;

constexpr std::string_view kApi = "/wc/v3";
constexpr std::size_t kNonceBytes = 16;
constexpr milliseconds kPatience = std::chrono::seconds{30};
constexpr milliseconds kThrottleWait = std::chrono::seconds{5};  // when the store names none

common::RestConfig rest_config(const Options& options) {
  common::RestConfig config;
  config.base_url = options.base_url;
  config.proxy = options.proxy;
  config.ca_file = options.ca_file;
  if (options.oauth1_over_plain_http) config.plain_http = common::PlainHttp::anywhere;
  return config;
}

std::int64_t header_number(const common::RestResponse& reply, std::string_view name) {
  const auto text = common::find_header(reply.headers, name).value_or("0");
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

}  // namespace

bool is_number(std::string_view id) {
  return !id.empty() && id.size() <= 19 && id.find_first_not_of("0123456789") == std::string::npos;
}

std::int64_t pages_of(const Page& page, std::int64_t number, std::size_t page_size) {
  if (page.pages > 0) return page.pages;
  return common::items_of(page.rows).size() >= page_size ? number + 1 : number;
}

Client::Client(Options options, const Environment& environment,
               std::shared_ptr<common::Transport> wire)
    : options_(std::move(options)),
      environment_(environment),
      rest_(wire ? common::RestClient(rest_config(options_), std::move(wire))
                 : common::RestClient(rest_config(options_))),
      limiter_(environment.clock,
               {static_cast<double>(options_.calls_per_second), options_.calls_per_second}),
      authorization_("Basic " +
                     common::base64(options_.consumer_key + ":" + options_.consumer_secret)) {}

std::string Client::address(std::string_view path, const common::Query& query) const {
  return route_address(std::string(kApi) + std::string(path), query, Address::as_configured);
}

// A store without permalinks knows its routes by ?rest_route= only. By name of the file: a server
// may answer a write to the folder with a redirect.
std::string Client::route_address(const std::string& route, const common::Query& query,
                                  Address kind) const {
  const bool by_query = options_.rest_route != (kind == Address::other);
  if (!by_query) return query.append_to("/wp-json" + route);
  common::Query all;
  all.add("rest_route", route);
  for (const auto& [name, value] : query.pairs()) all.add(name, value);
  return all.append_to("/index.php");
}

bool Client::signs() const {
  return options_.oauth1_over_plain_http && options_.base_url.starts_with("http://");
}

base::Result<common::RestResponse> Client::send(common::RestRequest request) {
  if (!limiter_.acquire(environment_.waiter, kPatience)) {
    return Error{ErrorCode::rate_limited, "the store asked us to wait", kPatience, {}};
  }
  if (signs()) {
    request.path_and_query =
        oauth1_signed({request.method, options_.base_url, request.path_and_query},
                      {options_.consumer_key, options_.consumer_secret},
                      {base::to_unix_s(environment_.clock.now()), common::random_hex(kNonceBytes)});
  } else {
    request.headers.emplace_back("Authorization", authorization_);
  }
  const auto started = environment_.clock.now();
  auto reply = rest_.send(request);
  last_call_time_ = environment_.clock.now() - started;
  if (!reply) return reply;
  auto error = reply_error(reply.value(), request.repeatable, environment_.clock.now());
  if (!error) {
    limiter_.succeeded();
    return reply;
  }
  if (error->code == ErrorCode::rate_limited) {
    if (!error->retry_after) error->retry_after = kThrottleWait;
    limiter_.throttled();
    limiter_.penalise(*error->retry_after);
  }
  return *std::move(error);
}

base::Result<common::Json> Client::get_public(std::string_view route, Address address) {
  common::RestRequest request;
  request.path_and_query = route_address(std::string(route), {}, address);
  request.kind = common::CallKind::probe;
  request.repeatable = common::Repeatable::yes;
  const auto reply = rest_.send(request);
  if (!reply) return reply.error();
  if (auto error = reply_error(reply.value(), request.repeatable, environment_.clock.now())) {
    return *std::move(error);
  }
  return common::parse_json(reply.value().body);
}

base::Result<std::vector<common::Json>> Client::batch(const std::string& list,
                                                      std::vector<common::Json> elements,
                                                      common::Repeatable repeatable) {
  return batch_at("/products/batch", list, std::move(elements), repeatable);
}

base::Result<std::vector<common::Json>> Client::batch_at(std::string_view path,
                                                         const std::string& list,
                                                         std::vector<common::Json> elements,
                                                         common::Repeatable repeatable) {
  const auto sent = elements.size();
  common::RestRequest request;
  request.method = "POST";
  request.path_and_query = address(path, {});
  request.content_type = "application/json";
  request.kind = common::CallKind::upload;  // 100 creates took 25 s on a small server
  request.repeatable = repeatable;
  request.body =
      common::to_text(common::json_object({{list, common::json_array(std::move(elements))}}));
  auto reply = send(std::move(request));
  if (!reply) return reply.error();
  const auto body = common::parse_json(reply.value().body);
  if (!body) return Error{ErrorCode::unknown_outcome, body.error().message, {}, {}};
  const auto rows = common::items(body.value(), list);
  if (rows.size() != sent) {
    return Error{ErrorCode::unknown_outcome,
                 "the store answered for " + std::to_string(rows.size()) + " of " +
                     std::to_string(sent) + " products",
                 {},
                 {}};
  }
  return std::vector<common::Json>(rows.begin(), rows.end());
}

base::Result<Page> Client::get(std::string_view path, const common::Query& query,
                               common::CallKind kind) {
  common::RestRequest request;
  request.path_and_query = address(path, query);
  request.kind = kind;
  request.repeatable = common::Repeatable::yes;
  auto reply = send(std::move(request));
  if (!reply) return reply.error();
  auto body = common::parse_json(reply.value().body);
  if (!body) return body.error();
  if (!body.value().is_array()) {
    return Error{ErrorCode::protocol, "the store answered with something that is no list", {}, {}};
  }
  return Page{std::move(body).value(), header_number(reply.value(), "X-WP-Total"),
              header_number(reply.value(), "X-WP-TotalPages")};
}

base::Result<common::Json> Client::get_one(std::string_view path, const common::Query& query) {
  common::RestRequest request;
  request.path_and_query = address(path, query);
  request.repeatable = common::Repeatable::yes;
  return object_of(std::move(request));
}

base::Result<common::Json> Client::write(std::string_view method, std::string_view path,
                                         const common::Json& body, common::Repeatable repeatable,
                                         const common::Query& query) {
  common::RestRequest request;
  request.method = method;
  request.path_and_query = address(path, query);
  request.kind = common::CallKind::write;
  request.repeatable = repeatable;
  if (body.is_object()) {
    request.content_type = "application/json";
    request.body = common::to_text(body);
  }
  return object_of(std::move(request));
}

base::Result<common::Json> Client::object_of(common::RestRequest request) {
  const auto unreadable = request.repeatable == common::Repeatable::yes
                              ? ErrorCode::protocol
                              : ErrorCode::unknown_outcome;
  auto reply = send(std::move(request));
  if (!reply) return reply.error();
  auto body = common::parse_json(reply.value().body);
  if (!body) return Error{unreadable, body.error().message, {}, {}};
  if (!body.value().is_object()) {
    return Error{unreadable, "the store answered with something that is no object", {}, {}};
  }
  return body;
}

}  // namespace connectors::provincial
