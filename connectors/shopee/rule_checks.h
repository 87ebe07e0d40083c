#pragma once
// One listing against what Shopee wants of its category: every problem, in Vietnamese and English.
// Pure but for the picture files, which are looked at. Nothing here throws. Threads: safe.
#include <string>
#include <vector>

#include "connectors/listing_rules.h"
#include "connectors/shopee/rule_facts.h"

namespace connectors::shopee {

// `values` are those of one attribute of the listing.
void check_attribute(const AttributeFact& fact, const std::vector<RemoteAttribute>& values,
                     std::vector<ListingProblem>& out);
void check_attributes(const AttributeFacts& facts, const ListingContent& content,
                      std::vector<ListingProblem>& out);
void check_brand(const BrandFacts& facts, const ListingContent& content,
                 std::vector<ListingProblem>& out);
void check_texts(const LimitFacts& limits, const ListingContent& content,
                 std::vector<ListingProblem>& out);
void check_numbers(const LimitFacts& limits, const ListingContent& content,
                   std::vector<ListingProblem>& out);
void check_images(const LimitFacts& limits, const ListingContent& content,
                  std::vector<ListingProblem>& out);
// `chosen` are the account's channels; empty: all that a listing may use.
void check_delivery(const std::vector<ChannelFact>& channels,
                    const std::vector<std::int64_t>& chosen, const ListingContent& content,
                    std::vector<ListingProblem>& out);

}  // namespace connectors::shopee
