// GET /products: filters and order.
#include <algorithm>
#include <tuple>

#include "base/text.h"
#include "sandbox/json_tools.h"
#include "sandbox/provincial/listing.h"
#include "sandbox/provincial/shelf.h"

namespace sandbox::provincial {
namespace {

const std::vector<std::string>& sort_words() {
  static const std::vector<std::string> words{"date",   "id",        "include", "title",
                                              "slug",   "modified",  "price",   "popularity",
                                              "rating", "menu_order"};
  return words;
}

std::int64_t number_key(const Product& product, const std::string& by) {
  if (by == "id" || by == "include") return product.id;
  if (by == "modified") return base::to_unix_s(product.modified_at);
  if (by == "price") return product.price();
  if (by == "popularity") return integer_in(product.fields, "total_sales").value_or(0);
  if (by == "menu_order") return integer_in(product.fields, "menu_order").value_or(0);
  return by == "rating" ? 0 : base::to_unix_s(product.created_at);
}

std::string text_key(const Product& product, const std::string& by) {
  if (by == "title") return base::fold(product.text("name"));
  return by == "slug" ? product.text("slug") : "";
}

}  // namespace

bool Shelf::wanted_in_list(const Call& call, const Product& product) const {
  if (!id_wanted(call, product.id)) return false;
  const bool by_sku = call.params.contains("sku") && !param(call, "sku").empty();
  if (product.is_variation() && !by_sku) return false;  // only a SKU finds variations here
  const auto status = param(call, "status");
  if (product.trashed != (status == "trash")) return false;
  const bool any = status.empty() || status == "any" || status == "trash";
  if (!any && !list_param(call, "status").contains(product.text("status"))) return false;
  if (call.params.contains("sku") && !list_param(call, "sku").contains(product.text("sku"))) {
    return false;
  }
  for (const char* name : {"slug", "type", "featured", "on_sale", "stock_status"}) {
    if (call.params.contains(name) && param(call, name) != product.text(name)) return false;
  }
  if (call.params.contains("category") && !product.is_variation()) {
    const auto ids = list_param(call, "category");
    const auto& rows = product.fields.at("categories").as_array();
    const bool in = std::any_of(rows.begin(), rows.end(),
                                [&](const Json& row) { return ids.contains(text_in(row, "id")); });
    if (!in) return false;
  }
  if (call.params.contains("tag") && !product.is_variation()) {
    const auto ids = list_param(call, "tag");
    const auto& rows = product.fields.at("tags").as_array();
    const bool in = std::any_of(rows.begin(), rows.end(),
                                [&](const Json& row) { return ids.contains(text_in(row, "id")); });
    if (!in) return false;
  }
  const auto search = base::fold(param(call, "search"));
  const bool found = search.empty() ||
                     base::fold(product.text("name")).find(search) != std::string::npos ||
                     base::fold(product.text("description")).find(search) != std::string::npos;
  return found && in_windows(call, product.created_at, product.modified_at);
}

Answer Shelf::list(const Call& call) const {
  if (auto problem = list_problem(call, sort_words())) return *problem;
  std::vector<const Product*> rows;
  for (const auto& [id, product] : products_) {
    if (wanted_in_list(call, product)) rows.push_back(&product);
  }
  const auto by = call.params.contains("orderby") ? param(call, "orderby") : "date";
  std::stable_sort(rows.begin(), rows.end(), [&](const Product* a, const Product* b) {
    const auto left = std::make_tuple(text_key(*a, by), number_key(*a, by), a->id);
    return left < std::make_tuple(text_key(*b, by), number_key(*b, by), b->id);
  });
  if (!ascending(call, "desc")) std::reverse(rows.begin(), rows.end());
  return page_of(call, rows.size(),
                 [&](std::size_t i) { return shown_in(*rows[i], call.site, View::reading); });
}

}  // namespace sandbox::provincial
