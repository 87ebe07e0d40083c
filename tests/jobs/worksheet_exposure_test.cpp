// Two marketplaces that people type into, one pool. What stands on an unconfirmed row may be on
// show already, so it counts as exposed: whatever the clerks type, confirm or leave lying, buyers
// never get more than is there. Judged by a model of both markets that knows nothing of our bounds.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <random>
#include <set>

#include "jobs/worksheets.h"
#include "tests/jobs/job_world.h"

namespace jobs_test {
namespace {

const catalog::AccountId kOther{"other"};
constexpr std::int64_t kOnHand = 40;
constexpr int kRounds = 10;
constexpr int kSteps = 80;

std::uint64_t seed_of_run() {
  const char* given = std::getenv("NONGSAN_TEST_SEED");
  return given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
}

struct Market {
  catalog::AccountId account;
  std::shared_ptr<FakeConnector> channel;
  std::int64_t on_show = 0;
  std::int64_t sold = 0;
  std::set<jobs::WorksheetId> typed = {};  // a sheet is typed once: the listing's row on it
};

class Clerks {
 public:
  explicit Clerks(std::uint64_t seed) : dice_(seed) {
    auto other = std::make_shared<FakeConnector>();
    for (auto* fake : {world_.fake.get(), other.get()}) {
      fake->can.delivery = connectors::Delivery::worksheet;
    }
    world_.services.channels.push_back({kOther, other, {}, {}, {}});
    world_.store.write([&](jobs::Tables& tables) {
      catalog::Account account;
      account.id = kOther;
      account.channel = "voso";
      tables.catalog.listings.put(account);
      for (const auto& id : {kShop, kOther}) {
        jobs::want_listing(tables, tables.catalog.listings.account(id).value(), kBag, now());
      }
    });
    markets_ = {{kShop, world_.fake}, {kOther, other}};
  }

  void step() {
    auto& market = markets_[dice_() % markets_.size()];
    switch (dice_() % 6) {
      case 0:
        return run(jobs::JobKind::push_stock);
      case 1:
        return type(market, /*and_confirm=*/dice_() % 2 == 0);
      case 2:
        return buy(market);
      case 3:
        return run(jobs::JobKind::pull_orders);
      case 4:
        return confirm(market);
      default:
        return world_.clock.advance(std::chrono::seconds{dice_() % 600});
    }
  }

  void check() {
    std::int64_t exposed = 0;
    std::int64_t sold = 0;
    std::int64_t on_show = 0;
    world_.store.read([&](jobs::Tables& tables) {
      for (const auto& market : markets_) {
        const auto stock = tables.catalog.listings.stock(market.account, kBag);
        exposed += stock ? stock->exposure : 0;
        for (const auto& row : tables.worksheets.open_rows(market.account)) {
          if (row.stock_new < 0 || market.typed.contains(row.worksheet)) continue;
          EXPECT_LE(row.stock_new, stock ? stock->exposure : 0) << market.account.text;
        }
        sold += market.sold;
        on_show += market.on_show;
      }
    });
    EXPECT_LE(exposed + world_.balance().reserved, kOnHand);
    EXPECT_LE(sold + on_show, kOnHand) << "more is on show than is there";
  }

  std::int64_t sold() const { return markets_[0].sold + markets_[1].sold; }

 private:
  base::Instant now() const { return world_.clock.now(); }

  void run(jobs::JobKind kind) {
    world_.store.write([&](jobs::Tables& tables) {
      for (const auto& market : markets_) {
        tables.jobs.enqueue({kind, market.account, {}, now()}, now());
      }
    });
    world_.drain(base::Millis{0});
  }

  std::vector<jobs::WorksheetRow> open_rows(const Market& market) {
    std::vector<jobs::WorksheetRow> out;
    world_.store.read(
        [&](jobs::Tables& tables) { out = tables.worksheets.open_rows(market.account); });
    return out;
  }

  // A clerk may type a sheet that lies there and say so later, or never.
  void type(Market& market, const bool and_confirm) {
    const auto rows = open_rows(market);
    if (rows.empty()) return;
    const auto& row = rows[dice_() % rows.size()];
    put_on_show(market, row);
    if (and_confirm) confirm_row(market, row);
  }
  void put_on_show(Market& market, const jobs::WorksheetRow& row) {
    const bool fresh = market.typed.insert(row.worksheet).second;
    if (fresh && row.stock_new >= 0) market.on_show = row.stock_new;
  }
  // Confirmed is only what was typed.
  void confirm(Market& market) {
    for (const auto& row : open_rows(market)) {
      put_on_show(market, row);
      confirm_row(market, row);
    }
  }
  void confirm_row(Market& market, const jobs::WorksheetRow& row) {
    world_.clock.advance(base::Millis{1});
    world_.store.write([&](jobs::Tables& tables) {
      for (const auto& sheet : tables.worksheets.worksheets(market.account, 1'000)) {
        if (sheet.id == row.worksheet) {
          jobs::confirm_worksheet(tables, sheet, {row.sku}, now(), "clerk");
        }
      }
    });
    world_.clock.advance(base::Millis{1});
  }
  void buy(Market& market) {
    if (market.on_show == 0) return;
    const auto bought =
        std::min<std::int64_t>(1 + static_cast<std::int64_t>(dice_() % 3), market.on_show);
    market.on_show -= bought;
    market.sold += bought;
    world_.clock.advance(base::Millis{1});
    catalog::Order order;
    order.remote_id = "o" + std::to_string(++orders_);
    order.created_at = order.updated_at = now();
    catalog::OrderLine line;
    line.remote_line_id = "1";
    line.sku = kBag;
    line.quantity = bought;
    order.lines.push_back(line);
    market.channel->orders.push_back(order);
  }

  JobWorld world_{kOnHand};
  std::mt19937_64 dice_;
  std::vector<Market> markets_;
  int orders_ = 0;
};

TEST(WorksheetExposure, WhatNobodyConfirmedCountsAsShown) {
  const auto seed = seed_of_run();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::int64_t sold = 0;
  for (int round = 0; round < kRounds && !::testing::Test::HasFailure(); ++round) {
    Clerks clerks(seed + static_cast<std::uint64_t>(round));
    for (int step = 0; step < kSteps && !::testing::Test::HasFailure(); ++step) {
      clerks.step();
      clerks.check();
    }
    sold += clerks.sold();
  }
  EXPECT_GT(sold, 0) << "nobody bought anything: the test shows nothing";
}

}  // namespace
}  // namespace jobs_test
