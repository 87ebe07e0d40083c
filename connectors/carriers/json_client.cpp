#include "connectors/carriers/json_client.h"

#include <utility>

#include "connectors/common/rest_errors.h"

namespace connectors::carriers {

namespace {

using base::Error;
using base::ErrorCode;
using common::Json;
using common::Session;
using namespace std::chrono_literals;

constexpr auto kTurnPatience = 30s;
constexpr base::Millis kThrottlePause = 1s;
// Stands where other channels have a refresh token: there is none, a sign-in renews.
constexpr const char* kBySignIn = "sign-in";
constexpr auto kForever = std::chrono::hours{100 * 366 * 24};

common::RestClient make_rest(const JsonClientSetup& setup,
                             std::shared_ptr<common::Transport> wire) {
  if (wire == nullptr) return common::RestClient{setup.rest};
  return common::RestClient{setup.rest, std::move(wire)};
}

common::TokenPolicy policy_of(const JsonClientSetup& setup) {
  common::TokenPolicy policy;
  policy.access_life = setup.token_life;
  return policy;
}

}  // namespace

common::Repeatable repeatable(Nature nature) {
  return nature == Nature::write_once ? common::Repeatable::no : common::Repeatable::yes;
}

JsonCall json_get(std::string path) {
  JsonCall call;
  call.path = std::move(path);
  return call;
}

JsonCall json_post(std::string path, Json body, Nature nature) {
  JsonCall call;
  call.method = "POST";
  call.path = std::move(path);
  call.body = std::move(body);
  call.kind = nature == Nature::read ? common::CallKind::read : common::CallKind::write;
  call.nature = nature;
  return call;
}

std::optional<Session> JsonClient::Sessions::load() {
  auto kept = kept_.load();
  if (kept && !kept->refresh_token.empty()) return kept;
  Session spent;
  spent.refresh_token = kBySignIn;
  spent.refresh_expires_at = base::from_unix_s(0) + kForever;
  return spent;
}

JsonClient::JsonClient(JsonClientSetup setup, const Environment& environment, SignIn sign_in,
                       std::shared_ptr<common::Transport> wire)
    : setup_(std::move(setup)),
      environment_(environment),
      sign_in_(std::move(sign_in)),
      rest_(make_rest(setup_, std::move(wire))),
      limiter_(environment.clock, setup_.rate),
      sessions_(environment.sessions),
      tokens_(sessions_, environment.clock, policy_of(setup_),
              [this](const std::string&) { return renew(); }) {}

base::Result<Session> JsonClient::renew() {
  auto token = sign_in_(*this);
  if (!token) return token.error();
  Session session;
  session.access_token = std::move(token).value();
  session.refresh_token = kBySignIn;
  session.access_expires_at = environment_.clock.now() + setup_.token_life;
  session.refresh_expires_at = base::from_unix_s(0) + kForever;
  return session;
}

base::Result<Json> JsonClient::ask(const JsonCall& call) {
  if (!setup_.fixed_token.empty()) return ask_open(call, setup_.fixed_token);
  const auto token = tokens_.access_token();
  if (!token) return token.error();
  auto answer = ask_open(call, token.value());
  if (answer || answer.error().code != ErrorCode::unauthorized) return answer;

  const auto fresh = tokens_.refresh_after_rejection(token.value());
  if (!fresh) return fresh.error();
  return ask_open(call, fresh.value());
}

base::Result<Json> JsonClient::ask_open(const JsonCall& call, const std::string& token) {
  if (const auto turn = take_turn(); !turn) return turn.error();
  common::RestRequest request;
  request.method = call.method;
  request.path_and_query = call.path;
  request.kind = call.kind;
  request.repeatable = repeatable(call.nature);
  if (!token.empty()) request.headers.emplace_back(setup_.token_header, token);
  if (call.body) {
    request.body = common::to_text(*call.body);
    request.content_type = "application/json";
  }
  const auto response = rest_.send(request);
  if (!response) return response.error();

  JsonAnswer answer;
  answer.status = response.value().status;
  answer.by_status =
      common::status_error(response.value(), request.repeatable, environment_.clock.now());
  if (auto parsed = common::parse_json(response.value().body)) {
    answer.body = std::move(parsed).value();
  }
  if (auto error = setup_.judge(answer, call.nature)) {
    slow_down(*error);
    return *error;
  }
  limiter_.succeeded();
  return std::move(answer.body);
}

base::Status JsonClient::take_turn() {
  if (limiter_.acquire(environment_.waiter, kTurnPatience)) return base::Done{};
  return Error{ErrorCode::rate_limited,
               setup_.carrier + ": the pace of calls is used up",
               kThrottlePause,
               {}};
}

void JsonClient::slow_down(Error& error) {
  if (error.code != ErrorCode::rate_limited) return;
  if (!error.retry_after) error.retry_after = kThrottlePause;
  limiter_.throttled();
  limiter_.penalise(*error.retry_after);
}

}  // namespace connectors::carriers
