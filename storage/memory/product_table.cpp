#include "storage/memory/product_table.h"

#include <algorithm>
#include <set>

#include "base/text.h"

namespace storage::memory {
namespace {

template <typename Map, typename Id>
void require_reference(const Map& map, const Id& id, const char* what) {
  require(id.empty() || map.contains(id), std::string("unknown ") + what + ": " + id.text);
}

std::string ascii_lower(std::string text) {
  for (auto& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

template <typename Map>
std::vector<typename Map::mapped_type> values(const Map& map) {
  std::vector<typename Map::mapped_type> out;
  out.reserve(map.size());
  for (const auto& [key, value] : map) out.push_back(value);
  return out;
}

}  // namespace

catalog::Put ProductTable::put(const catalog::Producer& producer) {
  auto& state = transaction_.changing();
  require(!producer.id.empty(), "a producer needs an id");
  return put_row(transaction_, state.producers, producer.id, producer);
}

catalog::Put ProductTable::put(const catalog::Product& product) {
  auto& state = transaction_.changing();
  require(!product.id.empty(), "a product needs an id");
  require_reference(state.producers, product.producer, "producer");
  const auto found = state.products.find(product.id);
  if (found != state.products.end() && found->second.product == product) {
    return catalog::Put::unchanged;
  }
  const auto put = found == state.products.end() ? catalog::Put::inserted : catalog::Put::updated;
  transaction_.undo().assign(state.products, product.id,
                             {product, base::fold(product.name.vi), base::fold(product.name.en)});
  return put;
}

catalog::Put ProductTable::put(const catalog::StockPool& pool) {
  auto& state = transaction_.changing();
  require(!pool.id.empty(), "a pool needs an id");
  require_reference(state.producers, pool.producer, "producer");
  return put_row(transaction_, state.pools, pool.id, pool);
}

catalog::Put ProductTable::put(const catalog::Variant& variant) {
  auto& state = transaction_.changing();
  require(!variant.sku.empty(), "a variant needs a SKU");
  require(state.products.contains(variant.product), "unknown product: " + variant.product.text);
  for (const auto& item : variant.recipe) {
    require(state.pools.contains(item.pool), "unknown pool: " + item.pool.text);
    require(item.base_units > 0, "a recipe item needs base units");
  }
  return put_row(transaction_, state.variants, variant.sku, variant);
}

std::optional<catalog::Producer> ProductTable::producer(const catalog::ProducerId& id) {
  return find(transaction_.state().producers, id);
}

std::optional<catalog::Product> ProductTable::product(const catalog::ProductId& id) {
  const auto row = find(transaction_.state().products, id);
  if (!row) return std::nullopt;
  return row->product;
}

std::optional<catalog::StockPool> ProductTable::pool(const catalog::PoolId& id) {
  return find(transaction_.state().pools, id);
}

std::optional<catalog::Variant> ProductTable::variant(const catalog::Sku& sku) {
  return find(transaction_.state().variants, sku);
}

std::vector<catalog::Producer> ProductTable::producers() {
  return values(transaction_.state().producers);
}

std::vector<catalog::Product> ProductTable::products() {
  std::vector<catalog::Product> out;
  for (const auto& [id, row] : transaction_.state().products) out.push_back(row.product);
  return out;
}

std::vector<catalog::StockPool> ProductTable::pools() {
  return values(transaction_.state().pools);
}

std::vector<catalog::Variant> ProductTable::variants() {
  return values(transaction_.state().variants);
}

std::vector<catalog::Variant> ProductTable::variants_of(const catalog::ProductId& product) {
  auto out = variants();
  std::erase_if(out, [&](const auto& variant) { return variant.product != product; });
  return out;
}

std::vector<catalog::Sku> ProductTable::skus_using(const catalog::PoolId& pool) {
  std::vector<catalog::Sku> out;
  for (const auto& [sku, variant] : transaction_.state().variants) {
    const bool uses = std::any_of(variant.recipe.begin(), variant.recipe.end(),
                                  [&](const auto& item) { return item.pool == pool; });
    if (uses) out.push_back(sku);
  }
  return out;
}

std::vector<catalog::Product> ProductTable::search(std::string_view text, std::size_t rows_max) {
  const std::string wanted = base::fold(text);
  const auto matches = [&](const std::string& candidate) {
    return candidate.find(wanted) != std::string::npos;
  };
  std::set<catalog::ProductId> by_sku;
  for (const auto& [sku, variant] : transaction_.state().variants) {
    if (matches(ascii_lower(sku.text))) by_sku.insert(variant.product);
  }
  std::vector<catalog::Product> out;
  for (const auto& [id, row] : transaction_.state().products) {
    if (out.size() == rows_max) break;
    if (matches(row.name_vi_folded) || matches(row.name_en_folded) ||
        matches(ascii_lower(id.text)) || by_sku.contains(id)) {
      out.push_back(row.product);
    }
  }
  return out;
}

}  // namespace storage::memory
