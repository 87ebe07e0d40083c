// Orders taken in: a pull_orders job of the engine over a channel that has its pages ready, 50
// orders each (known or new, lines matched to SKUs, goods reserved in the ledger, bounds lowered,
// pools planned anew, the cursor moved: one commit a page, and one for the job's lease) against
// bare prepared inserts of the same orders, lines and ledger rows under the same unique keys, with
// the pools' balances, one commit a page.
// The clock runs from the open database, with all pages in memory, to the last durable commit. The
// catalogue: `packs` variants on five accounts, the orders on one of them.
#include <algorithm>
#include <map>
#include <random>
#include <stdexcept>

#include "catalog/stock_service.h"
#include "jobs/engine.h"
#include "storage/sqlite/sqlite_store.h"
#include "tests/bench/goods.h"
#include "tests/bench/page_channel.h"
#include "tests/bench/pairs.h"
#include "tests/bench/raw.h"

namespace bench {
namespace {

namespace fs = std::filesystem;
using catalog::Order;

constexpr std::int64_t kRowsDefault = 20'000;
constexpr std::int64_t kPacks = 2'000;
constexpr int kAccounts = 5;
constexpr std::int64_t kGramsShown = 600'000;  // by each listing: every pack has a fair share
constexpr std::size_t kOrdersPerPage = 50;
constexpr const char* kDatabase = "nongsan.db";

constexpr const char* kInsertOrder =
    "INSERT INTO sales_order (account, remote_id, status, remote_status, created_at, updated_at, "
    "goods, shipping, total) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr const char* kInsertLine =
    "INSERT INTO order_line (order_id, position, remote_line_id, remote_item_id, remote_unit_id, "
    "sku, name, quantity, cancelled, unit_price) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

constexpr const char* kInsertMovement =
    "INSERT INTO stock_movement (pool, kind, on_hand_delta, reserved_delta, source, event_key, "
    "note, "
    "actor, at) VALUES (?, 'reserve', 0, ?, 'order', ?, '', '', ?)";
constexpr const char* kReserve = "UPDATE stock_balance SET reserved = reserved + ? WHERE pool = ?";

std::int64_t shown_of(const catalog::Variant& variant) {
  return kGramsShown / variant.recipe.front().base_units;
}

catalog::OrderLine make_line(std::int64_t order, std::size_t position, std::int64_t pack,
                             std::int64_t quantity) {
  const auto goods = variant_at(pack);
  catalog::OrderLine line;
  line.remote_line_id = std::to_string(order * 10 + static_cast<std::int64_t>(position));
  line.remote_item_id = std::to_string(pack);
  line.sku = goods.sku;
  line.name = "Rau má sấy - " + goods.name.vi;
  line.quantity = quantity;
  line.unit_price = goods.price;
  return line;
}

// 1 to 3 lines of different packs, 1 to 3 packs each, in the order the seed gives.
std::vector<Order> make_orders(const Options& options) {
  constexpr std::uint64_t kLinesMost = 3;
  constexpr std::uint64_t kPacksMost = 3;
  std::mt19937_64 random(options.seed);
  std::vector<Order> out;
  for (const auto number : shuffled(options.rows, options.seed)) {
    Order order;
    order.account = account_at(0);
    order.remote_id = std::to_string(260'000'000'000 + number);
    order.status = catalog::OrderStatus::to_ship;
    order.remote_status = "pending";
    order.created_at = kNow + base::Millis{number};
    order.updated_at = order.created_at;
    const auto lines = 1 + random() % kLinesMost;
    auto pack = static_cast<std::int64_t>(random() % kPacks);
    for (std::size_t i = 0; i < lines; ++i, pack = (pack + 7) % kPacks) {
      const auto quantity = static_cast<std::int64_t>(1 + random() % kPacksMost);
      order.lines.push_back(make_line(number, i, pack, quantity));
      order.goods.minor += quantity * order.lines.back().unit_price.minor;
    }
    order.shipping = catalog::Money{25'000};
    order.total = catalog::Money{order.goods.minor + order.shipping.minor};
    out.push_back(std::move(order));
  }
  return out;
}

// Every pool holds exactly what its listings show.
void fill(jobs::Tables& tables) {
  auto& catalogue = tables.catalog;
  put_ground(catalogue, kPacks);
  std::map<catalog::PoolId, std::int64_t> needed;
  for (int i = 0; i < kAccounts; ++i) put_account(catalogue, i, "provincial");
  for (std::int64_t pack = 0; pack < kPacks; ++pack) {
    const auto variant = variant_at(pack);
    catalogue.products.put(variant);
    const auto shown = shown_of(variant);
    for (int i = 0; i < kAccounts; ++i) put_settled_listing(catalogue, account_at(i), pack, shown);
    for (const auto& item : variant.recipe) {
      needed[item.pool] += kAccounts * shown * item.base_units;
    }
  }
  for (const auto& [pool, units] : needed) {
    const catalog::Lot lot{pool, "L1", units, "2026-11-01", "2027-11-01"};
    catalog::receive(catalogue, {pool, "import", "L1", "bench", ""}, lot, kNow);
  }
  tables.cursors.put(account_at(0), {kNow, {}, {}});
  const auto day_later = kNow + std::chrono::hours{24};
  tables.jobs.enqueue({jobs::JobKind::pull_orders, account_at(0), {}, day_later}, day_later);
}

void prepare(const fs::path& folder) {
  base::ManualClock clock(kNow);
  storage::SqliteStore store(folder / kDatabase, clock);
  store.write(fill);
}

Reading run_product(const fs::path& folder, const Options& options) {
  base::ManualClock clock(kNow + std::chrono::hours{24});
  connectors::common::ManualWaiter waiter(clock);
  storage::SqliteStore store(folder / kDatabase, clock);
  const auto channel = std::make_shared<PageChannel>(make_orders(options), kOrdersPerPage);
  Silence silence;
  jobs::Services services{store, clock, silence, {{account_at(0), channel, {}, {}}}, ""};
  jobs::Engine engine(services, waiter, {.workers = 1});
  const auto commits_before = store.commits();
  const Stopwatch watch;
  engine.drain(base::Millis{0});
  const double seconds = watch.seconds();
  const double cpu_s = watch.cpu_seconds();
  const auto commits = static_cast<double>(store.commits() - commits_before);
  return {silence.moved_items("orders"), seconds, {{"commits", commits}, {"cpu_s", cpu_s}}};
}

Reading run_bare(const fs::path& folder, const Options& options) {
  const auto orders = make_orders(options);
  RawDatabase database(folder / kDatabase, Use::write);
  RawStatement begin(database, "BEGIN IMMEDIATE");
  RawStatement commit(database, "COMMIT");
  RawStatement head(database, kInsertOrder);
  RawStatement row(database, kInsertLine);
  RawStatement movement(database, kInsertMovement);
  RawStatement reserve(database, kReserve);
  RawStatement id_of(database, "SELECT last_insert_rowid()");
  const std::string status(catalog::to_string(catalog::OrderStatus::to_ship));
  std::map<catalog::Sku, std::vector<catalog::RecipeItem>> recipes;
  for (std::int64_t pack = 0; pack < kPacks; ++pack) {
    const auto variant = variant_at(pack);
    recipes[variant.sku] = variant.recipe;
  }
  double commits = 0;
  const Stopwatch watch;
  for (std::size_t from = 0; from < orders.size(); from += kOrdersPerPage, ++commits) {
    begin.run();
    for (auto i = from; i < std::min(orders.size(), from + kOrdersPerPage); ++i) {
      const auto& o = orders[i];
      head.run(o.account.text, o.remote_id, status, o.remote_status, base::to_unix_ms(o.created_at),
               base::to_unix_ms(o.updated_at), o.goods.minor, o.shipping.minor, o.total.minor);
      id_of.step();
      const auto id = id_of.integer(0);
      id_of.reset();
      std::int64_t position = 0;
      for (const auto& l : o.lines) {
        row.run(id, position++, l.remote_line_id, l.remote_item_id, l.remote_unit_id, l.sku.text,
                l.name, l.quantity, l.cancelled, l.unit_price.minor);
        for (const auto& item : recipes.at(l.sku)) {
          const auto units = l.quantity * item.base_units;
          movement.run(item.pool.text, units,
                       o.account.text + "/" + o.remote_id + "/" + l.remote_line_id,
                       base::to_unix_ms(o.created_at));
          reserve.run(units, item.pool.text);
        }
      }
    }
    commit.run();
  }
  return {options.rows, watch.seconds(), {{"commits", commits}, {"cpu_s", watch.cpu_seconds()}}};
}

void expect(bool good, const std::string& otherwise) {
  if (!good) throw std::runtime_error(otherwise);
}

// The reopened file holds every order once, as it came.
void verify_orders(jobs::Tables& tables, const std::vector<Order>& orders) {
  expect(tables.catalog.orders.count({}) == static_cast<std::int64_t>(orders.size()),
         "not every order is there once");
  for (const auto& order : orders) {
    const auto found = tables.catalog.orders.order(order.account, order.remote_id);
    expect(found == order, "not as it came: order " + order.remote_id);
  }
}

void verify_bare(const fs::path& folder, const Options& options) {
  const auto store = storage::SqliteStore::open_read_only(folder / kDatabase);
  store->read([&](jobs::Tables& tables) { verify_orders(tables, make_orders(options)); });
}

// And what the product owes besides: goods reserved to the gram, bounds lowered by what was sold,
// no incident, the cursor at the window's end.
void verify_product(const fs::path& folder, const Options& options) {
  const auto orders = make_orders(options);
  std::map<catalog::PoolId, std::int64_t> reserved;
  std::map<catalog::Sku, std::int64_t> sold;
  for (const auto& order : orders) {
    for (const auto& line : order.lines) sold[line.sku] += line.quantity;
  }
  const auto store = storage::SqliteStore::open_read_only(folder / kDatabase);
  store->read([&](jobs::Tables& tables) {
    verify_orders(tables, orders);
    for (const auto& [sku, packs] : sold) {
      const auto variant = tables.catalog.products.variant(sku).value();
      for (const auto& item : variant.recipe) reserved[item.pool] += packs * item.base_units;
      const auto stock = tables.catalog.listings.stock(account_at(0), sku).value();
      expect(stock.exposure == shown_of(variant) - packs, "the bound of " + sku.text + " is wrong");
    }
    for (const auto& [pool, units] : reserved) {
      expect(tables.catalog.stock.balance(pool, "2026-11-24").reserved == units,
             "not what was sold is reserved in " + pool.text);
    }
    expect(tables.catalog.stock.incidents(1).empty(), "an incident where there was none");
    const auto mark = tables.cursors.mark(account_at(0)).value();
    expect(!mark.window_to && mark.through == kNow + std::chrono::hours{24},
           "the cursor is behind");
  });
  const auto problems = store->check();
  expect(problems.empty(), problems.empty() ? "" : problems.front());
}

}  // namespace

Bench orders_bench(const Options& options) {
  Bench out;
  out.name = "orders";
  out.items = "orders";
  out.kind = Bound::speed_at_least;
  out.bound = 0.5;
  out.prepare = prepare;
  out.settings = [options](const fs::path& folder) {
    auto all = pragmas(folder / kDatabase, Use::write);
    all["rows"] = std::to_string(options.rows);
    all["orders per page"] = std::to_string(kOrdersPerPage);
    all["packs"] = std::to_string(kPacks);
    all["accounts"] = std::to_string(kAccounts);
    all["seed"] = std::to_string(options.seed);
    return all;
  };
  out.product = {[options](const fs::path& f) { return run_product(f, options); },
                 [options](const fs::path& f) { verify_product(f, options); }};
  out.bare = {[options](const fs::path& f) { return run_bare(f, options); },
              [options](const fs::path& f) { verify_bare(f, options); }};
  return out;
}

}  // namespace bench

int main(int argc, char** argv) {
  const auto options = bench::read_options(argc, argv, bench::kRowsDefault);
  return bench::run_main(options, [&] { return std::vector{bench::orders_bench(options)}; });
}
