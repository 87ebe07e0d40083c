#pragma once
// What the simulated seller owns, and what befalls it. Instants are Unix milliseconds.
// Threads: the channel locks around every use.
#include <deque>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "sandbox/lazada/lazada.h"
#include "sandbox/lazada/records.h"
#include "sandbox/wire/bucket.h"
#include "sandbox/wire/json.h"
#include "sandbox/wire/push.h"

namespace sandbox::lazada {

struct Shop {
  Context& context;
  LazadaCredentials credentials;
  LazadaRules rules;
  std::map<std::string, std::int64_t> codes;     // code -> expires
  std::map<std::string, std::int64_t> accesses;  // token -> expires
  std::map<std::string, Grant> refreshes;
  std::map<std::int64_t, Item> items;
  std::map<std::int64_t, std::int64_t> item_of_sku;
  std::deque<Order> orders;
  std::map<std::int64_t, std::size_t> by_id;
  std::map<std::string, Json> image_batches;
  std::map<std::int64_t, Reverse> reverses;
  std::map<std::int64_t, Promotion> promotions;
  std::map<std::string, Json> labels;  // key -> {package ids, until}: pages that print a label
  wire::Outbox* outbox = nullptr;      // the channel's; null: nobody is told
  std::int64_t told_grant_day = 0;
  std::int64_t calls_day = 0;    // of `calls_today`; not kept over a restart
  std::int64_t calls_today = 0;  // that passed the sign
  Json rule_changes = Json::object(true);
  std::int64_t next_item = 2'400'123'001;
  std::int64_t next_sku = 11'400'654'001;
  std::int64_t next_order = 1;
  std::int64_t next_serial = 1;
  std::map<std::string, wire::TokenBucket> api_buckets;
  wire::TokenBucket inventory_bucket;
  wire::TokenBucket brands_bucket;

  Shop(Context& where, const LazadaCredentials& who, const LazadaRules& how);
  std::int64_t now_ms() const { return base::to_unix_ms(context.clock.now()); }
  std::int64_t seller_id() const { return 200'166; }
  Item* item(std::int64_t item_id);
  Order* order(std::int64_t order_id);
  // By SkuId first, then by SellerSku, inside `item_id` when that is not 0.
  Sku* find_sku(std::int64_t item_id, std::int64_t sku_id, const std::string& seller_sku,
                Item** holder);
  void add(Item item);
  void add(Order order);
};

void stock_shelves(Shop& shop);
void let_time_pass(Shop& shop);
std::string new_code(Shop& shop);
base::Result<Purchase> place_order(Shop& shop, const std::vector<Wish>& wishes);
std::vector<Shown> shown(const Shop& shop);
// The price a buyer pays now: a campaign's, or the special price inside its window.
std::int64_t price_now(const Sku& sku, std::int64_t now_ms);

struct CancelWish {
  std::string reason;
  std::string detail;
  std::string initiator;
};
// Before shipment. A packed unit takes its whole package along.
bool cancellable(const Unit& unit);
// Cancels the units that are still open; an empty list means all of them.
base::Status cancel_units(Shop& shop, Order& order, const std::vector<std::int64_t>& unit_ids,
                          const CancelWish& wish);
// Until it is packed at once; packed, the seller is asked; delivered, it is a return or a refund.
base::Status buyer_cancels(Shop& shop, Order& order);

// reverses.cpp
Reverse& open_reverse(Shop& shop, const Order& order, const std::string& type,
                      const std::vector<Unit*>& units);
// One line's new status, with its step of the history.
void settle_line(Shop& shop, Reverse& reverse, ReverseLine& line, const std::string& status,
                 const std::string& by);
void decide_cancel(Shop& shop, Reverse& reverse, const std::string& by, const std::string& answer);
void let_reverses_pass(Shop& shop);

// rules.cpp: {"payment":"prepaid","api_rps":5}; `invalid` names the first that is not known.
base::Status change_rules(Shop& shop, const Json& changes);
// acts.cpp: what the platform, its couriers or its buyers do; sandbox/README.md lists the acts.
base::Result<Json> act(Shop& shop, const Json& wish);

Json to_json(const Shop& shop);
void load(Shop& shop, const Json& state);

}  // namespace sandbox::lazada
