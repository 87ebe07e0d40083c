#pragma once
// WooCommerce's error codes, translated once. Nothing here throws. Threads: safe.
// Source: recorded exchanges with WooCommerce 9.3.3; REST API v3 reference.
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/error.h"
#include "connectors/common/json.h"
#include "connectors/common/rest_client.h"

namespace connectors::provincial {

// {"code","message","data":{"status"}}: the body of a failed call or the `error` of one batch item.
// A taken SKU is `conflict` and names the product that has it.
base::Error translate(const common::Json& error);

// What a reply that is not 2xx means; nullopt for 2xx.
std::optional<base::Error> reply_error(const common::RestResponse& reply,
                                       common::Repeatable repeatable, base::Instant now);

// A write that may have happened.
base::Error open_end(std::string what);

// About this product alone; anything else would meet the rest of a batch as well.
bool concerns_one_product(const base::Error& error);

}  // namespace connectors::provincial
