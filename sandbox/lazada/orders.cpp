// Orders as the seller lives them. One row per unit; every step moves the stock counters:
// placed: sellable -> withhold; paid: withhold -> occupy; ready to ship: occupy -> gone;
// cancelled or expired before that: back to sellable.
#include <algorithm>
#include <set>

#include "sandbox/lazada/handlers.h"

namespace sandbox::lazada {
namespace {

constexpr std::int64_t kBuyers = 10'000;
constexpr std::int64_t kOrderBase = 491'253'082'000'001;
constexpr std::int64_t kWideOrderBase = 9'007'199'254'740'993;  // no double holds it
constexpr std::int64_t kOrderStep = 180'000;
constexpr std::int64_t kUnitBase = 100'000;  // behind its order's id
constexpr std::int64_t kUnitsMax = 10'000;   // of one order, far below kOrderStep

base::Error refused(const std::string& message) {
  base::Error error;
  error.code = base::ErrorCode::rejected;
  error.message = message;
  return error;
}

struct Pick {
  Item* item = nullptr;
  Sku* sku = nullptr;
};

Pick find_shelf(Shop& shop, const std::string& seller_sku, std::int64_t quantity) {
  for (auto& [id, item] : shop.items) {
    if (item.status != "Active") continue;
    for (auto& sku : item.skus) {
      const bool open = sku.status == "active" && sku.stock.sellable >= quantity;
      if (open && sku.seller_sku == seller_sku) return {&item, &sku};
    }
  }
  return {};
}

std::string variation_text(const Sku& sku) {
  std::string out;
  for (const auto& [key, value] : sku.sale_prop.as_object()) {
    out += (out.empty() ? "" : ",") + key + ":" + wire::as_text(value);
  }
  return out;
}

Unit unit_of(const Shop& shop, const Pick& pick) {
  Unit unit;
  unit.item_id = pick.item->id;
  unit.sku_id = pick.sku->id;
  unit.seller_sku = pick.sku->seller_sku;
  unit.name = pick.item->name();
  unit.variation = variation_text(*pick.sku);
  const auto& images = pick.sku->images.empty() ? pick.item->images : pick.sku->images;
  if (!images.empty()) unit.image = images.front();
  unit.price = price_now(*pick.sku, shop.now_ms());
  return unit;
}

Stock* stock_of(Shop& shop, const Unit& unit) {
  Item* holder = nullptr;
  auto* sku = shop.find_sku(unit.item_id, unit.sku_id, "", &holder);
  return sku == nullptr ? nullptr : &sku->stock;
}

void take_back(Shop& shop, const Unit& unit) {
  auto* stock = stock_of(shop, unit);
  if (stock == nullptr) return;
  auto& held = unit.status == "unpaid" ? stock->withhold : stock->occupy;
  held = std::max<std::int64_t>(0, held - 1);
  ++stock->sellable;
}

void cancel_unit(Shop& shop, Unit& unit, const CancelWish& wish) {
  if (unit.status != "ready_to_ship") take_back(shop, unit);  // after that it left the stock
  unit.status = "canceled";
  unit.reason = wish.reason;
  unit.reason_detail = wish.detail;
  unit.initiator = wish.initiator;
  unit.cancel_trigger_ms = 0;
}

// What a campaign has locked is sold first.
void use_up_campaign(Sku& sku, std::int64_t quantity, std::int64_t now_ms) {
  for (auto& campaign : sku.campaigns) {
    if (campaign.live(now_ms)) {
      campaign.locked = std::max<std::int64_t>(0, campaign.locked - quantity);
    }
  }
}

void pay(Shop& shop, Order& order, std::int64_t at_ms) {
  for (auto& unit : order.units) {
    if (unit.status != "unpaid") continue;
    unit.status = "pending";
    if (auto* stock = stock_of(shop, unit)) {
      stock->withhold = std::max<std::int64_t>(0, stock->withhold - 1);
      ++stock->occupy;
    }
  }
  order.updated_ms = at_ms;
}

void move_all(Order& order, const char* from, const char* to, std::int64_t at_ms) {
  for (auto& unit : order.units) {
    if (unit.status == from) unit.status = to;
  }
  order.updated_ms = at_ms;
}

bool any_in(const Order& order, const char* status) {
  return std::any_of(order.units.begin(), order.units.end(),
                     [&](const Unit& unit) { return unit.status == status; });
}

void advance_unpaid(Shop& shop, Order& order, std::int64_t now_ms) {
  const auto paid_ms = order.created_ms + shop.rules.pay_after_s * 1000;
  const auto expired_ms = order.created_ms + shop.rules.unpaid_life_s * 1000;
  if (!order.abandoned && paid_ms <= now_ms) {
    pay(shop, order, paid_ms);
  } else if (expired_ms <= now_ms) {
    for (auto& unit : order.units) {
      cancel_unit(shop, unit, {"Payment expired", "", "cancellation-internal"});
    }
    order.updated_ms = expired_ms;
  }
}

void advance(Shop& shop, Order& order, std::int64_t now_ms) {
  const auto& rules = shop.rules;
  if (any_in(order, "unpaid")) advance_unpaid(shop, order, now_ms);
  if (any_in(order, "ready_to_ship") && order.rts_ms + rules.pickup_after_s * 1000 <= now_ms) {
    order.shipped_ms = order.rts_ms + rules.pickup_after_s * 1000;
    move_all(order, "ready_to_ship", "shipped", order.shipped_ms);
  }
  if (!order.own_fleet && any_in(order, "shipped") &&
      order.shipped_ms + rules.deliver_after_s * 1000 <= now_ms) {
    order.delivered_ms = order.shipped_ms + rules.deliver_after_s * 1000;
    move_all(order, "shipped", "delivered", order.delivered_ms);
  }
  if (any_in(order, "delivered") && order.delivered_ms + rules.confirm_after_s * 1000 <= now_ms) {
    move_all(order, "delivered", "confirmed", order.delivered_ms + rules.confirm_after_s * 1000);
  }
}

bool pays_first(const LazadaRules& rules, std::int64_t buyer) {
  if (rules.payment == LazadaPayment::mixed) return buyer % 2 != 0;
  return rules.payment != LazadaPayment::on_delivery;
}

std::string payment_method(std::int64_t buyer, bool first) {
  static constexpr const char* kMethods[] = {"MOMO_WALLET", "ZALOPAY_WALLET", "NAPAS_ONLINE",
                                             "MIXEDCARD"};
  return first ? kMethods[static_cast<std::size_t>(buyer / 2 % 4)] : "COD";
}

std::int64_t order_id(const Shop& shop, std::int64_t serial) {
  const auto base = shop.rules.ids == LazadaIds::wide ? kWideOrderBase : kOrderBase;
  return base + kOrderStep * serial;
}

void number_units(Order& order, const char* status) {
  std::int64_t row = 0;
  for (auto& unit : order.units) {
    unit.id = order.id + kUnitBase + row++;
    unit.status = status;
  }
}

std::vector<Unit*> units_if(Order& order, bool (*wanted)(const Unit&)) {
  std::vector<Unit*> out;
  for (auto& unit : order.units) {
    if (wanted(unit)) out.push_back(&unit);
  }
  return out;
}

bool cancels_at_once(const Unit& unit) {
  return unit.status == "unpaid" || unit.status == "pending" || unit.status == "repacked";
}
bool needs_the_seller(const Unit& unit) {
  return cancellable(unit) && !cancels_at_once(unit) && unit.cancel_trigger_ms == 0;
}
bool may_come_back(const Unit& unit) {
  return (unit.status == "delivered" || unit.status == "confirmed") && unit.return_status.empty();
}

void ask_for_return(Shop& shop, Order& order, const std::vector<Unit*>& units) {
  const auto* item = shop.item(units.front()->item_id);
  const bool fresh = item != nullptr && fresh_food(item->category);
  auto& reverse = open_reverse(shop, order, fresh ? "ONLY_REFUND" : "RETURN", units);
  reverse.reason_code = 1'001;
  reverse.reason = "Hàng bị hỏng";
  reverse.trigger_ms = shop.now_ms() + shop.rules.return_decide_s * 1000;
}

}  // namespace

bool cancellable(const Unit& unit) {
  static const std::set<std::string> kOpen = {"unpaid", "pending", "packed", "repacked",
                                              "ready_to_ship"};
  return kOpen.contains(unit.status);
}

base::Result<Purchase> place_order(Shop& shop, const std::vector<Wish>& wishes) {
  if (wishes.empty()) return refused("nothing wished for");
  std::int64_t units = 0;
  for (const auto& wish : wishes)
    units += std::clamp<std::int64_t>(wish.quantity, 0, kUnitsMax + 1);
  if (units > kUnitsMax) return refused("more units than one order may hold");
  Order order;
  order.buyer = shop.context.dice.between(0, kBuyers - 1);
  const bool unpaid = pays_first(shop.rules, order.buyer);
  std::vector<std::pair<Sku*, std::int64_t>> taken;
  for (const auto& wish : wishes) {
    const auto pick = wish.quantity > 0 ? find_shelf(shop, wish.sku, wish.quantity) : Pick{};
    if (pick.sku == nullptr) {
      for (const auto& [sku, quantity] : taken) sku->stock.sellable += quantity;
      return refused("fewer on show than wished for: " + wish.sku);
    }
    pick.sku->stock.sellable -= wish.quantity;
    taken.emplace_back(pick.sku, wish.quantity);
    for (std::int64_t i = 0; i < wish.quantity; ++i) order.units.push_back(unit_of(shop, pick));
  }
  for (const auto& [sku, quantity] : taken) {
    (unpaid ? sku->stock.withhold : sku->stock.occupy) += quantity;
    use_up_campaign(*sku, quantity, shop.now_ms());
  }
  order.id = order_id(shop, shop.next_order++);
  order.created_ms = shop.now_ms();
  order.updated_ms = order.created_ms;
  order.abandoned = shop.rules.payment == LazadaPayment::abandoned;
  order.own_fleet = shop.rules.fleet == LazadaFleet::own;
  order.payment = payment_method(order.buyer, unpaid);
  number_units(order, unpaid ? "unpaid" : "pending");
  Purchase purchase{std::to_string(order.id)};
  shop.add(std::move(order));
  return purchase;
}

base::Status cancel_units(Shop& shop, Order& order, const std::vector<std::int64_t>& unit_ids,
                          const CancelWish& wish) {
  std::vector<Unit*> targets;
  for (auto& unit : order.units) {
    const bool wanted =
        unit_ids.empty() || std::find(unit_ids.begin(), unit_ids.end(), unit.id) != unit_ids.end();
    if (wanted && cancellable(unit)) targets.push_back(&unit);
  }
  if (targets.empty()) return refused("nothing in this order can be cancelled any more");
  std::set<std::string> packages;  // a packed unit takes its whole package along
  for (const auto* unit : targets) {
    if (!unit->package_id.empty()) packages.insert(unit->package_id);
  }
  for (auto& unit : order.units) {
    const bool wanted = std::find(targets.begin(), targets.end(), &unit) != targets.end() ||
                        packages.contains(unit.package_id);
    if (wanted && cancellable(unit)) cancel_unit(shop, unit, wish);
  }
  order.updated_ms = shop.now_ms();
  return base::Done{};
}

base::Status buyer_cancels(Shop& shop, Order& order) {
  const auto delivered = units_if(order, may_come_back);
  const auto asked = units_if(order, needs_the_seller);
  const auto at_once = units_if(order, cancels_at_once);
  if (!delivered.empty()) ask_for_return(shop, order, delivered);
  if (!asked.empty()) {
    auto& reverse = open_reverse(shop, order, "CANCEL", asked);
    reverse.reason = "Change of mind";
    reverse.trigger_ms = shop.now_ms() + shop.rules.cancel_decide_s * 1000;
    for (auto* unit : asked) unit->cancel_trigger_ms = reverse.trigger_ms;
    order.updated_ms = shop.now_ms();
  }
  if (!at_once.empty()) {
    auto& reverse = open_reverse(shop, order, "CANCEL", at_once);
    reverse.reason = "Change of mind";
    decide_cancel(shop, reverse, "buyer", "CANCEL_SUCCESS");
  }
  if (!delivered.empty() || !asked.empty() || !at_once.empty()) return base::Done{};
  return refused("nothing in this order can be cancelled any more");
}

void let_time_pass(Shop& shop) {
  const auto now_ms = shop.now_ms();
  let_reverses_pass(shop);
  for (auto& order : shop.orders) advance(shop, order, now_ms);
  for (auto& [id, item] : shop.items) {
    const auto due_ms = item.updated_ms + shop.rules.review_s * 1000;
    if (item.status == "Pending QC" && due_ms <= now_ms) {
      item.status = "Active";
      item.updated_ms = due_ms;
    }
  }
}

}  // namespace sandbox::lazada
