// The diff of a catalogue that differs nowhere: every listing of five accounts compared with what
// its channel shows (ListingTable::for_each_listing and catalog::differences in one read of the
// store) against the same join, prepared once, stepped to its end without reading a column. Each
// run opens the file anew for reading, so SQLite's cache is empty and the kernel's is warm. The
// clock runs from the open database to the last row.
#include <stdexcept>

#include "catalog/reconcile.h"
#include "storage/sqlite/sqlite_store.h"
#include "tests/bench/goods.h"
#include "tests/bench/pairs.h"
#include "tests/bench/raw.h"

namespace bench {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kRowsDefault = 100'000;
constexpr int kAccounts = 5;
constexpr std::int64_t kShown = 40;
constexpr std::size_t kRowsPerWrite = 10'000;
constexpr const char* kDatabase = "nongsan.db";

constexpr const char* kJoin =
    "SELECT l.account, l.sku, l.state, l.content_hash, l.sent_content_hash, l.held_reason, "
    "l.price, coalesce(s.target, 0), l.seen_price, l.seen_stock, l.seen_visible "
    "FROM listing l LEFT JOIN listing_stock s ON s.account = l.account AND s.sku = l.sku "
    "ORDER BY l.account, l.sku";

struct Scan {
  std::int64_t listings = 0;
  std::int64_t differences = 0;
};

Scan scan(storage::SqliteStore& store) {
  Scan out;
  store.read([&](jobs::Tables& tables) {
    tables.catalog.listings.for_each_listing({}, [&](const catalog::ListingView& view) {
      ++out.listings;
      catalog::differences(view, [&](const catalog::Difference&) { ++out.differences; });
    });
  });
  return out;
}

void prepare(const fs::path& folder, const Options& options) {
  base::ManualClock clock(kNow);
  storage::SqliteStore store(folder / kDatabase, clock);
  store.write([&](jobs::Tables& tables) {
    put_ground(tables.catalog, options.rows);
    for (int i = 0; i < kAccounts; ++i) put_account(tables.catalog, i, "provincial");
  });
  const auto order = shuffled(options.rows, options.seed);
  for (std::size_t from = 0; from < order.size(); from += kRowsPerWrite) {
    const auto to = std::min(order.size(), from + kRowsPerWrite);
    store.write([&](jobs::Tables& tables) {
      for (auto i = from; i < to; ++i) {
        tables.catalog.products.put(variant_at(order[i]));
        for (int account = 0; account < kAccounts; ++account) {
          put_settled_listing(tables.catalog, account_at(account), order[i], kShown);
        }
      }
    });
  }
}

Reading run_product(const fs::path& folder, const Options& options) {
  const auto store = storage::SqliteStore::open_read_only(folder / kDatabase);
  const Stopwatch watch;
  const auto found = scan(*store);
  const double seconds = watch.seconds();
  const double cpu_s = watch.cpu_seconds();
  if (found.listings != options.rows * kAccounts || found.differences != 0) {
    throw std::runtime_error("the diff saw " + std::to_string(found.listings) + " listings and " +
                             std::to_string(found.differences) + " differences");
  }
  return {found.listings, seconds, {{"cpu_s", cpu_s}}};
}

Reading run_bare(const fs::path& folder, const Options& options) {
  RawDatabase database(folder / kDatabase, Use::read);
  const Stopwatch watch;
  RawStatement join(database, kJoin);
  std::int64_t rows = 0;
  while (join.step()) ++rows;
  const double seconds = watch.seconds();
  const double cpu_s = watch.cpu_seconds();
  if (rows != options.rows * kAccounts) throw std::runtime_error("the join lost rows");
  return {rows, seconds, {{"cpu_s", cpu_s}}};
}

// The reopened file is sound and unchanged; and the diff is not blind: in a copy where one price
// and one stock level are other than wanted, it finds these two.
void verify(const fs::path& folder, const Options& options) {
  const auto copy = folder.parent_path() / "altered.db";
  fs::copy_file(folder / kDatabase, copy, fs::copy_options::overwrite_existing);
  {
    RawDatabase database(copy, Use::write);
    database.execute(
        "UPDATE listing SET seen_price = seen_price + 1 WHERE account = 'shop-3' "
        "AND sku = (SELECT max(sku) FROM variant)");
    database.execute(
        "UPDATE listing SET seen_stock = seen_stock + 1 WHERE account = 'shop-0' "
        "AND sku = (SELECT min(sku) FROM variant)");
  }
  const auto altered = scan(*storage::SqliteStore::open_read_only(copy));
  fs::remove(copy);
  if (altered.differences != 2) throw std::runtime_error("the diff did not see what was altered");
  const auto store = storage::SqliteStore::open_read_only(folder / kDatabase);
  const auto found = scan(*store);
  if (found.listings != options.rows * kAccounts || found.differences != 0) {
    throw std::runtime_error("reopened, the file is not what it was");
  }
}

}  // namespace

Bench diff_bench(const Options& options) {
  Bench out;
  out.name = "no-op diff";
  out.items = "listings";
  out.kind = Bound::time_at_most;
  out.bound = 1.5;
  out.files = Files::shared;
  out.prepare = [options](const fs::path& folder) { prepare(folder, options); };
  out.settings = [options](const fs::path& folder) {
    auto all = pragmas(folder / kDatabase, Use::read);
    all["variants"] = std::to_string(options.rows);
    all["accounts"] = std::to_string(kAccounts);
    all["seed"] = std::to_string(options.seed);
    return all;
  };
  const auto check = [options](const fs::path& folder) { verify(folder, options); };
  out.product = {[options](const fs::path& f) { return run_product(f, options); }, check};
  out.bare = {[options](const fs::path& f) { return run_bare(f, options); },
              [](const fs::path&) {}};
  return out;
}

}  // namespace bench

int main(int argc, char** argv) {
  const auto options = bench::read_options(argc, argv, bench::kRowsDefault);
  return bench::run_main(options, [&] { return std::vector{bench::diff_bench(options)}; });
}
