#include "sandbox/lazada/shop.h"

#include <algorithm>

#include "base/time_text.h"
#include "sandbox/wire/sign.h"

namespace sandbox::lazada {
namespace {

struct Shelf {
  const char* name;
  const char* description;
  const char* seller_sku;
  const char* weight_kg;
  std::int64_t category;
  std::int64_t price;
  std::int64_t stock;
};

constexpr Shelf kShelves[] = {
    {"Mật ong hoa nhãn nguyên chất chai 500 ml",
     "<p>Mật ong hoa nhãn thu hoạch tại vườn, chai thuỷ tinh 500 ml.</p>", "MATONG-NHAN-500",
     "0.80", 10100261, 149'000, 35},
    {"Chè Shan tuyết cổ thụ gói 200 g",
     "<p>Chè Shan tuyết sao thủ công, gói hút chân không 200 g.</p>", "CHE-SHAN-200", "0.25",
     10100281, 185'000, 25},
    {"Gạo thơm ST25 túi 5 kg", "<p>Gạo thơm ST25 vụ mới, túi 5 kg hút chân không.</p>",
     "GAO-ST25-5KG", "5.20", 10100245, 199'000, 50},
};

Sku shelf_sku(const Shelf& shelf) {
  Sku sku;
  sku.seller_sku = shelf.seller_sku;
  sku.price = shelf.price;
  sku.stock.sellable = shelf.stock;
  sku.own = wire::object({{"package_weight", shelf.weight_kg},
                          {"package_length", "20.00"},
                          {"package_width", "15.00"},
                          {"package_height", "10.00"}});
  return sku;
}

// "2026-12-01", with or without a time; nothing when empty or unreadable.
std::optional<std::int64_t> date_ms(const std::string& text) {
  const auto instant = base::parse_local(text);
  if (!instant) return std::nullopt;
  return base::to_unix_ms(*instant);
}

}  // namespace

Sku* Item::sku(std::int64_t sku_id) {
  for (auto& one : skus) {
    if (one.id == sku_id) return &one;
  }
  return nullptr;
}

Sku* Item::by_seller_sku(const std::string& seller_sku) {
  for (auto& one : skus) {
    if (one.seller_sku == seller_sku && !one.deleted()) return &one;
  }
  return nullptr;
}

std::int64_t Order::total() const {
  std::int64_t sum = 0;
  for (const auto& unit : units) sum += unit.price;
  return sum;
}

std::vector<std::string> Order::statuses() const {
  std::vector<std::string> out;
  for (const auto& unit : units) {
    if (std::find(out.begin(), out.end(), unit.status) == out.end()) out.push_back(unit.status);
  }
  return out;
}

Shop::Shop(Context& where, const LazadaCredentials& who, const LazadaRules& how)
    : context(where),
      credentials(who),
      rules(how),
      inventory_bucket(how.inventory_rps, how.inventory_rps * how.burst_s),
      brands_bucket(how.brands_rps, how.brands_rps) {
  if (!credentials.auth_code.empty()) {
    codes[credentials.auth_code] = now_ms() + rules.code_life_s * 1000;
  }
}

Item* Shop::item(std::int64_t item_id) {
  const auto found = items.find(item_id);
  return found == items.end() ? nullptr : &found->second;
}

Order* Shop::order(std::int64_t order_id) {
  const auto found = by_id.find(order_id);
  return found == by_id.end() ? nullptr : &orders[found->second];
}

Sku* Shop::find_sku(std::int64_t item_id, std::int64_t sku_id, const std::string& seller_sku,
                    Item** holder) {
  const auto in = [&](Item* where) -> Sku* {
    if (where == nullptr || (item_id != 0 && where->id != item_id)) return nullptr;
    *holder = where;
    return sku_id != 0 ? where->sku(sku_id) : where->by_seller_sku(seller_sku);
  };
  if (sku_id != 0) {
    const auto known = item_of_sku.find(sku_id);
    return known == item_of_sku.end() ? nullptr : in(item(known->second));
  }
  if (seller_sku.empty()) return nullptr;
  if (item_id != 0) return in(item(item_id));
  for (auto& [id, one] : items) {
    if (auto* found = in(&one)) return found;
  }
  return nullptr;
}

void Shop::add(Item item) {
  for (const auto& sku : item.skus) item_of_sku[sku.id] = item.id;
  const auto id = item.id;
  items.insert_or_assign(id, std::move(item));
}

void Shop::add(Order order) {
  by_id[order.id] = orders.size();
  orders.push_back(std::move(order));
}

std::int64_t price_now(const Sku& sku, std::int64_t now_ms) {
  const auto* campaign = sku.campaign(now_ms);
  if (campaign != nullptr && campaign->price > 0 && campaign->locked > 0) return campaign->price;
  if (sku.special_price <= 0) return sku.price;
  const auto from = date_ms(sku.special_from);
  const auto to = date_ms(sku.special_to);
  const bool open = (!from || *from <= now_ms) && (!to || now_ms <= *to);
  return open ? sku.special_price : sku.price;
}

void stock_shelves(Shop& shop) {
  for (const auto& shelf : kShelves) {
    Item item;
    item.id = shop.next_item++;
    item.category = shelf.category;
    item.status = "Active";
    item.created_ms = shop.now_ms() - 86'400'000;
    item.updated_ms = item.created_ms;
    item.attributes = wire::object({{"name", shelf.name},
                                    {"description", shelf.description},
                                    {"brand", "No Brand"},
                                    {"brand_id", "39704"}});
    item.images.push_back("https://vn-live.slatic.net/p/" + wire::content_id(shelf.seller_sku) +
                          ".jpg");
    item.skus.push_back(shelf_sku(shelf));
    item.skus.back().id = shop.next_sku++;
    shop.add(std::move(item));
  }
}

std::vector<Shown> shown(const Shop& shop) {
  std::vector<Shown> rows;
  for (const auto& [id, item] : shop.items) {
    for (const auto& sku : item.skus) {
      if (sku.deleted()) continue;
      Shown row;
      row.sku = sku.seller_sku;
      row.remote_id = std::to_string(id) + "/" + std::to_string(sku.id);
      row.name = item.name();
      row.price = price_now(sku, shop.now_ms());
      row.stock = sku.stock.sellable;
      row.visible = item.status == "Active" && sku.status == "active";
      rows.push_back(std::move(row));
    }
  }
  return rows;
}

}  // namespace sandbox::lazada
