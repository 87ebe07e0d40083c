#include "connectors/shopee/rule_facts.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "connectors/shopee/ids.h"

namespace connectors::shopee {

namespace {

using common::Json;

const Json& nothing() {
  static const Json kNothing = Json::object();
  return kNothing;
}

const Json& member(const Json& value, std::string_view name) {
  const Json* found = common::child(value, name);
  return found == nullptr ? nothing() : *found;
}

const Json& response_of(const Json& answer) {
  const Json* response = payload(answer);
  return response == nullptr ? nothing() : *response;
}

// "30", 30 or "30.5" (our JSON holds decimals as text) in thousandths; 0 when it is none.
std::int64_t thousandths(const Json& value, std::string_view name) {
  const auto text = common::text(value, name);
  double number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, failure] = std::from_chars(text.data(), end, number);
  constexpr double kMost = 1e12;
  if (failure != std::errc{} || stop != end || !(number > 0) || number > kMost) return 0;
  return static_cast<std::int64_t>(number * 1'000 + 0.5);
}

std::int64_t or_unbounded(std::int64_t value) {
  return value > 0 ? value : INT64_MAX;
}

Range range(const Json& response, std::string_view name) {
  const Json& limit = member(response, name);
  Range out;
  out.least = common::integer(limit, "min_limit").value_or(0);
  out.most = or_unbounded(common::integer(limit, "max_limit").value_or(0));
  return out;
}

AttributeFact::Text text_rule(std::int64_t validation) {
  switch (validation) {
    case 1:
      return AttributeFact::Text::integer;
    case 3:
      return AttributeFact::Text::decimal;
    case 4:
      return AttributeFact::Text::date;
    default:
      return AttributeFact::Text::any;
  }
}

std::string local_name(const Json& row) {
  for (const Json& word : common::items(row, "multi_lang")) {
    const auto language = common::text(word, "language");
    if (language == "vn" || language == "vi") return common::text(word, "value");
  }
  return common::text(row, "name");
}

AttributeFact attribute_fact(const Json& row) {
  constexpr std::int64_t kSingleList = 1;
  constexpr std::int64_t kMultiList = 4;
  constexpr std::int64_t kMultiCombo = 5;
  constexpr std::int64_t kWithUnit = 2;
  AttributeFact fact;
  fact.id = common::text(row, "attribute_id");
  fact.name = local_name(row);
  fact.mandatory = common::flag(row, "mandatory").value_or(false);
  const Json& info = member(row, "attribute_info");
  const auto input = common::integer(info, "input_type").value_or(0);
  fact.list_only = input == kSingleList || input == kMultiList;
  fact.several = input == kMultiList || input == kMultiCombo;
  fact.with_unit = common::integer(info, "format_type") == kWithUnit;
  fact.text = text_rule(common::integer(info, "input_validation_type").value_or(0));
  const auto most = common::integer(info, "max_value_count").value_or(0);
  fact.values_max = !fact.several ? 1 : or_unbounded(most);
  for (const Json& unit : common::items(info, "attribute_unit_list")) {
    fact.units.insert(common::text_of(unit));
  }
  for (const Json& value : common::items(row, "attribute_value_list")) {
    fact.values[common::text(value, "value_id")] = local_name(value);
  }
  return fact;
}

}  // namespace

CategoryTree category_tree(const Json& answer) {
  CategoryTree tree;
  for (const Json& row : common::items(response_of(answer), "category_list")) {
    CategoryFact fact;
    fact.english_name = common::text(row, "original_category_name");
    fact.name = common::text(row, "display_category_name");
    fact.is_leaf = !common::flag(row, "has_children").value_or(false);
    tree[common::text(row, "category_id")] = std::move(fact);
  }
  return tree;
}

std::map<std::string, AttributeFacts> attribute_facts(const Json& answer) {
  std::map<std::string, AttributeFacts> out;
  for (const Json& row : common::items(response_of(answer), "list")) {
    if (!common::text(row, "warning").empty()) continue;
    auto& facts = out[common::text(row, "category_id")];
    for (const Json& attribute : common::items(row, "attribute_tree")) {
      auto fact = attribute_fact(attribute);
      if (!fact.id.empty()) facts[fact.id] = std::move(fact);
    }
  }
  return out;
}

std::optional<std::string> add_brands(const Json& answer, BrandFacts& facts) {
  const Json& response = response_of(answer);
  facts.mandatory = common::flag(response, "is_mandatory").value_or(false);
  for (const Json& row : common::items(response, "brand_list")) {
    facts.brands[common::text(row, "brand_id")] = common::text(row, "original_brand_name");
  }
  if (!common::flag(response, "has_next_page").value_or(false)) return std::nullopt;
  return common::text(response, "next_offset");
}

LimitFacts limit_facts(const Json& answer) {
  const Json& response = response_of(answer);
  LimitFacts facts;
  facts.title = range(response, "item_name_length_limit");
  facts.description = range(response, "item_description_length_limit");
  facts.images = range(response, "item_image_count_limit");
  facts.price = range(response, "price_limit");
  facts.stock = range(response, "stock_limit");
  facts.weight_needed =
      common::flag(member(response, "weight_limit"), "weight_mandatory").value_or(true);
  facts.size_needed =
      common::flag(member(response, "dimension_limit"), "dimension_mandatory").value_or(false);
  const Json* beside = common::child(answer, "gtin_limit");
  const Json& gtin = beside == nullptr ? member(response, "gtin_limit") : *beside;
  facts.gtin_needed = common::text(gtin, "gtin_validation_rule") == "Mandatory";
  return facts;
}

std::vector<ChannelFact> channel_facts(const Json& answer) {
  std::vector<ChannelFact> out;
  for (const Json& row : common::items(response_of(answer), "logistics_channel_list")) {
    const bool enabled = common::flag(row, "enabled").value_or(false);
    if (!enabled || common::integer(row, "mask_channel_id").value_or(0) != 0) continue;
    ChannelFact fact;
    fact.id = common::text(row, "logistics_channel_id");
    fact.name = common::text(row, "logistics_channel_name");
    fact.needs_size = common::text(row, "fee_type") == "SIZE_INPUT";
    const Json& weight = member(row, "weight_limit");
    fact.weight_g.least = thousandths(weight, "item_min_weight");
    fact.weight_g.most = or_unbounded(thousandths(weight, "item_max_weight"));
    const Json& size = member(row, "item_max_dimension");
    std::int64_t side = 0;
    for (const auto name : {"height", "width", "length"}) {
      side = std::max(side, thousandths(size, name) / 1'000);
    }
    fact.side_cm_max = or_unbounded(side);
    fact.sum_cm_max = or_unbounded(thousandths(size, "dimension_sum") / 1'000);
    out.push_back(std::move(fact));
  }
  return out;
}

}  // namespace connectors::shopee
