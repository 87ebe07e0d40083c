#include "catalog/stock_plan.h"

#include <algorithm>
#include <limits>
#include <set>

namespace catalog {
namespace {

constexpr std::int64_t kIdleShareDivisor = 10;  // idle goods above 1/10 of the free ones are shared

using PoolAmounts = std::map<PoolId, std::int64_t>;

PoolAmounts free_amounts(const PoolLoads& loads) {
  PoolAmounts out;
  for (const auto& [pool, load] : loads) out[pool] = std::max<std::int64_t>(0, load.free());
  return out;
}

bool shares_out(const PlannedListing& listing) {
  return listing.takes_part && listing.share_weight > 0 && listing.policy != StockPolicy::pooled &&
         !listing.recipe.empty();
}

std::int64_t packs_in(const PoolAmounts& amounts, const std::vector<RecipeItem>& recipe) {
  auto packs = std::numeric_limits<std::int64_t>::max();
  for (const auto& item : recipe) {
    const auto found = amounts.find(item.pool);
    if (found == amounts.end() || item.base_units <= 0) return 0;
    packs = std::min(packs, std::max<std::int64_t>(0, found->second) / item.base_units);
  }
  return recipe.empty() ? 0 : packs;
}

void take(PoolAmounts& amounts, const std::vector<RecipeItem>& recipe, std::int64_t packs) {
  for (const auto& item : recipe) amounts[item.pool] -= packs * item.base_units;
}

// One more pack for each listing in turn, smallest share first, until nothing fits any more.
void share_remainder(PoolAmounts& left, const std::vector<PlannedListing>& listings,
                     std::vector<std::int64_t>& shares) {
  using Turn = std::pair<std::int64_t, std::size_t>;
  std::set<Turn> turns;
  for (std::size_t i = 0; i < listings.size(); ++i) {
    if (shares_out(listings[i])) turns.insert({shares[i] / listings[i].share_weight, i});
  }
  while (!turns.empty()) {
    const auto [level, i] = *turns.begin();
    turns.erase(turns.begin());
    if (packs_in(left, listings[i].recipe) < 1) continue;
    take(left, listings[i].recipe, 1);
    ++shares[i];
    turns.insert({shares[i] / listings[i].share_weight, i});
  }
}

bool fits(PoolAmounts free, const std::vector<PlannedListing>& listings) {
  for (const auto& listing : listings) {
    if (!shares_out(listing)) continue;
    take(free, listing.recipe, listing.stock.target);
  }
  return std::all_of(free.begin(), free.end(), [](const auto& entry) { return entry.second >= 0; });
}

// True when so much lies idle that sharing it out is worth the writes.
bool idle_goods(const PoolLoads& loads, const std::vector<PlannedListing>& listings,
                const std::vector<std::int64_t>& fair) {
  PoolAmounts left = free_amounts(loads);
  PoolAmounts fair_use;
  PoolAmounts used;
  for (std::size_t i = 0; i < listings.size(); ++i) {
    if (!shares_out(listings[i])) continue;
    for (const auto& item : listings[i].recipe) {
      used[item.pool] += item.base_units * listings[i].stock.target;
      fair_use[item.pool] += item.base_units * fair[i];
    }
  }
  return std::any_of(left.begin(), left.end(), [&](const auto& entry) {
    const auto gain = fair_use[entry.first] - used[entry.first];
    return gain > 0 && gain * kIdleShareDivisor >= entry.second;
  });
}

bool plan_stands(const PoolLoads& loads, const std::vector<PlannedListing>& listings,
                 const std::vector<std::int64_t>& fair) {
  if (!fits(free_amounts(loads), listings) || idle_goods(loads, listings, fair)) return false;
  for (std::size_t i = 0; i < listings.size(); ++i) {
    const auto target = listings[i].stock.target;
    if (!shares_out(listings[i])) {
      if (target != fair[i]) return false;
      continue;
    }
    if (target < 0 || (fair[i] > 0 && target * 2 < fair[i])) return false;
  }
  return true;
}

}  // namespace

PoolLoads pool_loads(const std::map<PoolId, PoolBalance>& balances,
                     const std::vector<PlannedListing>& listings) {
  PoolLoads loads;
  for (const auto& [pool, balance] : balances) loads[pool].balance = balance;
  std::set<Sku> buffered;
  for (const auto& listing : listings) {
    const bool first_of_sku =
        listing.policy == StockPolicy::buffer && buffered.insert(listing.stock.sku).second;
    for (const auto& item : listing.recipe) {
      const auto found = loads.find(item.pool);
      if (found == loads.end()) continue;
      if (listing.policy != StockPolicy::pooled) {
        found->second.exposed += listing.stock.exposure * item.base_units;
      }
      if (first_of_sku) found->second.buffer += listing.buffer_packs * item.base_units;
    }
  }
  return loads;
}

std::int64_t room_packs(const PoolLoads& loads, const std::vector<RecipeItem>& recipe) {
  PoolAmounts room;
  for (const auto& [pool, load] : loads) room[pool] = load.room();
  return packs_in(room, recipe);
}

std::vector<std::int64_t> fair_shares(const PoolLoads& loads,
                                      const std::vector<PlannedListing>& listings) {
  const PoolAmounts free = free_amounts(loads);
  PoolAmounts weights;
  for (const auto& listing : listings) {
    if (!shares_out(listing)) continue;
    for (const auto& item : listing.recipe) weights[item.pool] += listing.share_weight;
  }
  std::vector<std::int64_t> shares(listings.size(), 0);
  PoolAmounts left = free;
  for (std::size_t i = 0; i < listings.size(); ++i) {
    const auto& listing = listings[i];
    if (listing.takes_part && listing.policy == StockPolicy::pooled) {
      shares[i] = packs_in(free, listing.recipe);
    }
    if (!shares_out(listing)) continue;
    PoolAmounts portion;
    for (const auto& item : listing.recipe) {
      const auto found = free.find(item.pool);
      if (found == free.end()) continue;
      portion[item.pool] = found->second / weights[item.pool] * listing.share_weight;
    }
    shares[i] = packs_in(portion, listing.recipe);
    take(left, listing.recipe, shares[i]);
  }
  share_remainder(left, listings, shares);
  return shares;
}

std::vector<std::int64_t> plan_targets(const PoolLoads& loads,
                                       const std::vector<PlannedListing>& listings) {
  auto fair = fair_shares(loads, listings);
  if (!plan_stands(loads, listings, fair)) return fair;
  std::vector<std::int64_t> present;
  present.reserve(listings.size());
  for (const auto& listing : listings) present.push_back(listing.stock.target);
  return present;
}

}  // namespace catalog
