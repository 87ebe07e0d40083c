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

#include "sandbox/shopee/shopee.h"
#include "sandbox/wire/bucket.h"
#include "sandbox/wire/json.h"

namespace sandbox::wire {
class Outbox;
}

namespace sandbox::shopee {

using wire::Json;

struct Model {
  std::int64_t id = 0;  // 0: the item has no variants
  std::vector<std::int64_t> tier_index;
  std::string sku;
  std::int64_t price = 0;
  std::int64_t stock = 0;
  Json own;  // weight, dimension, pre_order, gtin_code when given
};

struct Item {
  std::int64_t id = 0;
  std::string status;  // NORMAL, UNLIST, REVIEWING, BANNED, SELLER_DELETE
  std::string sku;
  std::int64_t created_s = 0;
  std::int64_t updated_s = 0;
  std::int64_t boosted_until_s = 0;
  std::string ban_reason;  // while BANNED
  Json fields;  // as the seller sent them, normalised: item_name, description, image, …
  Json tiers;   // tier_variation with option_list; null without variants
  std::vector<Model> models;
  bool has_models() const { return !tiers.is_null(); }
  bool deleted() const { return status == "SELLER_DELETE"; }
  Model* model(std::int64_t model_id);
  std::string model_name(const Model& model) const;
};

struct OrderLine {
  std::int64_t item_id = 0;
  std::int64_t model_id = 0;
  std::int64_t line_id = 0;
  std::string item_name;
  std::string model_name;
  std::string item_sku;
  std::string model_sku;
  std::string image;
  std::int64_t quantity = 0;
  std::int64_t price = 0;
  double weight = 0;
  const std::string& sku() const { return model_sku.empty() ? item_sku : model_sku; }
};

struct Order {
  std::string sn;
  std::string status;
  std::string before_cancel;  // where IN_CANCEL returns to
  std::int64_t created_s = 0;
  std::int64_t updated_s = 0;
  std::int64_t paid_s = 0;
  std::int64_t arranged_s = 0;
  std::int64_t shipped_s = 0;
  std::int64_t delivered_s = 0;
  std::string package_number;
  std::string tracking;
  std::string cancel_by;
  std::string cancel_reason;
  std::int64_t buyer = 0;  // picks the masked buyer and the payment method
  bool deducted = false;
  std::vector<OrderLine> lines;
  std::int64_t total() const;
  bool cod() const { return buyer % 2 == 0; }
};

struct Refresh {
  std::int64_t expires_s = 0;
  std::int64_t spent_s = 0;  // 0: not spent
  std::string bought_access;
  std::string bought_refresh;
};

struct ShopCategory {
  std::int64_t id = 0;
  std::string name;
  std::int64_t weight = 0;
  int status = 2;  // 1 NORMAL, 2 INACTIVE
  std::vector<std::int64_t> items;
};

struct Return {
  std::string sn;
  std::string order_sn;
  std::string status;
  std::int64_t created_s = 0;
  std::int64_t updated_s = 0;
};

// Who signed in on the consent page: one shop, or a main account with all its shops.
enum class Login { shop, main_account };

struct Code {
  std::int64_t expires_s = 0;
  Login login = Login::shop;
};

struct PushConfig {
  std::set<std::int64_t> off;  // codes that are switched off
  std::vector<std::int64_t> blocked_shops;
  std::int64_t suspended_s = 0;  // 0: not suspended
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
std::vector<Shown> shown(Shop& shop);

Json to_json(const Shop& shop);
void load(Shop& shop, const Json& state);

}  // namespace sandbox::shopee
