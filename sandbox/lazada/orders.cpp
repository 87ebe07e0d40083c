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

bool open(const Unit& unit) {
  static const std::set<std::string> kOpen = {"unpaid", "pending", "packed", "repacked",
                                              "ready_to_ship"};
  return kOpen.contains(unit.status);
}

void cancel_unit(Shop& shop, Unit& unit, const std::string& reason) {
  if (unit.status != "ready_to_ship") take_back(shop, unit);  // after that it left the stock
  unit.status = "canceled";
  unit.reason = reason;
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
    for (auto& unit : order.units) cancel_unit(shop, unit, "Payment expired");
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
  if (any_in(order, "shipped") && order.shipped_ms + rules.deliver_after_s * 1000 <= now_ms) {
    order.delivered_ms = order.shipped_ms + rules.deliver_after_s * 1000;
    move_all(order, "shipped", "delivered", order.delivered_ms);
  }
  if (any_in(order, "delivered") && order.delivered_ms + rules.confirm_after_s * 1000 <= now_ms) {
    move_all(order, "delivered", "confirmed", order.delivered_ms + rules.confirm_after_s * 1000);
  }
}

}  // namespace

base::Result<Purchase> place_order(Shop& shop, const std::vector<Wish>& wishes) {
  if (wishes.empty()) return refused("nothing wished for");
  std::int64_t units = 0;
  for (const auto& wish : wishes)
    units += std::clamp<std::int64_t>(wish.quantity, 0, kUnitsMax + 1);
  if (units > kUnitsMax) return refused("more units than one order may hold");
  const bool unpaid = shop.rules.payment != LazadaPayment::on_delivery;
  Order order;
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
  }
  order.id = kOrderBase + kOrderStep * shop.next_order++;
  order.created_ms = shop.now_ms();
  order.updated_ms = order.created_ms;
  order.buyer = shop.context.dice.between(0, kBuyers - 1);
  order.abandoned = shop.rules.payment == LazadaPayment::abandoned;
  std::int64_t row = 0;
  for (auto& unit : order.units) {
    unit.id = order.id + kUnitBase + row++;
    unit.status = unpaid ? "unpaid" : "pending";
  }
  Purchase purchase{std::to_string(order.id)};
  shop.add(std::move(order));
  return purchase;
}

base::Status cancel_units(Shop& shop, Order& order, const std::vector<std::int64_t>& unit_ids,
                          const std::string& reason) {
  std::vector<Unit*> targets;
  for (auto& unit : order.units) {
    const bool wanted =
        unit_ids.empty() || std::find(unit_ids.begin(), unit_ids.end(), unit.id) != unit_ids.end();
    if (wanted && open(unit)) targets.push_back(&unit);
  }
  if (targets.empty()) return refused("nothing in this order can be cancelled any more");
  std::set<std::string> packages;  // a packed unit takes its whole package along
  for (const auto* unit : targets) {
    if (!unit->package_id.empty()) packages.insert(unit->package_id);
  }
  for (auto& unit : order.units) {
    const bool wanted = std::find(targets.begin(), targets.end(), &unit) != targets.end() ||
                        packages.contains(unit.package_id);
    if (wanted && open(unit)) cancel_unit(shop, unit, reason);
  }
  order.updated_ms = shop.now_ms();
  return base::Done{};
}

base::Status buyer_cancels(Shop& shop, Order& order) {
  if (any_in(order, "delivered") || any_in(order, "confirmed")) {
    const auto id = 590'000'000'000'000 + shop.next_serial++;
    shop.reverses[id] = {id, order.id, shop.now_ms(), shop.now_ms(), "REQUEST_INITIATE"};
    return base::Done{};
  }
  return cancel_units(shop, order, {}, "Change of mind");
}

void let_time_pass(Shop& shop) {
  const auto now_ms = shop.now_ms();
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
