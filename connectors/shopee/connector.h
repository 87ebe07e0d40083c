#pragma once
// Shopee Open Platform v2 as a Connector: one item per variant, named by our SKU (item_sku).
// Options, limits and what Shopee cannot do: README.md. Errors: errors.h, invalid for an option.
// Threads: one per instance.
#include <memory>

#include "connectors/factory.h"

namespace connectors::shopee {

base::Result<std::unique_ptr<Connector>> make(const Settings& settings,
                                              const Environment& environment);

}  // namespace connectors::shopee
