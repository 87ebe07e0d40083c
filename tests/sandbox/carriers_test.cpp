// Sign-in and place lists of the two carriers, in their own envelopes.
#include <gtest/gtest.h>

#include "sandbox/carriers/carriers.h"
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

TEST(ViettelPost, TokensRunOutAndShipmentsAreNotSupported) {
  sandbox::Context context(1);
  const auto carrier = sandbox::make_viettelpost(context, {"seller", "secret"});
  const auto login = parsed(
      call(*carrier, "POST", "/v2/user/Login", "", R"({"USERNAME":"seller","PASSWORD":"secret"})"));
  const auto token = login.at("data").at("token").as_string();
  const auto create = [&] {
    return parsed(call(*carrier, "POST", "/v2/order/createOrder", token, "{}"));
  };

  EXPECT_EQ(create().at("status").as_integer(), 400);
  context.clock.advance(25h);
  carrier->tick();
  EXPECT_EQ(create().at("status").as_integer(), 204);
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

TEST(Carriers, SellNothing) {
  sandbox::Context context(1);
  const auto carrier = sandbox::make_vnpost(context, {"seller", "secret", "C1"});

  EXPECT_FALSE(carrier->buy({{"A", 1}}));
  EXPECT_TRUE(carrier->shown().empty());
}

}  // namespace
}  // namespace sandbox_test
