#pragma once
// One product of the store, or one variation of a product: how wishes are written into it and how
// it is shown. The store hardly complains: a price that is no number is kept empty, a stock count
// without manage_stock is dropped (recording 03). Threads: values.
#include <optional>

#include "sandbox/provincial/categories.h"
#include "sandbox/provincial/shapes.h"
#include "sandbox/provincial/tags.h"

namespace sandbox::provincial {

// Buyers of a product whose stock is not managed find this many.
inline constexpr std::int64_t kUncounted = 9'999;

struct Product {
  std::int64_t id = 0;
  base::Instant created_at;
  base::Instant modified_at;
  bool trashed = false;
  Json fields;  // every member but the ids, dates and links

  std::string text(const char* member) const;
  bool published() const;
  std::int64_t price() const;      // whole đồng, 0 without a price
  std::int64_t available() const;  // what a buyer can buy now
  bool counts_stock() const;
  std::int64_t parent_id() const;  // of a variation; 0: it is none
  bool is_variable() const { return text("type") == "variable"; }
  bool is_variation() const { return text("type") == "variation"; }
  void set_stock(std::int64_t quantity);
};

enum class View {
  after_write,  // raw texts, with permalink_template and generated_slug
  reading,      // texts as paragraphs
};
Json shown(const Product& product, const std::string& site, View view);

// Ids are handed out across products, orders, pictures and meta rows alike.
class Ids {
 public:
  std::int64_t next() { return next_++; }
  std::int64_t peek() const { return next_; }
  void restart(std::int64_t at) { next_ = at; }

 private:
  std::int64_t next_ = 100;
};

struct EditTools {
  Ids& ids;
  const Categories& categories;
  Tags& tags;
  base::Instant now;
  bool counts_stock = true;  // the store's own switch: off, no count is taken
};
// Nothing: written. The SKU is not looked at: that is the shelf's.
std::optional<Answer> edit(Product& product, const Json& wanted, EditTools tools);
// As variations are written: attributes are those that the parent varies by.
std::optional<Answer> edit_variation(Product& variation, const Product& parent, const Json& wanted,
                                     EditTools tools);
// As /products/{id}/variations shows it: what it has not is its parent's.
Json shown_variation(const Product& variation, const Product& parent, const std::string& site);
// "Hộp 5 kg": the options, in the parent's order.
std::string option_name(const Product& variation);
// Types are checked when one product is written alone, never inside a batch.
std::optional<Answer> type_problem(const Json& wanted);

}  // namespace sandbox::provincial
