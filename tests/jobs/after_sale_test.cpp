// Orders fetched by id, what people ask for an order, returns and money.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "connectors/webhooks.h"
#include "tests/jobs/job_world.h"

namespace jobs_test {
namespace {

using namespace std::chrono_literals;
using catalog::OrderAction;
using catalog::RequestState;

class AfterSale : public ::testing::Test {
 protected:
  AfterSale() { world_.live(); }

  std::string sell() {
    world_.fake->sell(kBag, 2, world_.clock.now());
    return world_.fake->orders.back().remote_id;
  }
  void ask(const std::string& order, OrderAction action, const std::string& file = {}) {
    world_.store.write([&](jobs::Tables& tables) {
      catalog::OrderRequest request;
      request.account = kShop;
      request.order_id = order;
      request.action = action;
      request.file = file;
      request.asked_at = world_.clock.now();
      tables.catalog.fulfilment.put(request);
    });
    world_.enqueue(jobs::JobKind::fulfil_order, order);
  }
  catalog::OrderRequest request(const std::string& order) {
    catalog::OrderRequest out;
    world_.store.read([&](jobs::Tables& tables) {
      out = tables.catalog.fulfilment.requests(kShop, order).at(0);
    });
    return out;
  }
  std::vector<catalog::Parcel> parcels(const std::string& order) {
    std::vector<catalog::Parcel> out;
    world_.store.read(
        [&](jobs::Tables& tables) { out = tables.catalog.fulfilment.parcels(kShop, order); });
    return out;
  }
  std::optional<catalog::Order> order(const std::string& id) {
    std::optional<catalog::Order> out;
    world_.store.read([&](jobs::Tables& tables) { out = tables.catalog.orders.order(kShop, id); });
    return out;
  }

  JobWorld world_{12};
};

TEST_F(AfterSale, AnOrderFetchedByItsIdIsCountedOnce) {
  const auto id = sell();

  world_.enqueue(jobs::JobKind::fetch_order, id);
  world_.drain(0ms);
  world_.enqueue(jobs::JobKind::fetch_order, id);
  world_.enqueue(jobs::JobKind::pull_orders);
  world_.drain(1min);

  ASSERT_TRUE(order(id));
  EXPECT_EQ(world_.balance().reserved, 2);
}

TEST_F(AfterSale, AShipmentKilledBeforeItsAnswerIsNotedIsArrangedOnce) {
  const auto id = sell();
  world_.fake->next_ship = {{}, Landing::lands, true};
  ask(id, OrderAction::ship);

  world_.crash();
  EXPECT_EQ(request(id).state, RequestState::asked);
  world_.drain(1h);

  EXPECT_EQ(request(id).state, RequestState::done);
  EXPECT_EQ(world_.fake->shipped.size(), 1U);
  ASSERT_EQ(parcels(id).size(), 1U);
  EXPECT_EQ(parcels(id)[0].tracking_number, "TRACK-" + id);
}

TEST_F(AfterSale, ANumberGivenOutLaterIsAskedForAgain) {
  const auto id = sell();
  world_.fake->numbers_after = 2;

  ask(id, OrderAction::ship);
  world_.drain(1h);

  ASSERT_EQ(parcels(id).size(), 1U);
  EXPECT_EQ(parcels(id)[0].tracking_number, "TRACK-" + id);
}

TEST_F(AfterSale, ANumberThatNeverComesIsToldAfterADay) {
  const auto id = sell();
  world_.fake->numbers_after = 1'000'000;

  ask(id, OrderAction::ship);
  world_.drain(72h);

  ASSERT_EQ(world_.notes.notices.size(), 1U);
  EXPECT_EQ(parcels(id)[0].tracking_number, "");
}

TEST_F(AfterSale, AChannelThatCannotShipSaysSoAndIsNotAsked) {
  const auto id = sell();
  world_.drain(1h);
  world_.fake->ships = false;

  ask(id, OrderAction::ship);
  world_.drain(1h);

  EXPECT_EQ(request(id).state, RequestState::refused);
  EXPECT_EQ(world_.discarded(), 0);
  EXPECT_TRUE(world_.fake->shipped.empty());
}

// The pull has passed the order by; only the message knows of it.
TEST_F(AfterSale, AnOrderThatNoPullHasSeenIsTakenInHoweverLateItsMessage) {
  const auto id = sell();
  world_.clock.advance(48h);
  world_.fake->orders.back().updated_at -= 1h;
  world_.store.write([&](jobs::Tables& tables) {
    tables.cursors.put(kShop, jobs::OrderMark{world_.clock.now(), {}, {}});
  });

  world_.enqueue(jobs::JobKind::fetch_order, id);
  world_.drain(0ms);

  ASSERT_TRUE(order(id));
  EXPECT_EQ(world_.balance().reserved, 2);
}

TEST_F(AfterSale, ALabelIsWrittenWhole) {
  const auto id = sell();
  const auto file = (std::filesystem::path(::testing::TempDir()) / "label-test.pdf").string();
  ask(id, OrderAction::ship);
  world_.drain(1h);

  ask(id, OrderAction::label, file);
  world_.drain(1h);

  std::stringstream bytes;
  bytes << std::ifstream(file).rdbuf();
  EXPECT_EQ(bytes.str(), "%PDF-1.4 " + id);
  std::filesystem::remove(file);
}

TEST_F(AfterSale, ARefusalIsKeptWithItsReason) {
  const auto id = sell();
  world_.fake->shipped[id] = "T";

  ask(id, OrderAction::cancel);
  world_.drain(1h);

  EXPECT_EQ(request(id).state, RequestState::refused);
  EXPECT_EQ(request(id).problem, "it is on its way");
  ASSERT_FALSE(world_.notes.notices.empty());
}

TEST_F(AfterSale, ACancelledOrderComesHomeCancelled) {
  const auto id = sell();

  ask(id, OrderAction::cancel);
  world_.drain(1h);

  ASSERT_TRUE(order(id));
  EXPECT_EQ(order(id)->status, catalog::OrderStatus::cancelled);
  EXPECT_EQ(world_.balance().reserved, 0);
}

TEST_F(AfterSale, ReturnsAndMoneyAreReadPageByPageAndOnce) {
  for (const auto* id : {"R-1", "R-2", "R-3"}) {
    catalog::ReturnCase found;
    found.remote_id = id;
    found.updated_at = world_.clock.now();
    world_.fake->cases.push_back(found);
  }
  catalog::Settlement paid;
  paid.remote_id = paid.order_id = "order-1";
  paid.lines = {{catalog::SettlementKind::goods, "goods", {60'000}},
                {catalog::SettlementKind::commission, "fee", {-2'000}},
                {catalog::SettlementKind::tax, "vat", {-600}}};
  paid.net = {57'400};
  world_.fake->paid = {paid};

  for (int twice = 0; twice < 2; ++twice) {
    world_.enqueue(jobs::JobKind::pull_returns);
    world_.enqueue(jobs::JobKind::pull_settlements);
    world_.drain(1min);
  }

  world_.store.read([&](jobs::Tables& tables) {
    EXPECT_EQ(tables.catalog.after_sale.returns(kShop, 10).size(), 3U);
    const auto kept = tables.catalog.after_sale.settlements(kShop, 10);
    ASSERT_EQ(kept.size(), 1U);
    const auto sums = catalog::sums_of(kept[0]);
    EXPECT_TRUE(sums.balances);
    EXPECT_EQ(sums.fees.minor, -2'000);
    EXPECT_EQ(sums.tax.minor, -600);
  });
}

class Messages final : public connectors::Webhooks {
 public:
  base::Result<connectors::WebhookEvent> verify(const connectors::WebhookRequest&) const override {
    return connectors::WebhookEvent{};
  }
  connectors::WebhookAnswer acknowledgement() const override { return {}; }
  base::Status subscribe(const std::string&) override { return base::Done{}; }
  base::Result<int> mend(const std::string& url) override {
    asked.push_back(url);
    if (problem) return *problem;
    return 1;
  }
  std::vector<std::string> asked;
  std::optional<base::Error> problem;
};

TEST_F(AfterSale, TheCheckSwitchesMessagesOnAgainAndGoesOnWhenItCannot) {
  Messages messages;
  world_.fake->messages = &messages;

  world_.enqueue(jobs::JobKind::reconcile);
  world_.drain(0ms);
  EXPECT_TRUE(messages.asked.empty()) << "nobody asked for messages";
  world_.services.channels.front().hook_url = "https://nongsan.example.vn/hooks/shop";
  world_.enqueue(jobs::JobKind::reconcile);
  world_.drain(0ms);
  EXPECT_EQ(messages.asked, (std::vector<std::string>{"https://nongsan.example.vn/hooks/shop"}));
  EXPECT_TRUE(world_.notes.notices.empty());
  messages.problem = base::Error{base::ErrorCode::unavailable, "no", {}, {}};
  const auto finished = world_.notes.finished.size();
  world_.enqueue(jobs::JobKind::reconcile);
  world_.drain(0ms);

  EXPECT_EQ(world_.notes.notices.size(), 1U);
  ASSERT_GT(world_.notes.finished.size(), finished);
  EXPECT_TRUE(std::holds_alternative<jobs::Done>(world_.notes.finished[finished].second));
}

}  // namespace
}  // namespace jobs_test
