#pragma once
// The provincial marketplace as a WooCommerce store (README.md): made by this one function.
#include <memory>

#include "connectors/factory.h"

namespace connectors::provincial {

base::Result<std::unique_ptr<Connector>> make(const Settings& settings,
                                              const Environment& environment);

}  // namespace connectors::provincial
