#pragma once
// What the simulated seller owns: grants, items with SKUs and their stock counters, orders with one
// row per unit. Instants are Unix milliseconds. Threads: the channel locks around every use.
#include <deque>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "sandbox/lazada/lazada.h"
#include "sandbox/wire/bucket.h"
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
  bool deleted() const { return status == "deleted"; }
};

struct Item {
  std::int64_t id = 0;
  std::int64_t category = 0;
  std::string status;  // Active, InActive, Pending QC, Deleted
  std::int64_t created_ms = 0;
  std::int64_t updated_ms = 0;
  Json attributes = Json::object(true);
  Json variation = Json::object(true);
  std::vector<std::string> images;
  std::vector<Sku> skus;
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
  std::string reason;
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
  std::vector<Unit> units;
  std::int64_t total() const;
  std::vector<std::string> statuses() const;  // distinct, in order of first sight
};

struct Grant {  // one refresh token
  std::int64_t access_ends_ms = 0;
  std::int64_t ends_ms = 0;  // the end of the consent's refresh life
  bool spent = false;
};

struct Reverse {  // a return or a refund that a buyer asked for
  std::int64_t id = 0;
  std::int64_t order_id = 0;
  std::int64_t created_ms = 0;
  std::int64_t updated_ms = 0;
  std::string status;
};

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
// Cancels the units that are still open; an empty list means all of them.
base::Status cancel_units(Shop& shop, Order& order, const std::vector<std::int64_t>& unit_ids,
                          const std::string& reason);
// At once before shipment, a refund request after delivery.
base::Status buyer_cancels(Shop& shop, Order& order);
std::vector<Shown> shown(const Shop& shop);
// The price a buyer pays now: the special price inside its window.
std::int64_t price_now(const Sku& sku, std::int64_t now_ms);

Json to_json(const Shop& shop);
void load(Shop& shop, const Json& state);

}  // namespace sandbox::lazada
