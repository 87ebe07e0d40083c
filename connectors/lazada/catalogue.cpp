#include "connectors/lazada/catalogue.h"

#include <algorithm>
#include <utility>

namespace connectors::lazada {

namespace {

using base::Error;
using base::ErrorCode;
using common::Json;

constexpr int kTreeDepthMax = 12;
constexpr base::Millis kBrandPause = std::chrono::seconds{1};

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return text;
}

void read_branch(const Json& node, bool vietnamese, int depth, CategoryTree& tree) {
  if (depth > kTreeDepthMax || tree.size() >= kCategoriesMax) return;
  const auto id = common::text(node, "category_id");
  const auto children = common::items(node, "children");
  if (!id.empty()) {
    auto& category = tree[id];
    (vietnamese ? category.name_vi : category.name_en) = common::text(node, "name");
    category.leaf = common::flag(node, "leaf").value_or(children.empty());
  }
  for (const Json& child : children) read_branch(child, vietnamese, depth + 1, tree);
}

AttributeFacts read_attribute(const Json& row) {
  AttributeFacts facts;
  facts.id = common::text(row, "id");
  facts.name = common::text(row, "name");
  facts.label = common::text(row, "label");
  facts.input = lower(common::text(row, "input_type"));
  facts.mandatory = common::flag(row, "is_mandatory").value_or(false);
  facts.sale = common::flag(row, "is_sale_prop").value_or(false);
  facts.of_sku = lower(common::text(row, "attribute_type")) == "sku";
  for (const Json& option : common::items(row, "options")) {
    AttributeOption one{common::text(option, "id"), common::text(option, "name"),
                        common::text(option, "en_name")};
    if (one.en_name.empty()) one.en_name = one.name;
    facts.options.push_back(std::move(one));
  }
  return facts;
}

}  // namespace

const AttributeOption* AttributeFacts::option(std::string_view word) const {
  const auto found = std::find_if(options.begin(), options.end(), [&](const auto& one) {
    return one.id == word || one.en_name == word || one.name == word;
  });
  return word.empty() || found == options.end() ? nullptr : &*found;
}

const AttributeFacts* find_attribute(const CategoryFacts& facts, std::string_view name_or_id) {
  const auto found = std::find_if(facts.begin(), facts.end(), [&](const auto& one) {
    return one.name == name_or_id || one.id == name_or_id;
  });
  return name_or_id.empty() || found == facts.end() ? nullptr : &*found;
}

void read_tree(const Json& answer, std::string_view language, CategoryTree& tree) {
  const bool vietnamese = language.starts_with("vi");
  for (const Json& node : common::items(answer, "data")) read_branch(node, vietnamese, 0, tree);
}

CategoryFacts read_facts(const Json& answer) {
  CategoryFacts facts;
  for (const Json& row : common::items(answer, "data")) facts.push_back(read_attribute(row));
  return facts;
}

base::Result<const CategoryTree*> Catalogue::tree() {
  if (tree_ && fresh(tree_->read_at)) return &tree_->value;
  CategoryTree tree;
  for (const auto* language : {"en_US", "vi_VN"}) {
    common::Query query;
    query.add("language_code", language);
    const auto answer = client_.read("/category/tree/get", query);
    if (!answer) return answer.error();
    read_tree(answer.value(), language, tree);
  }
  if (tree.empty()) {
    return Error{ErrorCode::protocol, "Lazada: the category tree came empty", {}, {}};
  }
  tree_ = {std::move(tree), client_.now()};
  return &tree_->value;
}

base::Result<const CategoryFacts*> Catalogue::facts(const std::string& category_id) {
  const auto known = facts_.find(category_id);
  if (known != facts_.end() && fresh(known->second.read_at)) return &known->second.value;
  common::Query query;
  query.add("primary_category_id", category_id);
  query.add("language_code", "vi_VN");
  const auto answer = client_.read("/category/attributes/get", query);
  const bool none = !answer && answer.error().code == ErrorCode::not_found;
  if (!answer && !none) return answer.error();
  if (facts_.size() >= kCategoriesMax) facts_.clear();
  auto& kept = facts_[category_id];
  kept = {none ? CategoryFacts{} : read_facts(answer.value()), client_.now()};
  return &kept.value;
}

base::Result<std::optional<bool>> Catalogue::has_brand(const std::string& id,
                                                       const std::string& name) {
  const auto here = [&] {
    if (!id.empty()) return brands_.contains(id);
    return std::any_of(brands_.begin(), brands_.end(),
                       [&](const auto& one) { return one.second == name; });
  };
  while (!here() && !brands_complete_) {
    if (brands_read_ >= kBrandPagesMax * kBrandPageMax) return std::optional<bool>{};
    const auto more = read_brand_page(brands_read_);
    if (!more) return more.error();
    brands_complete_ = !more.value();
  }
  return std::optional<bool>{here()};
}

// Whether more pages follow. Over its rate Lazada answers this call with an empty page and success.
base::Result<bool> Catalogue::read_brand_page(std::size_t start) {
  common::Query query;
  query.add("startRow", static_cast<long long>(start));
  query.add("pageSize", static_cast<long long>(kBrandPageMax));
  const auto answer = client_.read("/category/brands/query", query);
  if (!answer) return answer.error();
  const Json* data = common::child(answer.value(), "data");
  const auto rows = data == nullptr ? std::span<const Json>{} : common::items(*data, "module");
  for (const Json& row : rows) {
    brands_[common::text(row, "brand_id")] = common::text(row, "name");
  }
  brands_read_ += rows.size();
  const auto total = common::integer_at(answer.value(), "data", "total_record");
  const bool more =
      total ? static_cast<std::int64_t>(brands_read_) < *total : rows.size() >= kBrandPageMax;
  if (rows.empty() && (more || !total)) {
    return Error{ErrorCode::rate_limited, "Lazada: the list of brands came empty", kBrandPause, {}};
  }
  return more;
}

}  // namespace connectors::lazada
