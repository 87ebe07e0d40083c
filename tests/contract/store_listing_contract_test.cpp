// Listings, what was seen of them and their stock rows, over every store.
#include <algorithm>

#include "tests/contract/store_fixture.h"

namespace contract {
namespace {

using catalog::AccountId;
using catalog::ListingState;
using catalog::Put;
using catalog::Sku;
using jobs::Tables;

const AccountId kA1{"a1"};
const AccountId kA2{"a2"};
const Sku kSku1{"SKU-1"};

catalog::Observed seen_at_price(std::int64_t price) {
  return {4, {price}, true, "Rau má", base::from_unix_ms(1'794'900'000'000), "read"};
}

TEST_P(StoreContract, AListingIsPutWithoutForgettingWhatWasSeen) {
  fill();
  write([](Tables& t) {
    auto& listings = t.catalog.listings;
    auto listing = make_listing("a1", "SKU-1");
    listing.held_reason = "thiếu ảnh";
    EXPECT_EQ(listings.put(listing), Put::inserted);
    EXPECT_EQ(listings.put(listing), Put::unchanged);
    EXPECT_FALSE(listings.observed(kA1, kSku1));
    listings.put_observed(kA1, kSku1, seen_at_price(1'000));
    EXPECT_EQ(listings.put(listing), Put::unchanged);
    listing.state = ListingState::held;
    EXPECT_EQ(listings.put(listing), Put::updated);
    EXPECT_EQ(listings.listing(kA1, kSku1), listing);
    EXPECT_EQ(listings.observed(kA1, kSku1), seen_at_price(1'000));
    auto hidden = seen_at_price(2'000);
    hidden.visible = false;
    listings.put_observed(kA1, kSku1, hidden);
    EXPECT_EQ(listings.observed(kA1, kSku1), hidden);
    EXPECT_FALSE(listings.listing(kA2, kSku1));
  });
}

TEST_P(StoreContract, AListingIsFoundByItsWholeBinding) {
  fill();
  write([](Tables& t) {
    auto& listings = t.catalog.listings;
    listings.put(make_listing("a1", "SKU-1"));
    auto simple = make_listing("a1", "SKU-2");
    simple.binding = {"simple", ""};
    listings.put(simple);
    auto unbound = make_listing("a1", "SKU-3");
    unbound.binding = {};
    listings.put(unbound);

    EXPECT_EQ(listings.listing_bound_to(kA1, {"item-SKU-1", "unit-SKU-1"})->sku, kSku1);
    EXPECT_EQ(listings.listing_bound_to(kA1, {"simple", ""})->sku.text, "SKU-2");
    EXPECT_FALSE(listings.listing_bound_to(kA1, {"item-SKU-1", ""}));
    EXPECT_FALSE(listings.listing_bound_to(kA1, {"simple", "1"}));
    EXPECT_FALSE(listings.listing_bound_to(kA2, {"simple", ""}));
    EXPECT_FALSE(listings.listing_bound_to(kA1, {}));
  });
}

TEST_P(StoreContract, ListingsToPublishAreThoseWhoseContentOrExistenceIsWrong) {
  fill();
  struct Case {
    ListingState state;
    bool content_sent;
    bool expected;
  };
  const std::vector<Case> cases{
      {ListingState::wanted, true, true},     {ListingState::creating, true, true},
      {ListingState::declared, true, false},  {ListingState::declared, false, true},
      {ListingState::live, true, false},      {ListingState::live, false, true},
      {ListingState::withdrawn, false, true}, {ListingState::withdrawn, true, false},
      {ListingState::held, false, false},
  };
  std::string expected;
  write([&](Tables& t) {
    for (std::size_t i = 0; i < cases.size(); ++i) {
      const auto sku = "V" + std::to_string(i);
      t.catalog.products.put(make_variant(sku));
      auto listing = make_listing("a1", sku);
      listing.state = cases[i].state;
      if (!cases[i].content_sent) listing.sent_content_hash = "older";
      t.catalog.listings.put(listing);
      if (cases[i].expected) expected += (expected.empty() ? "" : " ") + sku;
    }
    auto foreign = make_listing("a2", "SKU-1");
    foreign.state = ListingState::wanted;
    t.catalog.listings.put(foreign);
  });

  EXPECT_EQ(read([](Tables& t) { return skus(t.catalog.listings.listings_to_publish(kA1, 99)); }),
            expected);
  EXPECT_EQ(read([](Tables& t) { return skus(t.catalog.listings.listings_to_publish(kA1, 2)); }),
            "V0 V1");
  EXPECT_EQ(read([](Tables& t) { return skus(t.catalog.listings.listings_to_publish(kA1, 0)); }),
            "");
}

TEST_P(StoreContract, ListingsToRepriceAreLiveOnesShownAtAnotherPrice) {
  fill();
  write([](Tables& t) {
    auto& listings = t.catalog.listings;
    for (const auto* sku : {"SKU-1", "SKU-2", "SKU-3"}) listings.put(make_listing("a1", sku));
    auto held = make_listing("a2", "SKU-1");
    held.state = ListingState::held;
    listings.put(held);
    listings.put_observed(kA1, Sku{"SKU-1"}, seen_at_price(27'000));
    listings.put_observed(kA1, Sku{"SKU-2"}, seen_at_price(26'000));
  });
  const auto to_reprice = [this](const AccountId& account, std::size_t rows_max) {
    return read(
        [&](Tables& t) { return skus(t.catalog.listings.listings_to_reprice(account, rows_max)); });
  };

  EXPECT_EQ(to_reprice(kA1, 10), "SKU-2 SKU-3");
  EXPECT_EQ(to_reprice(kA1, 1), "SKU-2");
  EXPECT_EQ(to_reprice(kA2, 10), "");
}

TEST_P(StoreContract, ListingsArePagedBySku) {
  fill();
  write([](Tables& t) {
    for (const auto* sku : {"SKU-3", "SKU-1", "SKU-2"}) {
      t.catalog.listings.put(make_listing("a1", sku));
    }
    t.catalog.listings.put(make_listing("a2", "SKU-1"));
  });

  store_->read([](Tables& t) {
    auto& listings = t.catalog.listings;
    EXPECT_EQ(skus(listings.listings(kA1, {}, 2)), "SKU-1 SKU-2");
    EXPECT_EQ(skus(listings.listings(kA1, Sku{"SKU-2"}, 2)), "SKU-3");
    EXPECT_EQ(skus(listings.listings(kA1, Sku{"SKU-3"}, 2)), "");
    EXPECT_EQ(skus(listings.listings(kA2, {}, 5)), "SKU-1");
  });
}

TEST_P(StoreContract, AStockRowRoundTrips) {
  fill();
  write([](Tables& t) {
    auto& listings = t.catalog.listings;
    listings.put(make_listing("a1", "SKU-1"));
    EXPECT_FALSE(listings.stock(kA1, kSku1));
    auto stock = make_stock("a1", "SKU-1");
    listings.put(stock);
    EXPECT_EQ(listings.stock(kA1, kSku1), stock);
    stock.exposure = 12;
    stock.target = 11;
    stock.shown = 10;
    stock.want_version = 9;
    stock.done_version = 8;
    stock.attempt = catalog::Attempt::unknown;
    stock.attempt_value = -7;
    stock.attempt_is_delta = true;
    stock.attempt_version = 6;
    stock.attempt_at = base::from_unix_ms(5);
    stock.anchor_at = base::from_unix_ms(4);
    stock.anchor_quantity = 3;
    stock.sold_after_anchor = 2;
    stock.cancelled_after_anchor = 1;
    listings.put(stock);
    EXPECT_EQ(listings.stock(kA1, kSku1), stock);
  });
}

TEST_P(StoreContract, StockRowsAreFoundBySkuAndByWhatTheyNeed) {
  fill();
  write([](Tables& t) {
    auto& listings = t.catalog.listings;
    for (const auto* account : {"a2", "a1"}) {
      for (const auto* sku : {"SKU-1", "SKU-2", "SKU-3"}) {
        listings.put(make_listing(account, sku));
        listings.put(make_stock(account, sku));
      }
    }
    auto dirty = make_stock("a1", "SKU-1");
    dirty.want_version = 4;
    listings.put(dirty);
    auto dirty_but_open = make_stock("a1", "SKU-2");
    dirty_but_open.want_version = 4;
    dirty_but_open.attempt = catalog::Attempt::sent;
    listings.put(dirty_but_open);
    auto inflated = make_stock("a1", "SKU-3");
    inflated.exposure = 8;
    listings.put(inflated);
    auto anchored = make_stock("a2", "SKU-1");
    anchored.anchor_at = kNow;
    listings.put(anchored);
    auto shown_more = make_stock("a2", "SKU-2");
    shown_more.shown = 8;
    listings.put(shown_more);
  });

  store_->read([](Tables& t) {
    auto& listings = t.catalog.listings;
    const auto rows = listings.stock_of(kSku1);
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_EQ(rows[0].account, kA1);
    EXPECT_EQ(rows[1].account, kA2);
    const auto shares = listings.shares_of(kSku1);
    ASSERT_EQ(shares.size(), 2u);
    for (std::size_t i = 0; i < shares.size(); ++i) {
      EXPECT_EQ(shares[i].stock, rows[i]);
      EXPECT_EQ(shares[i].state, listings.listing(rows[i].account, kSku1)->state);
    }
    EXPECT_EQ(skus(listings.dirty_stock(kA1, 9)), "SKU-1");
    EXPECT_EQ(skus(listings.dirty_stock(kA2, 9)), "");
    EXPECT_EQ(skus(listings.unanchored_stock(kA1, 9)), "SKU-2 SKU-3");
    EXPECT_EQ(skus(listings.unanchored_stock(kA1, 1)), "SKU-2");
    EXPECT_EQ(skus(listings.unanchored_stock(kA2, 9)), "SKU-1");
  });
}

TEST_P(StoreContract, EveryListingIsShownWithWhatWasSeen) {
  fill();
  write([](Tables& t) {
    auto& listings = t.catalog.listings;
    auto held = make_listing("a2", "SKU-2");
    held.state = ListingState::held;
    held.sent_content_hash = "older";
    held.held_reason = "từ chối";
    listings.put(held);
    listings.put(make_listing("a2", "SKU-1"));
    listings.put(make_listing("a1", "SKU-3"));
    listings.put(make_stock("a1", "SKU-3"));
    listings.put_observed(kA1, Sku{"SKU-3"}, seen_at_price(26'000));
  });
  const auto lines = [this](const AccountId& account) {
    std::vector<std::string> out;
    store_->read([&](Tables& t) {
      t.catalog.listings.for_each_listing(account, [&](const catalog::ListingView& view) {
        out.push_back(std::string(view.account) + "/" + std::string(view.sku) + " " +
                      std::string(catalog::to_string(view.state)) + " " +
                      std::string(view.content_hash) + "/" + std::string(view.sent_content_hash) +
                      " " + std::string(view.held_reason) + " " + std::to_string(view.price) + " " +
                      std::to_string(view.stock_target) + (view.seen ? " seen " : " unseen ") +
                      std::to_string(view.seen_price) + " " + std::to_string(view.seen_stock) +
                      (view.seen_visible ? " visible" : ""));
      });
    });
    return out;
  };
  const std::string third = "a1/SKU-3 live hash/hash  27000 7 seen 26000 4 visible";

  EXPECT_EQ(lines({}),
            (std::vector<std::string>{third, "a2/SKU-1 live hash/hash  27000 0 unseen 0 0",
                                      "a2/SKU-2 held hash/older từ chối 27000 0 unseen 0 0"}));
  EXPECT_EQ(lines(kA1), std::vector{third});
}

TEST_P(StoreContract, AScanMayLookAtOtherRowsOnItsWay) {
  fill();
  write([](Tables& t) {
    t.catalog.listings.put(make_listing("a1", "SKU-1"));
    t.catalog.listings.put(make_listing("a1", "SKU-2"));
  });
  int visits = 0;

  store_->read([&](Tables& t) {
    auto& listings = t.catalog.listings;
    listings.for_each_listing(kA1, [&](const catalog::ListingView& outer) {
      EXPECT_TRUE(listings.listing(kA1, Sku{std::string(outer.sku)}));
      listings.for_each_listing(kA1, [&](const catalog::ListingView&) { ++visits; });
    });
  });

  EXPECT_EQ(visits, 4);
}

}  // namespace
}  // namespace contract
