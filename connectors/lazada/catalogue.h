#pragma once
// Lazada's own lists: the category tree, what a category asks of a product, the brands. Read once
// and kept for a day. Errors: what the call said. Threads: one.
// Source: Lazada Open Platform, "Get category attributes" and API pages, 2026-04-21.
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "connectors/lazada/client.h"

namespace connectors::lazada {

inline constexpr base::Millis kListLife = std::chrono::hours{24};
inline constexpr std::size_t kCategoriesMax = 50'000;
inline constexpr std::size_t kBrandPageMax = 200;
inline constexpr std::size_t kBrandPagesMax = 25;  // beyond them a brand is not known to be wrong

struct Category {
  std::string name_vi;
  std::string name_en;
  bool leaf = false;
};
using CategoryTree = std::map<std::string, Category>;

struct AttributeOption {
  std::string id;
  std::string name;
  std::string en_name;  // what a payload holds
};

// One attribute of a category. `input` is in lower case: "text", "singleselect", "enuminput", …
struct AttributeFacts {
  std::string id;
  std::string name;  // the element of the payload
  std::string label;
  std::string input;
  bool mandatory = false;
  bool sale = false;    // tells variants apart: goes into saleProp
  bool of_sku = false;  // goes under Sku, not under Attributes
  std::vector<AttributeOption> options;

  bool takes_own_words() const { return input != "singleselect" && input != "multiselect"; }
  // By id, English name or name; null when the list has none of that.
  const AttributeOption* option(std::string_view word) const;
};
using CategoryFacts = std::vector<AttributeFacts>;
const AttributeFacts* find_attribute(const CategoryFacts& facts, std::string_view name_or_id);

// From the answers of category/tree/get and category/attributes/get.
void read_tree(const common::Json& answer, std::string_view language, CategoryTree& tree);
CategoryFacts read_facts(const common::Json& answer);

class Catalogue {
 public:
  explicit Catalogue(Client& client) : client_(client) {}

  // Both stay valid until the next call.
  base::Result<const CategoryTree*> tree();
  // Empty for a category that Lazada has no attributes for: not a leaf, or none at all.
  base::Result<const CategoryFacts*> facts(const std::string& category_id);
  // Nothing: the list is longer than kBrandPagesMax pages and the brand was not among them.
  base::Result<std::optional<bool>> has_brand(const std::string& id, const std::string& name);

 private:
  template <typename Value>
  struct Kept {
    Value value;
    base::Instant read_at;
  };
  bool fresh(base::Instant read_at) const { return client_.now() < read_at + kListLife; }
  base::Result<bool> read_brand_page(std::size_t start);

  Client& client_;
  std::optional<Kept<CategoryTree>> tree_;
  std::map<std::string, Kept<CategoryFacts>> facts_;
  std::map<std::string, std::string> brands_;  // id -> name
  std::size_t brands_read_ = 0;
  bool brands_complete_ = false;
};

}  // namespace connectors::lazada
