// Orders as the shop lives them: bought, paid, shipped, cancelled; stock follows.
#include <algorithm>
#include <cstdio>

#include "sandbox/shopee/handlers.h"
#include "sandbox/shopee/pushes.h"

namespace sandbox::shopee {
namespace {

constexpr std::int64_t kVietnam_s = 7 * 3600;
constexpr std::int64_t kBuyers = 10'000;
constexpr std::int64_t kCancelAnswer_s = 2 * 86'400;  // then the wish to cancel is granted

base::Error refused(const std::string& message) {
  base::Error error;
  error.code = base::ErrorCode::rejected;
  error.message = message;
  return error;
}

// "251009" and eight base-32-like letters and digits; unique in the shop.
std::string new_sn(Shop& shop) {
  const auto days = std::chrono::floor<std::chrono::days>(
      std::chrono::sys_seconds{std::chrono::seconds{shop.now_s() + kVietnam_s}});
  const std::chrono::year_month_day date{days};
  char head[16];
  std::snprintf(head, sizeof head, "%02d%02u%02u", static_cast<int>(date.year()) % 100,
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  static constexpr char kLetters[] = "0123456789ABCDEFGHJKMNPQRSTUVWXY";
  std::string sn;
  do {
    sn = head;
    for (int i = 0; i < 8; ++i) {
      sn.push_back(kLetters[static_cast<std::size_t>(shop.context.dice.between(0, 31))]);
    }
  } while (shop.by_sn.contains(sn));
  return sn;
}

struct Pick {
  Item* item = nullptr;
  Model* model = nullptr;
};

// The listing on show under that SKU that still has the quantity.
Pick find_shelf(Shop& shop, const std::string& sku, std::int64_t quantity) {
  for (auto& [id, item] : shop.items) {
    if (item.status != "NORMAL") continue;
    for (auto& model : item.models) {
      const auto& own = model.sku.empty() ? item.sku : model.sku;
      if (own == sku && model.stock >= quantity) return {&item, &model};
    }
  }
  return {};
}

OrderLine line_of(Shop& shop, const Pick& pick, std::int64_t quantity) {
  OrderLine line;
  line.item_id = pick.item->id;
  line.model_id = pick.model->id;
  line.line_id = 200'000'000'000 + shop.next_serial++;
  line.item_name = wire::text(pick.item->fields, "item_name");
  line.model_name = pick.item->model_name(*pick.model);
  line.item_sku = pick.item->sku;
  line.model_sku = pick.model->sku;
  const auto images = wire::list(pick.item->fields, "image_id_list");
  if (!images.empty()) line.image = wire::as_text(images.front());
  line.quantity = quantity;
  line.price = pick.model->price;
  line.weight = wire::as_number(wire::member(pick.item->fields, "weight")).value_or(0);
  return line;
}

void move_stock(Shop& shop, const Order& order, std::int64_t sign) {
  for (const auto& line : order.lines) {
    auto* item = shop.item(line.item_id);
    auto* model = item != nullptr ? item->model(line.model_id) : nullptr;
    if (model != nullptr)
      model->stock = std::max<std::int64_t>(0, model->stock + sign * line.quantity);
  }
}

// Everything that is due by `now_s`, at the instant it was due.
void advance(Shop& shop, Order& order, std::int64_t now_s) {
  const auto& rules = shop.rules;
  if (order.status == "UNPAID" && order.created_s + rules.pay_after_s <= now_s) {
    order.paid_s = order.created_s + rules.pay_after_s;
    become(shop, order, "READY_TO_SHIP", order.paid_s);
    if (!order.deducted) {
      move_stock(shop, order, -1);
      order.deducted = true;
    }
  }
  if (order.status == "PROCESSED" && order.tracking.empty() &&
      order.arranged_s + rules.tracking_after_s <= now_s) {
    order.tracking = "SPXVN0" + std::to_string(6'000'000'000 + shop.next_serial++);
    order.updated_s = order.arranged_s + rules.tracking_after_s;
    tell_tracking(shop, order);
  }
  if (order.status == "PROCESSED" && order.arranged_s + rules.pickup_after_s <= now_s) {
    order.shipped_s = order.arranged_s + rules.pickup_after_s;
    become(shop, order, "SHIPPED", order.shipped_s);
  }
  if (order.status == "SHIPPED" && order.shipped_s + rules.deliver_after_s <= now_s) {
    order.delivered_s = order.shipped_s + rules.deliver_after_s;
    become(shop, order, "TO_CONFIRM_RECEIVE", order.delivered_s);
  }
  if (order.status == "TO_CONFIRM_RECEIVE" && order.delivered_s + rules.complete_after_s <= now_s) {
    become(shop, order, "COMPLETED", order.delivered_s + rules.complete_after_s);
  }
}

}  // namespace

void become(Shop& shop, Order& order, const std::string& status, std::int64_t at_s) {
  order.status = status;
  order.updated_s = at_s;
  tell_order_status(shop, order);
}

base::Result<Purchase> place_order(Shop& shop, const std::vector<Wish>& wishes) {
  if (wishes.empty()) return refused("nothing wished for");
  Order order;
  std::vector<Pick> picks;
  const auto give_back = [&] {
    for (std::size_t i = 0; i < picks.size(); ++i) picks[i].model->stock += order.lines[i].quantity;
  };
  for (const auto& wish : wishes) {
    const auto pick = wish.quantity > 0 ? find_shelf(shop, wish.sku, wish.quantity) : Pick{};
    if (pick.model == nullptr) {
      give_back();
      return refused("fewer on show than wished for: " + wish.sku);
    }
    pick.model->stock -= wish.quantity;
    picks.push_back(pick);
    order.lines.push_back(line_of(shop, pick, wish.quantity));
  }
  order.deducted = shop.rules.deduction == ShopeeDeduction::on_order;
  if (!order.deducted) give_back();
  order.sn = new_sn(shop);
  order.created_s = shop.now_s();
  order.buyer = shop.context.dice.between(0, kBuyers - 1);
  order.package_number = "OFG" + std::to_string(166'300'790'000'000 + shop.next_serial++);
  Purchase purchase{order.sn};
  shop.add(std::move(order));
  become(shop, shop.orders.back(), "UNPAID", shop.now_s());
  return purchase;
}

base::Status cancel_order(Shop& shop, Order& order, const std::string& by,
                          const std::string& reason) {
  const bool open = order.status == "UNPAID" || order.status == "READY_TO_SHIP" ||
                    order.status == "PROCESSED" || order.status == "IN_CANCEL";
  if (!open) return refused("an order that is " + order.status + " cannot be cancelled");
  if (order.deducted) move_stock(shop, order, +1);
  order.deducted = false;
  order.cancel_by = by;
  order.cancel_reason = reason;
  become(shop, order, "CANCELLED", shop.now_s());
  return base::Done{};
}

base::Status buyer_cancels(Shop& shop, Order& order, const std::string& reason) {
  if (order.status == "PROCESSED") {
    order.before_cancel = order.status;
    order.cancel_reason = reason;
    become(shop, order, "IN_CANCEL", shop.now_s());
    return base::Done{};
  }
  if (order.status == "TO_CONFIRM_RECEIVE" || order.status == "COMPLETED") {
    const auto sn = "R" + order.sn;
    shop.returns.try_emplace(sn, Return{sn, order.sn, "REQUESTED", shop.now_s(), shop.now_s()});
    return base::Done{};
  }
  return cancel_order(shop, order, "buyer", reason);
}

void let_time_pass(Shop& shop) {
  const auto now_s = shop.now_s();
  for (auto& order : shop.orders) {
    if (order.status == "IN_CANCEL" && order.updated_s + kCancelAnswer_s <= now_s) {
      (void)cancel_order(shop, order, "system", order.cancel_reason);
    } else if (order.status != "COMPLETED" && order.status != "CANCELLED") {
      advance(shop, order, now_s);
    }
  }
  if (shop.rules.review_s == 0) return;
  for (auto& [id, item] : shop.items) {
    if (item.status == "REVIEWING" && item.created_s + shop.rules.review_s <= now_s) {
      item.status = "NORMAL";
      item.updated_s = item.created_s + shop.rules.review_s;
    }
  }
}

}  // namespace sandbox::shopee
