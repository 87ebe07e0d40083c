// The token half of Client: the single-use code, the pair it buys, and the pair's renewal.
#include <algorithm>
#include <exception>
#include <utility>

#include "connectors/lazada/client.h"

namespace connectors::lazada {

namespace {

using base::Error;
using base::ErrorCode;
using common::Session;

constexpr std::int64_t kAccessLifeS = 7 * 24 * 3600;
// The shorter of the two lives that Lazada's pages give a test app's refresh token.
constexpr std::int64_t kRefreshLifeS = 14 * 24 * 3600;

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
  auto session = exchange("/auth/token/create", "code", options_.auth_code);
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

// Sent once, whatever comes back. A pair that was bought and could not be stored is kept and stored
// before the next call.
base::Status Client::redeem(const std::string& code) {
  auto session = exchange("/auth/token/create", "code", code);
  if (!session) return session.error();
  signed_in_ = std::move(session).value();
  return store_session();
}

std::optional<Session> Client::session() {
  if (signed_in_) return signed_in_;
  try {
    return environment_.sessions.load();
  } catch (const std::exception&) {
    return std::nullopt;  // what cannot be read is not signed in; the next call says why
  }
}

// A renewal never extends the consent: its end only comes nearer.
base::Result<Session> Client::renew(const std::string& refresh_token) {
  auto fresh = exchange("/auth/token/refresh", "refresh_token", refresh_token);
  if (!fresh) return fresh;
  const auto old = session();
  if (old && old->refresh_token == refresh_token) {
    auto& ends = fresh.value().refresh_expires_at;
    ends = std::min(ends, old->refresh_expires_at);
  }
  return fresh;
}

base::Result<Session> Client::exchange(const std::string& path, std::string_view name,
                                       const std::string& value) {
  Call call = post(path, Nature::write_once);
  call.business.add(name, value);
  call.kind = common::CallKind::token;
  call.access = Access::open;
  const auto answer = fetch(call);
  if (!answer) return answer.error();

  const auto& body = answer.value();
  const auto now = environment_.clock.now();
  const auto life = common::integer(body, "expires_in").value_or(kAccessLifeS);
  const auto refresh_life = common::integer(body, "refresh_expires_in").value_or(kRefreshLifeS);
  Session session;
  session.access_token = common::text(body, "access_token");
  session.refresh_token = common::text(body, "refresh_token");
  session.access_expires_at = now + std::chrono::seconds{life};
  session.refresh_expires_at = now + std::chrono::seconds{refresh_life};  // 0: cannot be renewed
  if (session.access_token.empty()) {
    return Error{ErrorCode::protocol, "Lazada: the answer holds no access token", {}, {}};
  }
  return session;
}

}  // namespace connectors::lazada
