#include "jobs/variant_groups.h"

#include <algorithm>
#include <map>

namespace jobs {
namespace {

// The packs of one listing, by what limits them.
struct Group {
  std::int64_t cheapest = 0;
  std::int64_t dearest = 0;
  std::size_t packs = 0;

  bool takes(std::int64_t price, const connectors::Capabilities& can) const {
    if (packs == 0) return true;
    if (packs >= can.variants_per_listing_max) return false;
    if (can.variant_price_spread_max <= 0) return true;
    return std::max(dearest, price) <= std::min(cheapest, price) * can.variant_price_spread_max;
  }
  void add(std::int64_t price) {
    cheapest = packs == 0 ? price : std::min(cheapest, price);
    dearest = packs == 0 ? price : std::max(dearest, price);
    ++packs;
  }
};

}  // namespace

std::vector<catalog::Listing> together(const std::vector<catalog::Listing>& packs,
                                       const connectors::Capabilities& can) {
  if (packs.empty()) return {};
  auto by_price = packs;
  std::stable_sort(by_price.begin(), by_price.end(),
                   [](const auto& a, const auto& b) { return a.price.minor < b.price.minor; });
  const auto& first = packs.front().sku;
  std::vector<catalog::Listing> members;
  Group group;
  for (const auto& pack : by_price) {
    if (!group.takes(pack.price.minor, can)) {
      const bool found = std::any_of(members.begin(), members.end(),
                                     [&](const auto& member) { return member.sku == first; });
      if (found) break;
      members.clear();
      group = {};
    }
    group.add(pack.price.minor);
    members.push_back(pack);
  }
  std::sort(members.begin(), members.end(),
            [](const auto& a, const auto& b) { return a.sku < b.sku; });
  return members;
}

std::string sibling_item(Tables& tables, const catalog::ProductId& product,
                         const std::vector<catalog::Listing>& newcomers,
                         const connectors::Capabilities& can) {
  if (newcomers.empty()) return {};
  std::map<std::string, Group> items;
  for (const auto& pack : tables.catalog.products.variants_of(product)) {
    const auto there = tables.catalog.listings.listing(newcomers.front().account, pack.sku);
    if (there && !there->binding.empty()) items[there->binding.item_id].add(there->price.minor);
  }
  for (const auto& [item_id, there] : items) {
    Group group = there;
    bool all = true;
    for (const auto& newcomer : newcomers) {
      all = all && group.takes(newcomer.price.minor, can);
      group.add(newcomer.price.minor);
    }
    if (all) return item_id;
  }
  return {};
}

}  // namespace jobs
