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

// `content_hash` of a listing is the catalogue's fingerprint and, behind a dot, that of what the
// account's maps made of it: a changed line of a map resends the listings it speaks of, no other.
std::string with_map_part(const std::string& content_hash,
                          const connectors::ListingContent& content);
// What the rules of map files come to, whatever order and comments they are written in.
std::string fingerprint_of(const connectors::ChannelMaps& maps);
// After a change of the account's map files: brings `content_hash` of its listings up to date and
// announces what changed; a listing held for want of a line is tried again. The first time it only
// notes what is there. Cheap when nothing changed. Killed half-way: it goes on from the start.
void apply_maps(Services& services, const Channel& channel);

// Brings the wanted content and price of every existing listing of `sku` up to date; announces
// what changed. Returns the number of listings that now differ from what was sent.
int refresh_listings(Tables& tables, const catalog::Sku& sku, base::Instant now);

// Makes the account want the variant shown. True when it did not before.
bool want_listing(Tables& tables, const catalog::Account& account, const catalog::Sku& sku,
                  base::Instant now);
bool withdraw_listing(Tables& tables, const catalog::Account& account, const catalog::Sku& sku,
                      base::Instant now);

}  // namespace jobs
