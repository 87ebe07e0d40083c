// One parcel at a carrier from the wish to its end: whatever is lost or killed on the way, the
// carrier's own truth has one parcel for an order, and the order follows it.
#include <gtest/gtest.h>

#include <cstdlib>
#include <random>

#include "connectors/carriers/request_text.h"
#include "jobs/shipments.h"
#include "tests/jobs/fake_carrier.h"
#include "tests/jobs/job_world.h"

namespace jobs_test {
namespace {

using namespace std::chrono_literals;
using base::ErrorCode;
using catalog::BookingState;
using catalog::CancelState;
using catalog::ShipmentState;
using connectors::carriers::Lookup;

const catalog::AccountId kCarrier{"vnpost"};
const std::string kPhone = "0900000001";

// Enough to tell sealed from plain: every byte turned over, the name in front.
class TurningSealer final : public jobs::Sealer {
 public:
  std::string seal(std::string_view about, std::string_view plain) const override {
    std::string out(about);
    out += '\n';
    for (const char c : plain) out += static_cast<char>(~c);
    return out;
  }
  std::optional<std::string> open(std::string_view about, std::string_view sealed) const override {
    const auto head = std::string(about) + "\n";
    if (!sealed.starts_with(head)) return std::nullopt;
    std::string out;
    for (const char c : sealed.substr(head.size())) out += static_cast<char>(~c);
    return out;
  }
};

class ShipParcel : public ::testing::Test {
 protected:
  ShipParcel() {
    world_.live();
    world_.fake->can.delivery = connectors::Delivery::worksheet;
    world_.fake->ships = false;
    world_.services.carriers.push_back({kCarrier, "vnpost", "VNPost", carrier_});
    world_.services.sealer = &sealer_;
    world_.fake->sell(kBag, 2, world_.clock.now());
    order_ = world_.fake->orders.back().remote_id;
    world_.enqueue(jobs::JobKind::pull_orders);
    world_.drain(1min);
  }

  // As the command does it.
  void ask(const std::string& reference = "NS-1") {
    world_.store.write([&](jobs::Tables& tables) {
      connectors::carriers::ShipmentRequest request;
      request.reference = reference;
      request.receiver.phone = kPhone;
      request.cod = 60'000;
      catalog::Shipment shipment;
      shipment.account = kShop;
      shipment.order_id = order_;
      shipment.carrier = kCarrier;
      shipment.reference = reference;
      shipment.state_at = now();
      tables.catalog.shipments.put(shipment);
      catalog::CarrierRequest asked;
      asked.carrier = kCarrier;
      asked.reference = reference;
      asked.sealed = sealer_.seal(kCarrier.text + "/" + reference, to_text(request));
      asked.asked_at = now();
      tables.catalog.shipments.put(asked);
    });
    enqueue(jobs::JobKind::ship_parcel, reference);
  }
  void ask_to_cancel(const std::string& reference = "NS-1") {
    world_.store.write([&](jobs::Tables& tables) {
      auto asked = tables.catalog.shipments.request(kCarrier, reference).value();
      asked.cancel = CancelState::asked;
      tables.catalog.shipments.put(asked);
    });
    enqueue(jobs::JobKind::ship_parcel, reference);
  }
  void enqueue(jobs::JobKind kind, const std::string& subject = {}) {
    world_.store.write([&](jobs::Tables& tables) {
      tables.jobs.enqueue({kind, kCarrier, subject, now()}, now());
    });
  }
  void callback(ShipmentState state, const std::string& id, base::Millis later = 0ms,
                const std::string& number = "VN1", const std::string& reference = "") {
    world_.store.write([&](jobs::Tables& tables) {
      jobs::hear(tables, world_.services, world_.services.carriers.front(),
                 {id, number, reference, state, id, now() + later}, now());
    });
  }
  base::Instant now() const { return world_.clock.now(); }
  catalog::Shipment shipment(const std::string& reference = "NS-1") {
    catalog::Shipment out;
    world_.store.read([&](jobs::Tables& tables) {
      out = tables.catalog.shipments.shipment(kCarrier, reference).value();
    });
    return out;
  }
  catalog::CarrierRequest request(const std::string& reference = "NS-1") {
    catalog::CarrierRequest out;
    world_.store.read([&](jobs::Tables& tables) {
      out = tables.catalog.shipments.request(kCarrier, reference).value();
    });
    return out;
  }
  catalog::OrderStatus order_status() {
    catalog::OrderStatus out{};
    world_.store.read([&](jobs::Tables& tables) {
      out = tables.catalog.orders.order(kShop, order_).value().status;
    });
    return out;
  }

  JobWorld world_{12};
  TurningSealer sealer_;
  std::shared_ptr<FakeCarrier> carrier_ = std::make_shared<FakeCarrier>();
  std::string order_;
};

TEST_F(ShipParcel, IsBookedOnceAndTheBuyersDataLeavesTheBook) {
  ask();
  EXPECT_EQ(request().sealed.find(kPhone), std::string::npos);

  world_.drain(1h);
  ask();  // the same again: the row is asked anew, the carrier is looked at first
  world_.store.write([&](jobs::Tables& tables) {
    auto asked = tables.catalog.shipments.request(kCarrier, "NS-1").value();
    asked.booking = BookingState::sent;
    tables.catalog.shipments.put(asked);
  });
  world_.drain(1h);

  ASSERT_EQ(carrier_->made.size(), 1U);
  EXPECT_EQ(carrier_->made[0].phone, kPhone);
  EXPECT_EQ(carrier_->made[0].cod, 60'000);
  EXPECT_EQ(shipment().tracking_no, "VN1");
  EXPECT_EQ(shipment().fee.minor, 28'000);
  EXPECT_EQ(request().booking, BookingState::booked);
  EXPECT_TRUE(request().sealed.empty());
}

TEST_F(ShipParcel, KilledBetweenTheCallAndItsRecordMakesNoSecondParcel) {
  carrier_->next_create = {{}, Landing::lands, true};
  ask();

  world_.crash();
  EXPECT_EQ(request().booking, BookingState::sent);
  EXPECT_EQ(shipment().tracking_no, "");
  world_.drain(1h);

  EXPECT_EQ(carrier_->made.size(), 1U);
  EXPECT_EQ(shipment().tracking_no, "VN1");
  EXPECT_EQ(request().booking, BookingState::booked);
}

TEST_F(ShipParcel, KilledBeforeTheCallIsSentAfterAll) {
  carrier_->next_create = {{}, Landing::never, true};
  ask();

  world_.crash();
  world_.drain(1h);

  EXPECT_EQ(carrier_->made.size(), 1U);
  EXPECT_EQ(request().booking, BookingState::booked);
}

TEST_F(ShipParcel, WhereOnlyCallbacksTellTheNumberComesWithOne) {
  carrier_->can = {Lookup::by_callback, false, true};
  carrier_->next_create = {{ErrorCode::unknown_outcome, "silence", {}, {}}, Landing::lands};
  ask();
  world_.drain(1h);
  EXPECT_EQ(carrier_->made.size(), 1U);
  EXPECT_EQ(request().booking, BookingState::booked);
  EXPECT_TRUE(request().sealed.empty());
  EXPECT_EQ(shipment().tracking_no, "");

  callback(ShipmentState::created, "100", 0ms, "VN1", "NS-1");

  EXPECT_EQ(shipment().tracking_no, "VN1");
}

TEST_F(ShipParcel, ACallbackThatIsFasterThanTheAnswerIsBelieved) {
  carrier_->while_creating = [&] { callback(ShipmentState::created, "100", 0ms, "VN1", "NS-1"); };
  carrier_->next_create = {{ErrorCode::rejected, "odd", {}, {}}, Landing::lands};
  ask();

  world_.drain(1h);

  EXPECT_EQ(request().booking, BookingState::booked);
  EXPECT_EQ(shipment().tracking_no, "VN1");
  EXPECT_EQ(carrier_->made.size(), 1U);
}

TEST_F(ShipParcel, ARefusalIsToldAndTheBuyersDataForgotten) {
  carrier_->next_create = {{ErrorCode::rejected, "no such service", {}, {}}, Landing::never};

  ask();
  world_.drain(1h);

  EXPECT_EQ(request().booking, BookingState::refused);
  EXPECT_EQ(request().problem, "no such service");
  EXPECT_TRUE(request().sealed.empty());
  ASSERT_FALSE(world_.notes.notices.empty());
  EXPECT_EQ(world_.discarded(), 0);
}

TEST_F(ShipParcel, AParcelFollowsItsOrderHomeAndTheGoodsLeaveTheBooksOnce) {
  ask();
  world_.drain(1h);
  EXPECT_EQ(order_status(), catalog::OrderStatus::to_ship);

  callback(ShipmentState::delivered, "14", 3h);
  callback(ShipmentState::picked_up, "6", 1h);  // late
  callback(ShipmentState::delivered, "14", 3h);

  EXPECT_EQ(order_status(), catalog::OrderStatus::delivered);
  EXPECT_EQ(shipment().state, ShipmentState::delivered);
  EXPECT_EQ(shipment().history.size(), 2U);
  EXPECT_EQ(world_.balance().on_hand, 10);
  EXPECT_EQ(world_.balance().reserved, 0);
}

TEST_F(ShipParcel, AReturnedParcelEndsItsOrderAndPutsNothingBackByItself) {
  ask();
  world_.drain(1h);

  callback(ShipmentState::picked_up, "6", 1h);
  callback(ShipmentState::returned, "19", 90h);

  EXPECT_EQ(order_status(), catalog::OrderStatus::returned);
  EXPECT_EQ(world_.balance().on_hand, 10);
}

TEST_F(ShipParcel, ContradictingEndsWaitForAPerson) {
  ask();
  world_.drain(1h);

  callback(ShipmentState::delivered, "14", 3h);
  callback(ShipmentState::returned, "19", 90h);
  EXPECT_TRUE(shipment().held);
  EXPECT_EQ(order_status(), catalog::OrderStatus::delivered);
  ASSERT_FALSE(world_.notes.notices.empty());
  bool settled = false;
  const auto held = shipment();
  world_.store.write([&](jobs::Tables& tables) {
    settled = jobs::settle_shipment(tables, world_.services, held, ShipmentState::returned, "clerk",
                                    now());
  });

  EXPECT_TRUE(settled);
  EXPECT_FALSE(shipment().held);
  EXPECT_EQ(order_status(), catalog::OrderStatus::returned);
}

TEST_F(ShipParcel, AChannelWithAnApiIsToldTheNumberOnceAndKeepsItsOwnStates) {
  world_.fake->can.delivery = connectors::Delivery::api;
  world_.fake->ships = true;

  ask();
  world_.drain(1h);
  callback(ShipmentState::delivered, "14", 3h);
  world_.drain(1h);

  EXPECT_EQ(world_.fake->shipped.size(), 1U);
  std::vector<catalog::OrderRequest> told;
  world_.store.read(
      [&](jobs::Tables& tables) { told = tables.catalog.fulfilment.requests(kShop, order_); });
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].tracking_number, "VN1");
  EXPECT_EQ(told[0].carrier, "VNPost");
  EXPECT_EQ(told[0].state, catalog::RequestState::done);
  EXPECT_NE(order_status(), catalog::OrderStatus::delivered);
}

TEST_F(ShipParcel, CancellingBeforeAnythingLeftMakesNoParcel) {
  ask();
  ask_to_cancel();

  world_.drain(1h);

  EXPECT_TRUE(carrier_->made.empty());
  EXPECT_EQ(request().cancel, CancelState::done);
  EXPECT_TRUE(request().sealed.empty());
  EXPECT_EQ(shipment().state, ShipmentState::cancelled);
}

TEST_F(ShipParcel, CancellingIsDoneOnceAndAParcelThatMovesOnAfterItIsHeld) {
  ask();
  world_.drain(1h);
  carrier_->next_cancel = {{}, Landing::lands, true};
  ask_to_cancel();
  world_.crash();
  world_.drain(1h);
  EXPECT_TRUE(carrier_->made[0].cancelled);
  EXPECT_EQ(shipment().state, ShipmentState::cancelled);
  EXPECT_EQ(request().cancel, CancelState::done);

  callback(ShipmentState::in_transit, "10", 24h);

  EXPECT_TRUE(shipment().held);
}

TEST_F(ShipParcel, ACancellationThatComesTooLateIsTold) {
  ask();
  world_.drain(1h);
  carrier_->next_cancel = {{ErrorCode::rejected, "fetched already", {}, {}}, Landing::never};
  ask_to_cancel();

  world_.drain(1h);

  EXPECT_EQ(request().cancel, CancelState::refused);
  EXPECT_EQ(request().problem, "fetched already");
  EXPECT_EQ(shipment().state, ShipmentState::created);
}

TEST_F(ShipParcel, ParcelsUnderWayAreAskedAboutUntilTheirEnd) {
  ask();
  world_.drain(1h);
  carrier_->told["VN1"] = {{"a", "VN1", "", ShipmentState::picked_up, "6", now()},
                           {"b", "VN1", "", ShipmentState::delivered, "14", now() + 1h}};

  for (int twice = 0; twice < 2; ++twice) {
    enqueue(jobs::JobKind::follow_parcels);
    world_.drain(1min);
  }

  EXPECT_EQ(shipment().state, ShipmentState::delivered);
  EXPECT_EQ(order_status(), catalog::OrderStatus::delivered);
  EXPECT_EQ(carrier_->questions, 1);
}

TEST_F(ShipParcel, ASilentCarrierIsAskedToCallAgainOnceADay) {
  carrier_->can = {Lookup::by_callback, false, true};
  ask();
  world_.drain(1h);
  const auto follow = [&] {
    enqueue(jobs::JobKind::follow_parcels);
    world_.drain(1min);
  };

  follow();
  EXPECT_TRUE(carrier_->repeats.empty());
  world_.clock.advance(25h);
  follow();
  follow();

  EXPECT_EQ(carrier_->repeats, std::vector<std::string>{"VN1"});
}

// Every callback of a journey, twice, in any order: the same end.
TEST_F(ShipParcel, AnyOrderOfArrivalTellsTheSame) {
  const char* given = std::getenv("NONGSAN_TEST_SEED");
  const auto seed = given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937_64 dice(seed);
  const std::vector<ShipmentState> journey = {ShipmentState::created,    ShipmentState::picked_up,
                                              ShipmentState::in_transit, ShipmentState::delivering,
                                              ShipmentState::delivering, ShipmentState::delivered};
  for (int round = 0; round < 20; ++round) {
    const auto reference = "NS-" + std::to_string(round);
    ask(reference);
    world_.drain(1h);
    std::vector<std::size_t> arrivals;
    for (std::size_t i = 0; i < journey.size(); ++i) arrivals.insert(arrivals.end(), 2, i);
    std::shuffle(arrivals.begin(), arrivals.end(), dice);
    for (const auto step : arrivals) {
      callback(journey[step], "s" + std::to_string(step), std::chrono::hours{step},
               carrier_->made.back().number);
    }
    EXPECT_EQ(shipment(reference).state, ShipmentState::delivered);
    EXPECT_EQ(shipment(reference).history.size(), journey.size());
    EXPECT_FALSE(shipment(reference).held);
  }
  EXPECT_EQ(order_status(), catalog::OrderStatus::delivered);
  EXPECT_EQ(world_.balance().on_hand, 10);
}

}  // namespace
}  // namespace jobs_test
