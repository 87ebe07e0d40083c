#include "catalog/order_intake.h"

#include "tests/catalog/catalog_store.h"

namespace catalog {
namespace {

using namespace std::chrono_literals;

Order later(Order order, OrderStatus status, base::Millis by = 60s) {
  order.status = status;
  order.updated_at += by;
  return order;
}

TEST(OrderIntake, ReservesTheGoodsAndLowersTheBound) {
  CatalogStore world(20'000);
  world.show(kBag, 10);

  EXPECT_EQ(world.take(order_of("o1", kBag, 3)), Intake::inserted);

  EXPECT_EQ(world.balance(), (PoolBalance{20'000, 3'000, 0}));
  EXPECT_EQ(world.stock(kBag).exposure, 7);
  EXPECT_EQ(world.incident_kinds(), "");
}

TEST(OrderIntake, AReplayChangesNothing) {
  CatalogStore world(20'000);
  world.show(kBag, 10);
  world.take(order_of("o1", kBag, 3));
  const auto stock = world.stock(kBag);

  EXPECT_EQ(world.take(order_of("o1", kBag, 3)), Intake::unchanged);

  EXPECT_EQ(world.balance().reserved, 3'000);
  EXPECT_EQ(world.stock(kBag), stock);
}

TEST(OrderIntake, FirstSeenCancelledHasNoEffect) {
  CatalogStore world(20'000);
  world.show(kBag, 10);
  const auto stock = world.stock(kBag);

  world.take(later(order_of("o1", kBag, 3), OrderStatus::cancelled));

  EXPECT_EQ(world.balance(), (PoolBalance{20'000, 0, 0}));
  EXPECT_EQ(world.stock(kBag), stock);
}

TEST(OrderIntake, FirstSeenCancelledIsCountedByAnOpenAnchor) {
  CatalogStore world(20'000);
  world.show(kBag, 10);
  world.store().write([](jobs::Tables& tables) {
    auto stock = tables.catalog.listings.stock(kShop, kBag).value();
    begin_anchor(stock, 4, kStart + 10s);
    tables.catalog.listings.put(stock);
  });

  world.take(later(order_of("o1", kBag, 3), OrderStatus::cancelled));

  EXPECT_EQ(world.stock(kBag).cancelled_after_anchor, 3);
  EXPECT_EQ(world.stock(kBag).exposure, 10);
}

TEST(OrderIntake, ShippedGoodsLeave) {
  CatalogStore world(20'000);
  world.show(kBox, 4);
  const auto order = order_of("o1", kBox, 2);
  world.take(order);

  EXPECT_EQ(world.take(later(order, OrderStatus::shipped)), Intake::advanced);
  EXPECT_EQ(world.take(later(order, OrderStatus::delivered, 120s)), Intake::advanced);

  EXPECT_EQ(world.balance(), (PoolBalance{10'000, 0, 0}));
  EXPECT_TRUE(world.ledger_is_whole());
}

TEST(OrderIntake, FirstSeenShippedMovesOnHandOnce) {
  CatalogStore world(20'000);
  world.show(kBag, 10);
  const auto order = later(order_of("o1", kBag, 3), OrderStatus::shipped);

  world.take(order);
  world.take(order);

  EXPECT_EQ(world.balance(), (PoolBalance{17'000, 0, 0}));
  EXPECT_EQ(world.stock(kBag).exposure, 7);
}

TEST(OrderIntake, ACancelGivesTheGoodsBackToTheChannelThatRestocks) {
  CatalogStore world(20'000);
  world.show(kBag, 10);
  auto order = order_of("o1", kBag, 5);
  world.take(order);
  order = later(order, OrderStatus::to_ship);
  order.lines[0].cancelled = 2;

  EXPECT_EQ(world.take(order), Intake::advanced);
  EXPECT_EQ(world.balance().reserved, 3'000);
  EXPECT_EQ(world.stock(kBag).exposure, 7);

  world.context.restock = Restock::channel_does_not;
  world.take(later(order, OrderStatus::cancelled));
  EXPECT_EQ(world.balance().reserved, 0);
  EXPECT_EQ(world.stock(kBag).exposure, 7);
}

TEST(OrderIntake, OlderNewsIsKeptOut) {
  CatalogStore world(20'000);
  world.show(kBag, 10);
  const auto order = order_of("o1", kBag, 3);
  world.take(later(order, OrderStatus::shipped));

  EXPECT_EQ(world.take(order), Intake::backward);

  EXPECT_EQ(world.balance(), (PoolBalance{17'000, 0, 0}));
}

TEST(OrderIntake, TheBindingNamesAnItemWithoutSku) {
  CatalogStore world(20'000);
  world.show(kBag, 10);
  auto order = order_of("o1", kBag, 1);
  order.lines[0].sku = Sku{};

  world.take(order);

  EXPECT_EQ(world.balance().reserved, 1'000);
}

TEST(OrderIntake, AnUnknownItemIsAnIncident) {
  CatalogStore world(20'000);
  auto order = order_of("o1", Sku{"NOBODYS"}, 1);

  world.take(order);

  EXPECT_EQ(world.incident_kinds(), "unknown_sku");
  EXPECT_EQ(world.balance().reserved, 0);
}

TEST(OrderIntake, ASaleBeyondTheBoundIsForeign) {
  CatalogStore world(20'000);
  world.show(kBag, 2);

  world.take(order_of("o1", kBag, 5));

  ASSERT_EQ(world.incident_kinds(), "foreign_sale");
  EXPECT_EQ(world.incidents()[0].quantity, 3);
  EXPECT_EQ(world.stock(kBag).exposure, 0);
}

TEST(OrderIntake, ReservingMoreThanIsThereIsAnOversell) {
  CatalogStore world(4'000);
  world.show(kBox, 1);

  world.take(order_of("o1", kBox, 1));

  ASSERT_EQ(world.incident_kinds(), "oversell");
  EXPECT_EQ(world.incidents()[0].quantity, 1'000);
}

TEST(OrderIntake, AnOrderThatSurfacesLateIsAnIncident) {
  CatalogStore world(20'000);
  world.show(kBag, 10);
  world.context.lag = 120s;
  world.context.ingested_through = kStart + 121s;

  world.take(order_of("late", kBag, 1));
  world.context.ingested_through = kStart + 120s;
  world.take(order_of("in time", kBag, 1));

  EXPECT_EQ(world.incident_kinds(), "late_order");
}

TEST(OrderIntake, ABackfillTouchesNoStock) {
  CatalogStore world(20'000);
  world.show(kBag, 10);
  world.context.stock_effect = StockEffect::none;

  EXPECT_EQ(world.take(order_of("o1", kBag, 3)), Intake::inserted);

  EXPECT_EQ(world.balance(), (PoolBalance{20'000, 0, 0}));
  EXPECT_EQ(world.stock(kBag).exposure, 10);
}

}  // namespace
}  // namespace catalog
