#include "sandbox/provincial/shelf.h"

#include <algorithm>

#include "sandbox/json_tools.h"
#include "sandbox/provincial/batch.h"
#include "sandbox/provincial/listing.h"

namespace sandbox::provincial {
namespace {

constexpr std::string_view kHere = "/wc/v3/products";

Answer unknown(int status) {
  return refusal(status, "woocommerce_rest_product_invalid_id", "Invalid ID.");
}

}  // namespace

Answer Shelf::handle(const Call& call) {
  const auto rest = call.route.substr(kHere.size());
  const bool writes = call.method == "POST" || call.method == "PUT" || call.method == "PATCH";
  if (rest.empty()) {
    if (call.method == "GET") return list(call);
    if (call.method != "POST") return no_route();
    if (auto problem = type_problem(call.body)) return *problem;
    auto answer = create(call.body, call.site);
    if (!answer.refused()) {
      answer.headers.emplace_back(
          "Location", call.site + "/wp-json/wc/v3/products/" + text_in(answer.body, "id"));
    }
    return answer;
  }
  if (rest == "/batch") return writes ? batch(call) : no_route();
  const auto slash = std::min(rest.find('/', 1), rest.size());
  const auto id = to_integer(rest.substr(1, slash - 1));
  if (!id) return no_route();
  if (slash == rest.size()) return one(call, *id);
  auto* parent = by_id(*id);
  if (parent == nullptr) return unknown(404);
  return variations(call, *parent, rest.substr(slash));
}

Answer Shelf::one(const Call& call, std::int64_t id) {
  const auto* product = by_id(id);
  if (product == nullptr) return unknown(404);
  if (call.method == "GET") {
    const auto view = param(call, "context") == "edit" ? View::after_write : View::reading;
    return {200, shown_in(*product, call.site, view), {}};
  }
  if (call.method == "DELETE") {
    const auto force = param(call, "force");
    return force == "true" || force == "1" ? remove_for_good(id, call.site) : trash(id, call.site);
  }
  if (auto problem = type_problem(call.body)) return *problem;
  return update(id, call.body, call.site);
}

Answer Shelf::batch(const Call& call) {
  return run_batch(call.body,
                   {[&](const Json& item) { return create(item, call.site); },
                    [&](std::int64_t id, const Json& item) { return update(id, item, call.site); },
                    [&](std::int64_t id) { return remove_for_good(id, call.site); }});
}

// Nothing: the SKU is free, or the product's own.
std::optional<Answer> Shelf::take_sku(const Product& product, const Json& wanted) {
  if (!wanted.has_string_field("sku")) return std::nullopt;
  const auto& sku = wanted.at("sku").as_string();
  const auto* twin = by_sku(sku);
  if (twin == nullptr || twin->id == product.id) return std::nullopt;
  auto answer = refusal(400, "product_invalid_sku", "Invalid or duplicated SKU.");
  answer.body["data"]["resource_id"] = jn(twin->id);
  int copy = 1;
  while (by_sku_.contains(sku + "-" + std::to_string(copy))) ++copy;
  answer.body["data"]["unique_sku"] = js(sku + "-" + std::to_string(copy));
  return answer;
}

// Drafts have no address yet; the first publication gives one that nobody else has.
void Shelf::settle_slug(Product& product) {
  if (product.text("status") == "draft" && product.text("slug").empty()) return;
  auto wanted = slug_of(product.text("slug").empty() ? product.text("name") : product.text("slug"));
  if (wanted.empty()) wanted = "product-" + std::to_string(product.id);
  auto slug = wanted;
  const auto taken = [&] {
    const auto found = by_slug_.find(slug);
    return found != by_slug_.end() && found->second != product.id;
  };
  for (int copy = 2; taken(); ++copy) slug = wanted + "-" + std::to_string(copy);
  by_slug_[slug] = product.id;
  product.fields["slug"] = js(slug);
}

void Shelf::keep_sku(Product& product, const Json& wanted) {
  if (!wanted.has_string_field("sku")) return;
  if (const auto old = by_sku_.find(product.text("sku"));
      old != by_sku_.end() && old->second == product.id) {
    by_sku_.erase(old);
  }
  product.fields["sku"] = wanted.at("sku");
  if (!product.text("sku").empty()) by_sku_[product.text("sku")] = product.id;
}

Answer Shelf::create(const Json& wanted, const std::string& site) {
  if (!wanted.is_object()) return refusal(400, "rest_invalid_param", "Invalid parameter(s).");
  if (integer_in(wanted, "id").value_or(0) != 0) {
    return refusal(400, "woocommerce_rest_product_exists", "Cannot create existing product.");
  }
  Product product;
  product.fields = blank_product();
  product.fields["categories"] = categories_.of_product(Json::null());
  if (auto problem = take_sku(product, wanted)) return *problem;
  product.created_at = clock_.now();
  if (auto problem = edit(product, wanted, tools())) return *problem;
  product.id = ids_.next();
  settle_slug(product);
  keep_sku(product, wanted);
  const auto& kept = products_[product.id] = product;
  return {201, shown_in(kept, site, View::after_write), {}};
}

Answer Shelf::update(std::int64_t id, const Json& wanted, const std::string& site) {
  auto* product = by_id(id);
  if (product == nullptr) return unknown(400);
  if (product->is_variation()) {
    return refusal(404, "woocommerce_rest_invalid_product_id",
                   "To manipulate product variations you should use the "
                   "/products/&lt;product_id&gt;/variations/&lt;id&gt; endpoint.");
  }
  if (auto problem = take_sku(*product, wanted)) return *problem;
  auto changed = *product;
  if (auto problem = edit(changed, wanted, tools())) return *problem;
  if (product->is_variable() && !changed.is_variable()) remove_variations(id);
  keep_sku(changed, wanted);
  settle_slug(changed);
  if (wanted.has_field("status")) changed.trashed = false;
  if (!changed.trashed && !changed.text("sku").empty())
    by_sku_.try_emplace(changed.text("sku"), id);
  *product = std::move(changed);
  return {200, shown_in(*product, site, View::after_write), {}};
}

Answer Shelf::remove_for_good(std::int64_t id, const std::string& site) {
  const auto found = products_.find(id);
  if (found == products_.end()) return unknown(400);
  Answer answer{200, shown_in(found->second, site, View::after_write), {}};
  remove_variations(id);
  std::erase_if(by_sku_, [&](const auto& entry) { return entry.second == id; });
  std::erase_if(by_slug_, [&](const auto& entry) { return entry.second == id; });
  products_.erase(found);
  return answer;
}

// The answer shows the product as it was (recording 14); its SKU is free from now on.
Answer Shelf::trash(std::int64_t id, const std::string& site) {
  auto& product = products_.at(id);
  if (product.trashed) {
    return refusal(410, "woocommerce_rest_already_trashed",
                   "The product has already been deleted.");
  }
  Answer answer{200, shown_in(product, site, View::after_write), {}};
  for (auto& [other, row] : products_) {
    if (other != id && row.parent_id() != id) continue;
    row.trashed = true;
    row.modified_at = clock_.now();
    std::erase_if(by_sku_, [&](const auto& entry) { return entry.second == other; });
  }
  return answer;
}

Product* Shelf::by_id(std::int64_t id) {
  const auto found = products_.find(id);
  return found == products_.end() ? nullptr : &found->second;
}

Product* Shelf::by_sku(const std::string& sku) {
  const auto found = by_sku_.find(sku);
  return found == by_sku_.end() ? nullptr : by_id(found->second);
}

void Shelf::sell(std::int64_t id, std::int64_t units) {
  auto* product = by_id(id);
  if (product == nullptr) return;
  product->modified_at = clock_.now();
  auto* parent = product->is_variation() ? by_id(product->parent_id()) : nullptr;
  auto& counted = parent == nullptr ? *product : *parent;
  counted.fields["total_sales"] =
      jn(integer_in(counted.fields, "total_sales").value_or(0) + std::max<std::int64_t>(0, units));
  if (!product->counts_stock() && parent != nullptr) product = parent;
  if (!product->counts_stock()) return;
  product->set_stock(integer_in(product->fields, "stock_quantity").value_or(0) - units);
}

Categories::Counts Shelf::category_counts() const {
  Categories::Counts counts;
  for (const auto& [id, product] : products_) {
    if (!product.published() || product.is_variation()) continue;
    for (const auto& row : product.fields.at("categories").as_array()) {
      ++counts[integer_in(row, "id").value_or(0)];
    }
  }
  return counts;
}

void Shelf::reset() {
  products_.clear();
  by_sku_.clear();
  by_slug_.clear();
}

Json Shelf::save() const {
  Json out = empty_list();
  for (const auto& [id, product] : products_) {
    Json row;
    row["id"] = jn(id);
    row["created_ms"] = jn(base::to_unix_ms(product.created_at));
    row["modified_ms"] = jn(base::to_unix_ms(product.modified_at));
    row["trashed"] = jb(product.trashed);
    row["fields"] = product.fields;
    push(out, row);
  }
  return out;
}

void Shelf::load(const Json& state) {
  reset();
  for (const auto& row : state.as_array()) {
    Product product;
    product.id = row.at("id").as_number().to_int64();
    product.created_at = base::from_unix_ms(row.at("created_ms").as_number().to_int64());
    product.modified_at = base::from_unix_ms(row.at("modified_ms").as_number().to_int64());
    product.trashed = row.at("trashed").as_bool();
    product.fields = row.at("fields");
    const auto sku = product.text("sku");
    if (!sku.empty() && !product.trashed) by_sku_[sku] = product.id;
    if (!product.text("slug").empty()) by_slug_[product.text("slug")] = product.id;
    products_[product.id] = std::move(product);
  }
}

}  // namespace sandbox::provincial
