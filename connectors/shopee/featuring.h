#pragma once
// Chosen goods in front: a category of the shop that holds exactly them, and a boost for the first
// kBoostSlots by rank. Safe to repeat: what is there already is no write; a slot that is taken, or
// a product still cooling down, waits for the next run and is no failure.
// Errors: as PushReport; Shopee refuses single goods (only those on sale may be in a category).
// Threads: one. Source: Open Platform API v2, shop_category.*, product.boost_item, 2026-08-18.
#include <set>
#include <string>
#include <vector>

#include "connectors/featuring.h"
#include "connectors/shopee/client.h"

namespace connectors::shopee {

inline constexpr std::size_t kBoostSlots = 5;
inline constexpr std::size_t kFeaturedMax = 500;
inline constexpr std::size_t kCategoryItemsPerCall = 100;

class ShopFeaturing final : public Featuring {
 public:
  explicit ShopFeaturing(Client& client) : client_(client) {}

  std::string what_it_does_vi() const override;
  std::string what_it_does_en() const override;
  std::size_t items_max() const override { return kFeaturedMax; }
  PushReport feature(std::span<const FeaturedItem> items) override;

 private:
  // Item ids by rank; each once.
  using ItemIds = std::vector<std::string>;

  base::Result<std::string> category_id();
  base::Result<std::string> make_category();
  base::Result<ItemIds> category_items(const std::string& category_id);
  // Item ids that Shopee refused, with its words.
  base::Result<std::vector<std::pair<std::string, std::string>>> move(
      const std::string& path, const std::string& category_id, std::span<const std::string> ids);
  base::Status boost(const ItemIds& wanted);

  Client& client_;
};

}  // namespace connectors::shopee
