#include "catalog/stock_plan.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <queue>
#include <set>
#include <span>

namespace catalog {
namespace {

constexpr std::int64_t kIdleShareDivisor = 10;  // idle goods above 1/10 of the free ones are shared

using Amounts = std::vector<std::int64_t>;  // base units, by pool number

struct Part {
  std::size_t pool = 0;
  std::int64_t base_units = 0;
};

std::int64_t packs_in(const Amounts& amounts, std::span<const Part> recipe) {
  auto packs = std::numeric_limits<std::int64_t>::max();
  for (const auto& part : recipe) {
    if (part.base_units <= 0) return 0;
    packs = std::min(packs, std::max<std::int64_t>(0, amounts[part.pool]) / part.base_units);
  }
  return recipe.empty() ? 0 : packs;
}

void take(Amounts& amounts, std::span<const Part> recipe, std::int64_t packs) {
  for (const auto& part : recipe) amounts[part.pool] -= packs * part.base_units;
}

// Pools and recipes by number: a page of orders plans thousands of listings, and comparing pools'
// names at every step of the sharing out was most of its cost. A pool without a load holds nothing.
class Group {
 public:
  Group(const PoolLoads& loads, const std::vector<PlannedListing>& listings) : listings_(listings) {
    for (const auto& [pool, load] : loads) {
      numbers_.emplace(&pool, free_.size());
      free_.push_back(std::max<std::int64_t>(0, load.free()));
    }
    ends_.reserve(listings.size());
    for (const auto& listing : listings) {
      for (const auto& item : listing.recipe) {
        parts_.push_back({number_of(item.pool), item.base_units});
      }
      ends_.push_back(parts_.size());
    }
  }

  const Amounts& free() const { return free_; }
  std::size_t size() const { return listings_.size(); }
  const PlannedListing& listing(std::size_t i) const { return listings_[i]; }
  std::span<const Part> recipe(std::size_t i) const {
    const auto begin = i == 0 ? 0 : ends_[i - 1];
    return std::span(parts_).subspan(begin, ends_[i] - begin);
  }
  bool shares_out(std::size_t i) const {
    const auto& listing = listings_[i];
    return listing.takes_part && listing.share_weight > 0 &&
           listing.policy != StockPolicy::pooled && !listing.recipe.empty();
  }

 private:
  struct ByName {
    bool operator()(const PoolId* a, const PoolId* b) const { return *a < *b; }
  };

  std::size_t number_of(const PoolId& pool) {
    const auto [place, is_new] = numbers_.emplace(&pool, free_.size());
    if (is_new) free_.push_back(0);
    return place->second;
  }

  const std::vector<PlannedListing>& listings_;
  std::map<const PoolId*, std::size_t, ByName> numbers_;
  Amounts free_;
  std::vector<Part> parts_;        // of all recipes, one after the other
  std::vector<std::size_t> ends_;  // of each listing's parts
};

// One more pack for each listing in turn, smallest share first, until nothing fits any more.
void share_remainder(const Group& group, Amounts& left, std::vector<std::int64_t>& shares) {
  using Turn = std::pair<std::int64_t, std::size_t>;
  std::vector<Turn> first;
  const auto level = [&](std::size_t i) { return shares[i] / group.listing(i).share_weight; };
  for (std::size_t i = 0; i < group.size(); ++i) {
    if (group.shares_out(i) && packs_in(left, group.recipe(i)) > 0) first.emplace_back(level(i), i);
  }
  std::priority_queue<Turn, std::vector<Turn>, std::greater<>> turns(std::greater<>{},
                                                                     std::move(first));
  while (!turns.empty()) {
    const auto i = turns.top().second;
    turns.pop();
    if (packs_in(left, group.recipe(i)) < 1) continue;
    take(left, group.recipe(i), 1);
    ++shares[i];
    turns.emplace(level(i), i);
  }
}

bool fits(const Group& group) {
  Amounts free = group.free();
  for (std::size_t i = 0; i < group.size(); ++i) {
    if (group.shares_out(i)) take(free, group.recipe(i), group.listing(i).stock.target);
  }
  return std::all_of(free.begin(), free.end(), [](auto amount) { return amount >= 0; });
}

// True when so much lies idle that sharing it out is worth the writes.
bool idle_goods(const Group& group, const std::vector<std::int64_t>& fair) {
  Amounts gain(group.free().size(), 0);
  for (std::size_t i = 0; i < group.size(); ++i) {
    if (!group.shares_out(i)) continue;
    take(gain, group.recipe(i), group.listing(i).stock.target - fair[i]);
  }
  for (std::size_t pool = 0; pool < gain.size(); ++pool) {
    if (gain[pool] > 0 && gain[pool] * kIdleShareDivisor >= group.free()[pool]) return true;
  }
  return false;
}

bool plan_stands(const Group& group, const std::vector<std::int64_t>& fair) {
  if (!fits(group) || idle_goods(group, fair)) return false;
  for (std::size_t i = 0; i < group.size(); ++i) {
    const auto target = group.listing(i).stock.target;
    if (!group.shares_out(i)) {
      if (target != fair[i]) return false;
      continue;
    }
    if (target < 0 || (fair[i] > 0 && target * 2 < fair[i])) return false;
  }
  return true;
}

std::vector<std::int64_t> shares_of(const Group& group) {
  Amounts weights(group.free().size(), 0);
  for (std::size_t i = 0; i < group.size(); ++i) {
    if (!group.shares_out(i)) continue;
    for (const auto& part : group.recipe(i)) weights[part.pool] += group.listing(i).share_weight;
  }
  std::vector<std::int64_t> shares(group.size(), 0);
  Amounts portion(group.free().size(), 0);
  Amounts left = group.free();
  for (std::size_t i = 0; i < group.size(); ++i) {
    const auto& listing = group.listing(i);
    if (listing.takes_part && listing.policy == StockPolicy::pooled) {
      shares[i] = packs_in(group.free(), group.recipe(i));
    }
    if (!group.shares_out(i)) continue;
    for (const auto& part : group.recipe(i)) {
      portion[part.pool] = group.free()[part.pool] / weights[part.pool] * listing.share_weight;
    }
    shares[i] = packs_in(portion, group.recipe(i));
    take(left, group.recipe(i), shares[i]);
  }
  share_remainder(group, left, shares);
  return shares;
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
  auto packs = std::numeric_limits<std::int64_t>::max();
  for (const auto& item : recipe) {
    const auto load = loads.find(item.pool);
    if (load == loads.end() || item.base_units <= 0) return 0;
    packs = std::min(packs, std::max<std::int64_t>(0, load->second.room()) / item.base_units);
  }
  return recipe.empty() ? 0 : packs;
}

std::vector<std::int64_t> fair_shares(const PoolLoads& loads,
                                      const std::vector<PlannedListing>& listings) {
  return shares_of(Group(loads, listings));
}

std::vector<std::int64_t> plan_targets(const PoolLoads& loads,
                                       const std::vector<PlannedListing>& listings) {
  const Group group(loads, listings);
  auto fair = shares_of(group);
  if (!plan_stands(group, fair)) return fair;
  std::vector<std::int64_t> present;
  present.reserve(listings.size());
  for (const auto& listing : listings) present.push_back(listing.stock.target);
  return present;
}

}  // namespace catalog
