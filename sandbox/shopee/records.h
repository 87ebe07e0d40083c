#pragma once
// What the simulated shop keeps: items with their models, orders, returns, promotions. Plain data;
// instants are Unix seconds, as on the wire. Threads: the channel locks around every use.
#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "sandbox/wire/json.h"

namespace sandbox::shopee {

using wire::Json;

// Units by location; a shop with one location has the single key "".
using Places = std::map<std::string, std::int64_t>;

struct Model {
  std::int64_t id = 0;  // 0: the item has no variants
  std::vector<std::int64_t> tier_index;
  std::string sku;
  std::int64_t price = 0;
  Places places;              // what the seller set, less what was sold
  std::int64_t reserved = 0;  // of that, held for a promotion
  Json own;                   // weight, dimension, pre_order, gtin_code when given
  std::int64_t stock() const;
  std::int64_t free() const { return std::max<std::int64_t>(0, stock() - reserved); }
  // Takes from one location when it can, otherwise from several: how many from where.
  Places take(std::int64_t quantity);
  void give_back(const Places& taken);
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
  Places taken;                     // empty until the stock is deducted
  std::int64_t promotion_id = 0;    // 0: at the ordinary price
  std::int64_t original_price = 0;  // the list price
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
  std::string courier_problem;  // LOGISTICS_PICKUP_RETRY, LOGISTICS_DELIVERY_FAILED; "": none
  std::int64_t document_s = 0;  // when the seller asked for the label
  bool document_told = false;
  std::string cancel_by;
  std::string note;  // the seller's own
  std::int64_t note_s = 0;
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
  std::string status;  // REQUESTED, ACCEPTED, CANCELLED, JUDGING, CLOSED, SELLER_DISPUTE
  std::int64_t created_s = 0;
  std::int64_t updated_s = 0;
  std::int64_t refund = 0;
  std::string offer;  // the latest solution: RETURN_REFUND or REFUND, "" before any
  std::string offered_by;
  std::int64_t dispute_reason = 0;
};

struct TopPicks {
  std::int64_t id = 0;
  std::string name;
  bool active = false;
  std::vector<std::int64_t> items;
};

struct Promotion {
  std::int64_t id = 0;
  std::string type;  // product_promotion, flash_sale
  std::int64_t item_id = 0;
  std::int64_t model_id = 0;
  std::int64_t price = 0;
  std::int64_t starts_s = 0;
  std::int64_t ends_s = 0;
  std::int64_t units = 0;  // reserved at the beginning
};

}  // namespace sandbox::shopee
