#pragma once
// Viettel Post as a carrier (README.md has the options). Parcels cannot be asked for: their states
// come by callback alone, repeat_callbacks() is the repair, and a second parcel for our reference
// is refused by the vendor's CHECK_UNIQUE.
#include <memory>

#include "connectors/carriers/carrier.h"

namespace connectors::carriers::viettelpost {

base::Result<std::unique_ptr<Carrier>> make(const Settings& settings,
                                            const Environment& environment);

}  // namespace connectors::carriers::viettelpost
