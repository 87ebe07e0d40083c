// The catalogue's tables and the transaction itself, over every store.
#include <algorithm>
#include <stdexcept>

#include "storage/error.h"
#include "tests/contract/store_fixture.h"

namespace contract {
namespace {

using catalog::Put;
using jobs::Tables;

TEST_P(StoreContract, APlaceIsKeptWithItsSpecialities) {
  fill();
  catalog::Place place;
  place.id = catalog::PlaceId{"nh"};
  place.name = {"Quán Một", "One"};
  place.point = catalog::GeoPoint{10'608'600, -1};
  place.opening_hours = {"Mo-Fr 06:00-21:00", "Sa 07:00-22:00"};
  place.cuisines = {"Món Việt"};
  place.specialities = {catalog::ProductId{"p"}};
  write([&](Tables& tables) {
    EXPECT_EQ(tables.catalog.places.put(place), Put::inserted);
    EXPECT_EQ(tables.catalog.places.put(place), Put::unchanged);
    place.point.reset();
    place.specialities.clear();
    EXPECT_EQ(tables.catalog.places.put(place), Put::updated);
  });

  store_->read([&](Tables& tables) {
    EXPECT_EQ(tables.catalog.places.places(), std::vector{place});
    EXPECT_FALSE(tables.catalog.places.place(catalog::PlaceId{"x"}));
  });
  place.specialities = {catalog::ProductId{"nowhere"}};
  EXPECT_THROW(write([&](Tables& tables) { tables.catalog.places.put(place); }),
               storage::StorageError);
}

TEST_P(StoreContract, AnExceptionInsideWriteLeavesNothingBehind) {
  fill();
  write([](Tables& tables) {
    tables.catalog.stock.append(make_movement("before", 5));
    tables.catalog.listings.put(make_listing("a1", "SKU-1"));
    tables.catalog.outbox.announce(catalog::ChangeKind::price, catalog::AccountId{"a1"}, kNow);
  });

  EXPECT_THROW(write([](Tables& tables) {
                 auto product = make_product("p");
                 product.name.vi = "Khác";
                 product.images.clear();
                 tables.catalog.products.put(product);
                 tables.catalog.products.put(make_product("p2"));
                 catalog::Place place;
                 place.id = catalog::PlaceId{"nh"};
                 tables.catalog.places.put(place);
                 tables.catalog.stock.append(make_movement("lost", 9));
                 tables.catalog.stock.append(catalog::StockIncident{});
                 tables.catalog.stock.put({catalog::PoolId{"pool"}, "lot", 4, "", ""});
                 auto listing = make_listing("a1", "SKU-1");
                 listing.price.minor = 1;
                 tables.catalog.listings.put(listing);
                 tables.catalog.listings.put(make_stock("a1", "SKU-1"));
                 tables.catalog.listings.put_observed(listing.account, listing.sku, {});
                 tables.catalog.orders.insert(make_order("a1", "o-1"));
                 tables.jobs.enqueue({jobs::JobKind::push_stock, listing.account, "", kNow}, kNow);
                 tables.jobs.take_outbox(10);
                 tables.cursors.put(listing.account, {kNow, std::nullopt, "x"});
                 tables.worksheets.insert({{}, listing.account, "stem", kNow, {}});
                 tables.sessions.save(listing.account, "secret");
                 throw std::domain_error("stop");
               }),
               std::domain_error);

  store_->read([](Tables& tables) {
    const catalog::AccountId a1{"a1"};
    EXPECT_EQ(tables.catalog.products.products(), std::vector{make_product("p")});
    EXPECT_TRUE(tables.catalog.places.places().empty());
    EXPECT_EQ(tables.catalog.stock.balance(catalog::PoolId{"pool"}, "").on_hand, 5);
    EXPECT_EQ(tables.catalog.stock.movements(catalog::PoolId{"pool"}, 10).size(), 1u);
    EXPECT_TRUE(tables.catalog.stock.incidents(10).empty());
    EXPECT_TRUE(tables.catalog.stock.lots(catalog::PoolId{"pool"}).empty());
    EXPECT_EQ(tables.catalog.listings.listing(a1, catalog::Sku{"SKU-1"}),
              make_listing("a1", "SKU-1"));
    EXPECT_FALSE(tables.catalog.listings.stock(a1, catalog::Sku{"SKU-1"}));
    EXPECT_FALSE(tables.catalog.listings.observed(a1, catalog::Sku{"SKU-1"}));
    EXPECT_EQ(tables.catalog.orders.count(a1), 0);
    EXPECT_TRUE(tables.jobs.list(std::nullopt, 10).empty());
    EXPECT_FALSE(tables.cursors.mark(a1));
    EXPECT_FALSE(tables.worksheets.worksheet("stem"));
    EXPECT_FALSE(tables.sessions.load(a1));
  });
  write([](Tables& tables) { EXPECT_EQ(tables.jobs.take_outbox(10).size(), 1u); });
}

TEST_P(StoreContract, ReadRefusesEveryChange) {
  fill();
  const catalog::AccountId a1{"a1"};
  const std::vector<std::function<void(Tables&)>> changes{
      [](Tables& t) { t.catalog.products.put(make_producer("x")); },
      [](Tables& t) { t.catalog.products.put(make_variant("SKU-9")); },
      [](Tables& t) { t.catalog.stock.append(make_movement("x", 1)); },
      [](Tables& t) { t.catalog.listings.put(make_account("x")); },
      [](Tables& t) { t.catalog.orders.insert(make_order("a1", "x")); },
      [&](Tables& t) { t.catalog.outbox.announce(catalog::ChangeKind::stock, a1, kNow); },
      [&](Tables& t) {
        t.jobs.enqueue({jobs::JobKind::reconcile, a1, "", kNow}, kNow);
      },
      [&](Tables& t) { t.jobs.claim(kNow, base::Millis{1}, {}); },
      [&](Tables& t) { t.cursors.put(a1, {}); },
      [&](Tables& t) { t.sessions.save(a1, "x"); },
  };

  for (std::size_t i = 0; i < changes.size(); ++i) {
    EXPECT_THROW(store_->read(changes[i]), storage::StorageError) << "change " << i;
  }
  EXPECT_NO_THROW(write(changes.front()));
}

TEST_P(StoreContract, UsingTheStoreInsideItsOwnCallbackIsRefused) {
  EXPECT_THROW(write([this](Tables&) { store_->read([](Tables&) {}); }), std::logic_error);
  EXPECT_THROW(store_->read([this](Tables&) { store_->write([](Tables&) {}); }), std::logic_error);
}

TEST_P(StoreContract, ACaughtStorageErrorLeavesTheRestOfTheChangeUsable) {
  fill();

  write([](Tables& tables) {
    EXPECT_THROW(tables.catalog.orders.update(make_order("a1", "none")), storage::StorageError);
    EXPECT_THROW(tables.catalog.orders.insert(make_order("nobody", "o")), storage::StorageError);
    tables.catalog.orders.insert(make_order("a1", "o-1"));
  });

  EXPECT_EQ(read([](Tables& t) { return t.catalog.orders.count({}); }), 1);
}

TEST_P(StoreContract, PutReportsInsertedThenUnchangedThenUpdated) {
  write([](Tables& tables) {
    auto& products = tables.catalog.products;
    auto producer = make_producer("htx");
    EXPECT_EQ(products.put(producer), Put::inserted);
    EXPECT_EQ(products.put(producer), Put::unchanged);
    producer.ward.as_typed = "khác";
    EXPECT_EQ(products.put(producer), Put::updated);
    EXPECT_EQ(products.put(producer), Put::unchanged);
    EXPECT_EQ(products.producer(producer.id), producer);

    auto pool = make_pool("pool");
    EXPECT_EQ(products.put(pool), Put::inserted);
    EXPECT_EQ(products.put(pool), Put::unchanged);
    pool.producer = {};
    EXPECT_EQ(products.put(pool), Put::updated);
    EXPECT_EQ(products.put(pool), Put::unchanged);
    EXPECT_EQ(products.pool(pool.id), pool);

    auto account = make_account("a1");
    EXPECT_EQ(tables.catalog.listings.put(account), Put::inserted);
    EXPECT_EQ(tables.catalog.listings.put(account), Put::unchanged);
    account.price_rule.markup_permille = 90;
    EXPECT_EQ(tables.catalog.listings.put(account), Put::updated);
    EXPECT_EQ(tables.catalog.listings.account(account.id), account);
  });
}

TEST_P(StoreContract, AProductIsReplacedWithItsPapersAndPictures) {
  fill();
  write([](Tables& tables) {
    auto& products = tables.catalog.products;
    auto product = make_product("p");
    EXPECT_EQ(products.put(product), Put::unchanged);
    product.certificates[0].stars = 5;
    EXPECT_EQ(products.put(product), Put::updated);
    std::swap(product.images[0], product.images[1]);
    EXPECT_EQ(products.put(product), Put::updated);
    product.certificates.clear();
    product.images.resize(1);
    product.name.en.clear();
    EXPECT_EQ(products.put(product), Put::updated);
    EXPECT_EQ(products.put(product), Put::unchanged);
    EXPECT_EQ(products.product(product.id), product);
    EXPECT_FALSE(products.product(catalog::ProductId{"none"}));
  });
}

TEST_P(StoreContract, AVariantIsReplacedWithItsRecipe) {
  fill();
  write([](Tables& tables) {
    auto& products = tables.catalog.products;
    products.put(make_pool("rice"));
    auto variant = make_variant("SKU-1");
    EXPECT_EQ(products.put(variant), Put::unchanged);
    variant.recipe.push_back({catalog::PoolId{"rice"}, 250});
    EXPECT_EQ(products.put(variant), Put::updated);
    EXPECT_EQ(products.put(variant), Put::unchanged);
    EXPECT_EQ(products.skus_using(catalog::PoolId{"rice"}), std::vector{catalog::Sku{"SKU-1"}});
    variant.recipe.erase(variant.recipe.begin());
    variant.price.minor = 26'000;
    EXPECT_EQ(products.put(variant), Put::updated);
    EXPECT_EQ(products.variant(variant.sku), variant);
    EXPECT_EQ(products.skus_using(catalog::PoolId{"pool"}).size(), 2u);
    variant.recipe = {{catalog::PoolId{"rice"}, 0}};
    EXPECT_THROW(products.put(variant), storage::StorageError);
  });
  EXPECT_THROW(write([](Tables& tables) {
                 auto variant = make_variant("SKU-1");
                 variant.recipe = {{catalog::PoolId{"no such pool"}, 1}};
                 tables.catalog.products.put(variant);
               }),
               storage::StorageError);
}

TEST_P(StoreContract, ListsComeInIdOrder) {
  fill();
  write([](Tables& tables) {
    tables.catalog.products.put(make_product("b"));
    tables.catalog.products.put(make_product("a"));
    tables.catalog.products.put(make_pool("a-pool"));
  });
  store_->read([](Tables& tables) {
    auto& products = tables.catalog.products;
    EXPECT_EQ(products.products(),
              (std::vector{make_product("a"), make_product("b"), make_product("p")}));
    EXPECT_EQ(products.pools(), (std::vector{make_pool("a-pool"), make_pool("pool")}));
    const std::vector variants{make_variant("SKU-1"), make_variant("SKU-2"), make_variant("SKU-3")};
    EXPECT_EQ(products.variants(), variants);
    EXPECT_EQ(products.variants_of(catalog::ProductId{"p"}), variants);
    EXPECT_TRUE(products.variants_of(catalog::ProductId{"a"}).empty());
    EXPECT_EQ(tables.catalog.listings.accounts(),
              (std::vector{make_account("a1"), make_account("a2")}));
  });
}

TEST_P(StoreContract, SearchFindsFoldedNamesIdsAndSkus) {
  fill();
  write([](Tables& tables) {
    auto other = make_product("Dragon-Fruit");
    other.name = {"Thanh long ruột đỏ", "Red dragon fruit"};
    tables.catalog.products.put(other);
  });
  const auto found = [this](std::string_view text, std::size_t rows_max = 10) {
    return read([&](Tables& tables) {
      std::string ids;
      for (const auto& product : tables.catalog.products.search(text, rows_max)) {
        ids += product.id.text + " ";
      }
      return ids;
    });
  };

  EXPECT_EQ(found("RAU MA"), "p ");
  EXPECT_EQ(found("rau má đồng"), "p ");
  EXPECT_EQ(found("pennyWORT"), "p ");
  EXPECT_EQ(found("sku-2"), "p ");
  EXPECT_EQ(found("dragon-f"), "Dragon-Fruit ");
  EXPECT_EQ(found("ruot do"), "Dragon-Fruit ");
  EXPECT_EQ(found("%"), "");
  EXPECT_EQ(found(""), "Dragon-Fruit p ");
  EXPECT_EQ(found("", 1), "Dragon-Fruit ");
}

TEST_P(StoreContract, ReferencesMustExist) {
  fill();
  const std::vector<std::function<void(Tables&)>> broken{
      [](Tables& t) {
        auto product = make_product("q");
        product.producer.text = "nobody";
        t.catalog.products.put(product);
      },
      [](Tables& t) {
        auto variant = make_variant("SKU-9");
        variant.product.text = "none";
        t.catalog.products.put(variant);
      },
      [](Tables& t) {
        auto movement = make_movement("x", 1);
        movement.pool.text = "none";
        t.catalog.stock.append(movement);
      },
      [](Tables& t) {
        t.catalog.stock.put({catalog::PoolId{"none"}, "lot", 1, "", ""});
      },
      [](Tables& t) {
        t.catalog.stock.put({catalog::PoolId{"pool"}, "lot", -1, "", ""});
      },
      [](Tables& t) { t.catalog.listings.put(make_listing("nobody", "SKU-1")); },
      [](Tables& t) { t.catalog.listings.put(make_listing("a1", "SKU-9")); },
      [](Tables& t) { t.catalog.listings.put(make_stock("a1", "SKU-1")); },
      [](Tables& t) {
        t.catalog.listings.put_observed(catalog::AccountId{"a1"}, catalog::Sku{"SKU-1"}, {});
      },
      [](Tables& t) { t.catalog.products.put(catalog::Producer{}); },
  };

  for (std::size_t i = 0; i < broken.size(); ++i) {
    EXPECT_THROW(write(broken[i]), storage::StorageError) << "change " << i;
  }
}

TEST_P(StoreContract, AnOrderIsKeptOnceAndUpdatedAsAWhole) {
  fill();
  const auto first = make_order("a1", "o-1");
  write([&](Tables& t) { t.catalog.orders.insert(first); });
  EXPECT_EQ(read([](Tables& t) { return t.catalog.orders.order(catalog::AccountId{"a1"}, "o-1"); }),
            first);
  EXPECT_THROW(write([&](Tables& t) { t.catalog.orders.insert(first); }), storage::StorageError);

  auto later = first;
  later.status = catalog::OrderStatus::cancelled;
  later.remote_status = "CANCELLED";
  later.updated_at += base::Millis{1};
  later.lines[0].cancelled = 3;
  later.lines.pop_back();
  write([&](Tables& t) {
    t.catalog.orders.update(later);
    t.catalog.orders.insert(make_order("a2", "o-1"));
  });

  store_->read([&](Tables& t) {
    EXPECT_EQ(t.catalog.orders.order(catalog::AccountId{"a1"}, "o-1"), later);
    EXPECT_EQ(t.catalog.orders.order(catalog::AccountId{"a2"}, "o-1"), make_order("a2", "o-1"));
    EXPECT_FALSE(t.catalog.orders.order(catalog::AccountId{"a2"}, "o-2"));
    EXPECT_EQ(t.catalog.orders.count({}), 2);
    EXPECT_EQ(t.catalog.orders.count(catalog::AccountId{"a2"}), 1);
  });
}

TEST_P(StoreContract, AnOrderRefusesTwoLinesWithOneIdAndImpossibleQuantities) {
  fill();
  auto twice = make_order("a1", "twice");
  twice.lines[1].remote_line_id = twice.lines[0].remote_line_id;
  auto none = make_order("a1", "none");
  none.lines[0].quantity = 0;
  auto over = make_order("a1", "over");
  over.lines[0].cancelled = 4;

  for (const auto& order : {twice, none, over}) {
    EXPECT_THROW(write([&](Tables& t) { t.catalog.orders.insert(order); }), storage::StorageError)
        << order.remote_id;
  }
  EXPECT_EQ(read([](Tables& t) { return t.catalog.orders.count({}); }), 0);
}

TEST_P(StoreContract, OrdersComeNewestFirst) {
  fill();
  write([](Tables& t) {
    for (const auto& [account, id, at] :
         {std::tuple{"a1", "b", 5}, {"a1", "a", 5}, {"a2", "c", 9}, {"a1", "d", 7}}) {
      auto order = make_order(account, id);
      order.created_at = base::from_unix_ms(at);
      t.catalog.orders.insert(order);
    }
  });
  const auto ids = [this](const std::string& account, std::size_t rows_max) {
    return read([&](Tables& t) {
      std::string out;
      for (const auto& order : t.catalog.orders.orders(catalog::AccountId{account}, rows_max)) {
        out += order.remote_id;
      }
      return out;
    });
  };

  EXPECT_EQ(ids("", 10), "cdab");
  EXPECT_EQ(ids("a1", 10), "dab");
  EXPECT_EQ(ids("a1", 2), "da");
}

}  // namespace
}  // namespace contract
