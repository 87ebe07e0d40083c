#pragma once
// The rows of the simulated seller: items with SKUs and their stock counters, orders with one row
// per unit, what buyers want back, promotions. Instants are Unix milliseconds, 0 where there is
// none yet; money is whole đồng. Threads: values.
#include <map>
#include <set>
#include <string>
#include <vector>

#include "sandbox/wire/json.h"

namespace sandbox::lazada {

using wire::Json;

// total = sellable + withhold + occupy
struct Stock {
  std::int64_t sellable = 0;
  std::int64_t withhold = 0;  // ordered, not paid
  std::int64_t occupy = 0;    // paid, not ready to ship
  std::int64_t total() const { return sellable + withhold + occupy; }
};

// Units of a SKU that a running campaign has locked. They are part of `sellable` and its floor.
struct Campaign {
  std::int64_t id = 0;
  std::string name;
  std::int64_t from_ms = 0;
  std::int64_t to_ms = 0;  // 0: until it is ended
  std::int64_t locked = 0;
  std::int64_t price = 0;  // 0: the price stays
  bool live(std::int64_t now_ms) const {
    return from_ms <= now_ms && (to_ms == 0 || now_ms < to_ms);
  }
};

struct Sku {
  std::int64_t id = 0;
  std::string seller_sku;
  std::string status = "active";  // active, inactive, deleted
  std::int64_t price = 0;
  std::int64_t special_price = 0;  // 0: none
  std::string special_from;
  std::string special_to;
  Stock stock;
  Json own = Json::object(true);        // package_*, package_content, …
  Json sale_prop = Json::object(true);  // what tells the variants apart
  std::vector<std::string> images;
  std::vector<Campaign> campaigns;
  std::string told;       // its look in the newest message; not kept over a restart
  bool told_low = false;  // as is this
  const Campaign* campaign(std::int64_t now_ms) const;  // the live one, null when none
  bool deleted() const { return status == "deleted"; }
};

struct Item {
  std::int64_t id = 0;
  std::int64_t category = 0;
  std::string status;                // Active, InActive, Pending QC, Suspended, Deleted
  std::string sub_status;            // Reject, Lock, Live_Reject while Suspended
  std::vector<std::string> reasons;  // why it is Suspended
  std::int64_t created_ms = 0;
  std::int64_t updated_ms = 0;
  Json attributes = Json::object(true);
  Json variation = Json::object(true);
  std::vector<std::string> images;
  std::vector<Sku> skus;
  std::int64_t told_at_ms = 0;  // what messages have told; not kept over a restart
  std::size_t told_count = 0;
  std::string told_review;
  Sku* sku(std::int64_t sku_id);
  Sku* by_seller_sku(const std::string& seller_sku);
  std::string name() const { return wire::text(attributes, "name"); }
};

struct Unit {  // one piece of one SKU: a row of order items
  std::int64_t id = 0;
  std::int64_t item_id = 0;
  std::int64_t sku_id = 0;
  std::string seller_sku;
  std::string name;
  std::string variation;
  std::string image;
  std::int64_t price = 0;
  std::string status;
  std::string package_id;
  std::string tracking;
  std::string provider;
  std::string invoice;
  std::string reason;
  std::string reason_detail;
  std::string initiator;               // who cancelled: "cancellation-seller", …
  std::string return_status;           // of the newest return or refund
  std::int64_t reverse_id = 0;         // the newest cancellation, return or refund
  std::int64_t cancel_trigger_ms = 0;  // the buyer wants it cancelled; it happens then
  std::string told;                    // its status in the newest message
};

struct Order {
  std::int64_t id = 0;
  std::int64_t created_ms = 0;
  std::int64_t updated_ms = 0;
  std::int64_t rts_ms = 0;
  std::int64_t shipped_ms = 0;
  std::int64_t delivered_ms = 0;
  std::int64_t buyer = 0;
  bool abandoned = false;  // will never be paid
  bool own_fleet = false;  // the seller's couriers carry it
  std::string payment;     // "COD", "MOMO_WALLET", …
  std::vector<Unit> units;
  std::int64_t total() const;
  std::vector<std::string> statuses() const;  // distinct, in order of first sight
};

struct Grant {  // one refresh token
  std::int64_t access_ends_ms = 0;
  std::int64_t ends_ms = 0;  // the end of the consent's refresh life
  bool spent = false;
};

struct ReverseLine {
  std::int64_t id = 0;
  std::int64_t unit_id = 0;
  std::string status;      // REQUEST_INITIATE, REQUEST_REJECT, CANCEL_SUCCESS, REFUND_SUCCESS, …
  std::string ofc_status;  // where the goods are on their way back
  std::string tracking;
  std::int64_t refund = 0;
  std::int64_t refunded_ms = 0;
  bool dispute = false;
  std::string told = {};  // its status in the newest message
};

struct ReverseStep {
  std::int64_t line_id = 0;
  std::int64_t at_ms = 0;
  std::string operator_name;  // buyer, seller, system
  std::string note;
};

struct Reverse {  // what a buyer or the seller took back: a cancellation, a return, a refund
  std::int64_t id = 0;
  std::int64_t order_id = 0;
  std::string type;  // CANCEL, RETURN, ONLY_REFUND
  std::int64_t reason_code = 0;
  std::string reason;
  std::int64_t created_ms = 0;
  std::int64_t updated_ms = 0;
  std::int64_t trigger_ms = 0;  // decided by the platform then; 0: nothing to decide
  std::vector<ReverseLine> lines;
  std::vector<ReverseStep> history;
  ReverseLine* line(std::int64_t line_id);
};

struct Promotion {
  std::int64_t id = 0;
  std::string kind;  // flexicombo, voucher, freeshipping
  bool suspended = false;
  std::int64_t start_ms = 0;
  std::int64_t end_ms = 0;
  Json facts = Json::object(true);  // as created
  std::set<std::int64_t> sku_ids;
  std::string status(std::int64_t now_ms) const;  // NOT_START, ONGOING, SUSPEND, FINISH
};

}  // namespace sandbox::lazada
