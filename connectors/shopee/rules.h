#pragma once
// What Shopee demands of a listing, asked of Shopee itself: its tree, attributes, brands and limits
// are read once per connector and kept. Errors: as ListingRules. Threads: one.
// Source: Open Platform API v2; `language` is `vi` for categories and `vn` for attributes.
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "connectors/listing_rules.h"
#include "connectors/shopee/client.h"
#include "connectors/shopee/reads.h"
#include "connectors/shopee/rule_facts.h"

namespace connectors::shopee {

inline constexpr std::size_t kCategoriesPerCall = 20;
inline constexpr int kBrandPagesMax = 100;  // brands beyond it are not known to us

class ShopRules final : public ListingRules {
 public:
  ShopRules(Client& client, Reads& reads) : client_(client), reads_(reads) {}

  base::Result<std::vector<ListingProblem>> check(const ListingContent& content) override;
  base::Result<std::vector<MapDrift>> check_maps(const ChannelMaps& maps) override;

 private:
  base::Status read_tree();
  base::Status read_channels();
  base::Status read_attributes(const std::set<std::string>& category_ids);
  base::Status read_brands(const std::string& category_id);
  base::Status read_limits(const std::string& category_id);
  base::Status check_category(const ListingContent& content, std::vector<ListingProblem>& out);
  base::Status check_spread(const ListingContent& content, std::vector<ListingProblem>& out);
  void check_rule(const AttributeRule& rule, const std::set<std::string>& categories,
                  std::vector<MapDrift>& out) const;
  base::Status check_brand_rule(const AttributeRule& rule, const std::set<std::string>& categories,
                                std::vector<MapDrift>& out);

  Client& client_;
  Reads& reads_;
  std::optional<CategoryTree> tree_;
  std::optional<std::vector<ChannelFact>> channels_;
  std::map<std::string, AttributeFacts> attributes_;  // by category id, as below
  std::map<std::string, BrandFacts> brands_;
  std::map<std::string, LimitFacts> limits_;
};

}  // namespace connectors::shopee
