// The token half of Client: the single-use code, the pair it buys, and the pair's renewal.
#include <algorithm>
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
  auto grant = exchange("/api/v2/auth/token/get",
                        common::json_object({{"code", common::json_string(options_.auth_code)},
                                             {"shop_id", common::json_number(options_.shop_id)}}));
  if (!grant) {
    code_spent_ = !code_is_untouched(grant.error());
    return grant.error();
  }
  code_spent_ = true;
  signed_in_ = std::move(grant).value().session;
  return store_session();
}

base::Result<Grant> Client::redeem(const std::string& code, std::string_view holder,
                                   std::int64_t holder_id) {
  auto grant =
      exchange("/api/v2/auth/token/get",
               common::json_object({{"code", common::json_string(code)},
                                    {std::string{holder}, common::json_number(holder_id)}}));
  if (!grant) return grant;
  const auto& shops = grant.value().shop_ids;
  const bool named = std::find(shops.begin(), shops.end(), options_.shop_id) != shops.end();
  if (!shops.empty() && !named) {
    return Error{ErrorCode::rejected,
                 "Shopee: the consent is for other shops than " + std::to_string(options_.shop_id),
                 {},
                 {}};
  }
  signed_in_ = grant.value().session;
  if (const auto stored = store_session(); !stored) return stored.error();
  return grant;
}

std::optional<Session> Client::session() const {
  try {
    return environment_.sessions.load();
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

base::Status Client::note_consent_end(base::Instant ends) {
  auto stored = session();
  if (!stored || stored->consent_ends_at == ends) return base::Done{};
  stored->consent_ends_at = ends;
  try {
    environment_.sessions.save(*stored);
  } catch (const std::exception&) {
    return Error{ErrorCode::unavailable, "the end of the consent could not be stored", {}, {}};
  }
  return base::Done{};
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

base::Result<Grant> Client::exchange(const std::string& path, Json body) {
  body["partner_id"] = common::json_number(options_.partner_id);
  Call call = post(path, common::to_text(body), Nature::write_once);
  call.kind = common::CallKind::token;
  call.access = Access::open;
  const auto answer = fetch(call);
  if (!answer) return answer.error();

  const auto now = environment_.clock.now();
  Grant grant;
  for (const Json& id : common::items(answer.value(), "shop_id_list")) {
    if (const auto number = common::integer_of(id)) grant.shop_ids.push_back(*number);
  }
  Session& session = grant.session;
  session.access_token = common::text(answer.value(), "access_token");
  session.refresh_token = common::text(answer.value(), "refresh_token");
  session.access_expires_at = expiry(answer.value(), now);
  session.refresh_expires_at = now + kRefreshLife;
  if (session.access_token.empty()) {
    return Error{ErrorCode::protocol, "Shopee: the answer holds no access token", {}, {}};
  }
  return grant;
}

}  // namespace connectors::shopee
