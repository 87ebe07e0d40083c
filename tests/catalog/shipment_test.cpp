// How a parcel's state moves: forward only, the same for every order of arrival.
#include "catalog/shipment.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

namespace catalog {
namespace {

using namespace std::chrono_literals;

constexpr ShipmentState kAll[] = {ShipmentState::created,    ShipmentState::picked_up,
                                  ShipmentState::in_transit, ShipmentState::delivering,
                                  ShipmentState::delivered,  ShipmentState::returning,
                                  ShipmentState::returned,   ShipmentState::lost,
                                  ShipmentState::cancelled,  ShipmentState::unknown};

base::Instant hour(int hours) {
  return base::from_unix_s(1'700'000'000) + std::chrono::hours{hours};
}

ShipmentEvent event(ShipmentState state, int at_hour) {
  const auto code = std::string{to_string(state)};
  return {code + "@" + std::to_string(at_hour), "VTP1", "", state, "raw-" + code, hour(at_hour)};
}

Shipment parcel() {
  Shipment shipment;
  shipment.account = AccountId{"voso"};
  shipment.order_id = "DH-1";
  shipment.reference = "LA-1";
  shipment.tracking_no = "VTP1";
  return shipment;
}

ShipmentChange take(Shipment& shipment, ShipmentState state, int at_hour) {
  return apply(shipment, event(state, at_hour));
}

TEST(Shipment, WalksToItsEnd) {
  auto shipment = parcel();

  EXPECT_EQ(take(shipment, ShipmentState::picked_up, 1), ShipmentChange::moved);
  EXPECT_EQ(take(shipment, ShipmentState::in_transit, 2), ShipmentChange::moved);
  EXPECT_EQ(take(shipment, ShipmentState::in_transit, 3), ShipmentChange::noted);
  EXPECT_EQ(take(shipment, ShipmentState::delivering, 4), ShipmentChange::moved);
  EXPECT_EQ(take(shipment, ShipmentState::delivered, 5), ShipmentChange::moved);

  EXPECT_EQ(shipment.state, ShipmentState::delivered);
  EXPECT_EQ(shipment.state_at, hour(5));
  EXPECT_EQ(shipment.remote_state, "raw-delivered");
  EXPECT_FALSE(shipment.held);
}

TEST(Shipment, WhatComesTwiceChangesNothing) {
  auto shipment = parcel();
  take(shipment, ShipmentState::in_transit, 2);
  const auto before = shipment;

  EXPECT_EQ(take(shipment, ShipmentState::in_transit, 2), ShipmentChange::none);

  EXPECT_EQ(shipment, before);
}

TEST(Shipment, WhatComesLateMovesNothing) {
  auto shipment = parcel();
  take(shipment, ShipmentState::delivered, 5);

  EXPECT_EQ(take(shipment, ShipmentState::delivering, 4), ShipmentChange::noted);
  EXPECT_EQ(take(shipment, ShipmentState::picked_up, 1), ShipmentChange::noted);

  EXPECT_EQ(shipment.state, ShipmentState::delivered);
  EXPECT_EQ(shipment.state_at, hour(5));
  EXPECT_FALSE(shipment.held);
}

TEST(Shipment, ADeliveryAfterAReturnNoticeIsADelivery) {
  auto shipment = parcel();
  take(shipment, ShipmentState::returning, 3);
  take(shipment, ShipmentState::delivering, 4);
  take(shipment, ShipmentState::delivered, 5);

  EXPECT_EQ(shipment.state, ShipmentState::delivered);
  EXPECT_FALSE(shipment.held);
}

TEST(Shipment, TwoEndsAreHeldUntilAPersonSettlesThem) {
  auto shipment = parcel();
  take(shipment, ShipmentState::delivered, 5);

  EXPECT_EQ(take(shipment, ShipmentState::returned, 9), ShipmentChange::held);
  EXPECT_TRUE(shipment.held);
  EXPECT_EQ(shipment.state, ShipmentState::delivered);

  EXPECT_FALSE(settle(shipment, ShipmentState::in_transit, "lan", hour(10)));
  EXPECT_FALSE(settle(shipment, ShipmentState::returned, "", hour(10)));
  EXPECT_TRUE(settle(shipment, ShipmentState::returned, "lan", hour(10)));
  EXPECT_EQ(shipment.state, ShipmentState::returned);
  EXPECT_FALSE(shipment.held);
  EXPECT_EQ(take(shipment, ShipmentState::lost, 12), ShipmentChange::noted);
  EXPECT_EQ(shipment.state, ShipmentState::returned);
  EXPECT_FALSE(settle(shipment, ShipmentState::lost, "lan", hour(13)));
}

TEST(Shipment, AParcelThatMovesOnAfterItsEndIsHeld) {
  for (const auto end : {ShipmentState::cancelled, ShipmentState::lost}) {
    auto shipment = parcel();
    take(shipment, end, 2);
    EXPECT_EQ(take(shipment, ShipmentState::created, 3), ShipmentChange::noted);
    EXPECT_EQ(take(shipment, ShipmentState::in_transit, 3), ShipmentChange::held) << to_string(end);
  }
  auto shipment = parcel();
  take(shipment, ShipmentState::delivered, 2);
  EXPECT_EQ(take(shipment, ShipmentState::in_transit, 3), ShipmentChange::noted);
  EXPECT_EQ(take(shipment, ShipmentState::returning, 3), ShipmentChange::held);
}

TEST(Shipment, AnUnknownCodeIsKeptAndMovesNothing) {
  auto shipment = parcel();
  take(shipment, ShipmentState::in_transit, 2);

  EXPECT_EQ(take(shipment, ShipmentState::unknown, 3), ShipmentChange::noted);

  EXPECT_EQ(shipment.state, ShipmentState::in_transit);
  EXPECT_EQ(shipment.remote_state, "raw-in_transit");
  EXPECT_EQ(shipment.history.back().remote_state, "raw-unknown");
}

TEST(Shipment, AnotherParcelsMessageIsNotTaken) {
  auto shipment = parcel();
  auto other = event(ShipmentState::delivered, 2);
  other.tracking_no = "VTP2";
  other.reference = "LA-1";

  EXPECT_EQ(apply(shipment, other), ShipmentChange::none);
  EXPECT_EQ(shipment, parcel());
}

TEST(Shipment, OurReferenceBringsTheTrackingNumber) {
  auto shipment = parcel();
  shipment.tracking_no.clear();
  auto first = event(ShipmentState::created, 1);
  EXPECT_EQ(apply(shipment, first), ShipmentChange::none);  // names neither

  first.reference = "LA-1";
  EXPECT_EQ(apply(shipment, first), ShipmentChange::noted);
  EXPECT_EQ(shipment.tracking_no, "VTP1");
}

TEST(Shipment, AFullHistoryStillHearsTheEnd) {
  auto shipment = parcel();
  for (int i = 0; i < 400; ++i) take(shipment, ShipmentState::in_transit, i);
  ASSERT_LT(shipment.history.size(), kShipmentEventsMax);

  EXPECT_EQ(take(shipment, ShipmentState::delivered, 500), ShipmentChange::moved);
  EXPECT_LE(shipment.history.size(), kShipmentEventsMax);
}

TEST(Shipment, TheReferenceIsTheSameForTheSameOrderAlone) {
  const auto one = shipment_reference("LA 2026/", AccountId{"voso"}, "DH-1");

  EXPECT_EQ(one, shipment_reference("LA 2026/", AccountId{"voso"}, "DH-1"));
  EXPECT_NE(one, shipment_reference("LA 2026/", AccountId{"voso"}, "DH-2"));
  EXPECT_NE(one, shipment_reference("LA 2026/", AccountId{"postmart"}, "DH-1"));
  EXPECT_TRUE(one.starts_with("LA2026-")) << one;
  EXPECT_LE(one.size(), 32U);
}

TEST(Shipment, StatesHaveStableNames) {
  std::set<std::string_view> names;
  for (const auto state : kAll) {
    EXPECT_EQ(shipment_state_from(to_string(state)), state);
    names.insert(to_string(state));
  }
  EXPECT_EQ(names.size(), std::size(kAll));
  EXPECT_FALSE(shipment_state_from("gone").has_value());
}

// RapidCheck prints the seed of a failure; RC_PARAMS="seed=…" runs it again.
RC_GTEST_PROP(Shipment, AnyOrderOfArrivalGivesTheSameStanding, ()) {
  const auto count = *rc::gen::inRange(1, 12);
  std::vector<ShipmentEvent> events;
  for (int i = 0; i < count; ++i) {
    events.push_back(event(kAll[*rc::gen::inRange(0, 10)], *rc::gen::inRange(0, 8)));
  }
  auto in_order = parcel();
  for (const auto& one : events) apply(in_order, one);

  std::vector<int> keys;
  for (int i = 0; i < count; ++i) keys.push_back(*rc::gen::inRange(0, 1'000));
  auto shuffled = events;
  std::vector<std::size_t> places(events.size());
  for (std::size_t i = 0; i < places.size(); ++i) places[i] = i;
  std::sort(places.begin(), places.end(), [&](std::size_t a, std::size_t b) {
    return std::pair{keys[a], a} < std::pair{keys[b], b};
  });
  auto mixed = parcel();
  for (const auto place : places) {
    apply(mixed, events[place]);
    if (*rc::gen::inRange(0, 3) == 0) apply(mixed, events[place]);
  }

  RC_ASSERT(standing_of(mixed.history) == standing_of(in_order.history));
  RC_ASSERT(mixed.state == in_order.state);
  RC_ASSERT(mixed.held == in_order.held);
}

RC_GTEST_PROP(Shipment, TheStateNeverGoesBack, ()) {
  const auto far = [](const Shipment& shipment) {
    const auto place = std::find(std::begin(kAll), std::end(kAll), shipment.state);
    if (is_end(shipment.state)) return 100;
    if (shipment.state == ShipmentState::returning) return 50;
    return static_cast<int>(place - std::begin(kAll));
  };
  auto shipment = parcel();
  for (int i = 0; i < 20; ++i) {
    const auto before = shipment;
    apply(shipment, event(kAll[*rc::gen::inRange(0, 10)], *rc::gen::inRange(0, 30)));
    RC_ASSERT(far(shipment) >= far(before));
    RC_ASSERT(shipment.held || !before.held);
  }
}

}  // namespace
}  // namespace catalog
