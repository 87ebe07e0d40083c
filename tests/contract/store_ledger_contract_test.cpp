// The stock ledger over every store: movements, balances, lots, incidents; and a long random run
// against a naive model. NONGSAN_TEST_SEED reruns a seed.
#include <algorithm>
#include <cstdlib>
#include <map>
#include <numeric>
#include <random>
#include <set>

#include "tests/contract/store_fixture.h"

namespace contract {
namespace {

using catalog::MovementKind;
using catalog::PoolId;
using jobs::Tables;

const PoolId kPool{"pool"};

std::uint64_t test_seed() {
  const char* given = std::getenv("NONGSAN_TEST_SEED");
  return given == nullptr ? 20'261'124 : std::strtoull(given, nullptr, 10);
}

// Sanitizers make each operation several times slower.
std::size_t random_operations() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  return 20'000;
#else
  return 100'000;
#endif
}

TEST_P(StoreContract, AMovementCountsOnceHoweverOftenItIsAppended) {
  fill();
  write([](Tables& t) {
    auto& stock = t.catalog.stock;
    EXPECT_TRUE(stock.append(make_movement("e", 10)));
    EXPECT_FALSE(stock.append(make_movement("e", 10)));
    EXPECT_FALSE(stock.append(make_movement("e", 99)));
  });
  write([](Tables& t) {
    auto& stock = t.catalog.stock;
    EXPECT_FALSE(stock.append(make_movement("e", 10)));
    EXPECT_TRUE(stock.append(make_movement("e", -3))) << "another kind";
    auto other_source = make_movement("e", 1);
    other_source.source = "cli";
    EXPECT_TRUE(stock.append(other_source));
    auto reserve = make_movement("e", 0);
    reserve.kind = MovementKind::reserve;
    reserve.reserved_delta = 4;
    EXPECT_TRUE(stock.append(reserve));
  });

  store_->read([](Tables& t) {
    EXPECT_EQ(t.catalog.stock.balance(kPool, "2026-11-24"), (catalog::PoolBalance{8, 4, 0}));
    EXPECT_TRUE(t.catalog.stock.mismatches().empty());
  });
}

TEST_P(StoreContract, MovementsComeNewestFirst) {
  fill();
  write([](Tables& t) {
    for (const auto* key : {"1", "2", "3"}) t.catalog.stock.append(make_movement(key, 1));
  });

  store_->read([](Tables& t) {
    const auto rows = t.catalog.stock.movements(kPool, 2);
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_EQ(rows[0].event_key, "3");
    const auto& row = rows[1];
    const auto wrote = make_movement("2", 1);
    EXPECT_EQ(row.event_key, "2");
    EXPECT_EQ(row.pool, wrote.pool);
    EXPECT_EQ(row.kind, wrote.kind);
    EXPECT_EQ(row.on_hand_delta, 1);
    EXPECT_EQ(row.source, wrote.source);
    EXPECT_EQ(row.note, wrote.note);
    EXPECT_EQ(row.actor, wrote.actor);
    EXPECT_EQ(row.at, wrote.at);
    EXPECT_TRUE(t.catalog.stock.movements(PoolId{"none"}, 5).empty());
    EXPECT_EQ(t.catalog.stock.balance(PoolId{"none"}, ""), catalog::PoolBalance{});
  });
}

TEST_P(StoreContract, LotsComeFirstExpiredFirstAndExpiredOnesAreNotSellable) {
  fill();
  write([](Tables& t) {
    auto& stock = t.catalog.stock;
    stock.append(make_movement("in", 100));
    stock.put({kPool, "untracked", 40, "2026-11-01", ""});
    stock.put({kPool, "late", 30, "", "2026-12-31"});
    stock.put({kPool, "b-early", 20, "", "2026-11-23"});
    stock.put({kPool, "a-early", 99, "", "2026-11-23"});
    stock.put({kPool, "a-early", 10, "2026-11-20", "2026-11-23"});
  });

  store_->read([](Tables& t) {
    auto& stock = t.catalog.stock;
    std::string codes;
    for (const auto& lot : stock.lots(kPool)) codes += lot.code + " ";
    EXPECT_EQ(codes, "a-early b-early late untracked ");
    EXPECT_EQ(stock.lot(kPool, "a-early"),
              (catalog::Lot{kPool, "a-early", 10, "2026-11-20", "2026-11-23"}));
    EXPECT_FALSE(stock.lot(kPool, "none"));
    EXPECT_EQ(stock.balance(kPool, "2026-11-23").expired, 0) << "sold until and including the day";
    EXPECT_EQ(stock.balance(kPool, "2026-11-24").expired, 30);
    EXPECT_EQ(stock.balance(kPool, "2026-11-24").sellable(), 70);
    EXPECT_EQ(stock.balance(kPool, "2027-01-01").expired, 60);
  });
}

TEST_P(StoreContract, IncidentsComeNewestFirst) {
  fill();
  write([](Tables& t) {
    for (const auto* kind : {"oversell", "late_order"}) {
      t.catalog.stock.append(catalog::StockIncident{
          kind, catalog::AccountId{"a1"}, catalog::Sku{"SKU-1"}, kPool, 5, "cause", kNow});
    }
  });

  const auto rows = read([](Tables& t) { return t.catalog.stock.incidents(9); });

  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].kind, "late_order");
  EXPECT_EQ(rows[1].kind, "oversell");
  EXPECT_EQ(rows[1].account.text, "a1");
  EXPECT_EQ(rows[1].sku.text, "SKU-1");
  EXPECT_EQ(rows[1].pool, kPool);
  EXPECT_EQ(rows[1].quantity, 5);
  EXPECT_EQ(rows[1].cause, "cause");
  EXPECT_EQ(rows[1].at, kNow);
  EXPECT_EQ(read([](Tables& t) { return t.catalog.stock.incidents(1).size(); }), 1u);
}

// Random movements over some pools; each event is told three times.
std::vector<catalog::Movement> random_movements(std::mt19937_64& random, std::size_t count) {
  constexpr std::array kKinds{MovementKind::receive, MovementKind::take,    MovementKind::count,
                              MovementKind::reserve, MovementKind::release, MovementKind::ship};
  std::uniform_int_distribution<std::size_t> pool(0, 6);
  std::uniform_int_distribution<std::size_t> kind(0, kKinds.size() - 1);
  std::uniform_int_distribution<std::int64_t> units(-500, 500);
  std::vector<catalog::Movement> out;
  for (std::size_t i = 0; i < count / 3; ++i) {
    auto movement = make_movement("event-" + std::to_string(i / 2), 0);
    movement.kind = kKinds[kind(random)];
    movement.pool.text = "pool-" + std::to_string(pool(random));
    movement.on_hand_delta = units(random);
    movement.reserved_delta = units(random);
    movement.source = i % 5 == 0 ? "cli" : "order";
    for (int times = 0; times < 3; ++times) out.push_back(movement);
  }
  std::shuffle(out.begin(), out.end(), random);
  return out;
}

TEST_P(StoreContract, TheLedgerEqualsANaiveModelWithEveryEventTripledAndShuffled) {
  const auto seed = test_seed();
  SCOPED_TRACE("NONGSAN_TEST_SEED=" + std::to_string(seed));
  std::mt19937_64 random(seed);
  fill();
  write([](Tables& t) {
    for (int i = 0; i < 7; ++i) t.catalog.products.put(make_pool("pool-" + std::to_string(i)));
  });
  const auto movements = random_movements(random, random_operations());
  using Event = std::tuple<std::string, std::string, PoolId, MovementKind>;
  std::set<Event> known;
  std::map<PoolId, catalog::PoolBalance> model;
  std::uniform_int_distribution<std::size_t> batch(1, 400);
  std::bernoulli_distribution fails(0.1);

  for (std::size_t next = 0; next < movements.size();) {
    const auto end = std::min(movements.size(), next + batch(random));
    const bool rolled_back = fails(random);
    const auto apply = [&](Tables& t) {
      for (auto i = next; i < end; ++i) {
        const auto& m = movements[i];
        const bool appended = t.catalog.stock.append(m);
        if (rolled_back) continue;
        const bool is_new = known.insert({m.source, m.event_key, m.pool, m.kind}).second;
        ASSERT_EQ(appended, is_new) << m.event_key;
        if (!is_new) continue;
        model[m.pool].on_hand += m.on_hand_delta;
        model[m.pool].reserved += m.reserved_delta;
      }
      if (rolled_back) throw std::domain_error("undo");
    };
    if (rolled_back) {
      EXPECT_THROW(write(apply), std::domain_error);
      continue;  // the same movements come again
    }
    write(apply);
    ASSERT_FALSE(HasFatalFailure());
    next = end;
  }

  store_->read([&](Tables& t) {
    EXPECT_TRUE(t.catalog.stock.mismatches().empty());
    std::size_t rows = 0;
    for (const auto& [pool, balance] : model) {
      EXPECT_EQ(t.catalog.stock.balance(pool, ""), balance) << pool.text;
      rows += t.catalog.stock.movements(pool, movements.size()).size();
    }
    EXPECT_EQ(rows, known.size());
  });
}

}  // namespace
}  // namespace contract
