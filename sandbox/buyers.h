#pragma once
// Simulated buyers: the same seed and the same shelves give the same purchases.
#include <cpprest/json.h>

#include "sandbox/world.h"

namespace sandbox {

// {"count":N,"seed":S,"channels":[…]?,"skus":[…]?,"quantity_max":3?} in;
// {"placed":[{channel,order_id,lines:[{sku,quantity}]}],"refused":n} out.
// A buyer goes to the next channel in turn, so that a few already reach every one, and takes one
// or two goods that are shown there. Throws std::invalid_argument naming the bad member.
web::json::value run_buyers(World& world, const web::json::value& wish);

}  // namespace sandbox
