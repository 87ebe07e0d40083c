// Variations: /products/{id}/variations, batch and {id}; and how a product with variations shows.
#include <algorithm>

#include "sandbox/json_tools.h"
#include "sandbox/provincial/batch.h"
#include "sandbox/provincial/listing.h"
#include "sandbox/provincial/shelf.h"

namespace sandbox::provincial {
namespace {

Answer unknown_variation() {
  return refusal(404, "woocommerce_rest_product_variation_invalid_id", "Invalid ID.");
}

}  // namespace

const Product* Shelf::parent_of(const Product& product) const {
  const auto found = products_.find(product.parent_id());
  return found == products_.end() ? nullptr : &found->second;
}

std::vector<const Product*> Shelf::variations_of(std::int64_t id) const {
  std::vector<const Product*> out;
  for (const auto& [key, product] : products_) {
    if (product.is_variation() && product.parent_id() == id) out.push_back(&product);
  }
  return out;
}

// A product with variations is bought by one of them, and only while it is published itself.
bool Shelf::buyable(const Product& product) const {
  if (!product.published() || product.is_variable()) return false;
  if (!product.fields.at("purchasable").as_bool()) return false;
  if (!product.is_variation()) return true;
  const auto* parent = parent_of(product);
  return parent != nullptr && parent->published() && parent->is_variable();
}

std::int64_t Shelf::available(const Product& product) const {
  const auto* parent = parent_of(product);
  const bool counted_there = parent != nullptr && !product.counts_stock() && parent->counts_stock();
  return counted_there ? parent->available() : product.available();
}

std::string Shelf::full_name(const Product& product) const {
  const auto* parent = parent_of(product);
  return parent == nullptr ? product.text("name")
                           : parent->text("name") + " - " + option_name(product);
}

Json Shelf::shown_in(const Product& product, const std::string& site, View view) const {
  if (const auto* parent = parent_of(product)) {
    Product whole = product;
    whole.fields = blank_product();
    const auto own = shown_variation(product, *parent, site);
    for (const auto& [name, member] : own.as_object()) {
      if (whole.fields.has_field(name)) whole.fields[name] = member;
    }
    whole.fields["name"] = js(full_name(product));
    whole.fields["type"] = js("variation");
    whole.fields["parent_id"] = jn(parent->id);
    return shown(whole, site, view);
  }
  auto out = shown(product, site, view);
  if (!product.is_variable()) return out;
  out["variations"] = empty_list();
  out["has_options"] = jb(true);
  std::int64_t cheapest = 0;
  bool in_stock = false;
  for (const auto* variation : variations_of(product.id)) {
    if (variation->trashed) continue;
    push(out["variations"], jn(variation->id));
    if (!variation->published() || variation->price() <= 0) continue;
    cheapest = cheapest == 0 ? variation->price() : std::min(cheapest, variation->price());
    in_stock = in_stock || available(*variation) > 0;
  }
  out["price"] = js(cheapest == 0 ? "" : std::to_string(cheapest));
  out["purchasable"] = jb(cheapest > 0);
  if (!product.counts_stock()) out["stock_status"] = js(in_stock ? "instock" : "outofstock");
  return out;
}

Answer Shelf::variations(const Call& call, Product& parent, const std::string& rest) {
  constexpr std::string_view kVariations = "/variations";
  if (!rest.starts_with(kVariations)) return no_route();
  const auto tail = rest.substr(kVariations.size());
  const bool writes = call.method == "POST" || call.method == "PUT" || call.method == "PATCH";
  if (tail.empty()) {
    if (call.method == "GET") return list_variations(call, parent);
    return call.method == "POST" ? create_variation(parent, call.body, call.site) : no_route();
  }
  if (tail == "/batch") {
    if (!writes) return no_route();
    return run_batch(call.body,
                     {[&](const Json& item) { return create_variation(parent, item, call.site); },
                      [&](std::int64_t id, const Json& item) {
                        return update_variation(parent, id, item, call.site);
                      },
                      [&](std::int64_t id) { return remove_variation(id, call.site); }});
  }
  const auto id = to_integer(tail.substr(1));
  if (!id) return no_route();
  if (writes) return update_variation(parent, *id, call.body, call.site);
  if (call.method == "DELETE") return remove_variation(*id, call.site);
  const auto* product = by_id(*id);
  if (product == nullptr || product->parent_id() != parent.id) return unknown_variation();
  return {200, shown_variation(*product, parent, call.site), {}};
}

Answer Shelf::list_variations(const Call& call, const Product& parent) const {
  if (auto problem = list_problem(
          call, {"date", "id", "include", "title", "slug", "modified", "menu_order"})) {
    return *problem;
  }
  std::vector<const Product*> rows;
  for (const auto* variation : variations_of(parent.id)) {
    const auto status = param(call, "status");
    const bool any = status.empty() || status == "any";
    if (variation->trashed || !id_wanted(call, variation->id)) continue;
    if (!any && status != variation->text("status")) continue;
    if (call.params.contains("sku") && param(call, "sku") != variation->text("sku")) continue;
    rows.push_back(variation);
  }
  if (!ascending(call, "desc")) std::reverse(rows.begin(), rows.end());
  return page_of(call, rows.size(),
                 [&](std::size_t i) { return shown_variation(*rows[i], parent, call.site); });
}

Answer Shelf::create_variation(Product& parent, const Json& wanted, const std::string& site) {
  if (!wanted.is_object()) return refusal(400, "rest_invalid_param", "Invalid parameter(s).");
  if (integer_in(wanted, "id").value_or(0) != 0) {
    return refusal(400, "woocommerce_rest_product_variation_exists",
                   "Cannot create existing product_variation.");
  }
  Product variation;
  variation.fields = blank_variation();
  variation.fields["type"] = js("variation");
  variation.fields["parent_id"] = jn(parent.id);
  if (auto problem = take_sku(variation, wanted)) return *problem;
  variation.created_at = clock_.now();
  if (auto problem = edit_variation(variation, parent, wanted, tools())) return *problem;
  variation.id = ids_.next();
  keep_sku(variation, wanted);
  products_[variation.id] = variation;
  return {201, shown_variation(products_.at(variation.id), parent, site), {}};
}

// The store moves a variation to the product whose address it is written under.
Answer Shelf::update_variation(Product& parent, std::int64_t id, const Json& wanted,
                               const std::string& site) {
  auto* variation = by_id(id);
  if (variation == nullptr || !variation->is_variation()) return unknown_variation();
  if (auto problem = take_sku(*variation, wanted)) return *problem;
  auto changed = *variation;
  changed.fields["parent_id"] = jn(parent.id);
  if (auto problem = edit_variation(changed, parent, wanted, tools())) return *problem;
  keep_sku(changed, wanted);
  *variation = std::move(changed);
  return {200, shown_variation(*variation, parent, site), {}};
}

Answer Shelf::remove_variation(std::int64_t id, const std::string& site) {
  const auto* variation = by_id(id);
  const auto* parent = variation == nullptr ? nullptr : parent_of(*variation);
  if (parent == nullptr) return unknown_variation();
  Answer answer{200, shown_variation(*variation, *parent, site), {}};
  std::erase_if(by_sku_, [&](const auto& entry) { return entry.second == id; });
  products_.erase(id);
  return answer;
}

void Shelf::remove_variations(std::int64_t parent_id) {
  std::vector<std::int64_t> gone;
  for (const auto* variation : variations_of(parent_id)) gone.push_back(variation->id);
  for (const auto id : gone) {
    std::erase_if(by_sku_, [&](const auto& entry) { return entry.second == id; });
    products_.erase(id);
  }
}

}  // namespace sandbox::provincial
