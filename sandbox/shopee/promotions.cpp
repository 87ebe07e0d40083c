// Promotions reserve stock from the moment they are made until they end.
#include <algorithm>

#include "sandbox/shopee/handlers.h"
#include "sandbox/shopee/pushes.h"

namespace sandbox::shopee {
namespace {

constexpr std::size_t kIdsMax = 50;

Json promotion_json(const Shop& shop, const Promotion& one, const Model& model) {
  return object({{"promotion_type", one.type},
                 {"promotion_id", one.id},
                 {"model_id", one.model_id},
                 {"start_time", one.starts_s},
                 {"end_time", one.ends_s},
                 {"promotion_price_info", wire::array({object({{"promotion_price", one.price}})})},
                 {"promotion_staging", one.starts_s <= shop.now_s() ? "ongoing" : "upcoming"},
                 {"promotion_stock_info_v2",
                  object({{"summary_info", object({{"total_reserved_stock", model.reserved}})}})}});
}

}  // namespace

void start_promotion(Shop& shop, Promotion promotion, Model& model) {
  model.reserved += promotion.units;
  tell_promotion(shop, promotion, "promo_lock_stock", model.reserved);
  shop.promotions[promotion.id] = std::move(promotion);
}

void end_promotion(Shop& shop, std::int64_t id, const std::string& action) {
  const auto found = shop.promotions.find(id);
  if (found == shop.promotions.end()) return;
  const auto promotion = found->second;
  shop.promotions.erase(found);
  auto* item = shop.item(promotion.item_id);
  auto* model = item != nullptr ? item->model(promotion.model_id) : nullptr;
  if (model != nullptr) model->reserved = 0;
  tell_promotion(shop, promotion, action, 0);
}

void let_promotions_pass(Shop& shop) {
  std::vector<std::int64_t> over;
  for (const auto& [id, one] : shop.promotions) {
    if (one.ends_s <= shop.now_s()) over.push_back(id);
  }
  for (const auto id : over) end_promotion(shop, id, "promo_end");
}

Reply item_promotion(Shop& shop, const Call& call) {
  const auto ids = call.integers("item_id_list");
  if (ids.empty() || ids.size() > kIdsMax) {
    return invalid_field("ItemIdList: value must contain 1 to 50 items");
  }
  std::vector<Json> rows;
  std::vector<Json> failed;
  for (const auto id : ids) {
    auto* item = shop.item(id);
    if (item == nullptr) {
      failed.push_back(object({{"item_id", id}, {"failed_reason", "Product not found."}}));
      continue;
    }
    std::vector<Json> promotions;
    for (const auto& [key, one] : shop.promotions) {
      const auto* model = one.item_id == id ? item->model(one.model_id) : nullptr;
      if (model != nullptr) promotions.push_back(promotion_json(shop, one, *model));
    }
    rows.push_back(object({{"item_id", id}, {"promotion", wire::array(std::move(promotions))}}));
  }
  return ok(object({{"success_list", wire::array(std::move(rows))},
                    {"failure_list", wire::array(std::move(failed))}}));
}

}  // namespace sandbox::shopee
