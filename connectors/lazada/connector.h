#pragma once
// Lazada Open Platform as a Connector: one product with one SKU per variant, SellerSku is ours.
// Options, limits and what Lazada cannot do: README.md. Errors: errors.h, invalid for an option.
// Threads: one per instance.
#include <memory>

#include "connectors/factory.h"

namespace connectors::lazada {

base::Result<std::unique_ptr<Connector>> make(const Settings& settings,
                                              const Environment& environment);

}  // namespace connectors::lazada
