#pragma once
// What Lazada demands of a listing, asked before anything is sent, and whether the account's maps
// still fit its category tree. Only reads; the lists are kept by Catalogue.
// Errors: what the calls said. Threads: one.
// Source: Lazada Open Platform, "Create a product", error tables 41xx, 2026-04-21.
#include "connectors/lazada/catalogue.h"
#include "connectors/listing_rules.h"

namespace connectors::lazada {

inline constexpr int kWeightMaxG = 40'000;
inline constexpr int kSidesMaxCm = 300;
inline constexpr int kPictureSideMin = 330;
inline constexpr int kPictureSideMax = 5'000;

class LazadaRules final : public ListingRules {
 public:
  LazadaRules(Client& client, Catalogue& catalogue) : client_(client), catalogue_(catalogue) {}

  base::Result<std::vector<ListingProblem>> check(const ListingContent& content) override;
  // map_check.cpp
  base::Result<std::vector<MapDrift>> check_maps(const ChannelMaps& maps) override;

 private:
  using Problems = std::vector<ListingProblem>;
  base::Status check_category(const ListingContent& content, Problems& problems);
  base::Status check_brand(const ListingContent& content, Problems& problems);
  base::Status check_price(const ListingContent& content, Problems& problems);
  base::Status check_rule(const AttributeRule& rule, const ChannelMaps& maps,
                          std::vector<MapDrift>& drifts);

  Client& client_;
  Catalogue& catalogue_;
};

// What needs no call: texts, pictures, weight, size.
std::vector<ListingProblem> plain_problems(const ListingContent& content, const Options& options);
// What the category asks for and the content does not give, or gives in words it does not take.
std::vector<ListingProblem> attribute_problems(const ListingContent& content,
                                               const CategoryFacts& facts, const Options& options);

}  // namespace connectors::lazada
