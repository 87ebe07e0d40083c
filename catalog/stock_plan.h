#pragma once
// How the free goods of a group of pools are shared out over the listings that sell from them.
//
// Input and output are plain values: pools in base units, listings in packs. The plan is stable: a
// sale moves units from a listing's bound to `reserved` and changes nobody else's target; targets
// are shared out anew only when they no longer fit, when a listing starves (shows less than half
// of its fair share), or when a tenth or more of the free goods lies idle.
// Nothing here throws. Threads: values.
#include <cstdint>
#include <map>
#include <vector>

#include "catalog/exposure.h"
#include "catalog/product.h"
#include "catalog/stock.h"

namespace catalog {

struct PoolLoad {
  PoolBalance balance;
  std::int64_t exposed = 0;  // base units: sum of guarded exposures x pack
  std::int64_t buffer = 0;   // base units kept back by variants' buffers

  // Base units that a raise may take without breaking the invariant; negative when it is broken.
  std::int64_t room() const { return balance.sellable() - balance.reserved - buffer - exposed; }
  // Base units that all listings together may show.
  std::int64_t free() const { return balance.sellable() - balance.reserved - buffer; }
};

struct PlannedListing {
  ListingStock stock;
  std::vector<RecipeItem> recipe;
  StockPolicy policy = StockPolicy::guarded;
  std::int64_t buffer_packs = 0;
  int share_weight = 1;    // >= 0; 0 shows nothing
  bool takes_part = true;  // live or about to be; false: target is 0
};

using PoolLoads = std::map<PoolId, PoolLoad>;

// Loads of the pools from balances and the listings that use them.
PoolLoads pool_loads(const std::map<PoolId, PoolBalance>& balances,
                     const std::vector<PlannedListing>& listings);

// Packs of `recipe` that fit into the room of every pool it needs; 0 when a pool is missing.
std::int64_t room_packs(const PoolLoads& loads, const std::vector<RecipeItem>& recipe);

// The fair share of each listing, in the order given.
std::vector<std::int64_t> fair_shares(const PoolLoads& loads,
                                      const std::vector<PlannedListing>& listings);

// New targets, in the order given; equal to the present ones when the plan still stands.
std::vector<std::int64_t> plan_targets(const PoolLoads& loads,
                                       const std::vector<PlannedListing>& listings);

}  // namespace catalog
