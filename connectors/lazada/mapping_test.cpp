#include "connectors/lazada/mapping.h"

#include <gtest/gtest.h>

#include <set>

#include "connectors/lazada/money_mapping.h"
#include "connectors/lazada/order_units.h"
#include "connectors/lazada/product_xml.h"
#include "connectors/lazada/return_mapping.h"
#include "connectors/lazada/rules.h"
#include "connectors/lazada/sku_rows.h"
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

ListingContent full_content(const Json& value) {
  auto content = contract::content_of(value);
  content.product = catalog::ProductId{common::text(value, "product")};
  content.product_name.vi = common::text(value, "product_name");
  content.pack_name.vi = common::text(value, "pack_name");
  for (const Json& row : common::items(value, "attributes")) {
    content.attributes.push_back({common::text(row, "id"), common::text(row, "value"),
                                  common::text(row, "text"), common::text(row, "unit")});
  }
  return content;
}

// {"contents": packs of one product, "facts": what category/attributes/get says of its category,
//  "join": what product/item/get says of a product that is there}
Json publish_result(const MappingCase& one) {
  std::vector<ListingContent> contents;
  for (const Json& row : common::items(one.request, "contents")) {
    contents.push_back(full_content(row));
  }
  if (const Json* single = common::child(one.request, "content")) {
    contents.push_back(full_content(*single));
  }
  std::vector<const ListingContent*> group;
  std::vector<catalog::Sku> skus;
  for (const auto& content : contents) {
    group.push_back(&content);
    skus.push_back(content.sku);
  }
  const Json* said = common::child(one.request, "facts");
  const auto facts = said == nullptr ? CategoryFacts{} : read_facts(*said);
  const Json* there = common::child(one.request, "join");
  const auto known = there == nullptr ? std::nullopt : known_product(*there);
  std::set<std::string> taken;
  if (known) {
    for (const auto& sku : known->skus) taken.insert(sku.variant);
  }
  const auto variation = known ? known->variation : choose_variation(group, facts, Options{});
  auto draft = draft_of(group, facts, variation, Options{}, taken);
  draft.image_urls = contract::texts(one.request, "image_urls");
  const auto xml = contents.front().binding.empty()
                       ? create_xml(draft, Options{}, known ? known->skus.front().sku_id : "")
                       : update_xml(draft, Options{});
  std::vector<Json> bindings;
  for (const auto& binding : created_bindings(one.response, skus)) {
    bindings.push_back(json_string(binding.item_id + "/" + binding.unit_id));
  }
  return json_object(
      {{"payload", json_string(xml)}, {"bindings", common::json_array(std::move(bindings))}});
}

Json problems_result(const MappingCase& one) {
  const auto content = full_content(*common::child(one.request, "content"));
  std::vector<Json> problems;
  for (const auto& problem : attribute_problems(content, read_facts(one.response), Options{})) {
    problems.push_back(json_object({{"field", json_string(problem.field)},
                                    {"remote", json_string(problem.remote_id)},
                                    {"en", json_string(problem.en)}}));
  }
  return json_object({{"problems", common::json_array(std::move(problems))}});
}

Json parcels_result(const MappingCase& one) {
  std::vector<Json> parcels;
  for (const auto& parcel : parcels_of(read_units(one.response))) {
    parcels.push_back(json_object({{"package", json_string(parcel.package_id)},
                                   {"carrier", json_string(parcel.carrier)},
                                   {"number", json_string(parcel.tracking_number)},
                                   {"status", json_string(parcel.remote_status)},
                                   {"ready", common::json_flag(parcel.ready)}}));
  }
  return json_object({{"parcels", common::json_array(std::move(parcels))}});
}

Json returns_result(const MappingCase& one) {
  std::vector<Json> cases;
  for (const Json& row : common::items(*common::child(one.response, "result"), "items")) {
    const auto order = read_reverse_order(row);
    const auto found = return_case(order);
    std::string lines;
    for (const auto& line : found.lines) {
      lines +=
          line.remote_line_id + " " + line.sku.text + " " + std::to_string(line.quantity) + ";";
    }
    cases.push_back(json_object({{"id", json_string(found.remote_id)},
                                 {"type", json_string(order.type)},
                                 {"order", json_string(found.order_id)},
                                 {"status", json_string(catalog::to_string(found.status))},
                                 {"remote_status", json_string(found.remote_status)},
                                 {"reason", json_string(found.reason)},
                                 {"refund", common::json_number(found.refund.minor)},
                                 {"created", json_string(base::utc_iso(found.created_at))},
                                 {"updated", json_string(base::utc_iso(found.updated_at))},
                                 {"lines", json_string(lines)}}));
  }
  return json_object({{"cases", common::json_array(std::move(cases))}});
}

Json money_result(const MappingCase& one) {
  std::vector<catalog::Settlement> settlements;
  std::vector<base::Error> unreadable;
  add_transactions(one.response, settlements, unreadable);
  std::vector<Json> out;
  for (const auto& settlement : settlements) {
    const auto sums = catalog::sums_of(settlement);
    std::vector<Json> lines;
    for (const auto& line : settlement.lines) {
      lines.push_back(json_string(std::string{catalog::to_string(line.kind)} + " " +
                                  line.remote_name + " " + std::to_string(line.amount.minor)));
    }
    out.push_back(json_object({{"id", json_string(settlement.remote_id)},
                               {"order", json_string(settlement.order_id)},
                               {"day", json_string(base::utc_iso(settlement.paid_at))},
                               {"net", common::json_number(settlement.net.minor)},
                               {"fees", common::json_number(sums.fees.minor)},
                               {"tax", common::json_number(sums.tax.minor)},
                               {"balances", common::json_flag(sums.balances)},
                               {"lines", common::json_array(std::move(lines))}}));
  }
  return json_object({{"settlements", common::json_array(std::move(out))},
                      {"unreadable", contract::dump(unreadable)}});
}

std::string word_of(ListingHealth health) {
  switch (health) {
    case ListingHealth::shown:
      return "shown";
    case ListingHealth::hidden:
      return "hidden";
    case ListingHealth::reviewing:
      return "reviewing";
    case ListingHealth::refused:
      return "refused";
    case ListingHealth::gone:
      return "gone";
  }
  return {};
}

Json products_result(const MappingCase& one) {
  std::vector<Json> health;
  const auto shown = listings(one.response);
  for (const auto& listing : shown) {
    health.push_back(json_string(word_of(listing.health) +
                                 (listing.health_reason.empty() ? "" : ": ") +
                                 listing.health_reason));
  }
  return json_object(
      {{"listings", contract::dump(shown)}, {"health", common::json_array(std::move(health))}});
}

Json write_result(const MappingCase& one, SkuWrite write) {
  std::vector<SkuRow> rows;
  for (const Json& row : common::items(one.request, "rows")) {
    rows.push_back({rows.size(),
                    {common::text(row, "item"), common::text(row, "unit")},
                    catalog::Sku{common::text(row, "sku")},
                    common::integer(row, "amount").value_or(0),
                    {}});
    if (write == SkuWrite::set_special) {
      rows.back().special =
          SpecialPrice{rows.back().amount, common::text(row, "from"), common::text(row, "to")};
    }
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
  if (call == "set_special") return write_result(one, SkuWrite::set_special);
  if (call == "products") return products_result(one);
  if (call == "problems") return problems_result(one);
  if (call == "parcels") return parcels_result(one);
  if (call == "returns") return returns_result(one);
  if (call == "transactions") return money_result(one);
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
  const std::vector<SkuRow> twins{{0, {"1", "11"}, catalog::Sku{"A"}, 5, {}},
                                  {1, {"2", "22"}, catalog::Sku{"A"}, 5, {}}};

  const auto found = refusals(parsed(R"({"detail":[{"seller_sku":"A","message":"NO"}]})"), twins);

  EXPECT_FALSE(found.complete);
  EXPECT_TRUE(found.rows.empty());
}

TEST(LazadaMapping, TakesEverySkuOfTheRequestOutOfAMixedAnswer) {
  const auto answer =
      parsed(R"({"data":{"item_id":2400123456,"sku_list":[{"seller_sku":"B","sku_id":2},)"
             R"({"seller_sku":"A","sku_id":"9007199254740993"}]}})");
  const std::vector<catalog::Sku> skus{catalog::Sku{"A"}, catalog::Sku{"C"}};

  const auto bindings = created_bindings(answer, skus);

  ASSERT_EQ(bindings.size(), 2U);
  EXPECT_EQ(bindings[0], (catalog::Binding{"2400123456", "9007199254740993"}));
  EXPECT_TRUE(bindings[1].empty());
  EXPECT_TRUE(created_bindings(Json{}, skus).front().empty());
}

TEST(LazadaMapping, TitlesLoseForbiddenCharactersAndKeepTheByteLimit) {
  auto content = contract::content_of(json_object({}));
  content.title.vi = "Gạo <ST25> \"loại 1\"";
  for (int i = 0; i < 40; ++i) content.title.vi += " thơm dẻo";

  const auto name = title_of(content, TitleOf::pack);

  EXPECT_LE(name.size(), kTitleBytesMax);
  EXPECT_GT(name.size(), kTitleBytesMax / 2);
  EXPECT_EQ(name.find_first_of("<>\"&"), std::string::npos);
}

TEST(LazadaMapping, PacksThatWouldReadAlikeAreToldApart) {
  std::vector<ListingContent> packs(3);
  std::vector<const ListingContent*> group;
  for (std::size_t i = 0; i < packs.size(); ++i) {
    packs[i].sku = catalog::Sku{"GAO-" + std::to_string(i)};
    packs[i].product = catalog::ProductId{"gao"};
    packs[i].pack_name.vi = "Túi 5 kg";
    group.push_back(&packs[i]);
  }

  const auto draft =
      draft_of(group, {}, choose_variation(group, {}, Options{}), Options{}, {"GAO-1"});

  std::set<std::string> values{"GAO-1"};
  for (const auto& sku : draft.skus) EXPECT_TRUE(values.insert(sku.variant).second) << sku.variant;
}

TEST(LazadaMapping, HidingNamesTheSkuAndNothingElse) {
  const std::vector<std::string> ids{"11400654321"};

  EXPECT_NE(deactivate_xml("2400123456", ids)
                .find("<ItemId>2400123456</ItemId><Skus><SkuId>11400654321</SkuId></Skus>"),
            std::string::npos);
}

TEST(LazadaMapping, ACampaignsFloorIsWhatRunsNow) {
  const auto answer = parsed(R"({"data":{"item_id":1,"skus":[{"SkuId":11,"channelInventories":[)"
                             R"({"startTime":1000,"endTime":9000,"sellableQuantity":"7"},)"
                             R"({"startTime":1000,"endTime":2000,"sellableQuantity":5},)"
                             R"({"startTime":8000,"endTime":9000,"sellableQuantity":3}]}]}})");

  EXPECT_EQ(campaign_floor(answer, {"1", "11"}, base::from_unix_ms(5000)), 7);
  EXPECT_EQ(campaign_floor(answer, {"1", "12"}, base::from_unix_ms(5000)), 0);
}

TEST(LazadaMapping, DaysAreReadInEverySpelling) {
  for (const std::string text : {"17 May 2016", "2016-05-17", "17/05/2016", "17 may 2016"}) {
    const auto day = transaction_day(text);
    ASSERT_TRUE(day.has_value()) << text;
    EXPECT_EQ(base::local_date(*day), "2016-05-17") << text;
  }
  EXPECT_FALSE(transaction_day("17 Foo 2016").has_value());
  EXPECT_FALSE(transaction_day("").has_value());
}

TEST(LazadaMapping, EveryFeeFallsIntoOneKind) {
  using catalog::SettlementKind;
  EXPECT_EQ(settlement_kind("13", "Item Price Credit", ""), SettlementKind::goods);
  EXPECT_EQ(settlement_kind("274", "Seller Picks Commission", "Orders-Lazada Fees"),
            SettlementKind::commission);
  EXPECT_EQ(settlement_kind("161", "Shipping Fee (Insurance)", "Orders-Logistics"),
            SettlementKind::shipping);
  EXPECT_EQ(settlement_kind("210", "Reversal Promotional Charges Flexi-Combo", ""),
            SettlementKind::voucher);
  EXPECT_EQ(settlement_kind("251", "Reimbursements Withholding tax (LEL)", "Other Services-Sales"),
            SettlementKind::tax);
  EXPECT_EQ(settlement_kind("80", "Penalty Charges", "Orders-Lazada Fees"),
            SettlementKind::service);
  EXPECT_EQ(settlement_kind("99999", "Something new", "Elsewhere"), SettlementKind::other);
}

}  // namespace
}  // namespace connectors::lazada
