#include "sandbox/carriers/carrier.h"

#include "sandbox/json_tools.h"

namespace sandbox::carriers {

using server::http::Request;
using server::http::Response;
using web::json::value;

namespace {

constexpr std::size_t kTokenDigits = 48;

base::Error none(base::ErrorCode code, const char* why) {
  return {code, why, {}, {}};
}

}  // namespace

Response Carrier::handle(const Request& request) {
  const std::lock_guard lock(mutex_);
  const auto reply = answer(request);
  calls_.record(now(), request.path, reply.kind, reply.status);
  Response response;
  response.status = reply.status;
  response.body = reply.body.serialize();
  return response;
}

value Carrier::truth() const {
  value out;
  out["listings"] = empty_list();
  out["orders"] = empty_list();
  out["sold"] = value::object();
  out["calls"] = calls_.to_json();
  return out;
}

base::Result<Purchase> Carrier::buy(const std::vector<Wish>&) {
  return none(base::ErrorCode::rejected, "a carrier sells nothing");
}

base::Status Carrier::cancel(const std::string&) {
  return none(base::ErrorCode::not_found, "a carrier has no orders");
}

base::Result<std::string> Carrier::fresh_code() {
  return none(base::ErrorCode::not_found, "a carrier has no consent codes");
}

void Carrier::tick() {
  const std::lock_guard lock(mutex_);
  std::erase_if(tokens_, [&](const auto& token) { return token.second <= now(); });
}

void Carrier::reset() {
  const std::lock_guard lock(mutex_);
  tokens_.clear();
  calls_.reset();
}

value Carrier::save() const {
  const std::lock_guard lock(mutex_);
  value out;
  out["tokens"] = value::object();
  for (const auto& [token, end] : tokens_) out["tokens"][token] = jn(base::to_unix_ms(end));
  out["calls"] = calls_.to_json();
  return out;
}

void Carrier::load(const value& state) {
  const std::lock_guard lock(mutex_);
  tokens_.clear();
  for (const auto& [token, end] : state.at("tokens").as_object()) {
    tokens_[token] = base::from_unix_ms(end.as_number().to_int64());
  }
  calls_.load(state.at("calls"));
}

std::string Carrier::new_token(base::Millis life) {
  auto token = context_.dice.hex(kTokenDigits);
  tokens_[token] = now() + life;
  return token;
}

bool Carrier::accepts(std::string_view token) const {
  const auto found = tokens_.find(token);
  return found != tokens_.end() && found->second > now();
}

std::string query_param(const Request& request, const char* name) {
  for (const auto& [key, text] : server::http::parse_query(request.query)) {
    if (key == name) return text;
  }
  return {};
}

}  // namespace sandbox::carriers
