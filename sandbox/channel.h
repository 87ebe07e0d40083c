#pragma once
// One simulated marketplace. The sandbox owns its truth: what is shown, what was bought, who
// called. It shares no code with connectors/ or catalog/ (docs/adr/0006-sandbox-shares-no-code.md).
//
// Threads: `handle` may be called from several threads; every channel locks its own state.
// JSON is cpprest's web::json; shapes below are the control API's contract (sandbox/README.md).
#include <cpprest/json.h>

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "server/http/server.h"

namespace sandbox {

// What a buyer wants. `sku` is the seller's SKU as the channel shows it.
struct Wish {
  std::string sku;
  std::int64_t quantity = 1;
};

struct Purchase {
  std::string order_id;
};

// A row of `listings` in GET /truth, and what simulated buyers choose from.
struct Shown {
  std::string sku;
  std::string remote_id;  // the channel's id; "item/model" where there are two
  std::string name;
  std::int64_t price = 0;  // đồng
  std::int64_t stock = 0;  // what a buyer can buy now
  bool visible = false;
};

class Channel {
 public:
  virtual ~Channel() = default;

  virtual std::string name() const = 0;  // "provincial", "shopee", …
  // Serves one call of the vendor's API. Counts it in the call log, faults included.
  virtual server::http::Response handle(const server::http::Request& request) = 0;

  virtual std::vector<Shown> shown() const = 0;
  // {"listings":[{sku,remote_id,name,price,stock,visible}],
  //  "orders":[{order_id,status,created_at,lines:[{sku,quantity,price}],total}],
  //  "sold":{"<sku>":units},
  //  "calls":{total,writes,throttled,unauthorized,by_second:{"<unix s>":n},by_path:{"<path>":n}}}
  // `writes` counts calls that could change a listing, a price, a stock level or an order.
  virtual web::json::value truth() const = 0;
  // A buyer buys, all lines or nothing: refused (`rejected`) when less is shown than wanted.
  virtual base::Result<Purchase> buy(const std::vector<Wish>& wishes) = 0;
  // The buyer or the channel cancels an order; stock comes back as the vendor documents.
  virtual base::Status cancel(const std::string& order_id) = 0;
  // A fresh single-use consent code; `not_found` where the channel has none.
  virtual base::Result<std::string> fresh_code() = 0;
  // Where the vendor's messages go from now on, "" for nowhere; `not_found` where there are none.
  virtual base::Status push_to(const std::string&) {
    base::Error error;
    error.code = base::ErrorCode::not_found;
    error.message = name() + " sends no messages";
    return error;
  }
  // Sends the messages that are due, blocking as long as the vendor would wait; how many it tried.
  virtual std::size_t deliver_pushes() { return 0; }
  // Applies what the passing of time does (expiries, ready to ship, tracking numbers).
  virtual void tick() = 0;
  // Forgets listings, orders, tokens and counts; credentials stay.
  virtual void reset() = 0;
  // What the platform, its couriers or its buyers do beyond buying: {"act":"…"} and its members.
  // `invalid` for a bad or unknown act, `rejected` when it cannot be done now.
  virtual base::Result<web::json::value> act(const web::json::value&) {
    base::Error error;
    error.message = name() + " knows no acts";
    return error;
  }
  // Whole state, for --state DIR across restarts.
  virtual web::json::value save() const = 0;
  virtual void load(const web::json::value& state) = 0;
};

}  // namespace sandbox
