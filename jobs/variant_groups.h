#pragma once
// Which packs of a product share one listing, where a channel shows packs as variations. All of
// them, unless the channel limits their number or how far their prices are apart: then the cheap
// ones are together and the dear ones are. Inside the caller's transaction.
#include <string>
#include <vector>

#include "connectors/messages.h"
#include "jobs/store.h"

namespace jobs {

// Out of `packs` (one product's, waiting), those that go out with packs.front() as one listing.
std::vector<catalog::Listing> together(const std::vector<catalog::Listing>& packs,
                                       const connectors::Capabilities& can);

// The item that other packs of the product are shown under and that has room for all of these,
// which are not on the channel yet; empty: there is none.
std::string sibling_item(Tables& tables, const catalog::ProductId& product,
                         const std::vector<catalog::Listing>& newcomers,
                         const connectors::Capabilities& can);

}  // namespace jobs
