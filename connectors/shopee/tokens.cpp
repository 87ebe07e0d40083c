// The token half of Client: the single-use code, the pair it buys, and the pair's renewal.
#include <exception>
#include <utility>

#include "connectors/shopee/client.h"

namespace connectors::shopee {

namespace {

using base::Error;
using base::ErrorCode;
using common::Json;
using common::Session;
using namespace std::chrono_literals;

constexpr std::int64_t kAccessLifeS = 4 * 3600;
constexpr std::int64_t kAbsoluteFrom = 1'000'000'000;  // one published sample holds an instant
constexpr auto kRefreshLife = std::chrono::hours{30 * 24};

base::Instant expiry(const Json& body, base::Instant now) {
  const auto life = common::integer(body, "expire_in").value_or(kAccessLifeS);
  return life >= kAbsoluteFrom ? base::from_unix_s(life) : now + std::chrono::seconds{life};
}

bool code_is_untouched(const Error& error) {
  return error.code == ErrorCode::unavailable || error.code == ErrorCode::rate_limited;
}

}  // namespace

base::Result<std::string> Client::token() {
  if (const auto stored = store_session(); !stored) return stored.error();
  auto token = tokens_.access_token();
  if (token || token.error().code != ErrorCode::unauthorized) return token;
  if (options_.auth_code.empty() || code_spent_) return token;
  if (const auto entered = sign_in(); !entered) return entered.error();
  return tokens_.access_token();
}

base::Result<std::string> Client::token_after(const std::string& rejected) {
  auto token = tokens_.refresh_after_rejection(rejected);
  if (token || token.error().code != ErrorCode::unauthorized) return token;
  if (options_.auth_code.empty() || code_spent_) return token;
  if (const auto entered = sign_in(); !entered) return entered.error();
  return tokens_.refresh_after_rejection(rejected);
}

// Spends the configured code, once per process: no session is stored, or the stored one is dead.
base::Status Client::sign_in() {
  auto session = exchange("/api/v2/auth/token/get",
                          common::json_object({{"code", common::json_string(options_.auth_code)}}));
  if (!session) {
    code_spent_ = !code_is_untouched(session.error());
    return session.error();
  }
  code_spent_ = true;
  signed_in_ = std::move(session).value();
  return store_session();
}

// Durable before use: the code that bought the pair buys no second one.
base::Status Client::store_session() {
  if (!signed_in_) return base::Done{};
  try {
    const auto old = environment_.sessions.load();
    signed_in_->generation = old ? old->generation + 1 : 1;
    environment_.sessions.save(*signed_in_);
  } catch (const std::exception&) {
    return Error{ErrorCode::unavailable, "the token pair could not be read or stored", {}, {}};
  }
  signed_in_.reset();
  return base::Done{};
}

base::Result<Session> Client::exchange(const std::string& path, Json body) {
  body["partner_id"] = common::json_number(options_.partner_id);
  body["shop_id"] = common::json_number(options_.shop_id);
  Call call = post(path, common::to_text(body), Nature::write_once);
  call.kind = common::CallKind::token;
  call.access = Access::open;
  const auto answer = fetch(call);
  if (!answer) return answer.error();

  const auto now = environment_.clock.now();
  Session session;
  session.access_token = common::text(answer.value(), "access_token");
  session.refresh_token = common::text(answer.value(), "refresh_token");
  session.access_expires_at = expiry(answer.value(), now);
  session.refresh_expires_at = now + kRefreshLife;
  if (session.access_token.empty()) {
    return Error{ErrorCode::protocol, "Shopee: the answer holds no access token", {}, {}};
  }
  return session;
}

}  // namespace connectors::shopee
