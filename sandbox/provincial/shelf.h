#pragma once
// All products of the store: /products, /products/batch, /products/{id}. A SKU belongs to one
// product that is not in the trash. Threads: the owner locks.
#include <map>
#include <optional>
#include <string>
#include <unordered_map>

#include "sandbox/provincial/product.h"

namespace sandbox::provincial {

class Shelf {
 public:
  Shelf(const base::Clock& clock, Ids& ids, const Categories& categories)
      : clock_(clock), ids_(ids), categories_(categories) {}

  Answer handle(const Call& call);

  const std::map<std::int64_t, Product>& products() const { return products_; }
  Product* by_sku(const std::string& sku);
  Product* by_id(std::int64_t id);
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
  bool wanted_in_list(const Call& call, const Product& product) const;
  std::optional<Answer> take_sku(const Product& product, const Json& wanted);
  void settle_slug(Product& product);

  const base::Clock& clock_;
  Ids& ids_;
  const Categories& categories_;
  std::map<std::int64_t, Product> products_;
  std::unordered_map<std::string, std::int64_t> by_sku_;
  std::unordered_map<std::string, std::int64_t> by_slug_;
};

}  // namespace sandbox::provincial
