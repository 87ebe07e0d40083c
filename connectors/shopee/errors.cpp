#include "connectors/shopee/errors.h"

#include <algorithm>
#include <array>
#include <string>

namespace connectors::shopee {

namespace {

using base::Error;
using base::ErrorCode;
using namespace std::chrono_literals;

enum class Meaning {
  dead_token,
  no_consent,  // the shop must authorise the app again
  ours,        // key, clock, path, parameters: nothing that waiting would cure
  blocked,     // the shop or the app may not do this at all
  throttled,
  quota,  // the day's calls are used up
  server,
  absent,
  refused,  // a business rule, about one item or order
};

struct Row {
  std::string_view code;     // without the module
  std::string_view message;  // a lower-case part of it; empty: any
  Meaning meaning;
};

// The first row that fits decides.
constexpr auto kRows = std::to_array<Row>({
    {"error_auth", "access_token", Meaning::dead_token},
    {"error_auth", "access token", Meaning::dead_token},
    {"error_auth", "refresh_token", Meaning::no_consent},
    {"error_auth", "invalid code", Meaning::no_consent},
    {"error_auth", "system error", Meaning::server},
    {"error_auth", "partner_id", Meaning::ours},
    {"error_auth", "no permission to current api", Meaning::blocked},
    {"error_auth", "app is deleted", Meaning::blocked},
    {"error_auth", "restricted", Meaning::blocked},
    {"error_auth", "", Meaning::refused},
    {"invalid_acceess_token", "", Meaning::dead_token},  // Shopee's spelling
    {"invalid_access_token", "", Meaning::dead_token},
    {"invalid_code", "", Meaning::no_consent},
    {"refresh_token_expired", "", Meaning::no_consent},
    {"error_shop_refresh_token", "", Meaning::no_consent},
    {"error_merchant_refresh_token", "", Meaning::no_consent},
    {"shop_access_expired", "", Meaning::no_consent},
    {"merchant_access_expired", "", Meaning::no_consent},
    {"shop_no_linked", "", Meaning::no_consent},
    {"error_sign", "", Meaning::ours},
    {"invalid_partner_id", "", Meaning::ours},
    {"invalid_shop_id", "", Meaning::ours},
    {"invalid_main_acount_id", "", Meaning::ours},  // Shopee's spelling
    {"partner_shop_no_link", "", Meaning::ours},
    {"error_partner_key_expired", "", Meaning::ours},
    {"source_ip_undeclared", "", Meaning::ours},
    {"shop_banned", "", Meaning::blocked},
    {"error_kyc_auth", "", Meaning::blocked},
    {"error_ashop_api_permission", "", Meaning::blocked},
    {"error_api_permission", "", Meaning::blocked},
    {"error_api_call_restricted", "", Meaning::blocked},
    {"api_suspended", "", Meaning::blocked},
    {"error_permission", "", Meaning::blocked},
    {"error_holiday_mode_change_stock", "", Meaning::blocked},
    {"error_holiday_on_add_item", "", Meaning::blocked},
    {"error_reach_shop_item_limit", "", Meaning::blocked},
    {"error_seller_under_penalty", "", Meaning::blocked},
    {"error_wms_shop_block_upate_stock", "", Meaning::blocked},  // Shopee's spelling
    {"error_rate_limit", "", Meaning::throttled},
    {"error_limit", "can not cancel", Meaning::refused},
    {"error_limit", "", Meaning::quota},
    {"error_server", "", Meaning::server},
    {"error_inner", "", Meaning::server},
    {"error_system_busy", "", Meaning::server},
    {"error_network", "", Meaning::server},
    {"error_not_found", "", Meaning::absent},
    {"error_item_not_found", "", Meaning::absent},
    {"error_edit_item_stock_for_item_has_model", "", Meaning::absent},  // it became a tiered one
    {"order_not_found", "", Meaning::absent},
    {"error_data", "not exist", Meaning::absent},
    {"error_param", "partner_id", Meaning::ours},
    {"error_param", "timestamp", Meaning::ours},
    {"error_param", "no sign in query", Meaning::ours},
    {"error_param", "no access_token in query", Meaning::ours},
    {"error_param", "no shop_id in query", Meaning::ours},
    {"error_param", "shop_id is invalid", Meaning::ours},
    {"error_param", "request path is incorrect", Meaning::ours},
    {"error_param", "not from gateway", Meaning::ours},
    {"error_param", "information you queried is not found", Meaning::absent},
    {"error_param", "not exist", Meaning::absent},
    {"error_param", "wrong model_id", Meaning::absent},
    {"error_param", "not found", Meaning::absent},
    {"error_param", "", Meaning::refused},
    {"error_data", "", Meaning::refused},
    {"error_shop", "", Meaning::blocked},
    {"error_busi", "multi warehouse", Meaning::ours},  // the option location_id is missing
    {"error_not_in_whitelist", "", Meaning::refused},
    {"ship_order_not_ready_to_ship", "", Meaning::refused},
    {"ship_order_only_support_one_type", "", Meaning::refused},
    {"ship_order_need_address_pickup_time", "", Meaning::refused},
    {"ship_order_address_invalid", "", Meaning::refused},
    {"ship_order_pickup_time_invalid", "", Meaning::refused},
    {"package_already_shipped", "", Meaning::refused},
    {"error_status_limit", "", Meaning::refused},
    {"tracking_number_invalid", "", Meaning::refused},
    {"shipping_document_should_print_first", "", Meaning::refused},
    {"batch_api_all_failed", "", Meaning::refused},
    {"cancel_order_invalid_status", "", Meaning::refused},
    {"order_status_invalid", "", Meaning::refused},
    {"error_status", "", Meaning::refused},
    {"error_promotion_cantnot_update_stock", "", Meaning::refused},  // Shopee's spelling
    {"error_item_uneditable", "", Meaning::refused},
    {"error_busi_update_stock_failed", "", Meaning::refused},
    {"error_busi_update_price_failed", "", Meaning::refused},
    {"error_unlist_item_all_failed", "", Meaning::refused},
    {"error_invalid_tier_variation", "", Meaning::refused},
    {"error_cannt_edit_price_in_promotion", "", Meaning::refused},  // Shopee's spelling
    {"error_in_item_promotion_item_price_lock", "", Meaning::refused},
    {"order_list_invalid_time", "", Meaning::ours},
    {"error_update_time_range", "", Meaning::ours},
    {"error_param_item_status", "", Meaning::ours},
    {"error_update_stock_failed", "", Meaning::refused},
});

std::string_view without_module(std::string_view code) {
  const std::size_t dot = code.rfind('.');
  return dot == std::string_view::npos ? code : code.substr(dot + 1);
}

std::string lower(std::string_view text) {
  std::string out{text};
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

const Row* find_row(std::string_view code, std::string_view message) {
  const auto bare = without_module(code);
  const std::string words = lower(message);
  const auto row = std::find_if(kRows.begin(), kRows.end(), [&](const Row& candidate) {
    return candidate.code == bare && words.find(candidate.message) != std::string::npos;
  });
  return row == kRows.end() ? nullptr : &*row;
}

// The daily quota is given back at midnight in Shopee's civil zone.
base::Millis until_quota_returns(base::Instant now) {
  constexpr auto kQuotaZone = 8h;
  const auto local = now + kQuotaZone;
  return std::chrono::ceil<std::chrono::days>(local + 1ms) - local;
}

// Whether it happened is known for a refusal only.
ErrorCode server_trouble(Nature nature) {
  return nature == Nature::write_once ? ErrorCode::unknown_outcome : ErrorCode::unavailable;
}

ErrorCode code_of(Meaning meaning, Nature nature) {
  switch (meaning) {
    case Meaning::dead_token:
    case Meaning::no_consent:
      return ErrorCode::unauthorized;
    case Meaning::ours:
      return ErrorCode::invalid;
    case Meaning::throttled:
    case Meaning::quota:
      return ErrorCode::rate_limited;
    case Meaning::server:
      return server_trouble(nature);
    case Meaning::absent:
      return ErrorCode::not_found;
    case Meaning::blocked:
    case Meaning::refused:
      return ErrorCode::rejected;
  }
  return ErrorCode::protocol;
}

std::string for_people(std::string_view code, std::string_view message) {
  std::string out = "Shopee: ";
  out += message.empty() ? code : message;
  return out;
}

constexpr base::Millis kThrottlePause = 1s;  // Shopee sends no Retry-After

}  // namespace

Error translate(std::string_view code, std::string_view message, Nature nature, base::Instant now) {
  Error error{ErrorCode::protocol, for_people(code, message), {}, std::string{code}};
  const Row* row = find_row(code, message);
  if (row == nullptr) {
    error.code = nature == Nature::read ? ErrorCode::protocol : ErrorCode::rejected;
    return error;
  }
  error.code = code_of(row->meaning, nature);
  if (row->meaning == Meaning::throttled) error.retry_after = kThrottlePause;
  if (row->meaning == Meaning::quota) error.retry_after = until_quota_returns(now);
  return error;
}

Error refusal(std::string_view reason) {
  const std::string words = lower(reason);
  constexpr std::string_view kAbsent[] = {"not exist", "not found", "wrong model_id",
                                          "model_id is required"};
  const bool absent = std::any_of(std::begin(kAbsent), std::end(kAbsent),
                                  [&](auto part) { return words.find(part) != std::string::npos; });
  return {absent ? ErrorCode::not_found : ErrorCode::rejected,
          for_people("refused without a reason", reason),
          {},
          "failure_list"};
}

bool is_dead_token(std::string_view code, std::string_view message) {
  const Row* row = find_row(code, message);
  return row != nullptr && row->meaning == Meaning::dead_token;
}

bool concerns_one_item(const Error& error) {
  if (error.code == ErrorCode::not_found || error.code == ErrorCode::conflict) return true;
  if (error.code != ErrorCode::rejected) return false;
  const Row* row = find_row(error.vendor_code, error.message);
  return row == nullptr || row->meaning != Meaning::blocked;
}

bool points_at_failure_list(std::string_view code) {
  const auto bare = without_module(code);
  return bare == "error_busi_update_stock_failed" || bare == "error_update_stock_failed" ||
         bare == "error_busi_update_price_failed" || bare == "error_unlist_item_all_failed";
}

}  // namespace connectors::shopee
