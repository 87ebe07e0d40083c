#include "sandbox/lazada/gateway.h"

#include <algorithm>

#include "base/text.h"
#include "base/time_text.h"
#include "sandbox/wire/sign.h"

namespace sandbox::lazada {
namespace {

// Epoch milliseconds or a UTC text.
std::optional<std::int64_t> timestamp_ms(const std::string& text) {
  if (const auto number = wire::to_integer(text)) return number;
  const auto instant = base::parse_iso(text, std::chrono::minutes{0});
  if (!instant) return std::nullopt;
  return base::to_unix_ms(*instant);
}

// Near the driven clock, or near the real one: a client that knows nothing of the sandbox cannot
// follow the first.
bool in_time(const Shop& shop, std::optional<std::int64_t> sent_ms) {
  if (!sent_ms) return false;
  const auto window_ms = shop.rules.clock_window_s * 1000;
  const auto driven_ms = shop.now_ms();
  const auto real_ms = driven_ms - shop.context.clock.offset().count();
  const auto near = [&](std::int64_t now_ms) {
    return *sent_ms >= now_ms - window_ms && *sent_ms <= now_ms + window_ms;
  };
  return near(driven_ms) || near(real_ms);
}

std::optional<Reply> refuse_system(const Shop& shop, const Call& call) {
  for (const auto* name : {"app_key", "timestamp", "sign_method", "sign"}) {
    if (!call.has(name)) return missing(name);
  }
  if (call.text("app_key") != shop.credentials.app_key) {
    return fail("ISV", "InvalidAppKey", "The specified App Key is invalid");
  }
  if (!in_time(shop, timestamp_ms(call.text("timestamp")))) {
    return fail("ISV", "IllegalTimestamp", "The specified timestamp is invalid or expired");
  }
  return std::nullopt;
}

bool sign_matches(const Shop& shop, const Call& call) {
  if (call.text("sign_method") != "sha256") return false;
  const auto given = call.text("sign");
  const auto& secret = shop.credentials.app_secret;
  for (const auto values : {EmptyValues::kept, EmptyValues::dropped}) {
    if (wire::same_signature(sign_of(secret, call.path, call.parameters, values), given)) {
      return true;
    }
  }
  return false;
}

std::optional<Reply> refuse_token(const Shop& shop, const Call& call, Access access) {
  if (access == Access::token) return std::nullopt;
  const auto token = call.text("access_token");
  if (token.empty() && access == Access::optional) return std::nullopt;
  if (token.empty()) return missing("access_token");
  const auto known = shop.accesses.find(token);
  if (known != shop.accesses.end() && known->second > shop.now_ms()) return std::nullopt;
  return fail("ISV", "IllegalAccessToken", "The specified access token is invalid or expired");
}

bool day_is_full(Shop& shop) {
  const auto day = shop.now_ms() / 86'400'000;
  if (shop.calls_day != day) shop.calls_today = 0;
  shop.calls_day = day;
  ++shop.calls_today;
  return shop.rules.app_calls_per_day > 0 && shop.calls_today > shop.rules.app_calls_per_day;
}

std::optional<Reply> refuse_rate(Shop& shop, const Call& call, Family family) {
  const auto now = shop.context.clock.now();
  if (day_is_full(shop)) {
    return fail("ISV", "AppCallLimit", "App access frequency exceeds the limit of the day");
  }
  if (family == Family::inventory && !shop.inventory_bucket.take(now)) {
    return fail("ISV", "SellerCallLimit",
                "Seller access frequency exceeds the limit. this ban will last 1 seconds");
  }
  if (family != Family::plain) return std::nullopt;
  const auto& rules = shop.rules;
  const auto bucket =
      shop.api_buckets.try_emplace(call.path, rules.api_rps, rules.api_rps * rules.burst_s).first;
  if (bucket->second.take(now)) return std::nullopt;
  return fail("ISV", "ApiCallLimit",
              "Api access frequency exceeds the limit. this ban will last 1 seconds");
}

}  // namespace

std::string sign_of(const std::string& app_secret, const std::string& path,
                    std::vector<std::pair<std::string, std::string>> parameters,
                    EmptyValues empty_values) {
  std::sort(parameters.begin(), parameters.end());
  auto base = path;
  for (const auto& [name, value] : parameters) {
    const bool blank = base::trim(value).empty();
    if (name == "sign" || (blank && empty_values == EmptyValues::dropped)) continue;
    base += name + value;
  }
  return wire::hmac_hex_upper(app_secret, base);
}

std::optional<Reply> refuse(Shop& shop, const Call& call, const Route* route) {
  if (route != nullptr && route->access == Access::page) return std::nullopt;
  if (call.broken) return fail("ISV", "InvalidRequest", "The request body cannot be read");
  if (auto refusal = refuse_system(shop, call)) return refusal;
  if (!sign_matches(shop, call)) {
    return fail("ISV", "IncompleteSignature",
                "The request signature does not conform to platform standards");
  }
  if (route == nullptr) {
    return fail("ISV", "InvalidApiPath", "The specified API path is invalid");
  }
  if (auto refusal = refuse_token(shop, call, route->access)) return refusal;
  return refuse_rate(shop, call, route->family);
}

}  // namespace sandbox::lazada
