// The variants' part of ProductTable: rows of `variant` and their recipes.
#include "storage/sqlite/product_table.h"
#include "storage/sqlite/query.h"

namespace storage::sqlite {
namespace {

constexpr const char* kPutVariant = R"sql(
INSERT INTO variant (sku, product, name_vi, name_en, unit_vi, net_weight_g, package_weight_g,
  length_cm, width_cm, height_cm, price, policy, buffer_packs, gtin)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (sku) DO UPDATE SET product = excluded.product, name_vi = excluded.name_vi,
  name_en = excluded.name_en, unit_vi = excluded.unit_vi, net_weight_g = excluded.net_weight_g,
  package_weight_g = excluded.package_weight_g, length_cm = excluded.length_cm,
  width_cm = excluded.width_cm, height_cm = excluded.height_cm, price = excluded.price,
  policy = excluded.policy, buffer_packs = excluded.buffer_packs, gtin = excluded.gtin,
  revision = variant.revision + 1
WHERE (variant.product, variant.name_vi, variant.name_en, variant.unit_vi, variant.net_weight_g,
  variant.package_weight_g, variant.length_cm, variant.width_cm, variant.height_cm,
  variant.price, variant.policy, variant.buffer_packs, variant.gtin)
  <> (excluded.product, excluded.name_vi, excluded.name_en, excluded.unit_vi,
  excluded.net_weight_g, excluded.package_weight_g, excluded.length_cm, excluded.width_cm,
  excluded.height_cm, excluded.price, excluded.policy, excluded.buffer_packs, excluded.gtin)
RETURNING revision)sql";
#define VARIANT_COLUMNS                                                                  \
  "sku, product, name_vi, name_en, unit_vi, net_weight_g, package_weight_g, length_cm, " \
  "width_cm, height_cm, price, policy, buffer_packs, gtin "
constexpr const char* kVariant = "SELECT " VARIANT_COLUMNS "FROM variant WHERE sku = ?";
constexpr const char* kVariants = "SELECT " VARIANT_COLUMNS "FROM variant ORDER BY sku";
constexpr const char* kVariantsOf =
    "SELECT " VARIANT_COLUMNS "FROM variant WHERE product = ? ORDER BY sku";
#undef VARIANT_COLUMNS
constexpr const char* kRecipe =
    "SELECT pool, base_units FROM recipe_item WHERE sku = ? ORDER BY position";
constexpr const char* kAddRecipeItem =
    "INSERT INTO recipe_item (sku, position, pool, base_units) VALUES (?, ?, ?, ?)";
constexpr const char* kDropRecipe = "DELETE FROM recipe_item WHERE sku = ?";
constexpr const char* kSkusUsing =
    "SELECT DISTINCT sku FROM recipe_item WHERE pool = ? ORDER BY sku";

std::vector<catalog::RecipeItem> read_recipe(Database& database, const catalog::Sku& sku) {
  Query query(database, kRecipe);
  query.bind(sku);
  std::vector<catalog::RecipeItem> out;
  while (query.step()) {
    auto& item = out.emplace_back();
    item.pool.text = query.view();
    item.base_units = query.integer();
  }
  return out;
}

bool recipe_is(Database& database, const catalog::Variant& variant) {
  Query query(database, kRecipe);
  query.bind(variant.sku);
  for (const auto& item : variant.recipe) {
    if (!query.step() || query.view() != item.pool.text || query.integer() != item.base_units) {
      return false;
    }
  }
  return !query.step();
}

void add_recipe(Database& database, const catalog::Variant& variant) {
  for (std::size_t i = 0; i < variant.recipe.size(); ++i) {
    Query query(database, kAddRecipeItem);
    query.bind(variant.sku, i, variant.recipe[i].pool, variant.recipe[i].base_units);
    query.run();
  }
}

void replace_recipe(Database& database, const catalog::Variant& variant) {
  {
    Query query(database, kDropRecipe);
    query.bind(variant.sku);
    query.run();
  }
  add_recipe(database, variant);
}

catalog::Variant read_variant(Database& database, Query& row) {
  catalog::Variant out;
  out.sku.text = row.view();
  out.product.text = row.view();
  out.name.vi = row.view();
  out.name.en = row.view();
  out.unit_vi = row.view();
  for (auto* number :
       {&out.net_weight_g, &out.package_weight_g, &out.length_cm, &out.width_cm, &out.height_cm}) {
    *number = row.small();
  }
  out.price = row.money();
  out.policy = known(catalog::stock_policy_from(row.view()));
  out.buffer_packs = row.integer();
  out.gtin = row.view();
  out.recipe = read_recipe(database, out.sku);
  return out;
}

}  // namespace

catalog::Put ProductTable::put(const catalog::Variant& variant) {
  auto put = catalog::Put::unchanged;
  {
    Query query(database_, kPutVariant);
    query.bind(variant.sku, variant.product, variant.name.vi, variant.name.en, variant.unit_vi,
               variant.net_weight_g, variant.package_weight_g, variant.length_cm, variant.width_cm,
               variant.height_cm, variant.price, word(variant.policy), variant.buffer_packs,
               variant.gtin);
    put = run_upsert(query);
  }
  if (put == catalog::Put::inserted) {
    add_recipe(database_, variant);
  } else if (!recipe_is(database_, variant)) {
    replace_recipe(database_, variant);
    put = catalog::Put::updated;
  }
  return put;
}

std::optional<catalog::Variant> ProductTable::variant(const catalog::Sku& sku) {
  Query query(database_, kVariant);
  query.bind(sku);
  if (!query.step()) return std::nullopt;
  return read_variant(database_, query);
}

std::vector<catalog::Variant> ProductTable::variants() {
  Query query(database_, kVariants);
  std::vector<catalog::Variant> out;
  while (query.step()) out.push_back(read_variant(database_, query));
  return out;
}

std::vector<catalog::Variant> ProductTable::variants_of(const catalog::ProductId& product) {
  Query query(database_, kVariantsOf);
  query.bind(product);
  std::vector<catalog::Variant> out;
  while (query.step()) out.push_back(read_variant(database_, query));
  return out;
}

std::vector<catalog::Sku> ProductTable::skus_using(const catalog::PoolId& pool) {
  Query query(database_, kSkusUsing);
  query.bind(pool);
  std::vector<catalog::Sku> out;
  while (query.step()) out.emplace_back(query.text());
  return out;
}

}  // namespace storage::sqlite
