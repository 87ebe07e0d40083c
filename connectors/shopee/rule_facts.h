#pragma once
// What Shopee says a listing of a category must be: tree, attributes, brands, limits, delivery
// channels, out of its JSON. Pure. Nothing here throws. Threads: safe.
// Source: Open Platform API v2, product.get_category, get_attribute_tree, get_brand_list,
// get_item_limit, logistics.get_channel_list, reference as of 2026-08-18.
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "connectors/common/json.h"

namespace connectors::shopee {

struct CategoryFact {
  std::string name;          // as the shop's language shows it
  std::string english_name;  // the original one
  bool is_leaf = false;
};
using CategoryTree = std::map<std::string, CategoryFact>;  // by id
CategoryTree category_tree(const common::Json& answer);

struct AttributeFact {
  std::string id;
  std::string name;
  bool mandatory = false;
  bool list_only = false;  // a drop-down: only values of the list
  bool several = false;
  bool with_unit = false;
  enum class Text { any, integer, decimal, date } text = Text::any;
  std::int64_t values_max = 1;
  std::map<std::string, std::string> values;  // id -> name
  std::set<std::string> units;
};
using AttributeFacts = std::map<std::string, AttributeFact>;  // by id
// By category id; a category that Shopee warns about is left out.
std::map<std::string, AttributeFacts> attribute_facts(const common::Json& answer);

struct BrandFacts {
  bool mandatory = false;
  std::map<std::string, std::string> brands;  // id -> name
};
// Adds one page; the offset of the next, or nothing.
std::optional<std::string> add_brands(const common::Json& answer, BrandFacts& facts);

// A bound that the answer does not name does not bind.
struct Range {
  std::int64_t least = 0;
  std::int64_t most = INT64_MAX;
  bool holds(std::int64_t value) const { return value >= least && value <= most; }
};
struct LimitFacts {
  Range title;        // code points
  Range description;  // code points
  Range images;
  Range price;
  Range stock;
  bool weight_needed = true;
  bool size_needed = false;
  bool gtin_needed = false;
};
LimitFacts limit_facts(const common::Json& answer);

struct ChannelFact {
  std::string id;
  std::string name;
  Range weight_g;
  std::int64_t side_cm_max = INT64_MAX;
  std::int64_t sum_cm_max = INT64_MAX;
  bool needs_size = false;
};
// Those that a listing may use.
std::vector<ChannelFact> channel_facts(const common::Json& answer);

}  // namespace connectors::shopee
