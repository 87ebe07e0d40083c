#include "tests/contract/store_fixture.h"

#include <unistd.h>

#include "storage/memory/memory_store.h"
#include "storage/sqlite/sqlite_store.h"

namespace contract {
namespace {

std::filesystem::path fresh_folder() {
  auto pattern = (std::filesystem::temp_directory_path() / "nongsan-store-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no folder for the test");
  return pattern;
}

}  // namespace

StoreContract::StoreContract() {
  if (GetParam() == StoreKind::memory) {
    store_ = std::make_unique<storage::MemoryStore>();
    return;
  }
  folder_ = fresh_folder();
  store_ = std::make_unique<storage::SqliteStore>(folder_ / "nongsan.db", clock_);
}

StoreContract::~StoreContract() {
  store_.reset();
  if (!folder_.empty()) std::filesystem::remove_all(folder_);
}

void StoreContract::fill() {
  write([](jobs::Tables& tables) {
    auto& products = tables.catalog.products;
    products.put(make_producer("htx"));
    products.put(make_product("p"));
    products.put(make_pool("pool"));
    for (const auto* sku : {"SKU-1", "SKU-2", "SKU-3"}) products.put(make_variant(sku));
    for (const auto* id : {"a1", "a2"}) tables.catalog.listings.put(make_account(id));
  });
}

catalog::Producer make_producer(const std::string& id) {
  catalog::Producer out;
  out.id.text = id;
  out.kind = catalog::ProducerKind::household;
  out.name_vi = "Hộ trồng rau mẫu";
  out.name_en = "Sample grower";
  out.address = "Ấp 1";
  out.ward = {"2025", "01234", "Xã Mẫu", "80", "Tây Ninh", "xa mau", "Xã Mẫu cũ"};
  out.phone = "0000000000";
  out.bank = {"970400", "000111", "HO TRONG RAU"};
  return out;
}

catalog::Product make_product(const std::string& id) {
  catalog::Product out;
  out.id.text = id;
  out.producer.text = "htx";
  out.name = {"Rau má ĐỒNG", "Field pennywort"};
  out.description = {"Rau sạch", "Clean greens"};
  out.category = "vegetable/leaf";
  out.origin = "Long An";
  out.storage = catalog::Storage::cool;
  out.shelf_life_days = 5;
  out.ship_hours_max = 24;
  out.label_class = catalog::LabelClass::raw_loose;
  out.ingredients = "rau má";
  out.usage = "rửa sạch";
  out.warnings = "không";
  out.certificates = {{"OCOP", "12/QĐ", "UBND tỉnh", "2025-01-01", "2028-01-01", 4},
                      {"VIETGAP", "VG-1", "", "", "", 0}};
  out.images = {"rau-ma.jpg", "rau-ma-2.jpg"};
  return out;
}

catalog::StockPool make_pool(const std::string& id) {
  catalog::StockPool out;
  out.id.text = id;
  out.producer.text = "htx";
  out.unit = catalog::BaseUnit::piece;
  out.name_vi = "Kho rau";
  return out;
}

catalog::Variant make_variant(const std::string& sku) {
  catalog::Variant out;
  out.sku.text = sku;
  out.product.text = "p";
  out.name = {"Bó 500 g", "500 g bunch"};
  out.unit_vi = "bó";
  out.net_weight_g = 500;
  out.package_weight_g = 550;
  out.length_cm = 30;
  out.width_cm = 20;
  out.height_cm = 10;
  out.price.minor = 25'000;
  out.recipe = {{catalog::PoolId{"pool"}, 1}};
  out.policy = catalog::StockPolicy::buffer;
  out.buffer_packs = 2;
  out.gtin = "8930000000002";
  return out;
}

catalog::Account make_account(const std::string& id) {
  catalog::Account out;
  out.id.text = id;
  out.channel = "shopee";
  out.shop_name = "Gian hàng " + id;
  out.status = catalog::ChannelStatus::paused;
  out.price_rule = {80, 500, 40};
  out.share_weight = 3;
  return out;
}

catalog::Listing make_listing(const std::string& account, const std::string& sku) {
  catalog::Listing out;
  out.account.text = account;
  out.sku.text = sku;
  out.state = catalog::ListingState::live;
  out.binding = {"item-" + sku, "unit-" + sku};
  out.content_hash = "hash";
  out.sent_content_hash = "hash";
  out.price.minor = 27'000;
  out.featured_rank = 2;
  return out;
}

catalog::ListingStock make_stock(const std::string& account, const std::string& sku) {
  catalog::ListingStock out;
  out.account.text = account;
  out.sku.text = sku;
  out.exposure = 7;
  out.target = 7;
  out.shown = 7;
  out.want_version = 3;
  out.done_version = 3;
  return out;
}

catalog::Order make_order(const std::string& account, const std::string& remote_id) {
  catalog::Order out;
  out.account.text = account;
  out.remote_id = remote_id;
  out.status = catalog::OrderStatus::unpaid;
  out.remote_status = "UNPAID";
  out.created_at = base::from_unix_ms(1'794'000'000'123);
  out.updated_at = base::from_unix_ms(1'794'000'001'456);
  out.lines = {{"2", "item", "unit", catalog::Sku{"SKU-1"}, "Rau má", 3, 1, {25'000}},
               {"1", "item2", "", catalog::Sku{}, "Lạ", 1, 0, {9'000}}};
  out.goods.minor = 59'000;
  out.shipping.minor = 15'000;
  out.total.minor = 74'000;
  return out;
}

catalog::Movement make_movement(const std::string& event_key, std::int64_t on_hand) {
  catalog::Movement out;
  out.pool.text = "pool";
  out.kind = on_hand >= 0 ? catalog::MovementKind::receive : catalog::MovementKind::take;
  out.on_hand_delta = on_hand;
  out.source = "test";
  out.event_key = event_key;
  out.note = "ghi chú";
  out.actor = "cli";
  out.at = base::from_unix_ms(1'794'500'000'001);
  return out;
}

std::string kind_name(const ::testing::TestParamInfo<StoreKind>& kind) {
  return kind.param == StoreKind::memory ? "Memory" : "Sqlite";
}

INSTANTIATE_TEST_SUITE_P(Stores, StoreContract,
                         ::testing::Values(StoreKind::memory, StoreKind::sqlite), kind_name);

}  // namespace contract
