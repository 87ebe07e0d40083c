#pragma once
// Which of Shopee's limits a call falls under. Shopee publishes no numbers; its codes tell a limit
// of the moment from the app's quota of the day. Private to this folder. Threads: safe.
// Source: Open Platform API v2, error tables as of 2026-09.
#include <string_view>

#include "connectors/common/pace.h"
#include "connectors/shopee/options.h"

namespace connectors::shopee {

// "stock", "prices", "listings", "pictures", "orders", "parcels", "after_sale", "shop" or "access",
// by a path from /api/v2 on.
std::string_view endpoint_group(std::string_view path);
// The bucket that a throttled answer speaks of, by its code.
common::Scope limit_scope(std::string_view code);
common::PaceConfig pace_config(const Options& options);

}  // namespace connectors::shopee
