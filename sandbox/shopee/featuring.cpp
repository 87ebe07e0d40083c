#include <algorithm>

#include "base/text.h"
#include "sandbox/shopee/handlers.h"

namespace sandbox::shopee {
namespace {

constexpr std::int64_t kBoost_s = 4 * 3600;
constexpr std::size_t kBoostSlots = 5;
constexpr std::size_t kCategoryNameMax = 40;
constexpr std::int64_t kWeightMax = 2'147'483'546;
constexpr std::size_t kCategoriesMax = 1'500;
constexpr std::size_t kItemsPerCallMax = 100;
constexpr std::size_t kItemsPerCategoryMax = 5'000;
constexpr std::int64_t kPageMax = 100;

Json id_array(const std::vector<std::int64_t>& ids) {
  std::vector<Json> out;
  for (const auto id : ids) out.push_back(Json::number(id));
  return wire::array(std::move(out));
}

Json failed_item(std::int64_t id, const char* reason) {
  return object({{"item_id", id}, {"failed_reason", reason}});
}

Json invalid_item(std::int64_t id, const char* error, const char* message) {
  return object({{"item_id", id}, {"fail_error", error}, {"fail_message", message}});
}

std::size_t boosted_now(const Shop& shop) {
  return static_cast<std::size_t>(std::count_if(
      shop.items.begin(), shop.items.end(),
      [&](const auto& entry) { return entry.second.boosted_until_s > shop.now_s(); }));
}

ShopCategory* find_category(Shop& shop, const Call& call) {
  const auto found = shop.categories.find(call.integer("shop_category_id").value_or(0));
  return found == shop.categories.end() ? nullptr : &found->second;
}

Reply no_category() {
  return fail("shop_category.error_not_found", "The shop category does not exist.");
}

struct Window {
  std::size_t from = 0;
  std::size_t to = 0;
  bool more = false;
};

std::optional<Window> window_of(const Call& call, std::size_t total) {
  const auto size = call.integer("page_size").value_or(0);
  const auto page = std::max<std::int64_t>(1, call.integer("page_no").value_or(1));
  if (size < 1 || size > kPageMax || page > 100'000) return std::nullopt;
  const auto from = std::min(total, static_cast<std::size_t>((page - 1) * size));
  const auto to = std::min(total, from + static_cast<std::size_t>(size));
  return Window{from, to, to < total};
}

Reply bad_page() {
  return wrong_parameter("page_size must be between 1 and 100.");
}

}  // namespace

Reply boost_item(Shop& shop, const Call& call) {
  const auto ids = call.integers("item_id_list");
  if (ids.empty() || ids.size() > kBoostSlots) {
    return invalid_field("ItemIdList: value must contain 1 to 5 items");
  }
  std::vector<std::int64_t> good;
  std::vector<Json> bad;
  for (const auto id : ids) {
    auto* item = shop.item(id);
    if (item == nullptr || item->status != "NORMAL") {
      bad.push_back(failed_item(id, "Only products on sale can be boosted."));
    } else if (item->boosted_until_s > shop.now_s()) {
      bad.push_back(failed_item(id, "The product is already boosted."));
    } else if (boosted_now(shop) >= kBoostSlots) {
      bad.push_back(failed_item(id, "All boost slots are taken."));
    } else {
      item->boosted_until_s = shop.now_s() + kBoost_s;
      good.push_back(id);
    }
  }
  return ok(object({{"success_list", object({{"item_id_list", id_array(good)}})},
                    {"failure_list", wire::array(std::move(bad))}}));
}

Reply boosted_list(Shop& shop, const Call&) {
  std::vector<Json> rows;
  for (const auto& [id, item] : shop.items) {
    const auto left_s = item.boosted_until_s - shop.now_s();
    if (left_s > 0) rows.push_back(object({{"item_id", id}, {"cool_down_second", left_s}}));
  }
  return ok(object({{"item_list", wire::array(std::move(rows))}}));
}

Reply add_shop_category(Shop& shop, const Call& call) {
  const auto name = call.text("name");
  const auto length = base::code_points(name);
  if (length < 1 || length > kCategoryNameMax) return wrong_parameter("name is invalid.");
  const auto weight = call.integer("sort_weight").value_or(0);
  if (weight < 0 || weight > kWeightMax) return wrong_parameter("sort_weight is invalid.");
  if (shop.categories.size() >= kCategoriesMax) {
    return fail("shop_category.error_limit", "Too many shop categories.");
  }
  const auto id = 180'000'000 + shop.next_serial++;
  shop.categories[id] = {.id = id, .name = name, .weight = weight, .status = 2, .items = {}};
  return ok(object({{"shop_category_id", id}}));
}

Reply update_shop_category(Shop& shop, const Call& call) {
  auto* category = find_category(shop, call);
  if (category == nullptr) return no_category();
  const auto status = call.text("status");
  if (status == "DELETED") return delete_shop_category(shop, call);
  if (!status.empty() && status != "NORMAL" && status != "INACTIVE") {
    return wrong_parameter("status is invalid.");
  }
  if (call.has("name")) {
    const auto length = base::code_points(call.text("name"));
    if (length < 1 || length > kCategoryNameMax) return wrong_parameter("name is invalid.");
    category->name = call.text("name");
  }
  if (const auto weight = call.integer("sort_weight")) category->weight = *weight;
  if (!status.empty()) category->status = status == "NORMAL" ? 1 : 2;
  return ok(object({{"shop_category_id", category->id},
                    {"name", category->name},
                    {"sort_weight", category->weight},
                    {"status", category->status == 1 ? "NORMAL" : "INACTIVE"}}));
}

Reply delete_shop_category(Shop& shop, const Call& call) {
  const auto* category = find_category(shop, call);
  if (category == nullptr) return no_category();
  const auto id = category->id;
  shop.categories.erase(id);
  return ok(object({{"shop_category_id", id}, {"msg", ""}}));
}

Reply shop_categories(Shop& shop, const Call& call) {
  const auto window = window_of(call, shop.categories.size());
  if (!window) return bad_page();
  std::vector<Json> rows;
  std::size_t at = 0;
  for (const auto& [id, category] : shop.categories) {
    if (at >= window->from && at < window->to) {
      rows.push_back(object({{"shop_category_id", id},
                             {"status", category.status},
                             {"name", category.name},
                             {"sort_weight", category.weight},
                             {"create_by", "seller"}}));
    }
    ++at;
  }
  return ok(object({{"shop_categorys", wire::array(std::move(rows))},
                    {"total_count", static_cast<std::int64_t>(shop.categories.size())},
                    {"more", window->more}}));
}

Reply add_category_items(Shop& shop, const Call& call) {
  auto* category = find_category(shop, call);
  if (category == nullptr) return no_category();
  const auto ids = call.integers("item_list");
  if (ids.empty() || ids.size() > kItemsPerCallMax) {
    return wrong_parameter("item_list must contain 1 to 100 items.");
  }
  std::vector<Json> bad;
  auto& items = category->items;
  for (const auto id : ids) {
    const auto* item = shop.item(id);
    if (item == nullptr || item->status != "NORMAL") {
      bad.push_back(invalid_item(id, "err_not_normal_item", "The product is not on sale."));
    } else if (std::find(items.begin(), items.end(), id) != items.end()) {
      bad.push_back(invalid_item(id, "err_duplicate_item", "The product is already in it."));
    } else if (items.size() >= kItemsPerCategoryMax) {
      bad.push_back(invalid_item(id, "err_item_limit", "The category is full."));
    } else {
      items.push_back(id);
    }
  }
  return ok(object({{"shop_category_id", category->id},
                    {"current_count", static_cast<std::int64_t>(items.size())},
                    {"invalid_item_id_list", wire::array(std::move(bad))}}));
}

Reply delete_category_items(Shop& shop, const Call& call) {
  auto* category = find_category(shop, call);
  if (category == nullptr) return no_category();
  std::vector<Json> bad;
  for (const auto id : call.integers("item_list")) {
    if (std::erase(category->items, id) == 0) {
      bad.push_back(invalid_item(id, "err_item_not_found", "The product is not in it."));
    }
  }
  return ok(object({{"shop_category_id", category->id},
                    {"current_count", static_cast<std::int64_t>(category->items.size())},
                    {"invalid_item_id_list", wire::array(std::move(bad))}}));
}

Reply category_items(Shop& shop, const Call& call) {
  const auto* category = find_category(shop, call);
  if (category == nullptr) return no_category();
  const auto window = window_of(call, category->items.size());
  if (!window) return bad_page();
  const std::vector<std::int64_t> page(
      category->items.begin() + static_cast<std::ptrdiff_t>(window->from),
      category->items.begin() + static_cast<std::ptrdiff_t>(window->to));
  return ok(object({{"item_list", id_array(page)},
                    {"total_count", static_cast<std::int64_t>(category->items.size())},
                    {"more", window->more}}));
}

}  // namespace sandbox::shopee
