#include "connectors/carriers/create_once.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>

namespace connectors::carriers {
namespace {

using base::Error;
using base::ErrorCode;
using ::testing::ElementsAre;

const base::Instant kNow = base::from_unix_s(1'700'000'000);

// Answers create() from a script; find() tells what it was told to know.
class Scripted final : public Carrier {
 public:
  explicit Scripted(Lookup lookup) : lookup_(lookup) {}

  std::deque<base::Result<Booking>> creates;
  std::optional<Booking> known;
  bool find_fails = false;
  std::vector<std::string> calls;

  Traits traits() const override { return {lookup_, true, true}; }
  base::Result<Booking> create(const ShipmentRequest&) override {
    calls.emplace_back("create");
    auto answer = creates.front();
    creates.pop_front();
    return answer;
  }
  base::Result<std::optional<Booking>> find(const std::string& reference,
                                            base::Instant since) override {
    calls.emplace_back("find " + reference);
    EXPECT_EQ(since, kNow - kLookBack);
    if (find_fails) return Error{ErrorCode::unavailable, "no", {}, {}};
    return known;
  }
  base::Status test() override { return base::Done{}; }
  base::Result<std::vector<Place>> places(PlaceScheme, PlaceLevel, const std::string&) override {
    return std::vector<Place>{};
  }
  base::Result<std::vector<FeeOffer>> quote(const ShipmentRequest&) override {
    return std::vector<FeeOffer>{};
  }
  base::Result<Cancellation> cancel(const Booking&, const std::string&) override {
    return Cancellation::done;
  }
  base::Result<Label> label(const std::string&) override { return Label{}; }
  base::Result<std::vector<catalog::ShipmentEvent>> status(const std::string&) override {
    return std::vector<catalog::ShipmentEvent>{};
  }
  base::Status repeat_callbacks(const std::string&) override { return base::Done{}; }
  base::Result<CallbackReading> read_callback(const WebhookRequest&) const override {
    return CallbackReading{};
  }

 private:
  const Lookup lookup_;
};

ShipmentRequest request() {
  ShipmentRequest out;
  out.reference = "LA-1";
  return out;
}

Error error(ErrorCode code) {
  return {code, "x", {}, {}};
}

TEST(CreateOnce, TheFirstAttemptCreatesAtOnce) {
  Scripted carrier{Lookup::by_reference};
  carrier.creates.emplace_back(Booking{"T1", "", 0});

  const auto booked = create_once(carrier, request(), Attempt::first, kNow);

  ASSERT_TRUE(booked.ok());
  EXPECT_THAT(carrier.calls, ElementsAre("create"));
}

TEST(CreateOnce, ALaterAttemptLooksFirst) {
  Scripted carrier{Lookup::by_reference};
  carrier.known = Booking{"T1", "", 0};

  const auto booked = create_once(carrier, request(), Attempt::again, kNow);

  ASSERT_TRUE(booked.ok());
  EXPECT_EQ(booked.value().tracking_no, "T1");
  EXPECT_THAT(carrier.calls, ElementsAre("find LA-1"));
}

TEST(CreateOnce, NothingIsCreatedWhileNobodyKnowsWhetherItIsThere) {
  Scripted carrier{Lookup::by_reference};
  carrier.find_fails = true;

  const auto booked = create_once(carrier, request(), Attempt::again, kNow);

  ASSERT_FALSE(booked.ok());
  EXPECT_EQ(booked.error().code, ErrorCode::unavailable);
  EXPECT_THAT(carrier.calls, ElementsAre("find LA-1"));
}

TEST(CreateOnce, ALostAnswerIsLookedUp) {
  Scripted carrier{Lookup::by_reference};
  carrier.creates.emplace_back(error(ErrorCode::unknown_outcome));
  carrier.known = Booking{"T1", "", 0};

  const auto booked = create_once(carrier, request(), Attempt::first, kNow);

  ASSERT_TRUE(booked.ok());
  EXPECT_THAT(carrier.calls, ElementsAre("create", "find LA-1"));
}

TEST(CreateOnce, ALostAnswerThatLeftNothingStaysUnknown) {
  Scripted carrier{Lookup::by_reference};
  carrier.creates.emplace_back(error(ErrorCode::unknown_outcome));

  const auto booked = create_once(carrier, request(), Attempt::first, kNow);

  ASSERT_FALSE(booked.ok());
  EXPECT_EQ(booked.error().code, ErrorCode::unknown_outcome);
}

TEST(CreateOnce, ARefusalIsNotLookedUp) {
  Scripted carrier{Lookup::by_reference};
  carrier.creates.emplace_back(error(ErrorCode::rejected));

  EXPECT_FALSE(create_once(carrier, request(), Attempt::first, kNow).ok());
  EXPECT_THAT(carrier.calls, ElementsAre("create"));
}

TEST(CreateOnce, WhoCannotBeAskedIsTriedAgain) {
  Scripted carrier{Lookup::by_callback};
  carrier.creates.emplace_back(error(ErrorCode::unknown_outcome));
  carrier.creates.emplace_back(error(ErrorCode::conflict));

  EXPECT_FALSE(create_once(carrier, request(), Attempt::first, kNow).ok());
  const auto second = create_once(carrier, request(), Attempt::again, kNow);

  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().code, ErrorCode::conflict);
  EXPECT_THAT(carrier.calls, ElementsAre("create", "create"));
}

}  // namespace
}  // namespace connectors::carriers
