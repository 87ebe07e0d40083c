#include "sandbox/shopee/shop.h"

#include <algorithm>

#include "sandbox/wire/sign.h"

namespace sandbox::shopee {
namespace {

struct Shelf {
  const char* name;
  const char* description;
  const char* sku;
  std::int64_t category;
  std::int64_t price;
  std::int64_t stock;
  double weight;
};

constexpr Shelf kShelves[] = {
    {"Mật ong hoa nhãn nguyên chất chai 500 ml",
     "Mật ong hoa nhãn thu hoạch tại vườn, lọc thô, đóng chai thuỷ tinh 500 ml.", "MATONG-NHAN-500",
     100'780, 145'000, 40, 0.8},
    {"Chè Shan tuyết cổ thụ gói 200 g",
     "Chè Shan tuyết hái từ cây cổ thụ, sao thủ công, gói hút chân không 200 g.", "CHE-SHAN-200",
     100'800, 180'000, 30, 0.25},
    {"Gạo thơm ST25 túi 5 kg", "Gạo thơm ST25 vụ mới, hạt dài, dẻo, túi 5 kg hút chân không.",
     "GAO-ST25-5KG", 100'781, 198'000, 60, 5.2},
};

Json shelf_fields(const Shelf& shelf, const std::string& image_id) {
  return wire::object(
      {{"item_name", shelf.name},
       {"description", shelf.description},
       {"category_id", shelf.category},
       {"attribute_list", Json::array()},
       {"image_id_list", wire::texts({image_id})},
       {"weight", shelf.weight},
       {"dimension",
        wire::object({{"package_length", 20}, {"package_width", 15}, {"package_height", 10}})},
       {"logistic_info", wire::array({wire::object({{"logistic_id", 50'021}, {"enabled", true}})})},
       {"pre_order", wire::object({{"is_pre_order", false}, {"days_to_ship", 2}})},
       {"condition", "NEW"},
       {"brand", wire::object({{"brand_id", 0}, {"original_brand_name", "NoBrand"}})}});
}

}  // namespace

Model* Item::model(std::int64_t model_id) {
  for (auto& one : models) {
    if (one.id == model_id) return &one;
  }
  return nullptr;
}

std::string Item::model_name(const Model& model) const {
  std::string name;
  const auto levels = wire::as_list(tiers);
  for (std::size_t i = 0; i < model.tier_index.size() && i < levels.size(); ++i) {
    const auto options = wire::list(levels[i], "option_list");
    const auto at = static_cast<std::size_t>(model.tier_index[i]);
    if (at >= options.size()) continue;
    if (!name.empty()) name += ",";
    name += wire::text(options[at], "option");
  }
  return name;
}

std::int64_t Order::total() const {
  std::int64_t sum = 0;
  for (const auto& line : lines) sum += line.price * line.quantity;
  return sum;
}

Shop::Shop(Context& where, const ShopeeCredentials& who, const ShopeeRules& how)
    : context(where),
      credentials(who),
      rules(how),
      shop_bucket(how.shop_rps, how.shop_rps * how.burst_s),
      app_bucket(how.app_rps, how.app_rps * how.burst_s) {
  if (!credentials.auth_code.empty()) {
    codes[credentials.auth_code] = {now_s() + rules.code_life_s, Login::shop};
  }
}

Item* Shop::item(std::int64_t item_id) {
  const auto found = items.find(item_id);
  return found == items.end() ? nullptr : &found->second;
}

Order* Shop::order(const std::string& sn) {
  const auto found = by_sn.find(sn);
  return found == by_sn.end() ? nullptr : &orders[found->second];
}

void Shop::add(Order order) {
  by_sn[order.sn] = orders.size();
  orders.push_back(std::move(order));
}

void stock_shelves(Shop& shop) {
  for (const auto& shelf : kShelves) {
    const auto image_id = "vn-11134207-" + wire::content_id(shelf.sku).substr(0, 20);
    shop.images.insert(image_id);
    Item item;
    item.id = shop.next_item++;
    item.status = "NORMAL";
    item.sku = shelf.sku;
    item.created_s = shop.now_s() - 86'400;
    item.updated_s = item.created_s;
    item.fields = shelf_fields(shelf, image_id);
    Model only;
    only.price = shelf.price;
    only.stock = shelf.stock;
    item.models.push_back(only);
    shop.items[item.id] = std::move(item);
  }
}

std::vector<Shown> shown(Shop& shop) {
  std::vector<Shown> rows;
  for (auto& [id, item] : shop.items) {
    if (item.deleted()) continue;
    for (const auto& model : item.models) {
      Shown row;
      row.sku = model.sku.empty() ? item.sku : model.sku;
      row.remote_id = std::to_string(id);
      if (item.has_models()) row.remote_id += "/" + std::to_string(model.id);
      row.name = wire::text(item.fields, "item_name");
      if (item.has_models()) row.name += " - " + item.model_name(model);
      row.price = model.price;
      row.stock = model.stock;
      row.visible = item.status == "NORMAL";
      rows.push_back(std::move(row));
    }
  }
  return rows;
}

}  // namespace sandbox::shopee
