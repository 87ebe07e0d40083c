#pragma once
// The store's product tags: /products/tags, /products/tags/batch, /products/tags/{id}. A fresh
// store has none. Threads: the owner locks.
#include <map>
#include <optional>

#include "sandbox/provincial/shapes.h"

namespace sandbox::provincial {

class Tags {
 public:
  Answer handle(const Call& call);
  // What a product shows of the tags it was given: by id, or by a name that is made when it is new;
  // unknown ids are dropped.
  Json of_product(const Json& wanted);

  void reset();
  Json save() const;
  void load(const Json& state);

 private:
  Answer create(const Json& wanted, const std::string& site);
  Answer remove(std::int64_t id, const std::string& site);
  Answer list(const Call& call) const;
  std::optional<std::int64_t> named(const std::string& name) const;

  static constexpr std::int64_t kFirstId = 60;
  std::map<std::int64_t, Json> rows_;
  std::int64_t next_id_ = kFirstId;
};

}  // namespace sandbox::provincial
