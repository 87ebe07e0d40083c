// A change of stock until it has arrived at the shop: ledger, plan, outbox, engine, Lazada's
// connector in batches of 50 SKUs, a stub shop in another process (stub_shop.h); against the same
// POST bodies sent one after the other by libcurl over one kept connection.
//
// Deliveries per second: goods for `rows` SKUs have come in and are committed; the clock runs from
// there (bare: from the first POST) to the arrival of the last batch, by the shop's account. What
// the product owes beside the POST is three durable commits a batch: the raised bounds before the
// call, the answers after it, the job's lease. They cost what the disk's sync costs, whatever the
// shop; so this is measured with a shop that answers at once and with one that takes as long as a
// call over the internet does.
// Latency (p50_ms, p99_ms): then the daemon's loop runs and a pool at a time changes, 0 to 40 ms
// apart; from the return of the commit to the arrival of the pool's last SKU. Bare: from the send
// to the arrival.
#include <algorithm>
#include <cmath>
#include <fstream>
#include <random>
#include <stdexcept>
#include <thread>

#include "catalog/stock_service.h"
#include "connectors/common/rate_limiter.h"
#include "connectors/common/session.h"
#include "connectors/lazada/connector.h"
#include "jobs/engine.h"
#include "storage/sqlite/sqlite_store.h"
#include "tests/bench/goods.h"
#include "tests/bench/page_channel.h"
#include "tests/bench/pairs.h"
#include "tests/bench/raw.h"
#include "tests/bench/raw_http.h"
#include "tests/bench/stub_shop.h"

namespace bench {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

constexpr std::int64_t kRowsDefault = 5'000;
constexpr std::int64_t kChangesMost = 200;  // one pool each, after the burst
constexpr std::int64_t kPoolsPerWrite = 50;
constexpr std::int64_t kGramsArriving = 80'000;
constexpr int kSpacingMostMs = 40;
constexpr std::chrono::seconds kAllArriveWithin{60};
constexpr double kNanosPerMilli = 1e6;
constexpr const char* kDatabase = "nongsan.db";
constexpr const char* kPosts = "posts.txt";        // the bodies of the burst
constexpr const char* kExpected = "expected.txt";  // what the shop shows after them
constexpr const char* kShop = "shop.txt";          // what the shop shows after a run

std::int64_t burst_pools(const Options& options) {
  return std::max<std::int64_t>(1, options.rows / kPacksPerPool);
}
std::int64_t changes(const Options& options) {
  return std::min(kChangesMost, burst_pools(options));
}
std::int64_t burst_skus(const Options& options) {
  return burst_pools(options) * kPacksPerPool;
}

// One pool per four packs, no baskets: each pool's change concerns its own four listings.
void fill(jobs::Tables& tables, const Options& options) {
  const auto packs = (burst_pools(options) + changes(options)) * kPacksPerPool;
  put_ground(tables.catalog, packs);
  put_account(tables.catalog, 0, "lazada");
  for (const auto pack : shuffled(packs, options.seed)) {
    auto variant = variant_at(pack);
    variant.recipe.resize(1);
    tables.catalog.products.put(variant);
    put_settled_listing(tables.catalog, account_at(0), pack, 0);
  }
}

void arrive(storage::SqliteStore& store, std::int64_t from_pool, std::int64_t to_pool,
            base::Instant now) {
  store.write([&](jobs::Tables& tables) {
    std::set<catalog::PoolId> pools;
    for (auto i = from_pool; i < to_pool; ++i) {
      const catalog::Lot lot{pool_at(i), "L1", kGramsArriving, "2026-11-01", "2027-11-01"};
      catalog::receive(tables.catalog, {pool_at(i), "import", "L1", "bench", ""}, lot, now);
      pools.insert(pool_at(i));
    }
    catalog::replan(tables.catalog, pools, now);
  });
}

class MemorySessions final : public connectors::common::SessionStore {
 public:
  explicit MemorySessions(base::Instant now)
      : session_{"access", "refresh", now + std::chrono::hours{24}, now + std::chrono::hours{48},
                 1} {}
  std::optional<connectors::common::Session> load() override { return session_; }
  void save(const connectors::common::Session& session) override { session_ = session; }

 private:
  connectors::common::Session session_;
};

// The product over a store, its channel being the shop at `port`.
class Product {
 public:
  Product(const fs::path& database, std::uint16_t port)
      : store(database, clock_),
        sessions_(clock_.now()),
        services_{store, clock_, silence_, {{account_at(0), connector(port), {}, {}}}, ""},
        engine(services_, waiter_, {}) {}

  void stop() {
    engine.stop();
    waiter_.stop();
  }
  base::Instant now() const { return clock_.now(); }

 private:
  std::shared_ptr<connectors::Connector> connector(std::uint16_t port) {
    const auto url = "http://127.0.0.1:" + std::to_string(port) + "/rest";
    auto made = connectors::lazada::make({account_at(0),
                                          {{"app_key", "bench"},
                                           {"app_secret", "bench"},
                                           {"base_url", url},
                                           {"stock_batch", "50"},
                                           {"calls_per_second", "1000"},
                                           {"burst", "1000"}}},
                                         {clock_, sessions_, waiter_});
    if (!made) throw std::runtime_error(made.error().message);
    return std::move(made).value();
  }

  base::SystemClock clock_;

 public:
  storage::SqliteStore store;

 private:
  MemorySessions sessions_;
  connectors::common::StoppableWaiter waiter_;
  Silence silence_;
  jobs::Services services_;

 public:
  jobs::Engine engine;
};

// Goods for all burst pools come in; then everything is delivered. Returns when the clock started.
std::int64_t burst(Product& product, const Options& options) {
  for (std::int64_t i = 0; i < burst_pools(options); i += kPoolsPerWrite) {
    arrive(product.store, i, std::min(i + kPoolsPerWrite, burst_pools(options)), product.now());
  }
  const auto started_ns = monotonic_ns();
  product.engine.drain(base::Millis{0});
  return started_ns;
}

bool all_sent(storage::SqliteStore& store) {
  bool none = false;
  store.read([&](jobs::Tables& tables) {
    none = tables.catalog.listings.dirty_stock(account_at(0), 1).empty() &&
           tables.catalog.listings.unanchored_stock(account_at(0), 1).empty();
  });
  return none;
}

// One pool at a time while the daemon's loop runs. When each commit returned.
std::vector<std::int64_t> trickle(Product& product, const Options& options) {
  std::thread daemon([&] { product.engine.run_until_stopped(); });
  std::mt19937_64 random(options.seed);
  std::vector<std::int64_t> committed_ns;
  for (std::int64_t i = 0; i < changes(options); ++i) {
    const auto pool = burst_pools(options) + i;
    std::this_thread::sleep_for(milliseconds(random() % (kSpacingMostMs + 1)));
    arrive(product.store, pool, pool + 1, product.now());
    committed_ns.push_back(monotonic_ns());
  }
  const auto give_up = std::chrono::steady_clock::now() + kAllArriveWithin;
  while (!all_sent(product.store) && std::chrono::steady_clock::now() < give_up) {
    std::this_thread::sleep_for(milliseconds(kSpacingMostMs));
  }
  product.stop();
  daemon.join();
  return committed_ns;
}

std::string sku_id(std::int64_t pack) {
  return std::to_string(9'000'000 + pack);
}

double percentile(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  const auto rank = std::ceil(share * static_cast<double>(values.size()));
  return values.at(static_cast<std::size_t>(std::max(rank, 1.0)) - 1);
}

void note_latencies(const std::vector<double>& latencies_ms, Reading& reading) {
  reading.notes["p50_ms"] = percentile(latencies_ms, 0.50);
  reading.notes["p99_ms"] = percentile(latencies_ms, 0.99);
}

std::int64_t last_of_burst(const ShopRecord& record, const Options& options) {
  std::int64_t last = 0;
  for (std::int64_t pack = 0; pack < burst_skus(options); ++pack) {
    const auto found = record.stock.find(sku_id(pack));
    if (found == record.stock.end()) throw std::runtime_error("never arrived: " + sku_id(pack));
    last = std::max(last, found->second.last_ns);
  }
  return last;
}

// "SkuId quantity times", a line each.
void save_stock(const ShopRecord& record, const fs::path& path) {
  std::ofstream out(path);
  for (const auto& [sku, shown] : record.stock) {
    out << sku << ' ' << shown.quantity << ' ' << shown.times << '\n';
  }
}

std::string text_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// The bodies are the product's own: recorded at a rehearsal of the burst.
void prepare(const fs::path& folder, const Options& options) {
  const auto rehearsal = folder.parent_path() / "rehearsal";
  fs::create_directories(rehearsal);
  StubShop shop(milliseconds{0});
  {
    base::SystemClock clock;
    storage::SqliteStore store(folder / kDatabase, clock);
    store.write([&](jobs::Tables& tables) { fill(tables, options); });
  }
  fs::copy_file(folder / kDatabase, rehearsal / kDatabase);
  {
    Product product(rehearsal / kDatabase, shop.port());
    burst(product, options);
  }
  const auto record = shop.close();
  std::ofstream posts(folder / kPosts, std::ios::binary);
  for (const auto& call : record.calls) posts << call.target << '\t' << call.body << '\n';
  save_stock(record, folder / kExpected);
  fs::remove_all(rehearsal);
}

std::vector<Post> read_posts(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::vector<Post> out;
  for (std::string line; std::getline(in, line);) {
    const auto tab = line.find('\t');
    out.push_back({line.substr(0, tab), line.substr(tab + 1)});
  }
  return out;
}

Reading run_product(const fs::path& folder, const Options& options, milliseconds answers_after) {
  StubShop shop(answers_after);
  Product product(folder / kDatabase, shop.port());
  const auto started_ns = burst(product, options);
  const auto commits = static_cast<double>(product.store.commits());
  const auto committed_ns = trickle(product, options);
  const auto record = shop.close();
  save_stock(record, folder / kShop);
  const auto took_ns = static_cast<double>(last_of_burst(record, options) - started_ns);
  Reading out{burst_skus(options), took_ns / kNanosPerMilli / 1e3, {{"commits", commits}}};
  std::vector<double> latencies_ms;
  for (std::size_t i = 0; i < committed_ns.size(); ++i) {
    const auto first = (burst_pools(options) + static_cast<std::int64_t>(i)) * kPacksPerPool;
    std::int64_t last_ns = 0;
    for (auto pack = first; pack < first + kPacksPerPool; ++pack) {
      last_ns = std::max(last_ns, record.stock.at(sku_id(pack)).last_ns);
    }
    latencies_ms.push_back(static_cast<double>(last_ns - committed_ns[i]) / kNanosPerMilli);
  }
  note_latencies(latencies_ms, out);
  return out;
}

Reading run_bare(const fs::path& folder, const Options& options, milliseconds answers_after) {
  StubShop shop(answers_after);
  const auto posts = read_posts(folder / kPosts);
  const auto sent_ns = post_all(shop.port(), posts);
  const auto record = shop.close();
  save_stock(record, folder / kShop);
  const auto took_ns = static_cast<double>(last_of_burst(record, options) - sent_ns.front());
  Reading out{burst_skus(options), took_ns / kNanosPerMilli / 1e3, {}};
  std::vector<double> latencies_ms;
  for (std::size_t i = 0; i < sent_ns.size(); ++i) {
    const auto ns = record.calls.at(i).arrived_ns - sent_ns[i];
    latencies_ms.push_back(static_cast<double>(ns) / kNanosPerMilli);
  }
  note_latencies(latencies_ms, out);
  return out;
}

// The shop was told the same as at the rehearsal.
void verify_bare(const fs::path& folder) {
  if (text_of(folder / kShop) != text_of(folder / kExpected)) {
    throw std::runtime_error("the shop shows other stock than after the product's own calls");
  }
}

// By the shop's account every SKU came once, with the quantity the reopened file says is wanted and
// shown; nothing is open, nothing is dirty.
void verify_product(const fs::path& folder, const Options& options) {
  const auto store = storage::SqliteStore::open_read_only(folder / kDatabase);
  std::string wanted;
  store->read([&](jobs::Tables& tables) {
    const auto packs = (burst_pools(options) + changes(options)) * kPacksPerPool;
    std::map<std::string, std::string> lines;
    for (std::int64_t pack = 0; pack < packs; ++pack) {
      const auto stock = tables.catalog.listings.stock(account_at(0), sku_at(pack)).value();
      if (stock.dirty() || stock.attempt != catalog::Attempt::none || stock.target <= 0 ||
          stock.shown != stock.target || stock.exposure != stock.shown) {
        throw std::runtime_error("not at rest: " + sku_at(pack).text);
      }
      lines[sku_id(pack)] = std::to_string(stock.target) + " 1\n";
    }
    for (const auto& [sku, line] : lines) wanted += sku + " " + line;
  });
  if (text_of(folder / kShop) != wanted) {
    throw std::runtime_error("the shop shows other stock than the file says");
  }
  const auto problems = store->check();
  if (!problems.empty()) throw std::runtime_error(problems.front());
}

}  // namespace

Bench delivery_bench(const Options& options, milliseconds answers_after) {
  Bench out;
  out.name = "delivery, shop answers after " + std::to_string(answers_after.count()) + " ms";
  out.items = "deliveries";
  out.kind = Bound::speed_at_least;
  out.bound = 0.6;
  out.prepare = [options](const fs::path& folder) { prepare(folder, options); };
  out.settings = [options](const fs::path& folder) {
    auto all = pragmas(folder / kDatabase, Use::write);
    all["rows"] = std::to_string(burst_skus(options));
    all["SKUs per batch"] = "50";
    all["single changes"] = std::to_string(changes(options));
    all["seed"] = std::to_string(options.seed);
    return all;
  };
  out.product = {[=](const fs::path& f) { return run_product(f, options, answers_after); },
                 [options](const fs::path& f) { verify_product(f, options); }};
  out.bare = {[=](const fs::path& f) { return run_bare(f, options, answers_after); }, verify_bare};
  return out;
}

}  // namespace bench

int main(int argc, char** argv) {
  const auto options = bench::read_options(argc, argv, bench::kRowsDefault);
  return bench::run_main(options, [&] {
    return std::vector{bench::delivery_bench(options, std::chrono::milliseconds{0}),
                       bench::delivery_bench(options, std::chrono::milliseconds{50})};
  });
}
