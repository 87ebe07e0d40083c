// The carriers under a seeded plan of everything that goes wrong, judged by the sandbox's record:
// never two parcels for one order, and everybody agrees where the parcels ended.
#include <algorithm>
#include <random>

#include "connectors/carriers/create_once.h"
#include "tests/contract/carrier_contract.h"

namespace contract {

using base::ErrorCode;
using catalog::Shipment;
using catalog::ShipmentState;
using connectors::carriers::Attempt;
using connectors::carriers::create_once;
using namespace std::chrono_literals;

namespace {

constexpr int kOrders = 30;
constexpr int kAttemptsMax = 40;

// Each kind of trouble with each create, and some with everything else.
std::string call_plan(const std::string& create_path) {
  std::string out = "[";
  const auto rule = [&](const std::string& path, const std::string& more) {
    out += (out.size() > 1 ? "," : "");
    out += R"({"path":")" + path + R"(","delay_ms":1,)" + more + "}";
  };
  for (const char* kind : {"timeout_before", "timeout_after", "truncated", "drop"}) {
    rule(create_path, R"("probability":0.15,"kind":")" + std::string{kind} + "\"");
  }
  for (const char* status : {"429", "500", "502", "503"}) {
    rule(create_path, R"("probability":0.08,"kind":"status","status":)" + std::string{status});
  }
  rule(create_path, R"("probability":0.05,"kind":"html","status":200)");
  rule("", R"("probability":0.08,"kind":"timeout_after")");
  rule("", R"("probability":0.08,"kind":"status","status":503)");
  return out + "]";
}

constexpr const char* kPushPlan =
    R"([{"path":"push/","kind":"push_twice","probability":0.2},)"
    R"({"path":"push/","kind":"push_late","delay_ms":3600000,"probability":0.2},)"
    R"({"path":"push/","kind":"push_lost","probability":0.15}])";

struct Fate {
  const char* name;
  ShipmentState end;
};
constexpr Fate kFates[] = {{"delivered", ShipmentState::delivered},
                           {"returned", ShipmentState::returned},
                           {"redelivered", ShipmentState::delivered},
                           {"cancelled", ShipmentState::cancelled},
                           {"odd", ShipmentState::delivered}};

bool comes_again(const base::Error& error) {
  return error.code == ErrorCode::unknown_outcome || error.code == ErrorCode::unavailable ||
         error.code == ErrorCode::rate_limited || error.code == ErrorCode::protocol;
}

}  // namespace

TEST_P(CarrierContract, NoOrderGetsTwoParcelsWhateverIsLost) {
  SCOPED_TRACE("NONGSAN_TEST_SEED=" + std::to_string(seed_));
  std::mt19937_64 random{seed_};
  ASSERT_TRUE(carrier().test().ok());
  faults(call_plan(GetParam().create_path));

  std::map<std::string, Shipment> ours;
  int lost = 0;
  for (int i = 0; i < kOrders; ++i) {
    const auto reference = "LA-" + std::to_string(i);
    auto& one = ours[reference] = shipment(reference, "");
    auto attempt = Attempt::first;
    for (int tries = 0; one.tracking_no.empty() && tries < kAttemptsMax; ++tries) {
      // Now and then the process dies between two attempts: what it held in memory is gone.
      auto fresh = random() % 3 == 0 ? connect() : nullptr;
      auto& with = fresh ? *fresh : carrier();
      const auto booked = create_once(with, request(reference), attempt, now());
      attempt = Attempt::again;
      if (booked) {
        one.tracking_no = booked.value().tracking_no;
      } else if (booked.error().code == ErrorCode::conflict) {
        take_callbacks(ours);  // its number comes with the callback that names our reference
      } else {
        ASSERT_TRUE(comes_again(booked.error())) << booked.error().message;
        ++lost;
      }
      pass(1min);
    }
    EXPECT_FALSE(one.tracking_no.empty()) << reference;
  }

  EXPECT_GT(lost, 0);
  for (const auto& [reference, one] : ours) {
    EXPECT_EQ(count(reference), 1U) << reference;
    EXPECT_EQ(truth(reference).at("tracking_no").as_string(), one.tracking_no) << reference;
  }
}

TEST_P(CarrierContract, EverybodyAgreesOnTheEndWhateverCallbacksDo) {
  SCOPED_TRACE("NONGSAN_TEST_SEED=" + std::to_string(seed_));
  std::map<std::string, Shipment> ours;
  std::map<std::string, ShipmentState> ends;
  faults(kPushPlan);
  for (int i = 0; i < kOrders; ++i) {
    const auto reference = "LA-" + std::to_string(i);
    const auto& fate = kFates[static_cast<std::size_t>(i) % std::size(kFates)];
    ASSERT_TRUE(sandbox_carrier().set_fate("", fate.name).ok());
    ours[reference] = shipment(reference, book(reference).tracking_no);
    ends[reference] = fate.end;
  }

  for (int hours = 0; hours < 130; hours += 10) {
    pass(600min);
    EXPECT_EQ(take_callbacks(ours), 0);
  }
  faults("[]");
  const bool can_ask = carrier().traits().answers_status;
  for (auto& [reference, one] : ours) {
    if (is_end(one.state)) continue;
    if (!can_ask) {
      ASSERT_TRUE(carrier().repeat_callbacks(one.tracking_no).ok());
      continue;
    }
    const auto told = carrier().status(one.tracking_no);
    ASSERT_TRUE(told.ok()) << told.error().message;
    for (const auto& event : told.value()) apply(one, event);
  }
  pass(1min);
  EXPECT_EQ(take_callbacks(ours), 0);

  for (const auto& [reference, one] : ours) {
    EXPECT_EQ(to_string(one.state), to_string(ends.at(reference)))
        << reference << " " << truth(reference).serialize();
    EXPECT_FALSE(one.held) << reference;
  }
}

// Callbacks come from the open network.
TEST_P(CarrierContract, MangledCallbacksAreRefusedOrSayWhatWasSigned) {
  SCOPED_TRACE("NONGSAN_TEST_SEED=" + std::to_string(seed_));
  constexpr int kMangled = 3'000;
  std::mt19937_64 random{seed_};
  book("LA-1");
  const auto genuine = callbacks().at(0);
  const auto told = carrier().read_callback(genuine);
  ASSERT_TRUE(told.ok());
  const auto& event = told.value().events.front();
  const bool is_signed = carrier().traits().answers_status;  // the other shows a secret

  int refused = 0;
  for (int i = 0; i < kMangled; ++i) {
    auto mangled = genuine;
    for (auto edits = random() % 3 + 1; edits > 0; --edits) {
      const auto at = static_cast<std::size_t>(random() % mangled.body.size());
      const auto byte = static_cast<char>(random() % 256);
      if (random() % 4 == 0) {
        mangled.body.resize(at + 1);
      } else if (random() % 4 == 0) {
        mangled.body.insert(at, 1, byte);
      } else {
        mangled.body[at] = byte;
      }
    }
    const auto reading = carrier().read_callback(mangled);
    if (!reading) ++refused;
    if (!reading || !is_signed) continue;
    EXPECT_EQ(reading.value().events.front().tracking_no, event.tracking_no) << mangled.body;
    EXPECT_EQ(reading.value().events.front().remote_state, event.remote_state) << mangled.body;
  }
  EXPECT_GT(refused, 0);
}

}  // namespace contract
