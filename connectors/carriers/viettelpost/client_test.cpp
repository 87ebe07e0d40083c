#include "connectors/carriers/viettelpost/client.h"

#include <gtest/gtest.h>

#include "connectors/carriers/viettelpost/carrier.h"
#include "connectors/common/scripted_transport.h"

namespace connectors::carriers::viettelpost {
namespace {

using base::ErrorCode;
using common::ScriptedTransport;

class Sessions final : public common::SessionStore {
 public:
  std::optional<common::Session> load() override { return kept; }
  void save(const common::Session& session) override { kept = session; }
  std::optional<common::Session> kept;
};

class ViettelPostClient : public ::testing::Test {
 protected:
  static std::map<std::string, std::string> options() {
    return {{"username", "seller"},
            {"password", "s3cret"},
            {"webhook_token", "hook-secret"},
            {"base_url", "https://carrier.example"},
            {"print_url", "https://print.example/"}};
  }
  Client client() {
    const auto read = read_options({catalog::AccountId{"vtp"}, options()});
    EXPECT_TRUE(read.ok());
    return {read.value(), environment_, wire_};
  }
  void sign_in() {
    const auto now = clock_.now();
    sessions_.kept = common::Session{"long", "sign-in", now + std::chrono::hours{720},
                                     now + std::chrono::hours{9'000}, 1};
  }
  std::unique_ptr<Carrier> carrier(std::map<std::string, std::string> with = options()) {
    auto made = make({catalog::AccountId{"vtp"}, std::move(with)}, environment_);
    EXPECT_TRUE(made.ok());
    return std::move(made).value();
  }

  base::ManualClock clock_{base::from_unix_s(1'700'000'000)};
  common::ManualWaiter waiter_{clock_};
  Sessions sessions_;
  std::shared_ptr<ScriptedTransport> wire_ = std::make_shared<ScriptedTransport>();
  Environment environment_{clock_, sessions_, waiter_};
};

std::string token_sent(const common::WireRequest& request) {
  return std::string{common::find_header(request.headers, "Token").value_or("none")};
}

TEST_F(ViettelPostClient, TheShortTokenBuysTheLongOne) {
  auto carrier_client = client();
  wire_->reply(200, R"({"status":200,"error":false,"message":"OK","data":{"token":"short"}})");
  wire_->reply(200, R"({"status":200,"error":false,"message":"OK","data":{"token":"long"}})");
  wire_->reply(200, R"({"status":200,"error":false,"message":"OK","data":[]})");

  ASSERT_TRUE(carrier_client.stores().ok());

  const auto sent = wire_->requests();
  ASSERT_EQ(sent.size(), 3U);
  EXPECT_EQ(sent[0].url, "https://carrier.example/v2/user/Login");
  EXPECT_EQ(sent[0].body, R"({"PASSWORD":"s3cret","USERNAME":"seller"})");
  EXPECT_EQ(token_sent(sent[0]), "none");
  EXPECT_EQ(sent[1].url, "https://carrier.example/v2/user/ownerconnect");
  EXPECT_EQ(token_sent(sent[1]), "short");
  EXPECT_EQ(token_sent(sent[2]), "long");
  EXPECT_EQ(sessions_.kept->access_token, "long");
}

TEST_F(ViettelPostClient, ALabelIsFetchedWithACodeThatRunsOut) {
  sign_in();
  auto carrier_client = client();
  wire_->reply(200, R"({"status":200,"error":false,"message":"c0de=","data":null})");
  wire_->reply(200, "%PDF-1.4", {{"Content-Type", "application/pdf"}});

  const auto label = carrier_client.label("10345381626");

  ASSERT_TRUE(label.ok()) << label.error().message;
  EXPECT_EQ(label.value().content_type, "application/pdf");
  const auto sent = wire_->requests();
  EXPECT_EQ(sent[0].body, R"({"EXPIRY_TIME":1700001800000,"ORDER_ARRAY":["10345381626"]})");
  EXPECT_EQ(sent[1].url,
            "https://print.example/DigitalizePrint/report.do?type=2&bill=c0de%3D&showPostage=1");
  EXPECT_EQ(token_sent(sent[1]), "none");
}

TEST_F(ViettelPostClient, ACreateGoesOutOnce) {
  sign_in();
  auto carrier_client = client();
  wire_->fail({ErrorCode::unknown_outcome, "lost", {}, {}});

  const auto answer = carrier_client.create(common::Json::object());

  EXPECT_EQ(answer.error().code, ErrorCode::unknown_outcome);
  EXPECT_EQ(wire_->requests().size(), 1U);
}

TEST_F(ViettelPostClient, OptionsNameWhatIsWrongAndNotItsValue) {
  auto with = options();
  with.erase("password");
  const auto missing = make({catalog::AccountId{"vtp"}, with}, environment_);
  with = options();
  with["label_type"] = "A4";
  const auto wrong = make({catalog::AccountId{"vtp"}, with}, environment_);
  with = options();
  with["base_url"] = "http://carrier.example";
  const auto plain = make({catalog::AccountId{"vtp"}, with}, environment_);

  EXPECT_EQ(missing.error().message, "account vtp: option password is missing");
  EXPECT_EQ(wrong.error().code, ErrorCode::invalid);
  EXPECT_EQ(wrong.error().message.find("A4 "), std::string::npos);
  EXPECT_EQ(plain.error().code, ErrorCode::invalid);
}

WebhookRequest callback(const std::string& token, const std::string& header = {}) {
  WebhookRequest out;
  if (!header.empty()) out.headers["authorization"] = header;
  out.body = R"({"DATA":{"ORDER_NUMBER":"10345381626","ORDER_REFERENCE":"LA-1",)"
             R"("ORDER_STATUSDATE":"13/12/2018 17:34:05","ORDER_STATUS":200},"TOKEN":")" +
             token + "\"}";
  return out;
}

TEST_F(ViettelPostClient, ACallbackShowsItsSecretInTheBodyOrTheHeader) {
  const auto with_secret = carrier();

  EXPECT_TRUE(with_secret->read_callback(callback("hook-secret")).ok());
  EXPECT_TRUE(with_secret->read_callback(callback("", "hook-secret")).ok());
  EXPECT_TRUE(with_secret->read_callback(callback("", "Bearer hook-secret")).ok());
  for (const auto& bad : {callback("hook-secre"), callback("hook-secretx"), callback(""),
                          callback("", "Bearer "), WebhookRequest{}}) {
    const auto refused = with_secret->read_callback(bad);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, ErrorCode::unauthorized);
  }
}

TEST_F(ViettelPostClient, WithoutASecretNoCallbackIsGenuine) {
  auto with = options();
  with.erase("webhook_token");

  const auto refused = carrier(with)->read_callback(callback(""));

  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, ErrorCode::unauthorized);
}

TEST_F(ViettelPostClient, AGenuineCallbackThatCannotBeReadIsNamed) {
  const auto reading =
      carrier()->read_callback({"", {{"authorization", "hook-secret"}}, "{\"DATA\":"});

  ASSERT_FALSE(reading.ok());
  EXPECT_EQ(reading.error().code, ErrorCode::protocol);
}

}  // namespace
}  // namespace connectors::carriers::viettelpost
