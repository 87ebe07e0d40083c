#include "connectors/shopee/rules.h"

#include <algorithm>

#include "base/text.h"
#include "connectors/shopee/ids.h"
#include "connectors/shopee/mapping.h"
#include "connectors/shopee/models.h"
#include "connectors/shopee/rule_checks.h"

namespace connectors::shopee {

namespace {

using base::ErrorCode;

bool covers(const std::string& rule, const std::string& path) {
  return rule == "*" || rule == path || path.starts_with(rule + "/");
}

bool same_name(const CategoryFact& fact, const std::string& ours) {
  const auto folded = base::fold(ours);
  return folded == base::fold(fact.name) || folded == base::fold(fact.english_name);
}

void check_row(const std::string& path, const RemoteCategory& row, const CategoryTree& tree,
               std::vector<MapDrift>& out) {
  const auto found = tree.find(row.remote_id);
  const auto add = [&](const std::string& vi, const std::string& en) {
    out.push_back({"category", path, row.remote_id, vi, en});
  };
  if (found == tree.end()) {
    add("Shopee không còn ngành hàng số " + row.remote_id,
        "Shopee has no category " + row.remote_id + " any more");
  } else if (!found->second.is_leaf) {
    add("Ngành hàng \"" + found->second.name + "\" không còn là cấp cuối",
        "Category \"" + found->second.name + "\" is not a leaf any more");
  } else if (!row.remote_name.empty() && !same_name(found->second, row.remote_name)) {
    add("Ngành hàng số " + row.remote_id + " nay tên là \"" + found->second.name + "\"",
        "Category " + row.remote_id + " is called \"" + found->second.name + "\" now");
  }
}

}  // namespace

base::Status ShopRules::read_tree() {
  if (tree_) return base::Done{};
  const auto answer = client_.get("product/get_category", common::Query{}.add("language", "vi"));
  if (!answer) return answer.error();
  auto tree = category_tree(answer.value());
  if (tree.empty()) return failed(ErrorCode::protocol, "the category tree is empty");
  tree_ = std::move(tree);
  return base::Done{};
}

base::Status ShopRules::read_channels() {
  if (channels_) return base::Done{};
  const auto answer = client_.logistics_channels();
  if (!answer) return answer.error();
  channels_ = channel_facts(answer.value());
  return base::Done{};
}

base::Status ShopRules::read_attributes(const std::set<std::string>& category_ids) {
  std::vector<std::string> missing;
  for (const auto& id : category_ids) {
    if (!attributes_.contains(id)) missing.push_back(id);
  }
  for (std::size_t i = 0; i < missing.size(); i += kCategoriesPerCall) {
    std::string list;
    const auto end = std::min(missing.size(), i + kCategoriesPerCall);
    for (std::size_t at = i; at < end; ++at) list += (at == i ? "" : ",") + missing[at];
    common::Query query;
    query.add("category_id_list", list).add("language", "vn");
    const auto answer = client_.get("product/get_attribute_tree", query);
    if (!answer) return answer.error();
    for (auto& [id, facts] : attribute_facts(answer.value())) attributes_[id] = facts;
  }
  return base::Done{};
}

base::Status ShopRules::read_brands(const std::string& category_id) {
  if (brands_.contains(category_id)) return base::Done{};
  constexpr long long kNormalBrands = 1;
  constexpr long long kPage = 100;
  BrandFacts facts;
  std::string offset = "0";
  for (int page = 0; page < kBrandPagesMax; ++page) {
    common::Query query;
    query.add("category_id", category_id).add("status", kNormalBrands).add("offset", offset);
    query.add("page_size", kPage).add("language", "vi");
    const auto answer = client_.get("product/get_brand_list", query);
    if (!answer) return answer.error();
    const auto next = add_brands(answer.value(), facts);
    if (!next || *next == offset || next->empty()) break;
    offset = *next;
  }
  brands_[category_id] = std::move(facts);
  return base::Done{};
}

base::Status ShopRules::read_limits(const std::string& category_id) {
  if (limits_.contains(category_id)) return base::Done{};
  const auto answer =
      client_.get("product/get_item_limit", common::Query{}.add("category_id", category_id));
  if (!answer) return answer.error();
  limits_[category_id] = limit_facts(answer.value());
  return base::Done{};
}

base::Result<std::vector<ListingProblem>> ShopRules::check(const ListingContent& content) {
  std::vector<ListingProblem> out;
  if (const auto read = read_tree(); !read) return read.error();
  if (const auto read = check_category(content, out); !read) return read.error();
  if (const auto read = read_channels(); !read) return read.error();
  check_delivery(*channels_, client_.options().logistic_ids, content, out);
  if (const auto read = check_spread(content, out); !read) return read.error();
  return out;
}

// What hangs on the category; without a good one the limits of the shop at large are asked.
base::Status ShopRules::check_category(const ListingContent& content,
                                       std::vector<ListingProblem>& out) {
  const auto& id = content.category_remote_id;
  const auto found = tree_->find(id);
  const bool good = found != tree_->end() && found->second.is_leaf;
  if (!good) {
    const bool unmapped = id.empty();
    out.push_back({"category", id,
                   unmapped ? "Chưa có ngành hàng Shopee cho \"" + content.category + "\""
                            : "Ngành hàng Shopee số " + id + " không dùng được",
                   unmapped ? "The category map has no entry for \"" + content.category + "\""
                            : "Shopee's category " + id + " cannot be used"});
  }
  if (const auto read = read_limits(good ? id : ""); !read) return read;
  const auto& limits = limits_[good ? id : ""];
  check_texts(limits, content, out);
  check_numbers(limits, content, out);
  check_images(limits, content, out);
  if (!good) return base::Done{};
  if (const auto read = read_attributes({id}); !read) return read;
  check_attributes(attributes_[id], content, out);
  if (const auto read = read_brands(id); !read) return read;
  check_brand(brands_[id], content, out);
  return base::Done{};
}

// Against the packs that share the item already.
base::Status ShopRules::check_spread(const ListingContent& content,
                                     std::vector<ListingProblem>& out) {
  const auto& item_id = content.binding.empty() ? content.sibling_item_id : content.binding.item_id;
  const bool alone =
      item_id.empty() || (!content.binding.empty() && content.binding.unit_id.empty());
  if (alone || !client_.options().grouped) return base::Done{};
  const auto listings = reads_.read_all({&item_id, 1});
  if (!listings) return listings.error();
  std::vector<std::int64_t> prices{content.price};
  for (const auto& listing : listings.value()) {
    if (listing.sku != content.sku && listing.price > 0) prices.push_back(listing.price);
  }
  if (!too_far_apart(prices)) return base::Done{};
  out.push_back(
      {"price",
       {},
       "Giá đắt nhất trong các phân loại của một sản phẩm không được quá 5 lần giá rẻ nhất",
       "The dearest variation of a product may cost at most 5 times the cheapest"});
  return base::Done{};
}

base::Result<std::vector<MapDrift>> ShopRules::check_maps(const ChannelMaps& maps) {
  std::vector<MapDrift> out;
  if (const auto read = read_tree(); !read) return read.error();
  std::set<std::string> usable;
  for (const auto& [path, row] : maps.categories) {
    check_row(path, row, *tree_, out);
    const auto found = tree_->find(row.remote_id);
    if (found != tree_->end() && found->second.is_leaf) usable.insert(row.remote_id);
  }
  if (!maps.attributes.empty()) {
    if (const auto read = read_attributes(usable); !read) return read.error();
  }
  for (const auto& rule : maps.attributes) {
    std::set<std::string> categories;
    for (const auto& [path, row] : maps.categories) {
      if (covers(rule.category, path) && usable.contains(row.remote_id)) {
        categories.insert(row.remote_id);
      }
    }
    if (rule.remote_id != kBrandAttribute) {
      check_rule(rule, categories, out);
    } else if (const auto read = check_brand_rule(rule, categories, out); !read) {
      return read.error();
    }
  }
  return out;
}

// A rule for many categories must fit one of them: others simply have no such attribute.
void ShopRules::check_rule(const AttributeRule& rule, const std::set<std::string>& categories,
                           std::vector<MapDrift>& out) const {
  const auto& value = rule.remote_value_id;
  bool known = false;
  bool value_known = value.empty() || value == "0";
  for (const auto& id : categories) {
    const auto facts = attributes_.find(id);
    if (facts == attributes_.end()) continue;
    const auto fact = facts->second.find(rule.remote_id);
    if (fact == facts->second.end()) continue;
    known = true;
    value_known = value_known || fact->second.values.contains(value);
  }
  const auto ours = rule.category + " " + rule.ours;
  if (!known) {
    out.push_back({"attribute", ours, rule.remote_id,
                   "Không ngành hàng nào của dòng này có thuộc tính số " + rule.remote_id,
                   "No category of this line has attribute " + rule.remote_id});
  } else if (!value_known) {
    out.push_back({"value", ours, value,
                   "Thuộc tính số " + rule.remote_id + " không còn giá trị số " + value,
                   "Attribute " + rule.remote_id + " has no value " + value + " any more"});
  }
}

base::Status ShopRules::check_brand_rule(const AttributeRule& rule,
                                         const std::set<std::string>& categories,
                                         std::vector<MapDrift>& out) {
  if (rule.remote_value_id.empty() || rule.remote_value_id == "0") return base::Done{};
  bool known = categories.empty();
  for (const auto& id : categories) {
    if (const auto read = read_brands(id); !read) return read;
    known = known || brands_[id].brands.contains(rule.remote_value_id);
  }
  if (known) return base::Done{};
  out.push_back({"brand", rule.category + " " + rule.ours, rule.remote_value_id,
                 "Shopee không còn thương hiệu số " + rule.remote_value_id,
                 "Shopee has no brand " + rule.remote_value_id + " any more"});
  return base::Done{};
}

}  // namespace connectors::shopee
