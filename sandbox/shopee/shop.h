#pragma once
// What the simulated shop knows: consent, items, images, orders. Plain data plus the few
// questions every handler asks. Instants are Unix seconds, as on the wire.
// Threads: the channel locks around every use.
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "sandbox/shopee/records.h"
#include "sandbox/shopee/shopee.h"
#include "sandbox/wire/bucket.h"
#include "sandbox/wire/json.h"

namespace sandbox::wire {
class Outbox;
}

namespace sandbox::shopee {

// Who signed in on the consent page: one shop, or a main account with all its shops.
enum class Login { shop, main_account };

struct Code {
  std::int64_t expires_s = 0;
  Login login = Login::shop;
};

struct PushConfig {
  std::set<std::int64_t> off;  // codes that are switched off
  std::vector<std::int64_t> blocked_shops;
  std::int64_t suspended_s = 0;      // 0: not suspended
  std::int64_t counted_from_ms = 0;  // older attempts say nothing about the health
  std::int64_t expiry_told_s = 0;
};

struct Shop {
  Context& context;
  ShopeeCredentials credentials;
  ShopeeRules rules;
  wire::Outbox* outbox = nullptr;  // of the channel; null: no messages
  PushConfig push;
  std::map<std::string, Code> codes;
  std::map<std::string, std::int64_t> accesses;  // token -> expires
  std::map<std::string, Refresh> refreshes;
  std::int64_t consent_s = 0;  // 0: no consent
  std::map<std::int64_t, Item> items;
  std::set<std::string> images;
  std::deque<Order> orders;                  // in order of creation
  std::map<std::string, std::size_t> by_sn;  // index into orders
  std::map<std::int64_t, ShopCategory> categories;
  std::map<std::string, Return> returns;
  std::map<std::int64_t, TopPicks> picks;
  std::map<std::int64_t, Promotion> promotions;  // upcoming and ongoing ones
  std::vector<std::string> locations;            // empty: one location without a name
  bool holiday = false;
  Json rules_set = Json::object();  // what the act "rules" changed
  std::int64_t next_item = 23'620'001'001;
  std::int64_t next_model = 221'400'000'101;
  std::int64_t next_serial = 1;
  wire::TokenBucket shop_bucket;
  wire::TokenBucket app_bucket;
  std::int64_t quota_day = 0;
  std::int64_t quota_used = 0;

  Shop(Context& where, const ShopeeCredentials& who, const ShopeeRules& how);
  std::int64_t now_s() const { return base::to_unix_s(context.clock.now()); }
  Item* item(std::int64_t item_id);
  Order* order(const std::string& sn);
  // The promotion of that model that is ongoing, or null.
  const Promotion* ongoing(std::int64_t item_id, std::int64_t model_id) const;
  bool promoted(std::int64_t item_id) const;  // upcoming or ongoing
  // The main account that owns the shop.
  std::int64_t main_account_id() const { return 10'000'000 + credentials.shop_id; }
  void touch(Item& item) const { item.updated_s = now_s(); }
  void add(Order order);
};

// Three products with SKU, picture and stock, as a real seller's shop holds.
void stock_shelves(Shop& shop);
// Expiries, payment, pickup, delivery, review: all that time alone does.
void let_time_pass(Shop& shop);
std::string new_code(Shop& shop, Login login = Login::shop);
// Every change of an order's status, so that each is told once.
void become(Shop& shop, Order& order, const std::string& status, std::int64_t at_s);
base::Result<Purchase> place_order(Shop& shop, const std::vector<Wish>& wishes);
base::Status cancel_order(Shop& shop, Order& order, const std::string& by,
                          const std::string& reason);
// The buyer's own wish: at once while unshipped, to be answered by the seller once arranged, a
// return once delivered.
base::Status buyer_cancels(Shop& shop, Order& order, const std::string& reason);
base::Status asks_to_cancel(Shop& shop, Order& order, const std::string& reason);  // IN_CANCEL
base::Status pickup_fails(Shop& shop, Order& order);                               // RETRY_SHIP
base::Status delivery_fails(Shop& shop, Order& order);  // SHIPPED -> CANCELLED
base::Status open_return(Shop& shop, Order& order);     // returns.cpp
void let_returns_pass(Shop& shop);                      // returns.cpp
// Ends a return that is open or disputed; what stands against it, or "".
std::string judge_return(Shop& shop, const std::string& sn, const std::string& status);
void let_consent_pass(Shop& shop);  // auth.cpp
std::vector<Shown> shown(Shop& shop);
// What a buyer can buy of the model now, at the promotion's price or at the ordinary one.
std::int64_t buyable(const Shop& shop, const Item& item, const Model& model);
// promotions.cpp: begins and ends them, telling the seller.
void start_promotion(Shop& shop, Promotion promotion, Model& model);
void end_promotion(Shop& shop, std::int64_t id, const std::string& action);
void let_promotions_pass(Shop& shop);
// acts.cpp
base::Result<Json> perform(Shop& shop, const Json& act);
// rules.cpp. Changes the rules that `given` names; the name of the bad one, or "".
std::string set_rules(Shop& shop, const Json& given);

Json to_json(const Shop& shop);
void load(Shop& shop, const Json& state);

}  // namespace sandbox::shopee
