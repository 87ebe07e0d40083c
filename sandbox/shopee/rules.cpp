// Behaviour that the documents leave open, switched while the sandbox runs.
#include "sandbox/shopee/shop.h"

namespace sandbox::shopee {
namespace {

struct Number {
  std::string_view name;
  std::int64_t ShopeeRules::*member;
};
constexpr Number kNumbers[] = {{"daily_calls_max", &ShopeeRules::daily_calls_max},
                               {"access_life_s", &ShopeeRules::access_life_s},
                               {"access_grace_s", &ShopeeRules::access_grace_s},
                               {"refresh_life_s", &ShopeeRules::refresh_life_s},
                               {"code_life_s", &ShopeeRules::code_life_s},
                               {"consent_life_s", &ShopeeRules::consent_life_s},
                               {"pay_after_s", &ShopeeRules::pay_after_s},
                               {"tracking_after_s", &ShopeeRules::tracking_after_s},
                               {"document_after_s", &ShopeeRules::document_after_s},
                               {"pickup_after_s", &ShopeeRules::pickup_after_s},
                               {"deliver_after_s", &ShopeeRules::deliver_after_s},
                               {"complete_after_s", &ShopeeRules::complete_after_s},
                               {"review_s", &ShopeeRules::review_s},
                               {"tier_wait_s", &ShopeeRules::tier_wait_s}};

bool set_number(ShopeeRules& rules, const std::string& name, const Json& value) {
  const auto number = wire::as_integer(value);
  if (!number || *number < 0) return false;
  for (const auto& one : kNumbers) {
    if (one.name != name) continue;
    rules.*one.member = *number;
    return true;
  }
  const bool status = *number >= 200 && *number < 600;
  if (name == "gateway_status" && status) {
    rules.gateway_status = static_cast<int>(*number);
  } else if (name == "throttle_status" && status) {
    rules.throttle_status = static_cast<int>(*number);
  } else {
    return false;
  }
  return true;
}

bool set_rate(ShopeeRules& rules, const std::string& name, const Json& value) {
  const auto rate = wire::as_number(value);
  if (!rate || *rate <= 0) return false;
  if (name == "shop_rps") {
    rules.shop_rps = *rate;
  } else if (name == "app_rps") {
    rules.app_rps = *rate;
  } else if (name == "burst_s") {
    rules.burst_s = *rate;
  } else {
    return false;
  }
  return true;
}

bool set_choice(ShopeeRules& rules, const std::string& name, const std::string& value) {
  if (name == "token_error" && value == "error_auth") {
    rules.token_error = ShopeeTokenError::error_auth;
  } else if (name == "token_error" && value == "invalid_acceess_token") {
    rules.token_error = ShopeeTokenError::invalid_acceess_token;
  } else if (name == "codes" && value == "module") {
    rules.codes = ShopeeCodes::module;
  } else if (name == "codes" && value == "bare") {
    rules.codes = ShopeeCodes::bare;
  } else if (name == "refresh" && value == "strict") {
    rules.refresh = ShopeeRefresh::strict;
  } else if (name == "refresh" && value == "lenient") {
    rules.refresh = ShopeeRefresh::lenient;
  } else if (name == "deduction" && value == "on_order") {
    rules.deduction = ShopeeDeduction::on_order;
  } else if (name == "deduction" && value == "on_payment") {
    rules.deduction = ShopeeDeduction::on_payment;
  } else {
    return false;
  }
  return true;
}

}  // namespace

std::string set_rules(Shop& shop, const Json& given) {
  if (given.is_null()) return {};
  if (!given.is_object()) return "rules";
  auto changed = shop.rules;
  for (const auto& [name, value] : given.as_object()) {
    const bool known = value.is_string()
                           ? set_choice(changed, name, value.as_string())
                           : set_rate(changed, name, value) || set_number(changed, name, value);
    if (!known) return name;
  }
  shop.rules = changed;
  shop.shop_bucket = {changed.shop_rps, changed.shop_rps * changed.burst_s};
  shop.app_bucket = {changed.app_rps, changed.app_rps * changed.burst_s};
  for (const auto& [name, value] : given.as_object()) shop.rules_set[name] = value;
  return {};
}

}  // namespace sandbox::shopee
