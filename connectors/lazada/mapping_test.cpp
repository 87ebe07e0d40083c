#include "connectors/lazada/mapping.h"

#include <gtest/gtest.h>

#include "tests/contract/mapping_cases.h"

namespace connectors::lazada {
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

Json publish_result(const MappingCase& one) {
  const auto content = contract::content_of(*common::child(one.request, "content"));
  const auto images = contract::texts(one.request, "image_urls");
  const bool create = content.binding.empty();
  const auto xml =
      create ? create_xml(content, images, Options{}) : update_xml(content, images, Options{});
  const auto binding = created_binding(one.response, content.sku);
  return json_object({{"payload", json_string(xml)},
                      {"item", json_string(binding.item_id)},
                      {"unit", json_string(binding.unit_id)}});
}

Json write_result(const MappingCase& one, SkuWrite write) {
  std::vector<SkuRow> rows;
  for (const Json& row : common::items(one.request, "rows")) {
    rows.push_back({rows.size(),
                    {common::text(row, "item"), common::text(row, "unit")},
                    catalog::Sku{common::text(row, "sku")},
                    common::integer(row, "amount").value_or(0)});
  }
  const auto found = refusals(one.response, rows);
  std::vector<Json> refused;
  for (const auto& [index, error] : found.rows) {
    refused.push_back(json_object({{"row", common::json_number(static_cast<std::int64_t>(index))},
                                   {"error", contract::dump(error)}}));
  }
  return json_object({{"payload", json_string(sku_rows_xml(write, rows))},
                      {"refused", common::json_array(std::move(refused))},
                      {"complete", common::json_flag(found.complete)}});
}

// The response of an order case holds both answers: {"orders": …, "items": …}.
Json order_result(const MappingCase& one) {
  auto heads = order_heads(*common::child(one.response, "orders"));
  std::vector<base::Error> unreadable;
  read_items(*common::child(one.response, "items"), heads, unreadable);
  std::vector<catalog::Order> orders;
  for (auto& head : heads) {
    if (head.problem) {
      unreadable.push_back(*head.problem);
    } else {
      orders.push_back(head.order);
    }
  }
  return json_object(
      {{"orders", contract::dump(orders)}, {"unreadable", contract::dump(unreadable)}});
}

Json result_of(const MappingCase& one) {
  const auto call = common::text(one.request, "call");
  if (call == "publish") return publish_result(one);
  if (call == "set_sellable") return write_result(one, SkuWrite::set_sellable);
  if (call == "set_price") return write_result(one, SkuWrite::set_price);
  if (call == "orders") return order_result(one);
  if (call == "products") {
    return json_object({{"listings", contract::dump(listings(one.response))}});
  }
  ADD_FAILURE() << one.name << ": unknown call " << call;
  return {};
}

TEST(LazadaMapping, EveryFixtureGivesWhatItExpects) {
  const auto cases = contract::mapping_cases("connectors/lazada/fixtures");
  EXPECT_FALSE(cases.empty());

  for (const auto& one : cases) {
    EXPECT_EQ(common::to_text(result_of(one)), common::to_text(one.expected)) << one.name;
  }
}

TEST(LazadaMapping, AnAmbiguousDetailRowNamesNobody) {
  const std::vector<SkuRow> twins{{0, {"1", "11"}, catalog::Sku{"A"}, 5},
                                  {1, {"2", "22"}, catalog::Sku{"A"}, 5}};

  const auto found = refusals(parsed(R"({"detail":[{"seller_sku":"A","message":"NO"}]})"), twins);

  EXPECT_FALSE(found.complete);
  EXPECT_TRUE(found.rows.empty());
}

TEST(LazadaMapping, TakesTheSkuOfTheRequestOutOfAMixedAnswer) {
  const auto answer =
      parsed(R"({"data":{"item_id":2400123456,"sku_list":[{"seller_sku":"B","sku_id":2},)"
             R"({"seller_sku":"A","sku_id":"9007199254740993"}]}})");

  EXPECT_EQ(created_binding(answer, catalog::Sku{"A"}),
            (catalog::Binding{"2400123456", "9007199254740993"}));
  EXPECT_TRUE(created_binding(answer, catalog::Sku{"C"}).empty());
  EXPECT_TRUE(created_binding(Json{}, catalog::Sku{"A"}).empty());
}

TEST(LazadaMapping, TitlesLoseForbiddenCharactersAndKeepTheByteLimit) {
  auto content = contract::content_of(json_object({}));
  content.title.vi = "Gạo <ST25> \"loại 1\"";
  for (int i = 0; i < 40; ++i) content.title.vi += " thơm dẻo";

  const auto xml = create_xml(content, {}, Options{});

  const auto from = xml.find("<name>") + 6;
  const auto name = xml.substr(from, xml.find("</name>") - from);
  EXPECT_LE(name.size(), kTitleBytesMax);
  EXPECT_EQ(name.find_first_of("<>\"&"), std::string::npos);
}

TEST(LazadaMapping, HidingNamesTheSkuAndNothingElse) {
  EXPECT_NE(hide_xml({"2400123456", "11400654321"})
                .find("<Attributes/><Skus><Sku><SkuId>11400654321</SkuId>"
                      "<Status>inactive</Status></Sku></Skus>"),
            std::string::npos);
}

}  // namespace
}  // namespace connectors::lazada
