#include "connectors/lazada/limits.h"

#include <array>

namespace connectors::lazada {

namespace {

struct Group {
  std::string_view prefix;
  std::string_view name;
};

// The first prefix that fits decides.
constexpr auto kGroups = std::to_array<Group>({
    {"/product/stock/", "stock"},
    {"/product/price_quantity/", "prices"},
    {"/product", "listings"},  // also /products/get
    {"/category/", "listings"},
    {"/image", "pictures"},
    {"/orders/", "orders"},
    {"/order/get", "orders"},
    {"/order/items/get", "orders"},
    {"/order/reverse/return", "after_sale"},
    {"/order/reverse/onlyrefund", "after_sale"},
    {"/reverse/", "after_sale"},
    {"/finance/", "after_sale"},
    {"/order/", "parcels"},
    {"/auth/", "access"},
});

}  // namespace

std::string_view endpoint_group(std::string_view path) {
  for (const auto& group : kGroups) {
    if (path.starts_with(group.prefix)) return group.name;
  }
  return "shop";
}

common::Scope limit_scope(std::string_view code) {
  if (code == "AppCallLimit") return common::Scope::app;
  return code == "SellerCallLimit" ? common::Scope::shop : common::Scope::group;
}

common::PaceConfig pace_config(const Options& options) {
  common::PaceConfig config;
  config.channel = "Lazada";
  config.account = options.account;
  config.app = "lazada/" + options.app_key;
  config.shop = options.rate;
  if (options.app_calls_per_second > 0) {
    config.app_rate = {options.app_calls_per_second, options.rate.burst};
  }
  return config;
}

}  // namespace connectors::lazada
