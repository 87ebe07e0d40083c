#include "connectors/shopee/mapping.h"

#include <gtest/gtest.h>

#include "connectors/shopee/errors.h"
#include "connectors/shopee/money.h"
#include "connectors/shopee/parcels.h"
#include "connectors/shopee/rule_checks.h"
#include "connectors/shopee/variants.h"
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
  ItemParts parts{contract::texts(request, "image_ids"), {}, common::text(request, "location")};
  for (const Json& id : common::items(request, "logistic_ids")) {
    parts.logistic_ids.push_back(common::integer_of(id).value_or(0));
  }
  const auto shape = common::flag(request, "tiered").value_or(false) ? Shape::tiered : Shape::plain;
  const auto body =
      create ? add_item_body(content, parts, shape) : update_item_body(content, parts, shape);
  return json_object(
      {{"body", parsed(body)}, {"item", json_string(created_item_id(one.response))}});
}

std::vector<Pack> packs_of(const Json& request) {
  std::vector<Pack> packs;
  for (const Json& row : common::items(request, "packs")) {
    Pack pack;
    pack.sku = common::text(row, "sku");
    pack.option = common::text(row, "option");
    pack.price = common::integer(row, "price").value_or(0);
    pack.stock = common::integer(row, "stock").value_or(0);
    pack.weight_g = static_cast<int>(common::integer(row, "weight_g").value_or(0));
    packs.push_back(std::move(pack));
  }
  return packs;
}

Json models_result(const MappingCase& one) {
  const auto item = common::text(one.request, "item");
  const auto packs = packs_of(one.request);
  const auto location = common::text(one.request, "location");
  const auto made = variants_of(one.response);
  std::vector<Json> models;
  for (const auto& model : made.models) {
    models.push_back(json_string(model.id + " " + model.sku + " " + std::to_string(model.price) +
                                 " x" + std::to_string(model.stock)));
  }
  Json out = json_object({{"models", common::json_array(std::move(models))}});
  if (common::text(one.request, "call") == "init_tier_variation") {
    out["body"] = parsed(init_tier_body(item, packs, location));
    return out;
  }
  const auto names = option_names(packs, options_of(made));
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < packs.size(); ++i) places.push_back(options_of(made).size() + i);
  out["options_body"] = parsed(add_options_body(item, made, names));
  out["models_body"] = parsed(add_models_body(item, packs, places, location));
  return out;
}

Json model_listings_result(const MappingCase& one) {
  RemoteListing item;
  item.binding.item_id = common::text(one.request, "item");
  item.title = common::text(one.request, "title");
  item.remote_status = "NORMAL";
  item.visible = true;
  return json_object(
      {{"listings", contract::dump(model_listings(item, variants_of(one.response)))}});
}

Json choices_result(const MappingCase& one) {
  std::vector<Json> rows;
  for (const auto& choice : handover_choices(one.response)) {
    rows.push_back(json_string(choice.id + " | " + choice.label));
  }
  const auto first = handover_choices(one.response).front().id;
  const auto body = ship_body({"A1", {}, {}, {}, {}}, first, common::text(one.request, "package"));
  return json_object(
      {{"choices", common::json_array(std::move(rows))}, {"body", parsed(body.value_or("{}"))}});
}

Json settlement_result(const MappingCase& one) {
  const auto read = settlement({"A1", 1'760'000'000, std::nullopt}, one.response);
  if (!read) return json_object({{"settlement", json_string("none")}});
  std::vector<Json> lines;
  for (const auto& line : read->lines) {
    lines.push_back(json_string(std::string{catalog::to_string(line.kind)} + " " +
                                line.remote_name + " " + std::to_string(line.amount.minor)));
  }
  return json_object({{"lines", common::json_array(std::move(lines))},
                      {"net", common::json_number(read->net.minor)},
                      {"balances", common::json_flag(catalog::sums_of(*read).balances)}});
}

Json problems_result(const MappingCase& one) {
  ListingContent content;
  for (const Json& row : common::items(one.request, "attributes")) {
    content.attributes.push_back({common::text(row, "id"), common::text(row, "value_id"),
                                  common::text(row, "text"), common::text(row, "unit")});
  }
  std::vector<ListingProblem> problems;
  for (const auto& [id, facts] : attribute_facts(one.response)) {
    check_attributes(facts, content, problems);
  }
  std::vector<Json> rows;
  for (const auto& problem : problems) {
    rows.push_back(json_string(problem.field + " " + problem.remote_id + ": " + problem.en));
  }
  return json_object({{"problems", common::json_array(std::move(rows))}});
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
    const StockUpdate update{catalog::Sku{"S"}, binding, false, amount};
    return write_result(one, stock_body({&update, 1}, common::text(one.request, "location")));
  }
  if (call == "update_price") {
    const PriceUpdate update{catalog::Sku{"S"}, binding, amount};
    return write_result(one, price_body({&update, 1}));
  }
  if (call == "get_item_base_info") {
    std::vector<RemoteListing> listings;
    for (const auto& item : read_items(one.response)) listings.push_back(item.listing);
    return json_object({{"listings", contract::dump(listings)}});
  }
  if (call == "init_tier_variation" || call == "add_model") return models_result(one);
  if (call == "get_model_list") return model_listings_result(one);
  if (call == "get_shipping_parameter") return choices_result(one);
  if (call == "get_escrow_detail") return settlement_result(one);
  if (call == "get_attribute_tree") return problems_result(one);
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

  const auto body = update_item_body(content, {}, Shape::plain);

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
