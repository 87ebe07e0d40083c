#pragma once
// Puts chosen products in front: the store's own "featured" flag, and the collection (a tag or a
// category) that the account's options name. What somebody else featured is left as it is: ours
// bear a mark (`_nongsan_chosen`), and lose flag, collection and mark when they are chosen no more.
// A product with variations is chosen when one of its packs is.
// Errors: not_found per item; else Client's. Threads: one.
// Source: WooCommerce REST API v3, "Products" (featured, tags, categories).
#include <map>
#include <string>
#include <vector>

#include "connectors/featuring.h"
#include "connectors/provincial/batch_size.h"
#include "connectors/provincial/reads.h"
#include "connectors/provincial/terms.h"

namespace connectors::provincial {

inline constexpr std::size_t kFeaturedMax = 500;

class StoreFeaturing final : public Featuring {
 public:
  StoreFeaturing(Client& client, Reads& reads, Terms& terms)
      : client_(client), reads_(reads), terms_(terms) {}

  std::string what_it_does_vi() const override;
  std::string what_it_does_en() const override;
  std::size_t items_max() const override { return kFeaturedMax; }
  PushReport feature(std::span<const FeaturedItem> items) override;

 private:
  using Rows = std::map<std::string, common::Json>;  // by product number

  // The products that are featured there, and those asked for.
  base::Status look(const std::vector<std::string>& wanted, Rows& rows);
  base::Status send(const std::vector<common::Json>& elements, std::map<std::string, bool>& kept);

  Client& client_;
  Reads& reads_;
  Terms& terms_;
  BatchSize size_{20};
};

}  // namespace connectors::provincial
