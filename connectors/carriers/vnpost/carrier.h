#pragma once
// VNPost (MyVNPost) as a carrier (README.md has the options). Parcels can be asked for and are
// found by our reference; callbacks are signed, and cannot be asked for again.
#include <memory>

#include "connectors/carriers/carrier.h"

namespace connectors::carriers::vnpost {

base::Result<std::unique_ptr<Carrier>> make(const Settings& settings,
                                            const Environment& environment);

}  // namespace connectors::carriers::vnpost
