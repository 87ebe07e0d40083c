#include "tests/catalog/catalog_store.h"

#include "catalog/stock_service.h"

namespace catalog {
namespace {

void fill(Tables& tables, std::int64_t on_hand_g) {
  Producer producer;
  producer.id.text = "htx";
  producer.name_vi = "HTX mẫu";
  tables.products.put(producer);
  Product product;
  product.id.text = "rau-ma";
  product.producer = producer.id;
  product.name = {"Rau má", "Pennywort"};
  tables.products.put(product);
  StockPool pool;
  pool.id = kPool;
  pool.producer = producer.id;
  tables.products.put(pool);
  Account account;
  account.id = kShop;
  account.channel = "shopee";
  tables.listings.put(account);
  for (const auto& [sku, grams] : {std::pair(kBag, 1'000), std::pair(kBox, 5'000)}) {
    Variant variant;
    variant.sku = sku;
    variant.product = product.id;
    variant.price = Money{30'000};
    variant.recipe = {{kPool, grams}};
    tables.products.put(variant);
    Listing listing;
    listing.account = kShop;
    listing.sku = sku;
    listing.state = ListingState::live;
    listing.binding.item_id = "item-" + sku.text;
    tables.listings.put(listing);
    ListingStock stock;
    stock.account = kShop;
    stock.sku = sku;
    tables.listings.put(stock);
  }
  Lot lot;
  lot.code = "L1";
  lot.quantity = on_hand_g;
  receive(tables, {kPool, "import", "L1", "test", ""}, lot, kStart);
}

}  // namespace

CatalogStore::CatalogStore(std::int64_t on_hand_g) {
  store_.write([&](jobs::Tables& tables) { fill(tables.catalog, on_hand_g); });
}

void CatalogStore::show(const Sku& sku, std::int64_t packs) {
  store_.write([&](jobs::Tables& tables) {
    auto present = tables.catalog.listings.stock(kShop, sku).value();
    present.exposure = present.shown = present.target = packs;
    tables.catalog.listings.put(present);
  });
}

Intake CatalogStore::take(Order order) {
  IntakeResult result;
  store_.write([&](jobs::Tables& tables) { result = ingest(tables.catalog, order, context); });
  return result.intake;
}

PoolBalance CatalogStore::balance() {
  PoolBalance out;
  store_.read(
      [&](jobs::Tables& tables) { out = tables.catalog.stock.balance(kPool, "2026-11-18"); });
  return out;
}

ListingStock CatalogStore::stock(const Sku& sku) {
  ListingStock out;
  store_.read(
      [&](jobs::Tables& tables) { out = tables.catalog.listings.stock(kShop, sku).value(); });
  return out;
}

std::vector<StockIncident> CatalogStore::incidents() {
  std::vector<StockIncident> out;
  store_.read([&](jobs::Tables& tables) { out = tables.catalog.stock.incidents(1'000); });
  return out;
}

std::string CatalogStore::incident_kinds() {
  std::string out;
  for (const auto& incident : incidents()) {
    out = incident.kind + (out.empty() ? "" : " ") + out;
  }
  return out;
}

bool CatalogStore::ledger_is_whole() {
  bool whole = false;
  store_.read([&](jobs::Tables& tables) { whole = tables.catalog.stock.mismatches().empty(); });
  return whole;
}

Order order_of(const std::string& remote_id, const Sku& sku, std::int64_t packs) {
  Order order;
  order.account = kShop;
  order.remote_id = remote_id;
  order.created_at = kStart;
  order.updated_at = kStart;
  OrderLine line;
  line.remote_line_id = "1";
  line.remote_item_id = "item-" + sku.text;
  line.sku = sku;
  line.quantity = packs;
  line.unit_price = Money{30'000};
  order.lines.push_back(line);
  return order;
}

}  // namespace catalog
