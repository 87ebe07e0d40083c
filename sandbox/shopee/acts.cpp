// What the platform, its couriers and its buyers do beyond buying: POST /act of the control API.
#include <algorithm>

#include "sandbox/shopee/handlers.h"
#include "sandbox/shopee/pushes.h"

namespace sandbox::shopee {
namespace {

constexpr std::int64_t kLastsDefault_s = 86'400;
constexpr std::size_t kLocationsMax = 20;

base::Error bad(const std::string& message) {
  base::Error error;
  error.code = base::ErrorCode::invalid;
  error.message = message;
  return error;
}

base::Error cannot(const std::string& message) {
  base::Error error;
  error.code = base::ErrorCode::rejected;
  error.message = message;
  return error;
}

base::Result<Json> outcome(const base::Status& status) {
  if (!status) return status.error();
  return object({});
}

struct Target {
  Item* item = nullptr;
  Model* model = nullptr;
};

Target target_of(Shop& shop, const Json& act) {
  const auto sku = wire::text(act, "sku");
  for (auto& [id, item] : shop.items) {
    if (item.deleted()) continue;
    for (auto& model : item.models) {
      if ((model.sku.empty() ? item.sku : model.sku) == sku) return {&item, &model};
    }
  }
  return {};
}

base::Result<Json> set_status(Shop& shop, const Json& act, const char* status) {
  const auto target = target_of(shop, act);
  if (target.item == nullptr) return bad("no product with that \"sku\"");
  target.item->status = status;
  const auto reason = wire::text(act, "reason");
  target.item->ban_reason = reason.empty() ? "Prohibited Listing" : reason;
  shop.touch(*target.item);
  tell_violation(shop, *target.item);
  return object({});
}

base::Result<Json> ban_item(Shop& shop, const Json& act) {
  return set_status(shop, act, "BANNED");
}
base::Result<Json> review_item(Shop& shop, const Json& act) {
  return set_status(shop, act, "REVIEWING");
}
base::Result<Json> release_item(Shop& shop, const Json& act) {
  return set_status(shop, act, "NORMAL");
}
base::Result<Json> platform_deletes_item(Shop& shop, const Json& act) {
  return set_status(shop, act, "SHOPEE_DELETE");
}

base::Result<Json> promotion(Shop& shop, const Json& act) {
  const auto target = target_of(shop, act);
  if (target.item == nullptr) return bad("no product with that \"sku\"");
  Promotion made;
  made.units = wire::integer(act, "quantity");
  made.price = wire::integer(act, "price");
  if (made.units < 1 || made.price < 1) return bad("\"quantity\" and \"price\" are needed");
  if (target.model->free() < made.units) return cannot("fewer units are free");
  if (shop.promoted(target.item->id)) return cannot("the product is in a promotion");
  made.id = 779'222'200'000'000 + shop.next_serial++;
  made.type = wire::text(act, "type").empty() ? "product_promotion" : wire::text(act, "type");
  made.item_id = target.item->id;
  made.model_id = target.model->id;
  made.starts_s = shop.now_s() + wire::integer(act, "starts_in_s");
  made.ends_s = made.starts_s + wire::integer(act, "lasts_s", kLastsDefault_s);
  const auto id = made.id;
  start_promotion(shop, std::move(made), *target.model);
  return object({{"promotion_id", id}});
}

base::Result<Json> cancel_promotion(Shop& shop, const Json& act) {
  const auto id = wire::integer(act, "promotion_id");
  if (!shop.promotions.contains(id)) return bad("no promotion with that \"promotion_id\"");
  end_promotion(shop, id, "promo_cancelled");
  return object({});
}

// The stock that is there moves to the first location, or back to the only one.
base::Result<Json> locations(Shop& shop, const Json& act) {
  std::vector<std::string> names;
  for (const auto& one : wire::list(act, "locations")) names.push_back(wire::as_text(one));
  const bool nameless = std::find(names.begin(), names.end(), "") != names.end();
  if (names.size() > kLocationsMax || nameless) return bad("\"locations\" must be names");
  shop.locations = names;
  const auto home = names.empty() ? std::string{} : names.front();
  for (auto& [id, item] : shop.items) {
    for (auto& model : item.models) {
      const auto units = model.stock();
      model.places = {{home, units}};
    }
  }
  return object({});
}

base::Result<Json> holiday(Shop& shop, const Json& act) {
  const auto on = wire::as_flag(wire::member(act, "on"));
  if (!on) return bad("\"on\" must be true or false");
  shop.holiday = *on;
  return object({});
}

base::Result<Json> with_order(Shop& shop, const Json& act, base::Status (*how)(Shop&, Order&)) {
  auto* order = shop.order(wire::text(act, "order_id"));
  if (order == nullptr) return bad("no order with that \"order_id\"");
  return outcome(how(shop, *order));
}

base::Status asks_back(Shop& shop, Order& order) {
  return asks_to_cancel(shop, order, "Muốn thay đổi địa chỉ giao hàng");
}

base::Status returns_order(Shop& shop, Order& order) {
  if (order.status != "TO_CONFIRM_RECEIVE" && order.status != "COMPLETED") {
    return cannot("the order is " + order.status);
  }
  return open_return(shop, order);
}

base::Result<Json> pickup_failure(Shop& shop, const Json& act) {
  return with_order(shop, act, pickup_fails);
}
base::Result<Json> delivery_failure(Shop& shop, const Json& act) {
  return with_order(shop, act, delivery_fails);
}
base::Result<Json> cancel_request(Shop& shop, const Json& act) {
  return with_order(shop, act, asks_back);
}
base::Result<Json> buyer_return(Shop& shop, const Json& act) {
  return with_order(shop, act, returns_order);
}

base::Result<Json> judge(Shop& shop, const Json& act) {
  const auto verdict = wire::text(act, "status");
  if (verdict != "ACCEPTED" && verdict != "CANCELLED" && verdict != "CLOSED") {
    return bad("\"status\" must be ACCEPTED, CANCELLED or CLOSED");
  }
  const auto problem = judge_return(shop, wire::text(act, "return_sn"), verdict);
  if (!problem.empty()) return cannot(problem);
  return object({});
}

base::Result<Json> buyer_offer(Shop& shop, const Json& act) {
  const auto found = shop.returns.find(wire::text(act, "return_sn"));
  if (found == shop.returns.end()) return bad("no return with that \"return_sn\"");
  auto& one = found->second;
  if (one.status != "REQUESTED") return cannot("the return is " + one.status);
  one.offer = "REFUND";
  one.offered_by = "BUYER";
  one.refund = wire::integer(act, "amount", one.refund);
  one.updated_s = shop.now_s();
  tell_return(shop, one);
  return object({});
}

base::Result<Json> rules(Shop& shop, const Json& act) {
  const auto wrong = set_rules(shop, wire::member(act, "rules"));
  if (!wrong.empty()) return bad("the rule \"" + wrong + "\" is unknown or has a bad value");
  return object({});
}

struct Act {
  std::string_view name;
  base::Result<Json> (*perform)(Shop&, const Json&);
};
constexpr Act kActs[] = {{"ban_item", ban_item},
                         {"review_item", review_item},
                         {"release_item", release_item},
                         {"platform_deletes_item", platform_deletes_item},
                         {"promotion", promotion},
                         {"cancel_promotion", cancel_promotion},
                         {"locations", locations},
                         {"holiday", holiday},
                         {"buyer_asks_to_cancel", cancel_request},
                         {"pickup_fails", pickup_failure},
                         {"delivery_fails", delivery_failure},
                         {"buyer_returns", buyer_return},
                         {"buyer_offers", buyer_offer},
                         {"judge_return", judge},
                         {"rules", rules}};

}  // namespace

base::Result<Json> perform(Shop& shop, const Json& act) {
  const auto name = wire::text(act, "act");
  for (const auto& one : kActs) {
    if (one.name == name) return one.perform(shop, act);
  }
  return bad("there is no act \"" + name + "\"");
}

}  // namespace sandbox::shopee
