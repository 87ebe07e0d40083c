#pragma once
// What hangs on the orders of the store: notes, refunds and meta data. A refund of lines puts their
// packs back on the shelf unless it was told not to; one of the whole rest makes the order
// `refunded`. Threads: the owner locks.
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sandbox/orders.h"
#include "sandbox/provincial/product.h"

namespace sandbox::provincial {

struct Note {
  std::int64_t id = 0;
  std::string text;
  bool for_buyer = false;
  base::Instant at;
};

struct RefundLine {
  std::size_t place = 0;  // of the order's line
  std::int64_t quantity = 0;
  std::int64_t total = 0;
};

struct Refund {
  std::int64_t id = 0;
  std::int64_t amount = 0;
  std::string reason;
  bool restocked = false;
  base::Instant at;
  std::vector<RefundLine> lines;
};

struct MetaRow {
  std::int64_t id = 0;
  std::string key;
  Json value;
};

class Papers {
 public:
  Papers(const base::Clock& clock, Ids& ids) : clock_(clock), ids_(ids) {}

  // GET, POST, DELETE of /orders/{id}/notes[/{note}].
  Answer notes(const Call& call, const std::string& order_id, const std::string& rest);
  // GET of /orders/{id}/refunds[/{refund}]. `order_json`: the order as it is shown.
  Answer refunds(const Call& call, const PlacedOrder& order, const Json& order_json,
                 const std::string& rest) const;
  // POST of one. What it did is for the owner to apply: packs and status.
  struct Refunding {
    Answer answer;
    std::optional<Refund> made;
    bool whole = false;  // nothing of the order's money is left
  };
  Refunding refund(const Call& call, const PlacedOrder& order, const Json& order_json);

  // `meta_data` of a write: rows are found by id or key.
  void write_meta(const std::string& order_id, const Json& rows);
  // Adds `refunds` and `meta_data` to an order that is shown.
  void dress(Json& order_json, const std::string& order_id) const;
  // Packs of a line that refunds have put back already.
  std::int64_t restocked(const std::string& order_id, std::size_t place) const;
  void forget(const std::string& order_id) { papers_.erase(order_id); }

  // Adds "notes":[{text,customer}] and "refunds":[{amount,restocked,lines:[{sku,quantity}]}].
  void add_truth(Json& order_truth, const PlacedOrder& order) const;
  void reset() { papers_.clear(); }
  Json save() const;
  void load(const Json& state);

 private:
  struct OfOrder {
    std::vector<Note> notes;
    std::vector<Refund> refunds;
    std::vector<MetaRow> meta;
  };
  const OfOrder& of(const std::string& order_id) const;

  const base::Clock& clock_;
  Ids& ids_;
  std::map<std::string, OfOrder> papers_;
};

}  // namespace sandbox::provincial
