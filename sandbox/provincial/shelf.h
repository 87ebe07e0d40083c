#pragma once
// All products of the store and their variations: /products, /products/batch, /products/{id} and
// /products/{id}/variations with batch and {id}. A SKU belongs to one product or variation that is
// not in the trash. A product that stops being variable, or goes, takes its variations with it.
// Threads: the owner locks.
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "sandbox/provincial/product.h"

namespace sandbox::provincial {

class Shelf {
 public:
  Shelf(const base::Clock& clock, Ids& ids, const Categories& categories, Tags& tags)
      : clock_(clock), ids_(ids), categories_(categories), tags_(tags) {}

  // The store's own switch: without it no count is taken.
  void count_stock(bool on) { counts_stock_ = on; }  // NOLINT: it is a switch

  Answer handle(const Call& call);

  const std::map<std::int64_t, Product>& products() const { return products_; }
  Product* by_sku(const std::string& sku);
  Product* by_id(std::int64_t id);
  const Product* parent_of(const Product& product) const;  // null: it is no variation
  std::vector<const Product*> variations_of(std::int64_t id) const;
  bool buyable(const Product& product) const;
  std::int64_t available(const Product& product) const;  // what a buyer can buy now
  std::string full_name(const Product& product) const;   // "Thanh long - Hộp 5 kg"
  // Units leave (positive) or come back (negative) with an order.
  void sell(std::int64_t id, std::int64_t units);
  Categories::Counts category_counts() const;

  void reset();
  Json save() const;
  void load(const Json& state);

 private:
  Answer create(const Json& wanted, const std::string& site);
  Answer update(std::int64_t id, const Json& wanted, const std::string& site);
  Answer remove_for_good(std::int64_t id, const std::string& site);
  Answer trash(std::int64_t id, const std::string& site);
  Answer batch(const Call& call);
  Answer list(const Call& call) const;
  Answer one(const Call& call, std::int64_t id);
  Answer variations(const Call& call, Product& parent, const std::string& rest);
  Answer create_variation(Product& parent, const Json& wanted, const std::string& site);
  Answer update_variation(Product& parent, std::int64_t id, const Json& wanted,
                          const std::string& site);
  Answer remove_variation(std::int64_t id, const std::string& site);
  Answer list_variations(const Call& call, const Product& parent) const;
  void remove_variations(std::int64_t parent_id);
  void keep_sku(Product& product, const Json& wanted);
  EditTools tools() { return {ids_, categories_, tags_, clock_.now(), counts_stock_}; }
  Json shown_in(const Product& product, const std::string& site, View view) const;
  bool wanted_in_list(const Call& call, const Product& product) const;
  std::optional<Answer> take_sku(const Product& product, const Json& wanted);
  void settle_slug(Product& product);

  const base::Clock& clock_;
  Ids& ids_;
  const Categories& categories_;
  Tags& tags_;
  bool counts_stock_ = true;
  std::map<std::int64_t, Product> products_;
  std::unordered_map<std::string, std::int64_t> by_sku_;
  std::unordered_map<std::string, std::int64_t> by_slug_;
};

}  // namespace sandbox::provincial
