#include "connectors/lazada/client.h"

#include <algorithm>
#include <utility>

#include "base/time_text.h"
#include "connectors/common/hmac.h"
#include "connectors/common/rest_errors.h"
#include "connectors/lazada/limits.h"

namespace connectors::lazada {

namespace {

using base::Error;
using base::ErrorCode;
using common::CallKind;
using common::Json;
using common::Repeatable;
using namespace std::chrono_literals;

common::RestConfig rest_config(const Options& options, const std::string& base_url) {
  common::RestConfig config;
  config.base_url = base_url;
  config.proxy = options.proxy;
  config.ca_file = options.ca_file;
  return config;
}

common::RestClient make_rest(const Options& options, const std::string& base_url,
                             std::shared_ptr<common::Transport> wire) {
  auto config = rest_config(options, base_url);
  if (wire == nullptr) return common::RestClient{std::move(config)};
  return common::RestClient{std::move(config), std::move(wire)};
}

// Test apps get 7 days, live ones 30: the shorter one sets when a pair is due.
common::TokenPolicy token_policy() {
  common::TokenPolicy policy;
  policy.access_life = std::chrono::hours{7 * 24};
  return policy;
}

Repeatable repeatable(Nature nature) {
  return nature == Nature::write_once ? Repeatable::no : Repeatable::yes;
}

std::string image_type(std::string_view file_name) {
  return file_name.ends_with(".png") || file_name.ends_with(".PNG") ? "image/png" : "image/jpeg";
}

// "E501: Update product failed; price: …": what a person needs is in the rows.
std::string message_of(const Json& body) {
  constexpr std::size_t kRowsMax = 5;
  std::string out = common::text(body, "message");
  std::size_t rows = 0;
  for (const Json& row : common::items(body, "detail")) {
    if (++rows > kRowsMax) break;
    const auto field = common::text(row, "field");
    const auto words = common::text(row, "message");
    if (words.empty()) continue;
    out += "; " + (field.empty() ? words : field + ": " + words);
  }
  return out;
}

}  // namespace

std::string sign(std::string_view app_secret, std::string_view path, Parameters parameters) {
  std::sort(parameters.begin(), parameters.end());
  std::string message{path};
  for (const auto& [name, value] : parameters) message.append(name).append(value);
  return common::hmac_sha256_hex(app_secret, message, common::HexCase::upper);
}

std::string code_of(const Json& body) {
  return common::text(body, "code");
}

Client::Client(Options options, const Environment& environment,
               std::shared_ptr<common::Transport> wire)
    : options_(std::move(options)),
      environment_(environment),
      wire_(wire),
      rest_(make_rest(options_, options_.base_url, wire)),
      auth_(make_rest(options_, options_.auth_url, wire)),
      pace_(environment.clock, environment.waiter, environment.paces, pace_config(options_)),
      tokens_(environment.sessions, environment.clock, token_policy(),
              [this](const std::string& refresh_token) { return renew(refresh_token); }) {}

base::Status Client::check() const {
  if (const auto usable = rest_.check(); !usable) return usable;
  return auth_.check();
}

Client::Call Client::get(std::string path) {
  Call call;
  call.path = std::move(path);
  return call;
}

Client::Call Client::post(std::string path, Nature nature) {
  Call call;
  call.method = "POST";
  call.path = std::move(path);
  call.kind = CallKind::write;
  call.nature = nature;
  return call;
}

base::Result<Json> Client::read(std::string path, const common::Query& business) {
  Call call = get(std::move(path));
  call.business = business;
  return fetch(call);
}

// Some calls that change things are documented as GET: the verb says nothing about repeating.
base::Result<Answer> Client::change(Verb verb, std::string path, const common::Query& business,
                                    Nature nature) {
  Call call = post(std::move(path), nature);
  if (verb == Verb::get) call.method = "GET";
  call.business = business;
  return ask(call);
}

// Where a document waits is Lazada's to say: an address of its own, open to whoever has it.
base::Result<std::string> Client::download(const std::string& url, std::size_t bytes_max) {
  const auto scheme = url.find("://");
  const auto path = scheme == std::string::npos ? scheme : url.find('/', scheme + 3);
  if (path == std::string::npos) {
    return Error{ErrorCode::protocol, "Lazada: the address of a document is unreadable", {}, {}};
  }
  common::RestConfig config = rest_config(options_, url.substr(0, path));
  config.response_bytes_max = bytes_max;
  common::RestClient place = wire_ == nullptr ? common::RestClient{std::move(config)}
                                              : common::RestClient{std::move(config), wire_};
  common::RestRequest request;
  request.path_and_query = url.substr(path);
  request.repeatable = Repeatable::yes;
  auto response = place.send(request);
  if (!response) return response.error();
  if (auto error = common::status_error(response.value(), Repeatable::yes, now())) return *error;
  return std::move(response).value().body;
}

// --- one call

base::Result<Json> Client::fetch(const Call& call) {
  auto answer = ask(call);
  if (!answer) return answer.error();
  if (answer.value().error) return *answer.value().error;
  return std::move(answer).value().body;
}

base::Result<Answer> Client::ask(const Call& call) {
  if (call.access == Access::open) return send(call, {});
  const auto token_now = token();
  if (!token_now) return token_now.error();
  auto answer = send(call, token_now.value());
  if (!answer || !answer.value().error) return answer;
  if (!is_dead_token(code_of(answer.value().body))) return answer;

  const auto fresh = token_after(token_now.value());
  if (!fresh) return fresh.error();
  return send(call, fresh.value());
}

base::Result<Answer> Client::send(const Call& call, const std::string& token) {
  const auto group = endpoint_group(call.path);
  if (const auto turn = pace_.take_turn(group); !turn) return turn.error();
  auto& rest = call.access == Access::open ? auth_ : rest_;
  const auto response = rest.send(build(call, token));
  if (response) return read_answer(call, response.value());
  auto error = response.error();
  pace_.failed(group, error);
  return error;
}

common::RestRequest Client::build(const Call& call, const std::string& token) const {
  common::Query query;
  query.add("app_key", options_.app_key);
  query.add("timestamp", static_cast<long long>(base::to_unix_ms(environment_.clock.now())));
  query.add("sign_method", "sha256");
  if (call.access == Access::seller) query.add("access_token", token);
  Parameters all = query.pairs();
  const auto& business = call.business.pairs();
  all.insert(all.end(), business.begin(), business.end());
  query.add("sign", sign(options_.app_secret, call.path, std::move(all)));

  common::RestRequest request;
  request.method = call.method;
  request.kind = call.kind;
  request.repeatable = repeatable(call.nature);
  if (call.method == "GET") {
    for (const auto& [name, value] : business) query.add(name, value);
  } else if (call.file_name.empty()) {
    request.body = call.business.to_form();
    request.content_type = common::kFormContentType;
  } else {
    constexpr std::size_t kBoundaryBytes = 16;
    common::Multipart form{common::random_hex(kBoundaryBytes)};
    form.add_file("image", call.file_name, image_type(call.file_name), call.file);
    request.body = form.body();
    request.content_type = form.content_type();
  }
  request.path_and_query = query.append_to(call.path);
  return request;
}

base::Result<Answer> Client::read_answer(const Call& call, const common::RestResponse& response) {
  const auto now = environment_.clock.now();
  const auto group = endpoint_group(call.path);
  auto by_status = common::status_error(response, repeatable(call.nature), now);
  auto body = common::parse_json(response.body);
  const std::string code = body && body.value().is_object() ? code_of(body.value()) : "";
  if (code.empty()) {  // not Lazada's envelope: a proxy, a firewall's page, half an answer
    const std::string what = body ? "Lazada: the answer has no code" : body.error().message;
    const bool lost = call.nature == Nature::write_once;
    auto error = by_status.value_or(
        Error{lost ? ErrorCode::unknown_outcome : ErrorCode::protocol, what, {}, {}});
    pace_.failed(group, error);
    return error;
  }
  if (code == "0" && !by_status) {
    pace_.answered(group);
    return Answer{std::move(body).value(), std::nullopt};
  }
  auto error =
      code == "0" ? *by_status : translate(code, message_of(body.value()), call.nature, now);
  if (by_status && by_status->retry_after) error.retry_after = by_status->retry_after;
  pace_.failed(group, error, limit_scope(code));
  return Answer{std::move(body).value(), std::move(error)};
}

}  // namespace connectors::lazada
