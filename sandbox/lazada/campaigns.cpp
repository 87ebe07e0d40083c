// Early-bird prices, and what a running campaign does to a SKU: its price stands, its pictures
// stand, and its sellable stock may not be set below the units that the campaign still holds.
#include <algorithm>

#include "sandbox/lazada/handlers.h"

namespace sandbox::lazada {
namespace {

constexpr std::size_t kSkuListMax = 50;
constexpr std::int64_t kActivityBase = 123'000'000;

Reply activity_ok(Json module) {
  Reply reply;
  reply.body["result"] = object({{"success", true},
                                 {"module", std::move(module)},
                                 {"error_code", Json::null()},
                                 {"repeated", false},
                                 {"retry", false}});
  return reply;
}

Reply activity_fail(const std::string& key, const std::string& message) {
  Reply reply;
  reply.body["result"] = object({{"success", false},
                                 {"module", Json::null()},
                                 {"error_code", object({{"key", key},
                                                        {"display_message", message},
                                                        {"log_message", message},
                                                        {"error_code_params", Json::array()}})},
                                 {"repeated", false},
                                 {"retry", false}});
  return reply;
}

struct Entrant {
  Sku* sku = nullptr;
  Item* item = nullptr;
  std::int64_t budget = 0;
  std::int64_t price = 0;
};

// Why one row may not enter; "" when it may.
std::string refuse(const Shop& shop, const Entrant& one) {
  if (one.sku == nullptr || one.sku->deleted()) return "SKU_NOT_FOUND";
  if (one.sku->campaign(shop.now_ms()) != nullptr) return "SKU_IN_ANOTHER_ACTIVITY";
  if (one.price <= 0 || one.price >= one.sku->price) return "DISCOUNT_PRICE_ILLEGAL";
  if (one.budget <= 0 || one.budget > one.sku->stock.sellable) return "INVENTORY_NOT_ENOUGH";
  return {};
}

Reply enter(Shop& shop, const Call& call, std::int64_t activity) {
  const auto list = wire::parse(call.text("sku_list"));
  const auto rows = list ? wire::as_list(*list) : std::vector<Json>{};
  if (rows.empty() || rows.size() > kSkuListMax) {
    return activity_fail("PARAM_ILLEGAL", "sku_list must hold 1 to 50 SKUs");
  }
  std::vector<Entrant> entrants;
  for (const auto& row : rows) {
    Entrant one;
    one.sku = shop.find_sku(wire::integer(row, "product_id"), wire::integer(row, "sku_id"), "",
                            &one.item);
    one.budget = wire::integer(row, "order_total_budget");
    one.price = wire::integer(row, "discount_price");
    const auto why = refuse(shop, one);
    if (!why.empty()) return activity_fail(why, std::to_string(wire::integer(row, "sku_id")));
    entrants.push_back(one);
  }
  for (const auto& one : entrants) {
    if (one.sku->campaign(shop.now_ms()) != nullptr) continue;  // named twice
    one.sku->campaigns.push_back({activity, "early bird", shop.now_ms(), 0, one.budget, one.price});
    one.item->updated_ms = shop.now_ms();
  }
  return activity_ok(Json::number(activity));
}

}  // namespace

const Campaign* Sku::campaign(std::int64_t now_ms) const {
  for (const auto& one : campaigns) {
    if (one.live(now_ms)) return &one;
  }
  return nullptr;
}

Reply early_bird_create(Shop& shop, const Call& call) {
  return enter(shop, call, kActivityBase + shop.next_serial++);
}

Reply early_bird_add(Shop& shop, const Call& call) {
  const auto activity = call.integer("id").value_or(0);
  if (activity <= kActivityBase || activity >= kActivityBase + shop.next_serial) {
    return activity_fail("ACTIVITY_NOT_FOUND", call.text("id"));
  }
  auto reply = enter(shop, call, activity);
  if (wire::as_flag(wire::member(wire::member(reply.body, "result"), "success")).value_or(false)) {
    return activity_ok(Json::null());
  }
  return reply;
}

Reply early_bird_deactivate(Shop& shop, const Call& call) {
  const auto activity = call.integer("id").value_or(0);
  const auto list = wire::parse(call.text("sku_list"));
  std::size_t ended = 0;
  for (const auto& row : list ? wire::as_list(*list) : std::vector<Json>{}) {
    Item* holder = nullptr;
    auto* sku = shop.find_sku(0, wire::integer(row, "sku_id"), "", &holder);
    if (sku == nullptr) continue;
    ended += std::erase_if(sku->campaigns, [&](const Campaign& one) { return one.id == activity; });
    holder->updated_ms = shop.now_ms();
  }
  if (ended == 0) return activity_fail("SKU_NOT_FOUND", call.text("sku_list"));
  return activity_ok(Json::null());
}

}  // namespace sandbox::lazada
