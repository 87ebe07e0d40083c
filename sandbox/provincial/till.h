#pragma once
// The store's orders: /orders, /orders/{id} and what hangs on them (papers.h). Units leave the
// shelf when an order is placed and come back when it is cancelled. Threads: the owner locks.
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "sandbox/channel.h"
#include "sandbox/orders.h"
#include "sandbox/provincial/papers.h"
#include "sandbox/provincial/shelf.h"

namespace sandbox::provincial {

class Till {
 public:
  Till(const base::Clock& clock, Ids& ids, Shelf& shelf)
      : clock_(clock), ids_(ids), shelf_(shelf), papers_(clock, ids) {}

  Answer handle(const Call& call);
  // All or nothing; `rejected` when less is shown than wanted.
  base::Result<Purchase> sell(const std::vector<Wish>& wishes);
  base::Status cancel(const std::string& order_id);

  const std::vector<PlacedOrder>& orders() const { return orders_; }
  // What happened to orders since it was last asked: {"order.updated", the order's id}.
  struct News {
    std::string topic;
    std::string order_id;
  };
  std::vector<News> news() { return std::exchange(news_, {}); }
  // The body of a message: the order as it is, or its id alone when it is gone.
  Json message(const News& news, const std::string& site);

  // GET /truth: orders with their notes and refunds.
  Json truth() const;
  void reset() {
    orders_.clear();
    papers_.reset();
    news_.clear();
  }
  Json save() const { return to_json(orders_); }
  Json save_papers() const { return papers_.save(); }
  void load(const Json& state, const Json& papers) {
    orders_ = orders_from(state);
    papers_.load(papers);
  }

 private:
  PlacedOrder* find(const std::string& id);
  void set_status(PlacedOrder& order, const std::string& status);
  Answer list(const Call& call) const;
  Answer change(PlacedOrder& order, const Call& call);
  Answer refund(PlacedOrder& order, const Call& call);
  Answer remove(PlacedOrder& order, const Call& call);
  Json whole(const PlacedOrder& order, const std::string& site) const;

  const base::Clock& clock_;
  Ids& ids_;
  Shelf& shelf_;
  std::vector<PlacedOrder> orders_;  // by id
  Papers papers_;
  std::vector<News> news_;
};

Json shown(const PlacedOrder& order, const std::string& site);

}  // namespace sandbox::provincial
