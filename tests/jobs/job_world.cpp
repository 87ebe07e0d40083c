#include "tests/jobs/job_world.h"

#include <gtest/gtest.h>

#include "catalog/stock_service.h"

namespace jobs_test {
namespace {

void fill(catalog::Tables& tables, std::int64_t on_hand, base::Instant now) {
  catalog::Producer producer;
  producer.id.text = "htx";
  producer.name_vi = "HTX mẫu";
  tables.products.put(producer);
  catalog::Product product;
  product.id.text = "rau-ma";
  product.producer = producer.id;
  product.name = {"Rau má", "Pennywort"};
  product.images = {"rau-ma.jpg"};
  tables.products.put(product);
  catalog::StockPool pool;
  pool.id = kPool;
  pool.producer = producer.id;
  pool.unit = catalog::BaseUnit::piece;
  tables.products.put(pool);
  catalog::Variant variant;
  variant.sku = kBag;
  variant.product = product.id;
  variant.name = {"Túi", "Bag"};
  variant.price = catalog::Money{30'000};
  variant.recipe = {{kPool, 1}};
  tables.products.put(variant);
  catalog::Account account;
  account.id = kShop;
  account.channel = "shopee";
  tables.listings.put(account);
  catalog::Lot lot;
  lot.code = "L1";
  lot.quantity = on_hand;
  catalog::receive(tables, {kPool, "import", "L1", "test", ""}, lot, now);
}

}  // namespace

JobWorld::JobWorld(std::int64_t on_hand)
    : services{store, clock, notes, {{kShop, fake, {}, {}, {}}}, ""} {
  store.write([&](jobs::Tables& tables) { fill(tables.catalog, on_hand, clock.now()); });
}

void JobWorld::want() {
  store.write([&](jobs::Tables& tables) {
    const auto account = tables.catalog.listings.account(kShop).value();
    jobs::want_listing(tables, account, kBag, clock.now());
  });
}

void JobWorld::live() {
  enqueue(jobs::JobKind::pull_orders);  // the first pull says from when orders count
  want();
  drain(std::chrono::hours{1});
}

void JobWorld::set_on_hand(std::int64_t pieces) {
  store.write([&](jobs::Tables& tables) {
    const auto key = "count-" + std::to_string(++counts_);
    catalog::set_on_hand(tables.catalog, {kPool, "cli", key, "test", ""}, pieces, clock.now());
    catalog::replan(tables.catalog, {kPool}, clock.now());
  });
}

void JobWorld::reprice(std::int64_t dong) {
  store.write([&](jobs::Tables& tables) {
    auto variant = tables.catalog.products.variant(kBag).value();
    variant.price = catalog::Money{dong};
    tables.catalog.products.put(variant);
    jobs::refresh_listings(tables, kBag, clock.now());
  });
}

void JobWorld::enqueue(jobs::JobKind kind, const std::string& subject) {
  store.write([&](jobs::Tables& tables) {
    tables.jobs.enqueue({kind, kShop, subject, clock.now()}, clock.now());
  });
}

jobs::DrainResult JobWorld::drain(base::Millis patience) {
  jobs::Engine engine(services, waiter_, {.workers = 1});
  engine.recover();
  return engine.drain(patience);
}

void JobWorld::crash() {
  EXPECT_THROW(drain(std::chrono::hours{1}), Crash);
}

catalog::ListingStock JobWorld::stock() {
  catalog::ListingStock out;
  store.read(
      [&](jobs::Tables& tables) { out = tables.catalog.listings.stock(kShop, kBag).value(); });
  return out;
}

catalog::Listing JobWorld::listing() {
  catalog::Listing out;
  store.read(
      [&](jobs::Tables& tables) { out = tables.catalog.listings.listing(kShop, kBag).value(); });
  return out;
}

catalog::PoolBalance JobWorld::balance() {
  catalog::PoolBalance out;
  store.read(
      [&](jobs::Tables& tables) { out = tables.catalog.stock.balance(kPool, "2026-11-18"); });
  return out;
}

int JobWorld::discarded() {
  int out = 0;
  store.read([&](jobs::Tables& tables) {
    out = static_cast<int>(tables.jobs.list(jobs::JobState::discarded, 100).size());
  });
  return out;
}

}  // namespace jobs_test
