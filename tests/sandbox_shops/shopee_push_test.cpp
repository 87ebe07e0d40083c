// Messages to the seller: the sender by itself, and what the shop tells through it.
#include <gtest/gtest.h>

#include <mutex>

#include "callers.h"
#include "sandbox/shopee/pushes.h"
#include "sandbox/wire/push.h"

namespace {

using namespace shops;
using namespace std::chrono_literals;
using sandbox::wire::Answer;
using sandbox::wire::Letter;
using sandbox::wire::Outbox;

// The seller's end, as a port: answers what it is told to and keeps what it got.
struct Seller {
  Answer answer{204, "", ""};
  std::vector<Letter> got;
  Outbox::Post post() {
    return [this](const Letter& letter) {
      got.push_back(letter);
      return answer;
    };
  }
};

class Pushes : public testing::Test {
 protected:
  Pushes()
      : outbox_(
            context_, "shopee", sandbox::shopee::push_rules(),
            [](const std::string& url, const std::string& body) {
              return sandbox::shopee::push_headers("push-key-5d1e8b40c2974f6a", url, body);
            },
            seller_.post()) {
    outbox_.set_url("https://hub.example.vn/hooks/shopee");
  }
  std::size_t after(std::chrono::seconds pause) {
    context_.clock.advance(pause);
    return outbox_.deliver_due();
  }
  std::string state() const { return text(list(outbox_.truth(), "messages").at(0), "state"); }

  sandbox::Context context_{1};
  Seller seller_;
  Outbox outbox_;
};

TEST_F(Pushes, AreSignedOverTheUrlAndTheRawBody) {
  const std::string body =
      R"({"data":{"items":[],"ordersn":"251009A1B2C3D4","status":"READY_TO_SHIP",)"
      R"("completed_scenario":"","update_time":1760000000},"shop_id":600001,"code":3,)"
      R"("timestamp":1760000001})";

  outbox_.add({"3", "251009A1B2C3D4", body});
  outbox_.deliver_due();

  ASSERT_EQ(seller_.got.size(), 1U);
  EXPECT_EQ(seller_.got[0].body, body);
  EXPECT_EQ(seller_.got[0].headers.at(1).first, "Authorization");
  EXPECT_EQ(seller_.got[0].headers.at(1).second,
            "d516e99325ecc71459032d041949730f814282b9e6981d0aa4a4e8bca9eea080");
  EXPECT_EQ(state(), "delivered");
}

TEST_F(Pushes, AreTriedAgainByTheVendorsScheduleAndThenLost) {
  seller_.answer = {500, "", ""};
  outbox_.add({"3", "A", "{}"});

  EXPECT_EQ(outbox_.deliver_due(), 1U);
  EXPECT_EQ(after(299s), 0U);
  EXPECT_EQ(after(2s), 1U);
  EXPECT_EQ(after(1799s), 0U);
  EXPECT_EQ(after(2s), 1U);
  EXPECT_EQ(after(10'799s), 0U);
  EXPECT_EQ(state(), "waiting");
  EXPECT_EQ(after(2s), 1U);
  EXPECT_EQ(state(), "lost");
  EXPECT_EQ(after(24h), 0U);
  EXPECT_EQ(outbox_.lost(0, 100).size(), 1U);
  outbox_.confirm_lost_through(1);
  EXPECT_TRUE(outbox_.lost(0, 100).empty());
}

TEST_F(Pushes, AnAnswerWithABodyIsNoAcknowledgement) {
  seller_.answer = {200, R"({"ok":true})", ""};
  outbox_.add({"3", "A", "{}"});
  outbox_.deliver_due();
  EXPECT_EQ(state(), "waiting");

  seller_.answer = {200, "", ""};
  after(301s);

  EXPECT_EQ(state(), "delivered");
}

TEST_F(Pushes, AreLostDoubledAndOvertakenByTheFaultPlan) {
  context_.faults.set(*sandbox::wire::parse(
      R"([{"channel":"shopee","path":"push/3","kind":"push_lost","times":1},)"
      R"({"channel":"shopee","path":"push/3","kind":"push_twice","times":1},)"
      R"({"channel":"shopee","path":"push/3","kind":"push_late","delay_ms":60000,"times":1}])"));
  for (const auto* body : {"lost", "twice", "late", "plain"}) outbox_.add({"3", body, body});

  outbox_.deliver_due();
  after(61s);

  std::vector<std::string> bodies;
  for (const auto& letter : seller_.got) bodies.push_back(letter.body);
  EXPECT_EQ(bodies, (std::vector<std::string>{"twice", "twice", "plain", "late"}));
  EXPECT_EQ(integer(outbox_.truth(), "dropped"), 1);
  EXPECT_TRUE(outbox_.lost(0, 100).empty());
}

TEST_F(Pushes, FaultRulesOfPushesLeaveCallsAlone) {
  context_.faults.set(*sandbox::wire::parse(R"([{"kind":"push_lost"},{"kind":"drop"}])"));

  const auto of_call = context_.faults.next("shopee", "push/3", context_.dice);
  const auto of_push = context_.faults.next_push("shopee", "push/3", context_.dice);

  EXPECT_EQ(of_call->kind, "drop");
  EXPECT_EQ(of_push->kind, "push_lost");
}

TEST_F(Pushes, SurviveARestartWhole) {
  seller_.answer = {500, "", ""};
  outbox_.add({"3", "A", R"({"x":"Gạo"})"});
  outbox_.deliver_due();
  Outbox other(
      context_, "shopee", sandbox::shopee::push_rules(),
      [](const auto&, const auto&) { return sandbox::wire::Headers{}; }, seller_.post());

  other.load(outbox_.save());

  EXPECT_EQ(other.save(), outbox_.save());
  EXPECT_EQ(other.url(), outbox_.url());
}

TEST(Post, SilenceAndRedirectsAreNoAnswer) {
  server::http::HttpServer slow({}, [](const server::http::Request& request) {
    server::http::Response response;
    if (request.path == "/silent") response.delay = 300ms;
    if (request.path == "/moved") {
      response.status = 302;
      response.headers.emplace_back("Location", "/silent");
    }
    return response;
  });
  slow.start();
  const auto host = "http://127.0.0.1:" + std::to_string(slow.port());

  const auto silent = sandbox::wire::post({host + "/silent", {}, "{}", 50ms});
  const auto moved = sandbox::wire::post({host + "/moved", {}, "{}", 5s});
  const auto nobody = sandbox::wire::post({"http://127.0.0.1:1/", {}, "{}", 5s});
  slow.stop(1s);

  EXPECT_EQ(silent.status, 0);
  EXPECT_FALSE(silent.problem.empty());
  EXPECT_EQ(moved.status, 302);
  EXPECT_EQ(nobody.status, 0);
}

// A receiver on loopback that acknowledges as documented and keeps what it heard.
class Receiver {
 public:
  Receiver() : server_({}, [this](const auto& request) { return hear(request); }) {
    server_.start();
  }
  ~Receiver() { server_.stop(1s); }
  std::string url() const {
    return "http://127.0.0.1:" + std::to_string(server_.port()) + "/hooks";
  }
  std::vector<Json> heard() const {
    const std::lock_guard lock(mutex_);
    return heard_;
  }
  // "3 UNPAID", "4" and so on, in the order of arrival.
  std::vector<std::string> told() const {
    std::vector<std::string> out;
    for (const auto& push : heard()) {
      const auto state = text(member(push, "data"), "status");
      out.push_back(text(push, "code") + (state.empty() ? "" : " " + state));
    }
    return out;
  }
  int status = 204;

 private:
  server::http::Response hear(const server::http::Request& request) {
    const std::lock_guard lock(mutex_);
    heard_.push_back(sandbox::wire::parse(request.body).value_or(Json{}));
    server::http::Response response;
    response.status = status;
    return response;
  }
  mutable std::mutex mutex_;
  std::vector<Json> heard_;
  server::http::HttpServer server_;
};

class ShopeePushes : public testing::Test {
 protected:
  ShopeePushes() { caller_.grant("first-code"); }
  Json configure(const std::string& more = "") {
    return caller_.post("push/set_app_push_config",
                        R"({"callback_url":")" + receiver_.url() + "\"" + more + "}", false);
  }
  Json config() {
    const std::string path = "/api/v2/push/get_app_push_config";
    return member(caller_.send(request("GET", path, caller_.query(path, false))), "response");
  }
  std::vector<std::string> told() {
    caller_.channel->tick();
    caller_.channel->deliver_pushes();
    return receiver_.told();
  }
  Receiver receiver_;
  ShopeeCaller caller_;
};

TEST_F(ShopeePushes, ANewAddressMustPassTheTestPush) {
  receiver_.status = 500;
  EXPECT_EQ(text(configure(), "error"), "error_param");
  EXPECT_EQ(text(config(), "callback_url"), "");

  receiver_.status = 204;
  EXPECT_EQ(text(configure(R"(,"set_push_config_off":[4])"), "error"), "");

  EXPECT_EQ(text(config(), "callback_url"), receiver_.url());
  EXPECT_EQ(text(config(), "live_push_status"), "Normal");
  EXPECT_EQ(list(config(), "push_config_off_list").size(), 1U);
  EXPECT_EQ(receiver_.heard().size(), 2U);
}

TEST_F(ShopeePushes, AWronglySignedConfigurationSendsNoTestPush) {
  auto call = request("POST", "/api/v2/push/set_app_push_config",
                      caller_.query("/api/v2/push/get_app_push_config", false));
  call.body = R"({"callback_url":")" + receiver_.url() + R"("})";

  EXPECT_EQ(text(caller_.send(call), "error"), "error_sign");
  EXPECT_TRUE(receiver_.heard().empty());
}

TEST_F(ShopeePushes, FollowAnOrderFromUnpaidToItsTrackingNumber) {
  ASSERT_TRUE(caller_.channel->push_to(receiver_.url()).ok());
  const auto sn = caller_.channel->buy({{"GAO-ST25-5KG", 1}}).value().order_id;
  EXPECT_EQ(told(), (std::vector<std::string>{"3 UNPAID"}));
  caller_.advance(5s);
  EXPECT_EQ(told().back(), "3 READY_TO_SHIP");

  EXPECT_EQ(
      text(caller_.post("logistics/ship_order", R"({"order_sn":")" + sn + R"(","dropoff":{}})"),
           "error"),
      "");
  caller_.advance(20s);

  EXPECT_EQ(told(),
            (std::vector<std::string>{"3 UNPAID", "3 READY_TO_SHIP", "3 PROCESSED", "30", "4"}));
  const auto last = receiver_.heard().back();
  EXPECT_EQ(text(member(last, "data"), "ordersn"), sn);
  EXPECT_TRUE(text(member(last, "data"), "tracking_no").starts_with("SPXVN"));
  EXPECT_EQ(integer(last, "shop_id"), 600'001);
}

TEST_F(ShopeePushes, WhatNeverArrivedIsKeptForThreeDaysAndConfirmedOnce) {
  ASSERT_TRUE(caller_.channel->push_to(receiver_.url()).ok());
  receiver_.status = 503;
  const auto sn = caller_.channel->buy({{"GAO-ST25-5KG", 1}}).value().order_id;
  for (const auto pause : {0s, 301s, 1801s, 10'801s}) {
    caller_.advance(pause);
    told();
  }
  const std::string path = "/api/v2/push/get_lost_push_message";
  const auto lost = [&] {
    return member(caller_.send(request("GET", path, caller_.query(path, false))), "response");
  };

  const auto first = list(lost(), "push_message_list").at(0);
  EXPECT_EQ(integer(first, "code"), 3);
  const auto original = sandbox::wire::parse(text(first, "data"));
  ASSERT_TRUE(original);
  EXPECT_EQ(text(member(*original, "data"), "ordersn"), sn);
  caller_.post("push/confirm_consumed_lost_push_message",
               R"({"last_message_id":)" + text(lost(), "last_message_id") + "}", false);
  const auto left = list(lost(), "push_message_list");
  EXPECT_TRUE(left.empty() || text(member(*sandbox::wire::parse(text(left.at(0), "data")), "data"),
                                   "status") != "UNPAID");
}

TEST_F(ShopeePushes, SpeakPlainUtf8) {
  ASSERT_TRUE(caller_.channel->push_to(receiver_.url()).ok());

  ASSERT_TRUE(
      caller_.channel->act(*sandbox::wire::parse(R"({"act":"ban_item","sku":"GAO-ST25-5KG"})"))
          .ok());

  const auto message = list(member(caller_.channel->truth(), "pushes"), "messages").at(0);
  EXPECT_NE(text(message, "body").find("Gạo thơm ST25"), std::string::npos);
  EXPECT_EQ(told(), (std::vector<std::string>{"16"}));
}

TEST_F(ShopeePushes, ConsentAndItsEndAreToldWithoutAShopId) {
  ASSERT_TRUE(caller_.channel->push_to(receiver_.url()).ok());

  caller_.grant(caller_.channel->fresh_code().value());
  caller_.advance(std::chrono::hours{24 * 359});
  told();
  caller_.send(request("GET", "/cancel_auth",
                       "partner_id=1000001&redirect_uri=" + encode("http://localhost:9/")));

  EXPECT_EQ(told(), (std::vector<std::string>{"1", "12", "2"}));
  EXPECT_FALSE(sandbox::wire::has(receiver_.heard().front(), "shop_id"));
  EXPECT_EQ(integer(receiver_.heard().front(), "partner_id"), 1'000'001);
  EXPECT_NE(text(member(receiver_.heard().back(), "data"), "extra").find("600001"),
            std::string::npos);
}

TEST_F(ShopeePushes, AnAppThatAcknowledgesTooLittleIsSuspendedUntilConfiguredAgain) {
  ASSERT_TRUE(caller_.channel->push_to(receiver_.url()).ok());
  receiver_.status = 500;
  for (int i = 0; i < 601; ++i) {
    ASSERT_TRUE(
        caller_.channel->act(*sandbox::wire::parse(R"({"act":"ban_item","sku":"CHE-SHAN-200"})"))
            .ok());
  }
  caller_.channel->deliver_pushes();

  EXPECT_EQ(text(config(), "live_push_status"), "Suspended");
  const auto before = integer(member(caller_.channel->truth(), "pushes"), "made");
  ASSERT_TRUE(caller_.channel->buy({{"GAO-ST25-5KG", 1}}).ok());
  EXPECT_EQ(integer(member(caller_.channel->truth(), "pushes"), "made"), before);
  receiver_.status = 204;
  EXPECT_EQ(text(configure(), "error"), "");
  ASSERT_TRUE(caller_.channel->buy({{"GAO-ST25-5KG", 1}}).ok());
  EXPECT_EQ(integer(member(caller_.channel->truth(), "pushes"), "made"), before + 1);
}

}  // namespace
