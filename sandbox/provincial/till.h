#pragma once
// The store's orders: /orders, /orders/{id}. Units leave the shelf when an order is placed and come
// back when it is cancelled. Threads: the owner locks.
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "sandbox/channel.h"
#include "sandbox/orders.h"
#include "sandbox/provincial/shelf.h"

namespace sandbox::provincial {

class Till {
 public:
  Till(const base::Clock& clock, Ids& ids, Shelf& shelf)
      : clock_(clock), ids_(ids), shelf_(shelf) {}

  Answer handle(const Call& call);
  // All or nothing; `rejected` when less is shown than wanted.
  base::Result<Purchase> sell(const std::vector<Wish>& wishes);
  base::Status cancel(const std::string& order_id);

  const std::vector<PlacedOrder>& orders() const { return orders_; }
  void reset() { orders_.clear(); }
  Json save() const { return to_json(orders_); }
  void load(const Json& state) { orders_ = orders_from(state); }

 private:
  PlacedOrder* find(const std::string& id);
  void set_status(PlacedOrder& order, const std::string& status);
  Answer list(const Call& call) const;
  Answer change(PlacedOrder& order, const Call& call);

  const base::Clock& clock_;
  Ids& ids_;
  Shelf& shelf_;
  std::vector<PlacedOrder> orders_;  // by id
};

Json shown(const PlacedOrder& order, const std::string& site);

}  // namespace sandbox::provincial
