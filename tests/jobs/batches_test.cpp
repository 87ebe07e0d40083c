// Where a channel takes one item a call, an item that is split over two batches costs two calls.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "catalog/stock_service.h"
#include "tests/jobs/job_world.h"

namespace jobs_test {
namespace {

using namespace std::chrono_literals;

// 40 items of 7 packs, whose SKUs lie apart, all on show and all to be pushed.
class Batches : public ::testing::Test {
 protected:
  static constexpr int kItems = 40;
  static constexpr int kPacks = 7;

  Batches() {
    world_.fake->can.groups_variants = true;
    world_.fake->can.stock_batch_max = 50;
    world_.fake->can.price_batch_max = 50;
    world_.enqueue(jobs::JobKind::pull_orders);
    world_.drain(1min);
    world_.store.write([&](jobs::Tables& tables) {
      for (int item = 0; item < kItems; ++item) {
        for (int pack = 0; pack < kPacks; ++pack) add(tables, item, pack);
      }
      catalog::replan(tables.catalog, {kPool}, world_.clock.now());
    });
  }

  void add(jobs::Tables& tables, int item, int pack) {
    const auto name = std::to_string(pack) + "-" + std::to_string(item);
    auto variant = tables.catalog.products.variant(kBag).value();
    variant.sku.text = "SKU-" + name;
    variant.product.text = "product-" + std::to_string(item);
    auto product = tables.catalog.products.product(catalog::ProductId{"rau-ma"}).value();
    product.id = variant.product;
    tables.catalog.products.put(product);
    tables.catalog.products.put(variant);
    const auto account = tables.catalog.listings.account(kShop).value();
    jobs::want_listing(tables, account, variant.sku, world_.clock.now());
    auto listing = tables.catalog.listings.listing(kShop, variant.sku).value();
    listing.state = catalog::ListingState::live;
    listing.binding = {"item-" + std::to_string(item), name};
    listing.sent_content_hash = listing.content_hash;
    tables.catalog.listings.put(listing);
    world_.fake->shop[listing.binding.item_id].listing.binding = listing.binding;
  }

  static std::size_t split_items(const std::vector<std::vector<std::string>>& calls) {
    std::set<std::string> seen;
    std::size_t split = 0;
    for (const auto& call : calls) {
      const std::set<std::string> items(call.begin(), call.end());
      for (const auto& item : items) split += seen.insert(item).second ? 0 : 1;
    }
    return split;
  }

  JobWorld world_{100'000};
};

TEST_F(Batches, OfStockHoldWholeItems) {
  world_.enqueue(jobs::JobKind::push_stock);
  world_.drain(1min);

  const auto& calls = world_.fake->stocked;
  ASSERT_GE(calls.size(), 6U);
  for (const auto& call : calls) EXPECT_LE(call.size(), 50U);
  // Each item was pushed once, in one call.
  EXPECT_EQ(split_items({calls.begin(), calls.begin() + 6}), 0U);
  std::size_t pushed = 0;
  for (std::size_t i = 0; i < 6; ++i) pushed += calls[i].size();
  EXPECT_EQ(pushed, static_cast<std::size_t>(kItems * kPacks));
}

TEST_F(Batches, OfPricesHoldWholeItems) {
  world_.enqueue(jobs::JobKind::push_prices);
  world_.drain(1min);

  const auto& calls = world_.fake->priced;
  ASSERT_EQ(calls.size(), 6U) << "49 packs a call: seven whole items";
  EXPECT_EQ(split_items(calls), 0U);
}

}  // namespace
}  // namespace jobs_test
