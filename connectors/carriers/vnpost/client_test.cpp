#include "connectors/carriers/vnpost/client.h"

#include <gtest/gtest.h>

#include "connectors/carriers/vnpost/carrier.h"
#include "connectors/carriers/vnpost/signature.h"
#include "connectors/common/scripted_transport.h"

namespace connectors::carriers::vnpost {
namespace {

using base::ErrorCode;
using common::ScriptedTransport;

// Made once with the openssl tool over kSigned; the private half was thrown away.
constexpr const char* kPublicKey =
    "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAvnTh9Q1mOa6clh1v4BKBmLSjJOsfHsJi"
    "lagjoSHxAgxLBeCEkKMQriB90dmMT7WgVFMNRO03/qSlWldF6Jt92SGpeYNgPGVoRtTEQ1YkdCD+"
    "erQGUsFygHMg+3ktT8Fgm9yTYtf6EtLZNeTvjGigV6Xhx8fZ9KjJTGmP+6w1707WnlRDkFPEiV0d"
    "Iado/1YBmahRkhToZo6GMFjSgXVqW05G1+y3OpQF+b8FD/pF2zFusCs37r1vLpLpp4NMEmpg8UsG"
    "dmjsxWib/Mi/aE0ypC+BIxd5exeDzxAy9cEludHBfIRKU58cXD4PcXQrpQ+sWevWd/Srlxa1ZObk"
    "E1IEHQIDAQAB";
constexpr const char* kSignature =
    "ROvDFIqvKm4H2pdfN1S8tanUr3EYRZsEgskBSSiSoHMtX6nySdJiwxC3xBDVOLAlmASNptbpq8Kb"
    "zuijNiyDdQi/ZXVtj7IRW/G6FtxxB662ADVBtSAT4b5AhWVzq3TCykq6SLTgffIvQeEHgx3uuWTx"
    "yXWYxGvGBx1f11BcTO1q1xaxK0wMnSTuAvGo+23HUIeJKyk1+Rcdk5icRMB5DspgVkhM3y7XEcPX"
    "44aQDLy5FQADH/erTiM1M88DKQn2T9HtDueZfRYi5Wt9OZBFVQtGl96DburT13/L+572sC0OMnub"
    "2sBExCBtz56g0Ja4Hf1AAf6ySPSAHqVH2/ENbQ==";
constexpr const char* kSigned = "MYVNP24/11/2026 08:02:03CP123456785VN14";

std::string message(const std::string& order, const std::string& sent = "24/11/2026 08:02:03",
                    const std::string& signature = kSignature) {
  return R"({"data":[)" + order + R"(],"sendDate":")" + sent + R"(","signature":")" + signature +
         "\"}";
}

constexpr const char* kOrder = R"({"itemCode":"CP123456785VN","status":14,)"
                               R"("saleOrderCode":"LA-1","updatedDate":"24/11/2026 08:00:00"})";

class Sessions final : public common::SessionStore {
 public:
  std::optional<common::Session> load() override { return kept; }
  void save(const common::Session& session) override { kept = session; }
  std::optional<common::Session> kept;
};

class VnpostClient : public ::testing::Test {
 protected:
  static std::map<std::string, std::string> options() {
    return {{"username", "seller"},
            {"password", "s3cret"},
            {"customer_code", "C000000001"},
            {"public_key", kPublicKey},
            {"base_url", "https://carrier.example/"}};
  }
  Client client(std::map<std::string, std::string> with = options()) {
    const auto read = read_options({catalog::AccountId{"vnp"}, std::move(with)});
    EXPECT_TRUE(read.ok());
    return {read.value(), environment_, wire_};
  }
  std::unique_ptr<Carrier> carrier(std::map<std::string, std::string> with = options()) {
    auto made = make({catalog::AccountId{"vnp"}, std::move(with)}, environment_);
    EXPECT_TRUE(made.ok());
    return std::move(made).value();
  }
  base::Result<CallbackReading> reading(const std::string& body) {
    return carrier()->read_callback({"", {}, body});
  }
  ErrorCode refusal(const std::string& body) {
    const auto read = reading(body);
    EXPECT_FALSE(read.ok());
    return read ? ErrorCode::conflict : read.error().code;
  }

  base::ManualClock clock_{base::from_unix_s(1'795'482'123)};
  common::ManualWaiter waiter_{clock_};
  Sessions sessions_;
  std::shared_ptr<ScriptedTransport> wire_ = std::make_shared<ScriptedTransport>();
  Environment environment_{clock_, sessions_, waiter_};
};

TEST(VnpostSignature, KnowsTheGenuineOneAlone) {
  EXPECT_TRUE(verifies(kPublicKey, kSigned, kSignature));
  EXPECT_FALSE(verifies(kPublicKey, std::string{kSigned} + "0", kSignature));
  EXPECT_FALSE(verifies(kPublicKey, kSigned, ""));
  EXPECT_FALSE(verifies(kPublicKey, kSigned, "AAAA"));
  EXPECT_FALSE(verifies("", kSigned, kSignature));
}

TEST(VnpostSignature, TakesAKeyAsPemOrAsItIsPrinted) {
  std::string pem = "-----BEGIN PUBLIC KEY-----\n";
  const std::string key = kPublicKey;
  for (std::size_t at = 0; at < key.size(); at += 64) pem += key.substr(at, 64) + "\n";
  pem += "-----END PUBLIC KEY-----\n";

  EXPECT_TRUE(is_public_key(kPublicKey));
  EXPECT_TRUE(is_public_key(pem));
  EXPECT_TRUE(verifies(pem, kSigned, kSignature));
  EXPECT_FALSE(is_public_key(key.substr(0, 100)));
  EXPECT_FALSE(is_public_key("no key"));
  EXPECT_FALSE(is_public_key(""));
}

TEST_F(VnpostClient, SignsInWithTheCustomerCodeBelowThePrefix) {
  auto with = options();
  with["path_prefix"] = "/customer-partner";
  auto carrier_client = client(with);
  wire_->reply(200, R"({"success":true,"token":"t1"})");
  wire_->reply(200, "[]");

  ASSERT_TRUE(carrier_client.place_list("/getAllProvince").ok());

  const auto sent = wire_->requests();
  EXPECT_EQ(sent[0].url, "https://carrier.example/customer-partner/GetAccessToken");
  EXPECT_EQ(sent[0].body,
            R"({"customerCode":"C000000001","password":"s3cret","username":"seller"})");
  EXPECT_EQ(sent[1].url, "https://carrier.example/customer-partner/getAllProvince");
  EXPECT_EQ(common::find_header(sent[1].headers, "token"), "t1");
}

TEST_F(VnpostClient, ListsByLocalDays) {
  auto carrier_client = client();
  wire_->reply(200, R"({"success":true,"token":"t1"})");
  wire_->reply(200, R"({"results":[]})");
  const auto to = clock_.now();

  ASSERT_TRUE(carrier_client.orders(to - std::chrono::hours{9}, to, 3).ok());

  EXPECT_EQ(wire_->requests()[1].url,
            "https://carrier.example/GetListOrder?lastUpdateFrom=23-11-2026&lastUpdateTo="
            "24-11-2026&type=GUI&isInternational=false&size=500&page=3");
}

TEST_F(VnpostClient, ARefusedSignInIsUnauthorized) {
  auto carrier_client = client();
  wire_->reply(200, R"({"success":false,"errorMessage":"Invalid credentials"})");

  const auto answer = carrier_client.place_list("/getAllProvince");

  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().code, ErrorCode::unauthorized);
  EXPECT_EQ(answer.error().message.find("s3cret"), std::string::npos);
}

TEST_F(VnpostClient, OptionsNameWhatIsWrongAndNotItsValue) {
  const auto complaint = [&](const std::string& name, const std::string& value) {
    auto with = options();
    with[name] = value;
    const auto made = make({catalog::AccountId{"vnp"}, with}, environment_);
    EXPECT_FALSE(made.ok()) << name;
    return made ? std::string{} : made.error().message;
  };

  EXPECT_EQ(complaint("customer_code", ""), "account vnp: option customer_code is missing");
  EXPECT_EQ(complaint("status_scale", "55"), "account vnp: option status_scale must be 29 or 100");
  EXPECT_EQ(complaint("public_key", "c2VjcmV0").find("c2VjcmV0"), std::string::npos);
  EXPECT_EQ(complaint("path_prefix", "x"), "account vnp: option path_prefix must start with /");
  EXPECT_EQ(complaint("token_minutes", "0").find("token_minutes") != std::string::npos, true);
}

TEST_F(VnpostClient, AGenuineCallbackIsRead) {
  const auto read = reading(message(kOrder));

  ASSERT_TRUE(read.ok()) << read.error().message;
  ASSERT_EQ(read.value().events.size(), 1U);
  const auto& event = read.value().events.front();
  EXPECT_EQ(event.tracking_no, "CP123456785VN");
  EXPECT_EQ(event.reference, "LA-1");
  EXPECT_EQ(event.state, catalog::ShipmentState::delivered);
  EXPECT_EQ(event.at, clock_.now() - std::chrono::seconds{123});
}

TEST_F(VnpostClient, WhatIsSignedCannotBeChanged) {
  const std::string other_state =
      R"({"itemCode":"CP123456785VN","status":19,"updatedDate":"24/11/2026 08:00:00"})";
  const std::string other_parcel =
      R"({"itemCode":"CP123456790VN","status":14,"updatedDate":"24/11/2026 08:00:00"})";

  EXPECT_EQ(refusal(message(other_state)), ErrorCode::unauthorized);
  EXPECT_EQ(refusal(message(other_parcel)), ErrorCode::unauthorized);
  EXPECT_EQ(refusal(message(kOrder, "25/11/2026 08:02:03")), ErrorCode::unauthorized);
  EXPECT_EQ(refusal(message(kOrder, "24/11/2026 08:02:03", "")), ErrorCode::unauthorized);
  EXPECT_EQ(refusal(R"({"data":[]})"), ErrorCode::unauthorized);
  EXPECT_EQ(refusal("{"), ErrorCode::protocol);
}

// Only the first order is signed: a forger could hang others on a genuine message.
TEST_F(VnpostClient, OrdersBeyondTheFirstAreAskedAboutAndNotBelieved) {
  const auto read = reading(message(std::string{kOrder} + R"(,{"itemCode":"CP9VN","status":14})"));

  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read.value().events.size(), 1U);
  EXPECT_EQ(read.value().ask_about, std::vector<std::string>{"CP9VN"});
}

// Nor is the order's own time: it is not believed beyond the time of sending.
TEST_F(VnpostClient, ATimeAfterTheSendingIsCutBack) {
  const auto read = reading(
      message(R"({"itemCode":"CP123456785VN","status":14,"updatedDate":"30/12/2026 00:00:00"})"));

  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read.value().events.front().at, clock_.now());
}

TEST_F(VnpostClient, WithoutAKeyNoCallbackIsGenuine) {
  auto with = options();
  with.erase("public_key");

  const auto refused = carrier(with)->read_callback({"", {}, message(kOrder)});

  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, ErrorCode::unauthorized);
}

}  // namespace
}  // namespace connectors::carriers::vnpost
