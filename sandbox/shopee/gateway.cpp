#include "sandbox/shopee/gateway.h"

#include <algorithm>
#include <cstdlib>

#include "sandbox/wire/sign.h"

namespace sandbox::shopee {
namespace {

constexpr std::int64_t kIdMax = 4'294'967'295;
constexpr std::int64_t kClockWindow_s = 300;
constexpr std::int64_t kQuotaZone_s = 8 * 3600;  // the daily quota turns at 00:00 UTC+8

bool in_id_range(const std::string& text) {
  const auto number = wire::to_integer(text);
  return number && *number >= 0 && *number <= kIdMax;
}

// A caller whose clock is not driven with the sandbox's signs by the real time; it is served too.
bool timely(const Shop& shop, std::int64_t timestamp_s) {
  const auto offset_s = shop.context.clock.offset().count() / 1000;
  const auto drift_s = timestamp_s - shop.now_s();
  return std::min(std::abs(drift_s), std::abs(drift_s + offset_s)) <= kClockWindow_s;
}

Reply gateway_fail(const Shop& shop, const std::string& error, const std::string& message) {
  auto reply = fail(error, message);
  reply.status = shop.rules.gateway_status;
  return reply;
}

std::optional<Reply> refuse_shape(const Shop& shop, const Call& call) {
  const auto partner = call.in_query("partner_id");
  if (partner.empty()) return fail("error_param", "There is no partner_id in query.");
  const auto timestamp = call.in_query("timestamp");
  if (timestamp.empty()) return fail("error_param", "no timestamp");
  if (call.in_query("sign").empty()) return fail("error_param", "There is no sign in query.");
  if (!in_id_range(partner)) {
    return fail("error_param",
                "Partner_id is invalid, should be an integer between 0 and 4294967295.");
  }
  if (!in_id_range(timestamp)) {
    return fail("error_param",
                "Timestamp is invalid, should be an integer between 0 and 4294967295.");
  }
  const auto shop_id = call.in_query("shop_id");
  if (!shop_id.empty() && !in_id_range(shop_id)) {
    return fail("error_param",
                "shop_id is invalid, should be an integer between 0 and 4294967295.");
  }
  if (!timely(shop, *wire::to_integer(timestamp))) {
    return fail("error_param", "Timestamp is expired.");
  }
  if (wire::to_integer(partner) != shop.credentials.partner_id) {
    return gateway_fail(shop, "error_param", "Invalid partner_id.");
  }
  return std::nullopt;
}

// Three parts, or five when token and shop are in the query. A public path takes either.
bool sign_matches(const Shop& shop, const Call& call, Access access) {
  const auto given = call.in_query("sign");
  const auto token = call.in_query("access_token");
  const auto shop_id = call.in_query("shop_id");
  const auto matches = [&](const std::string& with_token, const std::string& with_shop) {
    return wire::same_signature(
        sign_of(shop.credentials.partner_key, call.in_query("partner_id"), call.path,
                call.in_query("timestamp"), with_token, with_shop),
        given);
  };
  if (matches(token, shop_id)) return true;
  const bool complete = !token.empty() && !shop_id.empty();
  if (access == Access::shop_api && complete) return false;
  return matches("", "");
}

std::optional<Reply> refuse_token(const Shop& shop, const Call& call) {
  const auto token = call.in_query("access_token");
  if (token.empty()) {
    return gateway_fail(shop, "error_param", "There is no access_token in query.");
  }
  const auto shop_id = call.in_query("shop_id");
  if (shop_id.empty()) return gateway_fail(shop, "error_param", "There is no shop_id in query.");
  const auto known = shop.accesses.find(token);
  if (known == shop.accesses.end() || known->second <= shop.now_s()) {
    if (shop.rules.token_error == ShopeeTokenError::invalid_acceess_token) {
      return gateway_fail(shop, "invalid_acceess_token",
                          "Invalid access_token, please have a check.");
    }
    return gateway_fail(shop, "error_auth", "Invalid access_token.");
  }
  if (wire::to_integer(shop_id) != shop.credentials.shop_id) {
    return gateway_fail(shop, "error_auth", "Invalid partner_id or shopid.");
  }
  const auto consent_end_s = shop.consent_s + shop.rules.consent_life_s;
  if (shop.consent_s == 0 || consent_end_s <= shop.now_s()) {
    return gateway_fail(shop, "shop_no_linked", "Partner and shop has no linked.");
  }
  return std::nullopt;
}

std::optional<Reply> refuse_rate(Shop& shop, bool counts_for_shop) {
  const auto day = (shop.now_s() + kQuotaZone_s) / 86'400;
  if (day != shop.quota_day) {
    shop.quota_day = day;
    shop.quota_used = 0;
  }
  if (++shop.quota_used > shop.rules.daily_calls_max) {
    auto reply = fail("error_limit", "Your app has reached the daily call limit.");
    reply.status = shop.rules.throttle_status;
    return reply;
  }
  const auto now = shop.context.clock.now();
  const bool app_has_room = shop.app_bucket.take(now);
  const bool shop_has_room = !counts_for_shop || shop.shop_bucket.take(now);
  if (app_has_room && shop_has_room) return std::nullopt;
  auto reply = fail("error_rate_limit",
                    "Too many requests. You have reached the rate limit. Please try again later.");
  reply.status = shop.rules.throttle_status;
  return reply;
}

}  // namespace

std::string sign_of(const std::string& partner_key, const std::string& partner_id,
                    const std::string& path, const std::string& timestamp,
                    const std::string& access_token, const std::string& shop_id) {
  return wire::hmac_hex_lower(partner_key, partner_id + path + timestamp + access_token + shop_id);
}

bool signed_well(const Shop& shop, const Call& call, const Route& route) {
  return !refuse_shape(shop, call) && sign_matches(shop, call, route.access);
}

std::optional<Reply> refuse(Shop& shop, const Call& call, const Route* route) {
  if (route != nullptr && route->access == Access::page) return std::nullopt;
  if (auto refusal = refuse_shape(shop, call)) return refusal;
  const auto access = route != nullptr ? route->access : Access::public_api;
  if (!sign_matches(shop, call, access)) return gateway_fail(shop, "error_sign", "Wrong sign.");
  if (access == Access::shop_api) {
    if (auto refusal = refuse_token(shop, call)) return refusal;
  }
  if (auto refusal = refuse_rate(shop, access == Access::shop_api)) return refusal;
  if (route == nullptr) {
    return fail("error_param",
                "Permission denied. This API is currently offline or the request path is "
                "incorrect.");
  }
  if (call.body_broken) return fail("error_data", "parse data failed");
  return std::nullopt;
}

}  // namespace sandbox::shopee
