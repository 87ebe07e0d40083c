// The variants' part of ProductTable: rows of `variant` and their recipes.
#include "storage/sqlite/product_table.h"
#include "storage/sqlite/query.h"

namespace storage::sqlite {
namespace {

// Two statements: RETURNING, which would tell an insert from an update in one, keeps its rows in a
// table of its own and makes an insert half as slow again. Both bind the same values.
constexpr const char* kAddVariant = R"sql(
INSERT INTO variant (sku, product, name_vi, name_en, unit_vi, net_weight_g, package_weight_g,
  length_cm, width_cm, height_cm, price, policy, buffer_packs, gtin)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
ON CONFLICT (sku) DO NOTHING)sql";
constexpr const char* kChangeVariant = R"sql(
UPDATE variant SET product = ?2, name_vi = ?3, name_en = ?4, unit_vi = ?5, net_weight_g = ?6,
  package_weight_g = ?7, length_cm = ?8, width_cm = ?9, height_cm = ?10, price = ?11,
  policy = ?12, buffer_packs = ?13, gtin = ?14, revision = revision + 1
WHERE sku = ?1 AND (product, name_vi, name_en, unit_vi, net_weight_g, package_weight_g,
  length_cm, width_cm, height_cm, price, policy, buffer_packs, gtin)
  <> (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14))sql";
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

// The number of rows changed.
int run_with(Database& database, const char* sql, const catalog::Variant& variant) {
  Query query(database, sql);
  query.bind(variant.sku, variant.product, variant.name.vi, variant.name.en, variant.unit_vi,
             variant.net_weight_g, variant.package_weight_g, variant.length_cm, variant.width_cm,
             variant.height_cm, variant.price, word(variant.policy), variant.buffer_packs,
             variant.gtin);
  return query.run();
}

}  // namespace

catalog::Put ProductTable::put(const catalog::Variant& variant) {
  if (run_with(database_, kAddVariant, variant) == 1) {
    add_recipe(database_, variant);
    return catalog::Put::inserted;
  }
  bool changed = run_with(database_, kChangeVariant, variant) == 1;
  if (!recipe_is(database_, variant)) {
    replace_recipe(database_, variant);
    changed = true;
  }
  return changed ? catalog::Put::updated : catalog::Put::unchanged;
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
