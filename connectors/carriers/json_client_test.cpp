#include "connectors/carriers/json_client.h"

#include <gtest/gtest.h>

#include "connectors/common/scripted_transport.h"

namespace connectors::carriers {
namespace {

using base::Error;
using base::ErrorCode;
using common::ScriptedTransport;
using namespace std::chrono_literals;

class Sessions final : public common::SessionStore {
 public:
  std::optional<common::Session> load() override { return kept; }
  void save(const common::Session& session) override {
    kept = session;
    ++saves;
  }
  std::optional<common::Session> kept;
  int saves = 0;
};

std::optional<Error> judge(const JsonAnswer& answer, Nature) {
  if (answer.by_status) return answer.by_status;
  if (answer.body.is_null()) return Error{ErrorCode::protocol, "no JSON", {}, {}};
  return std::nullopt;
}

class CarrierJsonClient : public ::testing::Test {
 protected:
  JsonClient client(std::string fixed_token = {}) {
    JsonClientSetup setup;
    setup.carrier = "Carrier";
    setup.rest.base_url = "https://carrier.example";
    setup.rate = {1000.0, 1000};
    setup.token_header = "token";
    setup.fixed_token = std::move(fixed_token);
    setup.token_life = 1h;
    setup.judge = judge;
    return {setup, environment_, [this](JsonClient& json) { return sign_in(json); }, wire_};
  }
  base::Result<std::string> sign_in(JsonClient& json) {
    ++sign_ins_;
    const auto answer =
        json.ask_open(json_post("/login", common::Json::object(), Nature::write_again));
    if (!answer) return answer.error();
    return common::text(answer.value(), "token");
  }
  std::string sent_token(std::size_t index) const {
    const auto request = wire_->requests().at(index);
    return std::string{common::find_header(request.headers, "token").value_or("none")};
  }

  base::ManualClock clock_{base::from_unix_s(1'700'000'000)};
  common::ManualWaiter waiter_{clock_};
  Sessions sessions_;
  int sign_ins_ = 0;
  std::shared_ptr<ScriptedTransport> wire_ = std::make_shared<ScriptedTransport>();
  Environment environment_{clock_, sessions_, waiter_};
};

TEST_F(CarrierJsonClient, SignsInFirstAndStoresBeforeItUses) {
  auto json = client();
  wire_->reply(200, R"({"token":"t1"})");
  wire_->reply(200, R"({"ok":1})");

  ASSERT_TRUE(json.ask(json_get("/a")).ok());

  EXPECT_EQ(sessions_.saves, 1);
  EXPECT_EQ(sessions_.kept->access_token, "t1");
  EXPECT_EQ(sent_token(0), "none");
  EXPECT_EQ(sent_token(1), "t1");
}

TEST_F(CarrierJsonClient, ARefusedTokenIsRenewedOnceAndTheCallRepeatedOnce) {
  auto json = client();
  wire_->reply(200, R"({"token":"t1"})");
  wire_->reply(401, "{}");
  wire_->reply(200, R"({"token":"t2"})");
  wire_->reply(401, "{}");

  const auto answer = json.ask(json_get("/a"));

  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().code, ErrorCode::unauthorized);
  EXPECT_EQ(sign_ins_, 2);
  EXPECT_EQ(wire_->requests().size(), 4U);
  EXPECT_EQ(sent_token(3), "t2");
}

TEST_F(CarrierJsonClient, ATokenIsRenewedBeforeItsTimeIsUp) {
  auto json = client();
  wire_->reply(200, R"({"token":"t1"})");
  wire_->reply(200, "{}");
  ASSERT_TRUE(json.ask(json_get("/a")).ok());
  clock_.advance(50min);
  wire_->reply(200, R"({"token":"t2"})");
  wire_->reply(200, "{}");

  ASSERT_TRUE(json.ask(json_get("/a")).ok());

  EXPECT_EQ(sent_token(3), "t2");
}

TEST_F(CarrierJsonClient, AWrongPasswordIsNotTriedAgain) {
  auto json = client();
  wire_->reply(401, "{}");

  EXPECT_EQ(json.ask(json_get("/a")).error().code, ErrorCode::unauthorized);
  EXPECT_EQ(json.ask(json_get("/a")).error().code, ErrorCode::unauthorized);

  EXPECT_EQ(sign_ins_, 1);
}

TEST_F(CarrierJsonClient, ATokenMadeByHandIsUsedAsItIs) {
  auto json = client("by-hand");
  wire_->reply(401, "{}");

  EXPECT_EQ(json.ask(json_get("/a")).error().code, ErrorCode::unauthorized);

  EXPECT_EQ(sent_token(0), "by-hand");
  EXPECT_EQ(sign_ins_, 0);
}

TEST_F(CarrierJsonClient, AWriteThatMustNotHappenTwiceGoesOutOnce) {
  auto json = client("by-hand");
  wire_->fail({ErrorCode::unknown_outcome, "lost", {}, {}});

  const auto answer = json.ask(json_post("/create", common::Json::object(), Nature::write_once));

  EXPECT_EQ(answer.error().code, ErrorCode::unknown_outcome);
  ASSERT_EQ(wire_->requests().size(), 1U);
  EXPECT_EQ(wire_->requests().front().repeatable, common::Repeatable::no);
}

TEST_F(CarrierJsonClient, WaitsAsLongAsItIsTold) {
  auto json = client("by-hand");
  wire_->reply(429, "{}", {{"Retry-After", "7"}});
  wire_->reply(200, "{}");
  const auto answer = json.ask(json_get("/a"));
  ASSERT_EQ(answer.error().code, ErrorCode::rate_limited);
  EXPECT_EQ(answer.error().retry_after, 7s);
  const auto before = clock_.now();

  ASSERT_TRUE(json.ask(json_get("/a")).ok());

  EXPECT_GE(clock_.now() - before, 7s);
}

}  // namespace
}  // namespace connectors::carriers
