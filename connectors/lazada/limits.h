#pragma once
// Which of Lazada's limits a call falls under: calls a second of one API, of one seller, and of the
// app. Its codes say which of them was met. Private to this folder. Threads: safe.
// Source: Lazada Open Platform, "Create or update product, Q&A" and error codes, 2026-04.
#include <string_view>

#include "connectors/common/pace.h"
#include "connectors/lazada/options.h"

namespace connectors::lazada {

// "stock", "prices", "listings", "pictures", "orders", "parcels", "after_sale", "shop" or "access",
// by a path without /rest.
std::string_view endpoint_group(std::string_view path);
// The bucket that a throttled answer speaks of, by its code.
common::Scope limit_scope(std::string_view code);
common::PaceConfig pace_config(const Options& options);

}  // namespace connectors::lazada
