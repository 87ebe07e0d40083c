#include "tests/bench/goods.h"

#include <array>
#include <cstdio>

namespace bench {
namespace {

constexpr std::int64_t kBasketEvery = 20;
constexpr std::int64_t kDearest = 90;
const char* const kProducer = "HTX-1";

std::string id(const char* stem, std::int64_t number) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%s-%08lld", stem, static_cast<long long>(number));
  return text.data();
}

std::string hash_of(std::int64_t variant) {
  // As long as a real one: 64 hexadecimal digits.
  constexpr std::uint64_t kMix = 0x9E3779B97F4A7C15ULL;
  constexpr int kWords = 4;
  std::string out;
  auto word = static_cast<std::uint64_t>(variant);
  for (int i = 0; i < kWords; ++i) {
    word = (word + 1) * kMix;
    std::array<char, 20> text{};
    std::snprintf(text.data(), text.size(), "%016llx", static_cast<unsigned long long>(word));
    out += text.data();
  }
  return out;
}

void put_pools(catalog::Tables& tables, std::int64_t variants) {
  for (std::int64_t i = 0; i <= variants / kPacksPerPool + 1; ++i) {
    catalog::StockPool pool;
    pool.id = pool_at(i);
    pool.producer.text = kProducer;
    pool.unit = catalog::BaseUnit::gram;
    pool.name_vi = "Kho rau củ số " + std::to_string(i);
    tables.products.put(pool);
  }
}

}  // namespace

catalog::Sku sku_at(std::int64_t number) {
  return catalog::Sku{id("SKU", number)};
}

catalog::PoolId pool_at(std::int64_t number) {
  return catalog::PoolId{id("POOL", number)};
}

catalog::AccountId account_at(int number) {
  return catalog::AccountId{"shop-" + std::to_string(number)};
}

catalog::Variant variant_at(std::int64_t number) {
  const auto pool = number / kPacksPerPool;
  const auto grams = 250 * (1 + number % kPacksPerPool);
  catalog::Variant out;
  out.sku = sku_at(number);
  out.product.text = id("PRODUCT", number / kPacksPerPool);
  out.name = {"Túi " + std::to_string(grams) + " g", "Bag, " + std::to_string(grams) + " g"};
  out.unit_vi = "túi";
  out.net_weight_g = static_cast<int>(grams);
  out.package_weight_g = static_cast<int>(grams) + 50;
  out.length_cm = 20;
  out.width_cm = 15;
  out.height_cm = 10;
  out.price = catalog::Money{1'000 * (10 + number % kDearest)};
  out.recipe = {{pool_at(pool), grams}};
  if (number % kBasketEvery == 0) out.recipe.push_back({pool_at(pool + 1), grams / 2});
  return out;
}

void put_ground(catalog::Tables& tables, std::int64_t variants) {
  catalog::Producer producer;
  producer.id.text = kProducer;
  producer.name_vi = "Hợp tác xã mẫu";
  tables.products.put(producer);
  put_pools(tables, variants);
  for (std::int64_t i = 0; i <= variants / kPacksPerPool; ++i) {
    catalog::Product product;
    product.id.text = id("PRODUCT", i);
    product.producer = producer.id;
    product.name = {"Rau má sấy loại " + std::to_string(i), "Dried pennywort"};
    product.description = {"Sấy lạnh, không thêm gì.", "Freeze-dried, nothing added."};
    product.category = "vegetable/dried";
    tables.products.put(product);
  }
}

void put_account(catalog::Tables& tables, int number, const std::string& channel) {
  catalog::Account account;
  account.id = account_at(number);
  account.channel = channel;
  account.shop_name = "Gian hàng " + std::to_string(number);
  tables.listings.put(account);
}

void put_settled_listing(catalog::Tables& tables, const catalog::AccountId& account,
                         std::int64_t variant, std::int64_t shown) {
  const auto goods = variant_at(variant);
  catalog::Listing listing;
  listing.account = account;
  listing.sku = goods.sku;
  listing.state = catalog::ListingState::live;
  listing.binding = {std::to_string(7'000'000'000 + variant), std::to_string(9'000'000 + variant)};
  listing.content_hash = hash_of(variant);
  listing.sent_content_hash = listing.content_hash;
  listing.price = goods.price;
  tables.listings.put(listing);
  tables.listings.put_observed(
      account, goods.sku, {shown, goods.price, true, "Rau má sấy " + goods.name.vi, kNow, "read"});
  catalog::ListingStock stock;
  stock.account = account;
  stock.sku = goods.sku;
  stock.exposure = shown;
  stock.target = shown;
  stock.shown = shown;
  stock.want_version = 1;
  stock.done_version = 1;
  tables.listings.put(stock);
}

}  // namespace bench
