#pragma once
// From catalogue rows to what a connector needs to show one variant, and the rows that say an
// account should show it. Inside the caller's transaction.
#include <string>
#include <vector>

#include "connectors/connector.h"
#include "jobs/services.h"

namespace jobs {

// `rejected` with a plain reason when something the channel demands is missing: no picture, no
// category of that channel, no price.
base::Result<connectors::ListingContent> build_content(Tables& tables, const Channel& channel,
                                                       const Services& services,
                                                       const catalog::Listing& listing,
                                                       base::Instant now);

// Brings the wanted content and price of every existing listing of `sku` up to date; announces
// what changed. Returns the number of listings that now differ from what was sent.
int refresh_listings(Tables& tables, const catalog::Sku& sku, base::Instant now);

// Makes the account want the variant shown. True when it did not before.
bool want_listing(Tables& tables, const catalog::Account& account, const catalog::Sku& sku,
                  base::Instant now);
bool withdraw_listing(Tables& tables, const catalog::Account& account, const catalog::Sku& sku,
                      base::Instant now);

}  // namespace jobs
