// Import of variants: the product's own path (CSV file, app/import, catalogue, SQLite store)
// against prepared upserts of the same rows and recipe items, in one transaction, into a file with
// the same schema, indexes and pragmas. The clock runs from the open database to the durable
// commit. The bare side has its rows in memory before the clock starts: it reads no file, checks
// nothing and refers nowhere; its memory therefore holds all of them. Both get the rows in the same
// shuffled order.
#include <fstream>
#include <stdexcept>

#include "app/import/importer.h"
#include "storage/sqlite/sqlite_store.h"
#include "tests/bench/goods.h"
#include "tests/bench/pairs.h"
#include "tests/bench/raw.h"

namespace bench {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kRowsDefault = 100'000;
constexpr const char* kDatabase = "nongsan.db";
constexpr const char* kCsv = "variants.csv";

constexpr const char* kUpsertVariant = R"sql(
INSERT INTO variant (sku, product, name_vi, name_en, unit_vi, net_weight_g, package_weight_g,
  length_cm, width_cm, height_cm, price, policy, buffer_packs, gtin)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (sku) DO UPDATE SET product = excluded.product, name_vi = excluded.name_vi,
  name_en = excluded.name_en, unit_vi = excluded.unit_vi, net_weight_g = excluded.net_weight_g,
  package_weight_g = excluded.package_weight_g, length_cm = excluded.length_cm,
  width_cm = excluded.width_cm, height_cm = excluded.height_cm, price = excluded.price,
  policy = excluded.policy, buffer_packs = excluded.buffer_packs, gtin = excluded.gtin)sql";
constexpr const char* kUpsertItem = R"sql(
INSERT INTO recipe_item (sku, position, pool, base_units) VALUES (?, ?, ?, ?)
ON CONFLICT (sku, position) DO UPDATE SET pool = excluded.pool,
  base_units = excluded.base_units)sql";

void write_csv(const fs::path& path, const std::vector<std::int64_t>& order) {
  std::ofstream out(path, std::ios::binary);
  out << "sku,product,name_vi,name_en,unit_vi,net_weight_g,package_weight_g,length_cm,width_cm,"
         "height_cm,price_vnd,recipe,policy,buffer,gtin\n";
  for (const auto number : order) {
    const auto v = variant_at(number);
    std::string recipe;
    for (const auto& item : v.recipe) {
      recipe +=
          (recipe.empty() ? "" : "+") + item.pool.text + ":" + std::to_string(item.base_units);
    }
    out << v.sku.text << ',' << v.product.text << ',' << v.name.vi << ",\"" << v.name.en << "\","
        << v.unit_vi << ',' << v.net_weight_g << ',' << v.package_weight_g << ',' << v.length_cm
        << ',' << v.width_cm << ',' << v.height_cm << ',' << v.price.minor << ',' << recipe
        << ",guarded,0,\n";
  }
  if (!out.flush()) throw std::runtime_error("cannot write the CSV file");
}

void prepare(const fs::path& folder, const Options& options) {
  base::ManualClock clock(kNow);
  storage::SqliteStore store(folder / kDatabase, clock);
  store.write([&](jobs::Tables& tables) { put_ground(tables.catalog, options.rows); });
  write_csv(folder / kCsv, shuffled(options.rows, options.seed));
}

Reading run_product(const fs::path& folder, const Options& options) {
  base::ManualClock clock(kNow);
  storage::SqliteStore store(folder / kDatabase, clock);
  const Stopwatch watch;
  const auto summary = app::importing::import_path(
      store, clock, folder / kCsv, app::importing::Mode::all_or_nothing, {}, "bench");
  Reading out{options.rows, watch.seconds(), {{"cpu_s", watch.cpu_seconds()}}};
  if (!summary || !summary.value().written) throw std::runtime_error("the import wrote nothing");
  return out;
}

Reading run_bare(const fs::path& folder, const Options& options) {
  std::vector<catalog::Variant> rows;
  rows.reserve(static_cast<std::size_t>(options.rows));
  for (const auto number : shuffled(options.rows, options.seed)) rows.push_back(variant_at(number));
  RawDatabase database(folder / kDatabase, Use::write);
  const std::string guarded = "guarded";
  const Stopwatch watch;
  database.execute("BEGIN IMMEDIATE");
  {
    RawStatement variant(database, kUpsertVariant);
    RawStatement item(database, kUpsertItem);
    for (const auto& v : rows) {
      variant.run(v.sku.text, v.product.text, v.name.vi, v.name.en, v.unit_vi, v.net_weight_g,
                  v.package_weight_g, v.length_cm, v.width_cm, v.height_cm, v.price.minor, guarded,
                  v.buffer_packs, v.gtin);
      std::int64_t position = 0;
      for (const auto& part : v.recipe) {
        item.run(v.sku.text, position++, part.pool.text, part.base_units);
      }
    }
  }
  database.execute("COMMIT");
  return {options.rows, watch.seconds(), {{"cpu_s", watch.cpu_seconds()}}};
}

// The reopened file holds every variant as it was given, and nothing else; no check finds fault.
void verify(const fs::path& folder, const Options& options) {
  const auto store = storage::SqliteStore::open_read_only(folder / kDatabase);
  store->read([&](jobs::Tables& tables) {
    const auto found = tables.catalog.products.variants();
    if (static_cast<std::int64_t>(found.size()) != options.rows) {
      throw std::runtime_error("the file holds " + std::to_string(found.size()) + " variants");
    }
    for (std::size_t i = 0; i < found.size(); ++i) {
      if (found[i] == variant_at(static_cast<std::int64_t>(i))) continue;
      throw std::runtime_error("not as it was given: " + found[i].sku.text);
    }
  });
  const auto problems = store->check();
  if (!problems.empty()) throw std::runtime_error(problems.front());
}

}  // namespace

Bench import_bench(const Options& options) {
  Bench out;
  out.name = "import";
  out.items = "variants";
  out.kind = Bound::speed_at_least;
  out.bound = 0.5;
  out.prepare = [options](const fs::path& folder) { prepare(folder, options); };
  out.settings = [options](const fs::path& folder) {
    auto all = pragmas(folder / kDatabase, Use::write);
    all["rows"] = std::to_string(options.rows);
    all["seed"] = std::to_string(options.seed);
    return all;
  };
  const auto check = [options](const fs::path& folder) { verify(folder, options); };
  out.product = {[options](const fs::path& f) { return run_product(f, options); }, check};
  out.bare = {[options](const fs::path& f) { return run_bare(f, options); }, check};
  return out;
}

}  // namespace bench

int main(int argc, char** argv) {
  const auto options = bench::read_options(argc, argv, bench::kRowsDefault);
  return bench::run_main(options, [&] { return std::vector{bench::import_bench(options)}; });
}
