#include "connectors/shopee/mapping.h"

#include <gtest/gtest.h>

#include "connectors/shopee/errors.h"
#include "tests/contract/mapping_cases.h"

namespace connectors::shopee {
namespace {

using common::Json;
using common::json_object;
using common::json_string;
using contract::MappingCase;

Json parsed(const std::string& body) {
  auto json = common::parse_json(body);
  EXPECT_TRUE(json.ok()) << body;
  return json ? std::move(json).value() : Json{};
}

Json write_result(const MappingCase& one, const std::string& body) {
  const auto verdict = list_verdict(one.response);
  std::string said = verdict.accepted ? "accepted" : "unknown";
  if (verdict.refused)
    said = std::string{base::to_string(verdict.refused->code)} + ": " + verdict.refused->message;
  return json_object({{"body", parsed(body)}, {"verdict", json_string(said)}});
}

Json publish_result(const MappingCase& one, bool create) {
  const Json& request = one.request;
  const auto content = contract::content_of(*common::child(request, "content"));
  const auto images = contract::texts(request, "image_ids");
  std::vector<std::int64_t> logistics;
  for (const Json& id : common::items(request, "logistic_ids")) {
    logistics.push_back(common::integer_of(id).value_or(0));
  }
  const auto body =
      create ? add_item_body(content, images, logistics) : update_item_body(content, images);
  return json_object(
      {{"body", parsed(body)}, {"item", json_string(created_item_id(one.response))}});
}

// Our side of a case, from its request and response.
Json result_of(const MappingCase& one) {
  const auto call = common::text(one.request, "call");
  const catalog::Binding binding{common::text(one.request, "item"),
                                 common::text(one.request, "unit")};
  const auto amount = common::integer(one.request, "amount").value_or(0);
  if (call == "add_item") return publish_result(one, true);
  if (call == "update_item") return publish_result(one, false);
  if (call == "update_stock") {
    return write_result(one, stock_body({catalog::Sku{"S"}, binding, false, amount}));
  }
  if (call == "update_price") {
    return write_result(one, price_body({catalog::Sku{"S"}, binding, amount}));
  }
  if (call == "get_item_base_info") {
    return json_object({{"listings", contract::dump(listings(one.response))}});
  }
  if (call == "get_order_detail") {
    const auto read = orders(one.response);
    return json_object(
        {{"orders", contract::dump(read.orders)}, {"unreadable", contract::dump(read.unreadable)}});
  }
  ADD_FAILURE() << one.name << ": unknown call " << call;
  return {};
}

TEST(ShopeeMapping, EveryFixtureGivesWhatItExpects) {
  const auto cases = contract::mapping_cases("connectors/shopee/fixtures");
  EXPECT_FALSE(cases.empty());

  for (const auto& one : cases) {
    EXPECT_EQ(common::to_text(result_of(one)), common::to_text(one.expected)) << one.name;
  }
}

TEST(ShopeeMapping, WeightTravelsAsANumberWhateverTheTextsSay) {
  auto content = contract::content_of(json_object({}));
  content.title.vi = R"(Gạo "weight":"5.2" ST25)";
  content.package_weight_g = 5'200;

  const auto body = update_item_body(content, {});

  EXPECT_NE(body.find(R"("weight":5.2)"), std::string::npos);
  EXPECT_NE(body.find(R"(\"weight\":\"5.2\")"), std::string::npos);
}

TEST(ShopeeMapping, SaysWhatAListingLacks) {
  auto content = contract::content_of(json_object({}));
  content.sku = catalog::Sku{"TL-DO"};
  content.title.vi = "Thanh long";
  content.category_remote_id = "100780";
  content.price = 65'000;
  content.net_weight_g = 1'000;
  EXPECT_FALSE(problem_with(content).has_value());

  content.category_remote_id = "fruit";

  const auto problem = problem_with(content);
  ASSERT_TRUE(problem.has_value());
  EXPECT_EQ(problem->code, base::ErrorCode::rejected);
  EXPECT_NE(problem->message.find("category"), std::string::npos);
}

TEST(ShopeeMapping, ReadsPagesWhoseNumbersAreText) {
  const auto list =
      parsed(R"({"response":{"item":[{"item_id":"23620001001"},{"item_id":1051400341536827267}],)"
             R"("has_next_page":"true","next_offset":"2"}})");
  const auto ended = parsed(R"({"response":{"order_list":[{"order_sn":"A"}],"more":false,)"
                            R"("next_cursor":"20"}})");

  EXPECT_EQ(item_ids(list).ids, (std::vector<std::string>{"23620001001", "1051400341536827267"}));
  EXPECT_EQ(item_ids(list).next, "2");
  EXPECT_TRUE(order_sns(ended).next.empty());
  EXPECT_TRUE(order_sns(Json{}).ids.empty());
}

TEST(ShopeeMapping, UsesOnlyChannelsThatAnItemMayName) {
  const auto answer =
      parsed(R"({"response":{"logistics_channel_list":[)"
             R"({"logistics_channel_id":50021,"enabled":true,"mask_channel_id":0},)"
             R"({"logistics_channel_id":50022,"enabled":false,"mask_channel_id":0},)"
             R"({"logistics_channel_id":50011,"enabled":true,"mask_channel_id":50021}]}})");

  EXPECT_EQ(usable_logistic_ids(answer), std::vector<std::int64_t>{50021});
}

}  // namespace
}  // namespace connectors::shopee
