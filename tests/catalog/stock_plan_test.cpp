#include "catalog/stock_plan.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <numeric>

namespace catalog {
namespace {

const PoolId kFruit{"fruit"};
const PoolId kJars{"jars"};

PlannedListing listing(const std::string& account, const std::string& sku,
                       std::vector<RecipeItem> recipe) {
  PlannedListing out;
  out.stock.account.text = account;
  out.stock.sku.text = sku;
  out.recipe = std::move(recipe);
  return out;
}

std::map<PoolId, PoolBalance> fruit(std::int64_t kilograms) {
  return {{kFruit, {kilograms * 1'000, 0, 0}}};
}

std::vector<PlannedListing> three_shops() {
  return {listing("a", "KG1", {{kFruit, 1'000}}), listing("b", "KG1", {{kFruit, 1'000}}),
          listing("c", "KG1", {{kFruit, 1'000}})};
}

void follow(std::vector<PlannedListing>& listings, const std::vector<std::int64_t>& targets) {
  for (std::size_t i = 0; i < targets.size(); ++i) listings[i].stock.target = targets[i];
}

std::vector<std::int64_t> targets_of(const std::vector<PlannedListing>& listings) {
  std::vector<std::int64_t> out;
  for (const auto& one : listings) out.push_back(one.stock.target);
  return out;
}

TEST(StockPlan, SharesEvenlyAndGivesTheRemainderAway) {
  const auto listings = three_shops();

  const auto shares = plan_targets(pool_loads(fruit(10), listings), listings);

  EXPECT_EQ(std::accumulate(shares.begin(), shares.end(), std::int64_t{0}), 10);
  EXPECT_EQ(*std::min_element(shares.begin(), shares.end()), 3);
}

TEST(StockPlan, FollowsTheWeights) {
  auto listings = three_shops();
  listings[0].share_weight = 3;
  listings[2].share_weight = 0;

  EXPECT_EQ(plan_targets(pool_loads(fruit(40), listings), listings),
            (std::vector<std::int64_t>{30, 10, 0}));
}

TEST(StockPlan, PacksOfManySizesShareOnePool) {
  const std::vector<PlannedListing> listings = {listing("a", "KG1", {{kFruit, 1'000}}),
                                                listing("a", "KG5", {{kFruit, 5'000}}),
                                                listing("a", "KG10", {{kFruit, 10'000}})};

  const auto shares = plan_targets(pool_loads(fruit(33), listings), listings);

  EXPECT_EQ(shares[0] + 5 * shares[1] + 10 * shares[2], 33);
  for (const auto share : shares) EXPECT_GE(share, 1);
}

TEST(StockPlan, StandsAfterASale) {
  auto listings = three_shops();
  follow(listings, plan_targets(pool_loads(fruit(30), listings), listings));
  auto balances = fruit(30);
  for (auto& one : listings) one.stock.exposure = one.stock.shown = one.stock.target;

  apply_sale(listings[1].stock, 4, base::Instant{}, base::Millis{0});
  balances[kFruit].reserved += 4'000;

  const auto before = targets_of(listings);
  EXPECT_EQ(before, (std::vector<std::int64_t>{10, 6, 10}));
  EXPECT_EQ(plan_targets(pool_loads(balances, listings), listings), before);
}

TEST(StockPlan, AStarvingListingGetsANewPlan) {
  auto listings = three_shops();
  follow(listings, {10, 2, 10});

  const auto shares = plan_targets(pool_loads(fruit(22), listings), listings);

  EXPECT_GE(shares[1], 7);
  EXPECT_EQ(std::accumulate(shares.begin(), shares.end(), std::int64_t{0}), 22);
}

TEST(StockPlan, IdleGoodsAreSharedOut) {
  auto listings = three_shops();
  follow(listings, {10, 10, 10});

  EXPECT_EQ(plan_targets(pool_loads(fruit(31), listings), listings), targets_of(listings));
  EXPECT_EQ(plan_targets(pool_loads(fruit(36), listings), listings),
            (std::vector<std::int64_t>{12, 12, 12}));
}

TEST(StockPlan, ABufferIsKeptBackOncePerSku) {
  auto listings = three_shops();
  for (auto& one : listings) {
    one.policy = StockPolicy::buffer;
    one.buffer_packs = 4;
  }
  const auto loads = pool_loads(fruit(10), listings);

  EXPECT_EQ(loads.at(kFruit).buffer, 4'000);
  EXPECT_EQ(plan_targets(loads, listings), (std::vector<std::int64_t>{2, 2, 2}));
}

TEST(StockPlan, PooledListingsAllShowEverything) {
  auto listings = three_shops();
  for (auto& one : listings) {
    one.policy = StockPolicy::pooled;
    one.stock.exposure = 10;
  }
  const auto loads = pool_loads(fruit(10), listings);

  EXPECT_EQ(loads.at(kFruit).exposed, 0);
  EXPECT_EQ(plan_targets(loads, listings), (std::vector<std::int64_t>{10, 10, 10}));
}

TEST(StockPlan, WhoTakesNoPartShowsNothing) {
  auto listings = three_shops();
  listings[1].takes_part = false;
  listings[1].stock.target = 5;

  EXPECT_EQ(plan_targets(pool_loads(fruit(10), listings), listings),
            (std::vector<std::int64_t>{5, 0, 5}));
}

TEST(StockPlan, ExpiredAndReservedGoodsAreNotShared) {
  const auto listings = three_shops();
  const std::map<PoolId, PoolBalance> balances = {{kFruit, {10'000, 3'000, 4'000}}};

  EXPECT_EQ(plan_targets(pool_loads(balances, listings), listings),
            (std::vector<std::int64_t>{1, 1, 1}));
}

TEST(StockPlan, APoolThatIsMissingGivesNothing) {
  const std::vector<PlannedListing> listings = {
      listing("a", "BASKET", {{kFruit, 1'000}, {kJars, 1}})};

  EXPECT_EQ(plan_targets(pool_loads(fruit(9), listings), listings), (std::vector<std::int64_t>{0}));
  EXPECT_EQ(room_packs(pool_loads(fruit(9), listings), listings[0].recipe), 0);
}

std::vector<PlannedListing> random_listings() {
  std::vector<PlannedListing> listings;
  const auto count = *rc::gen::inRange(1, 9);
  for (int i = 0; i < count; ++i) {
    std::vector<RecipeItem> recipe = {{kFruit, *rc::gen::inRange<std::int64_t>(1, 6)}};
    if (*rc::gen::inRange(0, 2) == 1) {
      recipe.push_back({kJars, *rc::gen::inRange<std::int64_t>(1, 4)});
    }
    auto one = listing("shop" + std::to_string(i), "SKU" + std::to_string(i), recipe);
    one.share_weight = *rc::gen::inRange(0, 4);
    one.takes_part = *rc::gen::inRange(0, 5) != 0;
    one.stock.target = *rc::gen::inRange<std::int64_t>(0, 40);
    listings.push_back(std::move(one));
  }
  return listings;
}

RC_GTEST_PROP(StockPlan, NeverSharesMoreThanIsFreeAndThenStands, ()) {
  auto listings = random_listings();
  std::map<PoolId, PoolBalance> balances;
  balances[kFruit] = {*rc::gen::inRange<std::int64_t>(0, 200),
                      *rc::gen::inRange<std::int64_t>(0, 50),
                      *rc::gen::inRange<std::int64_t>(0, 20)};
  balances[kJars] = {*rc::gen::inRange<std::int64_t>(0, 60), 0, 0};
  const auto loads = pool_loads(balances, listings);

  const auto targets = plan_targets(loads, listings);

  std::map<PoolId, std::int64_t> used;
  for (std::size_t i = 0; i < listings.size(); ++i) {
    RC_ASSERT(targets[i] >= 0);
    for (const auto& item : listings[i].recipe) used[item.pool] += targets[i] * item.base_units;
  }
  for (const auto& [pool, amount] : used) {
    RC_ASSERT(amount <= std::max<std::int64_t>(0, loads.at(pool).free()));
  }
  follow(listings, targets);
  RC_ASSERT(plan_targets(loads, listings) == targets);
}

}  // namespace
}  // namespace catalog
