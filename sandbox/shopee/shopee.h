#pragma once
// The simulated Shopee shop: Open Platform v2 (Public and Shop calls), region VN, one shop.
//
//   auto channel = make_shopee(context, credentials);            // documented behaviour
//   auto strict = make_shopee(context, credentials, {.shop_rps = 2});
//
// Answers as the vendor documents: sign over partner, path, timestamp (and token, shop); errors
// inside an envelope; stock deducted when an order is created. Where the documents are silent the
// choice is a rule below. A fresh shop already sells three products. Threads: safe.
// Source: Shopee Open Platform API reference and guides, read 2026-08.
#include <cstdint>
#include <memory>

#include "sandbox/channel.h"
#include "sandbox/context.h"
#include "sandbox/credentials.h"

namespace sandbox {

enum class ShopeeTokenError {
  error_auth,             // "error_auth" with "Invalid access_token."
  invalid_acceess_token,  // the vendor's own spelling
};
enum class ShopeeRefresh {
  strict,   // a spent refresh token is refused
  lenient,  // within four hours it returns the pair it bought
};
enum class ShopeeCodes {
  module,  // "product.error_param", as live answers have it
  bare,    // "error_param", as the error tables have it
};
enum class ShopeeDeduction { on_order, on_payment };

struct ShopeeRules {
  double shop_rps = 40;
  double app_rps = 50;
  double burst_s = 3;  // a rested bucket holds this many seconds of calls
  std::int64_t daily_calls_max = 1'000'000;
  int gateway_status = 403;   // HTTP status of token and sign errors
  int throttle_status = 200;  // HTTP status of error_rate_limit
  ShopeeTokenError token_error = ShopeeTokenError::error_auth;
  ShopeeCodes codes = ShopeeCodes::module;
  ShopeeRefresh refresh = ShopeeRefresh::strict;
  ShopeeDeduction deduction = ShopeeDeduction::on_order;
  std::int64_t access_life_s = 4 * 3600;
  std::int64_t access_grace_s = 300;
  std::int64_t refresh_life_s = 30 * 86'400;
  std::int64_t code_life_s = 600;
  std::int64_t consent_life_s = 365 * 86'400;
  std::int64_t pay_after_s = 3;        // UNPAID -> READY_TO_SHIP
  std::int64_t tracking_after_s = 10;  // arranged -> tracking number known
  std::int64_t document_after_s = 2;   // label asked for -> READY
  std::int64_t pickup_after_s = 3600;  // arranged -> SHIPPED
  std::int64_t deliver_after_s = 86'400;
  std::int64_t complete_after_s = 3 * 86'400;
  std::int64_t review_s = 0;     // REVIEWING for this long after add_item
  std::int64_t tier_wait_s = 5;  // init_tier_variation earlier than this after add_item fails
};

std::unique_ptr<Channel> make_shopee(Context& context, const ShopeeCredentials& credentials);
std::unique_ptr<Channel> make_shopee(Context& context, const ShopeeCredentials& credentials,
                                     const ShopeeRules& rules);

}  // namespace sandbox
