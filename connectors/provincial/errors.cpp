#include "connectors/provincial/errors.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "connectors/common/rest_errors.h"

namespace connectors::provincial {
namespace {

using base::ErrorCode;

constexpr std::size_t kMessageCodePointsMax = 200;

struct CodeRow {
  std::string_view code;
  ErrorCode meaning;
};
constexpr auto kCodes = std::to_array<CodeRow>({
    {"product_invalid_sku", ErrorCode::conflict},
    {"woocommerce_rest_product_sku_already_exists", ErrorCode::conflict},
    {"woocommerce_rest_product_not_created", ErrorCode::conflict},  // two creates at once
    {"woocommerce_product_invalid_id", ErrorCode::not_found},
    {"woocommerce_rest_product_variation_invalid_id", ErrorCode::not_found},
    {"woocommerce_rest_product_variation_invalid_parent", ErrorCode::not_found},
    {"woocommerce_rest_product_invalid_id", ErrorCode::not_found},
    {"woocommerce_rest_invalid_product_id", ErrorCode::rejected},  // a variation, or not ours
    {"woocommerce_rest_shop_order_invalid_id", ErrorCode::not_found},
    {"woocommerce_rest_authentication_error", ErrorCode::unauthorized},  // read-only keys, too
    {"woocommerce_rest_cannot_batch", ErrorCode::unauthorized},
    {"woocommerce_rest_cannot_create", ErrorCode::unauthorized},
    {"woocommerce_rest_cannot_edit", ErrorCode::unauthorized},
    {"woocommerce_rest_cannot_view", ErrorCode::unauthorized},
    {"woocommerce_product_image_upload_error", ErrorCode::rejected},
    {"woocommerce_variation_image_upload_error", ErrorCode::rejected},
    {"woocommerce_rest_invalid_image", ErrorCode::rejected},
    {"woocommerce_rest_authentication_missing_parameter", ErrorCode::unauthorized},
    {"rest_setting_setting_group_invalid", ErrorCode::not_found},
    {"rest_setting_setting_invalid", ErrorCode::not_found},
    {"woocommerce_rest_request_entity_too_large", ErrorCode::invalid},
    {"rest_invalid_json", ErrorCode::invalid},
    {"rest_invalid_param", ErrorCode::invalid},
    {"rest_missing_callback_param", ErrorCode::invalid},
    {"rest_no_route", ErrorCode::invalid},  // no WooCommerce there, or rest_route is needed
});

ErrorCode meaning_of(std::string_view code) {
  const auto row = std::find_if(kCodes.begin(), kCodes.end(),
                                [&](const CodeRow& known) { return known.code == code; });
  return row == kCodes.end() ? ErrorCode::rejected : row->meaning;
}

}  // namespace

base::Error translate(const common::Json& error) {
  const auto code = common::text(error, "code");
  auto message =
      "WooCommerce: " + base::shorten(common::text(error, "message"), kMessageCodePointsMax);
  const auto holder = common::integer_at(error, "data", "resource_id").value_or(0);
  if (holder > 0) message += " (product " + std::to_string(holder) + ")";
  return {meaning_of(code), std::move(message), {}, code};
}

std::optional<base::Error> reply_error(const common::RestResponse& reply,
                                       common::Repeatable repeatable, base::Instant now) {
  auto error = common::status_error(reply, repeatable, now);
  if (!error) return std::nullopt;
  // What a status says about waiting or an unknown end stands, whatever the body adds.
  const bool plain_refusal =
      error->code != ErrorCode::rate_limited && error->code != ErrorCode::unavailable &&
      error->code != ErrorCode::unknown_outcome && error->code != ErrorCode::protocol;
  if (!plain_refusal) return error;
  const auto body = common::parse_json(reply.body);
  if (!body || common::text(body.value(), "code").empty()) return error;
  auto translated = translate(body.value());
  if (error->code == ErrorCode::unauthorized) translated.code = error->code;
  return translated;
}

base::Error open_end(std::string what) {
  return {base::ErrorCode::unknown_outcome, std::move(what), {}, {}};
}

bool concerns_one_product(const base::Error& error) {
  return error.code == ErrorCode::rejected || error.code == ErrorCode::not_found ||
         error.code == ErrorCode::conflict || error.code == ErrorCode::invalid;
}

}  // namespace connectors::provincial
