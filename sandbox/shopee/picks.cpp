// top_picks/*: collections of products on the shop's page, at most one of them active.
#include <algorithm>

#include "base/text.h"
#include "sandbox/shopee/handlers.h"

namespace sandbox::shopee {
namespace {

constexpr std::size_t kNameMax = 50;
constexpr std::size_t kItemsMin = 1;
constexpr std::size_t kItemsMax = 8;
constexpr std::size_t kCollectionsMax = 10;

std::int64_t units_sold(const Shop& shop, std::int64_t item_id) {
  std::int64_t sold = 0;
  for (const auto& order : shop.orders) {
    if (order.status == "CANCELLED") continue;
    for (const auto& line : order.lines) sold += line.item_id == item_id ? line.quantity : 0;
  }
  return sold;
}

Json item_row(Shop& shop, std::int64_t id) {
  auto row = object({{"item_id", id}});
  const auto* item = shop.item(id);
  if (item == nullptr) return row;
  row["item_name"] = Json::string(wire::text(item->fields, "item_name"));
  const auto price = std::to_string(item->models.front().price);
  row["current_price"] = Json::string(price);
  row["inflated_price_of_current_price"] = Json::string(price);
  row["sales"] = Json::number(units_sold(shop, id));
  return row;
}

Json collections(Shop& shop) {
  std::vector<Json> rows;
  for (const auto& [id, one] : shop.picks) {
    std::vector<Json> items;
    for (const auto item_id : one.items) items.push_back(item_row(shop, item_id));
    rows.push_back(object({{"top_picks_id", id},
                           {"name", one.name},
                           {"is_activated", one.active},
                           {"item_list", wire::array(std::move(items))}}));
  }
  return object({{"collection_list", wire::array(std::move(rows))}});
}

std::optional<Reply> refuse_name(const std::string& name) {
  const auto length = base::code_points(name);
  if (length >= 1 && length <= kNameMax) return std::nullopt;
  return fail("top_picks.error_param", "name is invalid.");
}

std::optional<Reply> refuse_items(Shop& shop, const std::vector<std::int64_t>& ids) {
  if (ids.size() < kItemsMin || ids.size() > kItemsMax) {
    return fail("top_picks.error_param", "A collection has 1 to 8 items.");
  }
  for (const auto id : ids) {
    const auto* item = shop.item(id);
    if (item == nullptr || item->status != "NORMAL") {
      return fail("top_picks.error_param", "Only products on sale can be picked.");
    }
  }
  return std::nullopt;
}

void activate(Shop& shop, std::int64_t id) {
  for (auto& [other, one] : shop.picks) one.active = other == id;
}

}  // namespace

Reply add_top_picks(Shop& shop, const Call& call) {
  TopPicks made;
  made.name = call.text("name");
  made.items = call.integers("item_id_list");
  if (auto refusal = refuse_name(made.name)) return *refusal;
  if (auto refusal = refuse_items(shop, made.items)) return *refusal;
  const auto active = wire::as_flag(wire::member(call.body, "is_activated"));
  if (!active) return fail("top_picks.error_param", "is_activated is required.");
  if (shop.picks.size() >= kCollectionsMax) {
    return fail("top_picks.error_limit", "Too many collections.");
  }
  made.id = 700'000 + shop.next_serial++;
  const auto id = made.id;
  shop.picks[id] = std::move(made);
  if (*active) activate(shop, id);
  return ok(collections(shop));
}

Reply update_top_picks(Shop& shop, const Call& call) {
  const auto found = shop.picks.find(call.integer("top_picks_id").value_or(0));
  if (found == shop.picks.end()) {
    return fail("top_picks.error_not_found", "The collection does not exist.");
  }
  auto changed = found->second;
  if (call.has("name")) changed.name = call.text("name");
  if (auto refusal = refuse_name(changed.name)) return *refusal;
  if (call.has("item_id_list")) {
    changed.items = call.integers("item_id_list");
    if (auto refusal = refuse_items(shop, changed.items)) return *refusal;
  }
  const auto active = wire::as_flag(wire::member(call.body, "is_activated"));
  if (active && !*active) changed.active = false;
  found->second = std::move(changed);
  if (active && *active) activate(shop, found->first);
  return ok(collections(shop));
}

Reply top_picks_list(Shop& shop, const Call&) {
  return ok(collections(shop));
}

Reply delete_top_picks(Shop& shop, const Call& call) {
  const auto found = shop.picks.find(call.integer("top_picks_id").value_or(0));
  if (found == shop.picks.end()) {
    return fail("top_picks.error_not_found", "The collection does not exist.");
  }
  if (found->second.active) {
    return fail("top_picks.error_param", "An active collection cannot be deleted.");
  }
  const auto id = found->first;
  shop.picks.erase(found);
  return ok(object({{"top_picks_id", id}}));
}

}  // namespace sandbox::shopee
