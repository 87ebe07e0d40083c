#pragma once
// The store's product categories. A fresh store has "Uncategorized" and nine for farm goods.
// Threads: the owner locks.
#include <map>
#include <optional>

#include "sandbox/provincial/shapes.h"

namespace sandbox::provincial {

class Categories {
 public:
  // How many published products each category has.
  using Counts = std::map<std::int64_t, std::int64_t>;

  Categories() { reset(); }
  void reset();

  // /products/categories, /products/categories/batch, /products/categories/{id}
  Answer handle(const Call& call, const Counts& counts);
  // What a product shows of the categories it was given: unknown ones are dropped, none at all is
  // "Uncategorized".
  Json of_product(const Json& wanted) const;

  Json save() const;
  void load(const Json& state);

 private:
  Answer create(const Json& wanted, const std::string& site);
  Answer update(std::int64_t id, const Json& wanted, const std::string& site);
  Answer remove(std::int64_t id, const std::string& site);
  Answer batch(const Call& call);
  Answer list(const Call& call, const Counts& counts) const;
  std::optional<std::int64_t> twin_of(const std::string& name, std::int64_t parent) const;

  std::map<std::int64_t, Json> rows_;
  std::int64_t next_id_ = 0;
};

}  // namespace sandbox::provincial
