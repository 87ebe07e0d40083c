#include "connectors/shopee/limits.h"

#include <array>

namespace connectors::shopee {

namespace {

struct Group {
  std::string_view prefix;  // behind /api/v2/
  std::string_view name;
};

// The first prefix that fits decides.
constexpr auto kGroups = std::to_array<Group>({
    {"product/update_stock", "stock"},
    {"product/update_price", "prices"},
    {"product/", "listings"},
    {"shop_category/", "listings"},
    {"media_space/", "pictures"},
    {"order/get_", "orders"},
    {"order/", "parcels"},
    {"logistics/", "parcels"},
    {"returns/", "after_sale"},
    {"payment/", "after_sale"},
    {"auth/", "access"},
    {"public/", "access"},
});

}  // namespace

std::string_view endpoint_group(std::string_view path) {
  constexpr std::string_view kRoot = "/api/v2/";
  if (path.starts_with(kRoot)) path.remove_prefix(kRoot.size());
  for (const auto& group : kGroups) {
    if (path.starts_with(group.prefix)) return group.name;
  }
  return "shop";
}

common::Scope limit_scope(std::string_view code) {
  return code.ends_with("error_limit") ? common::Scope::app : common::Scope::shop;
}

common::PaceConfig pace_config(const Options& options) {
  common::PaceConfig config;
  config.channel = "Shopee";
  config.account = options.account;
  config.app = "shopee/" + std::to_string(options.partner_id);
  config.shop = options.rate;
  if (options.app_calls_per_second > 0) {
    config.app_rate = {options.app_calls_per_second, options.rate.burst};
  }
  return config;
}

}  // namespace connectors::shopee
