// The two carriers in their own envelopes: sign-in, places, parcels on their way, callbacks.
#include <gtest/gtest.h>

#include "sandbox/carriers/carriers.h"
#include "sandbox/carriers/label.h"
#include "sandbox/carriers/signing.h"
#include "tests/sandbox/support.h"

namespace sandbox_test {
namespace {

using namespace std::chrono_literals;

server::http::Response call(sandbox::Channel& carrier, const std::string& method,
                            const std::string& target, const std::string& token,
                            const std::string& body = "") {
  auto wanted = request(method, target, body);
  wanted.headers.emplace_back("Token", token);
  return carrier.handle(wanted);
}

TEST(ViettelPost, ShortTokenBuysTheLongOne) {
  sandbox::Context context(1);
  const auto carrier = sandbox::make_viettelpost(context, {"seller", "secret"});
  const std::string right = R"({"USERNAME":"seller","PASSWORD":"secret"})";

  const auto wrong = parsed(
      call(*carrier, "POST", "/v2/user/Login", "", R"({"USERNAME":"seller","PASSWORD":"x"})"));
  const auto login = parsed(call(*carrier, "POST", "/v2/user/Login", "", right));
  const auto token = login.at("data").at("token").as_string();
  const auto without = parsed(call(*carrier, "POST", "/v2/user/ownerconnect", "", right));
  const auto owner = parsed(call(*carrier, "POST", "/v2/user/ownerconnect", token, right));

  EXPECT_TRUE(wrong.at("error").as_bool());
  EXPECT_FALSE(login.at("error").as_bool());
  EXPECT_EQ(without.at("status").as_integer(), 204);
  EXPECT_NE(owner.at("data").at("token").as_string(), token);
}

std::string viettelpost_token(sandbox::Channel& carrier) {
  return parsed(call(carrier, "POST", "/v2/user/Login", "",
                     R"({"USERNAME":"seller","PASSWORD":"secret"})"))
      .at("data")
      .at("token")
      .as_string();
}

std::string viettelpost_order(const std::string& reference, const std::string& more = "") {
  return R"({"ORDER_NUMBER":")" + reference +
         R"(","SENDER_FULLNAME":"S","SENDER_ADDRESS":"A","SENDER_PHONE":"1","SENDER_PROVINCE":1080,)"
         R"("SENDER_DISTRICT":null,"SENDER_WARD":10801,"RECEIVER_FULLNAME":"R",)"
         R"("RECEIVER_ADDRESS":"B","RECEIVER_PHONE":"2","RECEIVER_PROVINCE":51,)"
         R"("RECEIVER_DISTRICT":511,"RECEIVER_WARD":5111,"PRODUCT_NAME":"Gạo","PRODUCT_WEIGHT":5200,)"
         R"("PRODUCT_PRICE":1000,"MONEY_COLLECTION":2000,"ORDER_PAYMENT":3,"ORDER_SERVICE":"LCOD")" +
         more + "}";
}

TEST(ViettelPost, TokensRunOut) {
  sandbox::Context context(1);
  const auto carrier = sandbox::make_viettelpost(context, {"seller", "secret"});
  const auto token = viettelpost_token(*carrier);
  const auto create = [&] {
    return parsed(call(*carrier, "POST", "/v2/order/createOrder", token, "{}"));
  };

  EXPECT_EQ(create().at("status").as_integer(), 400);
  context.clock.advance(25h);
  carrier->tick();
  EXPECT_EQ(create().at("status").as_integer(), 204);
}

TEST(ViettelPost, ASecondParcelIsRefusedOnlyWhenAskedTo) {
  sandbox::Context context(1);
  const auto carrier = sandbox::make_viettelpost(context, {"seller", "secret"});
  const auto token = viettelpost_token(*carrier);
  const auto create = [&](const std::string& more) {
    return parsed(call(*carrier, "POST", "/v2/order/createOrder", token,
                       viettelpost_order("LA-1", more)))
        .at("error")
        .as_bool();
  };

  EXPECT_FALSE(create(""));
  EXPECT_TRUE(create(R"(,"CHECK_UNIQUE":true)"));
  EXPECT_FALSE(create(""));
  EXPECT_EQ(carrier->truth().at("shipments").size(), 2U);
}

TEST(ViettelPost, TheClockWalksAParcelHomeAndEveryStepIsTold) {
  sandbox::Context context(1);
  const auto carrier = sandbox::make_viettelpost(context, {"seller", "secret", "hook"});
  ASSERT_TRUE(carrier->push_to("http://127.0.0.1:1/").ok());
  const auto token = viettelpost_token(*carrier);
  call(*carrier, "POST", "/v2/order/createOrder", token, viettelpost_order("LA-1"));
  const auto status = [&] {
    carrier->tick();
    return carrier->truth().at("shipments").at(0).at("status").as_string();
  };

  EXPECT_EQ(status(), "100");
  context.clock.advance(5h);
  EXPECT_EQ(status(), "105");
  context.clock.advance(48h);
  EXPECT_EQ(status(), "501");
  const auto callbacks = carrier->truth().at("callbacks").at("messages");
  ASSERT_EQ(callbacks.size(), 8U);
  const auto last = Json::parse(callbacks.at(7).at("body").as_string());
  EXPECT_EQ(last.at("TOKEN").as_string(), "hook");
  EXPECT_EQ(last.at("DATA").at("ORDER_STATUS").as_integer(), 501);
  EXPECT_EQ(last.at("DATA").at("ORDER_REFERENCE").as_string(), "LA-1");
}

TEST(ViettelPost, CancelsBeforeTheGoodsWereFetchedAlone) {
  sandbox::Context context(1);
  const auto carrier = sandbox::make_viettelpost(context, {"seller", "secret"});
  const auto token = viettelpost_token(*carrier);
  const auto cancelled = [&](const std::string& reference, std::chrono::hours after) {
    const auto made = parsed(
        call(*carrier, "POST", "/v2/order/createOrder", token, viettelpost_order(reference)));
    const auto number = made.at("data").at("ORDER_NUMBER").as_string();
    context.clock.advance(after);
    return !parsed(call(*carrier, "POST", "/v2/order/UpdateOrder", token,
                        R"({"TYPE":4,"ORDER_NUMBER":")" + number + "\"}"))
                .at("error")
                .as_bool();
  };

  EXPECT_TRUE(cancelled("LA-1", 1h));
  EXPECT_FALSE(cancelled("LA-2", 7h));
}

TEST(ViettelPost, PlacesHangTogether) {
  sandbox::Context context(1);
  const auto carrier = sandbox::make_viettelpost(context, {"seller", "secret"});

  const auto provinces = parsed(call(*carrier, "GET", "/v3/categories/listProvinceNew", ""));
  const auto first = provinces.at("data").at(0);
  const auto wards = parsed(
      call(*carrier, "GET",
           "/v3/categories/listWardsNew?provinceId=" + first.at("PROVINCE_ID").serialize(), ""));

  EXPECT_EQ(first.at("PROVINCE_NAME").as_string(), "Tây Ninh");
  ASSERT_GT(wards.at("data").size(), 0U);
  EXPECT_EQ(wards.at("data").at(0).at("PROVINCE_ID"), first.at("PROVINCE_ID"));
}

TEST(Vnpost, TokenOpensThePlaceListsWithAndWithoutPrefix) {
  sandbox::Context context(1);
  const auto carrier = sandbox::make_vnpost(context, {"seller", "secret", "C1"});
  const std::string right = R"({"username":"seller","password":"secret","customerCode":"C1"})";

  const auto wrong = parsed(call(*carrier, "POST", "/GetAccessToken", "", "{}"));
  const auto token = parsed(call(*carrier, "POST", "/customer-partner/GetAccessToken", "", right))
                         .at("token")
                         .as_string();

  EXPECT_FALSE(wrong.at("success").as_bool());
  EXPECT_EQ(call(*carrier, "GET", "/getNewProvinceAll", "").status, 401);
  EXPECT_EQ(parsed(call(*carrier, "GET", "/getNewProvinceAll", token)).size(), 3U);
  EXPECT_EQ(parsed(call(*carrier, "GET", "/getNewCommuneAll", token))
                .at(0)
                .at("districtCode")
                .as_string(),
            "VNPOST");
  EXPECT_FALSE(parsed(call(*carrier, "POST", "/CreateOrder", token, "{}")).at("success").as_bool());
}

std::string vnpost_token(sandbox::Channel& carrier) {
  return parsed(call(carrier, "POST", "/GetAccessToken", "",
                     R"({"username":"seller","password":"secret","customerCode":"C1"})"))
      .at("token")
      .as_string();
}

constexpr const char* kVnpostOrder =
    R"({"orderCreationStatus":1,"customerCode":"C1","informationOrder":{"senderName":"S",)"
    R"("senderPhone":"1","senderAddress":"A","senderProvinceCode":"80","senderDistrictCode":)"
    R"("VNPOST","senderCommuneCode":"28243","receiverName":"R","receiverPhone":"2",)"
    R"("receiverAddress":"B","receiverProvinceCode":"QNI","receiverDistrictCode":"533",)"
    R"("receiverCommuneCode":"21433","serviceCode":"CTN009","contentNote":"Gạo","weight":"5200",)"
    R"("vehicle":"BO","saleOrderCode":"LA-1","addonService":[{"code":"GTG021","propValue":)"
    R"("PROP0018:2000"}]}})";

TEST(Vnpost, MakesASecondParcelWithoutAWordAndListsBoth) {
  sandbox::Context context(1);
  const auto carrier = sandbox::make_vnpost(context, {"seller", "secret", "C1"});
  const auto token = vnpost_token(*carrier);
  for (int i = 0; i < 2; ++i) call(*carrier, "POST", "/CreateOrder", token, kVnpostOrder);
  const auto today = sandbox::carriers::local_seconds(context.clock.now()).substr(0, 10);
  const auto list = "/GetListOrder?lastUpdateFrom=" + today + "&lastUpdateTo=" + today;

  const auto rows = parsed(call(*carrier, "GET", list + "&size=500&page=0", token)).at("results");

  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows.at(0).at("saleOrderCode").as_string(), "LA-1");
  EXPECT_NE(rows.at(0).at("itemCode"), rows.at(1).at("itemCode"));
  EXPECT_EQ(rows.at(0).at("codAmount").as_integer(), 2'000);
  EXPECT_EQ(parsed(call(*carrier, "GET", list + "&size=1&page=2", token)).at("results").size(), 0U);
}

TEST(Vnpost, SignsEveryCallback) {
  sandbox::Context context(1);
  const auto key = sandbox::carriers::new_signing_key();
  const auto carrier = sandbox::make_vnpost(context, {"seller", "secret", "C1", key});
  ASSERT_TRUE(carrier->push_to("http://127.0.0.1:1/").ok());
  const auto token = vnpost_token(*carrier);
  call(*carrier, "POST", "/CreateOrder", token, kVnpostOrder);

  const auto messages = carrier->truth().at("callbacks").at("messages");

  ASSERT_EQ(messages.size(), 1U);
  const auto message = Json::parse(messages.at(0).at("body").as_string());
  const auto item = message.at("data").at(0).at("itemCode").as_string();
  EXPECT_EQ(message.at("signature").as_string(),
            sandbox::carriers::sign_base64(
                key, "MYVNP" + message.at("sendDate").as_string() + item + "1"));
}

TEST(Vnpost, AParcelUnderWayWaitsForApprovalOfItsCancellation) {
  sandbox::Context context(1);
  const auto carrier = sandbox::make_vnpost(context, {"seller", "secret", "C1"});
  const auto token = vnpost_token(*carrier);
  const auto made = parsed(call(*carrier, "POST", "/CreateOrder", token, kVnpostOrder));
  const auto body = R"({"OriginalId":)" + made.at("orderHdrID").serialize() + "}";
  const auto type = [&] {
    return parsed(call(*carrier, "POST", "/orderCancel", token, body)).at("Type").as_string();
  };

  context.clock.advance(5h);
  EXPECT_EQ(type(), "02");
  context.clock.advance(14h);
  const auto code = R"(?type=1&code=)" + made.at("itemCode").as_string();
  EXPECT_EQ(parsed(call(*carrier, "GET", "/GetStatusHistoryOrder" + code, token))
                .at("data")
                .at("statusHistory")
                .size(),
            5U);
}

TEST(Carriers, ParcelsAndTheirCallbacksOutliveARestart) {
  sandbox::Context context(1);
  const auto before = sandbox::make_vnpost(context, {"seller", "secret", "C1"});
  const auto token = vnpost_token(*before);
  ASSERT_TRUE(before->push_to("http://127.0.0.1:1/").ok());
  call(*before, "POST", "/CreateOrder", token, kVnpostOrder);
  ASSERT_TRUE(before->set_fate("LA-1", "returned").ok());

  const auto after = sandbox::make_vnpost(context, {"seller", "secret", "C1"});
  after->load(before->save());
  context.clock.advance(100h);
  after->tick();

  const auto truth = after->truth();
  EXPECT_EQ(truth.at("shipments").at(0).at("status").as_string(), "19");
  EXPECT_EQ(truth.at("callbacks").at("messages").size(),
            truth.at("shipments").at(0).at("history").size());
}

TEST(Carriers, AFateMustBeKnownAndSoMustTheParcel) {
  sandbox::Context context(1);
  const auto carrier = sandbox::make_vnpost(context, {"seller", "secret", "C1"});

  EXPECT_EQ(carrier->set_fate("", "eaten").error().code, base::ErrorCode::invalid);
  EXPECT_EQ(carrier->set_fate("LA-9", "returned").error().code, base::ErrorCode::not_found);
  EXPECT_TRUE(carrier->set_fate("", "returned").ok());
}

// Every object lies where the cross-reference table says.
TEST(Carriers, ALabelIsAWholePdf) {
  const auto pdf = sandbox::carriers::label_pdf({"CP1 (a)", "Gạo"});

  const auto table = pdf.rfind("startxref\n");
  ASSERT_NE(table, std::string::npos);
  const auto at = std::stoul(pdf.substr(table + 10));
  ASSERT_EQ(pdf.substr(at, 5), "xref\n");
  for (int i = 1; i <= 5; ++i) {
    const auto row = at + 9 + static_cast<std::size_t>(i) * 20;
    const auto place = std::stoul(pdf.substr(row, 10));
    const auto head = std::to_string(i) + " 0 obj\n";
    EXPECT_EQ(pdf.substr(place, head.size()), head);
  }
  EXPECT_NE(pdf.find("(CP1 \\(a\\)) Tj"), std::string::npos);
}

TEST(Carriers, SellNothing) {
  sandbox::Context context(1);
  const auto carrier = sandbox::make_vnpost(context, {"seller", "secret", "C1"});

  EXPECT_FALSE(carrier->buy({{"A", 1}}));
  EXPECT_TRUE(carrier->shown().empty());
}

}  // namespace
}  // namespace sandbox_test
