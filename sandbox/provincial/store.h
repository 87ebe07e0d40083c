#pragma once
// The simulated provincial marketplace: a WooCommerce 9.3.3 store, REST v3, as it was recorded
// (currency VND without decimals, zone Asia/Ho_Chi_Minh).
//
//   GET /wp-json/wc/v3/products   or   GET /?rest_route=/wc/v3/products
//
// HTTP Basic with consumer key and secret; keys in the query are refused. Products with batch,
// categories with batch, orders by modified_after; the table in sandbox/README.md says what is left
// out. A buyer's order takes its units off stock at once. Threads: safe, one mutex.
// Source: recorded exchanges with WooCommerce 9.3.3 on WordPress 6.5.5, 2026-11-22.
#include <memory>

#include "sandbox/channel.h"
#include "sandbox/context.h"
#include "sandbox/credentials.h"

namespace sandbox {

std::unique_ptr<Channel> make_provincial(Context& context,
                                         const ProvincialCredentials& credentials);

}  // namespace sandbox
