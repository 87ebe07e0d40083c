// The shop as one JSON document and back, for --state across restarts.
#include "sandbox/shopee/shop.h"

namespace sandbox::shopee {
namespace {

using wire::integer;
using wire::member;
using wire::object;
using wire::text;

Json numbers(const std::vector<std::int64_t>& values) {
  std::vector<Json> out;
  for (const auto value : values) out.push_back(Json::number(value));
  return wire::array(std::move(out));
}

std::vector<std::int64_t> to_numbers(const Json& list) {
  std::vector<std::int64_t> out;
  for (const auto& one : wire::as_list(list)) out.push_back(wire::as_integer(one).value_or(0));
  return out;
}

Json model_out(const Model& model) {
  return object({{"id", model.id},
                 {"tier_index", numbers(model.tier_index)},
                 {"sku", model.sku},
                 {"price", model.price},
                 {"stock", model.stock},
                 {"own", model.own}});
}

Model model_in(const Json& json) {
  Model model;
  model.id = integer(json, "id");
  model.tier_index = to_numbers(member(json, "tier_index"));
  model.sku = text(json, "sku");
  model.price = integer(json, "price");
  model.stock = integer(json, "stock");
  model.own = member(json, "own");
  return model;
}

Json item_out(const Item& item) {
  std::vector<Json> models;
  for (const auto& model : item.models) models.push_back(model_out(model));
  return object({{"id", item.id},
                 {"status", item.status},
                 {"sku", item.sku},
                 {"created_s", item.created_s},
                 {"updated_s", item.updated_s},
                 {"boosted_until_s", item.boosted_until_s},
                 {"ban_reason", item.ban_reason},
                 {"fields", item.fields},
                 {"tiers", item.tiers},
                 {"models", wire::array(std::move(models))}});
}

Item item_in(const Json& json) {
  Item item;
  item.id = integer(json, "id");
  item.status = text(json, "status");
  item.sku = text(json, "sku");
  item.created_s = integer(json, "created_s");
  item.updated_s = integer(json, "updated_s");
  item.boosted_until_s = integer(json, "boosted_until_s");
  item.ban_reason = text(json, "ban_reason");
  item.fields = member(json, "fields");
  item.tiers = member(json, "tiers");
  for (const auto& model : wire::list(json, "models")) item.models.push_back(model_in(model));
  return item;
}

Json line_out(const OrderLine& line) {
  return object({{"item_id", line.item_id},
                 {"model_id", line.model_id},
                 {"line_id", line.line_id},
                 {"item_name", line.item_name},
                 {"model_name", line.model_name},
                 {"item_sku", line.item_sku},
                 {"model_sku", line.model_sku},
                 {"image", line.image},
                 {"quantity", line.quantity},
                 {"price", line.price},
                 {"weight", line.weight}});
}

OrderLine line_in(const Json& json) {
  OrderLine line;
  line.item_id = integer(json, "item_id");
  line.model_id = integer(json, "model_id");
  line.line_id = integer(json, "line_id");
  line.item_name = text(json, "item_name");
  line.model_name = text(json, "model_name");
  line.item_sku = text(json, "item_sku");
  line.model_sku = text(json, "model_sku");
  line.image = text(json, "image");
  line.quantity = integer(json, "quantity");
  line.price = integer(json, "price");
  line.weight = wire::as_number(member(json, "weight")).value_or(0);
  return line;
}

Json order_out(const Order& order) {
  std::vector<Json> lines;
  for (const auto& line : order.lines) lines.push_back(line_out(line));
  return object({{"sn", order.sn},
                 {"status", order.status},
                 {"before_cancel", order.before_cancel},
                 {"created_s", order.created_s},
                 {"updated_s", order.updated_s},
                 {"paid_s", order.paid_s},
                 {"arranged_s", order.arranged_s},
                 {"shipped_s", order.shipped_s},
                 {"delivered_s", order.delivered_s},
                 {"package_number", order.package_number},
                 {"tracking", order.tracking},
                 {"cancel_by", order.cancel_by},
                 {"cancel_reason", order.cancel_reason},
                 {"buyer", order.buyer},
                 {"deducted", order.deducted},
                 {"lines", wire::array(std::move(lines))}});
}

Order order_in(const Json& json) {
  Order order;
  order.sn = text(json, "sn");
  order.status = text(json, "status");
  order.before_cancel = text(json, "before_cancel");
  order.created_s = integer(json, "created_s");
  order.updated_s = integer(json, "updated_s");
  order.paid_s = integer(json, "paid_s");
  order.arranged_s = integer(json, "arranged_s");
  order.shipped_s = integer(json, "shipped_s");
  order.delivered_s = integer(json, "delivered_s");
  order.package_number = text(json, "package_number");
  order.tracking = text(json, "tracking");
  order.cancel_by = text(json, "cancel_by");
  order.cancel_reason = text(json, "cancel_reason");
  order.buyer = integer(json, "buyer");
  order.deducted = wire::as_flag(member(json, "deducted")).value_or(false);
  for (const auto& line : wire::list(json, "lines")) order.lines.push_back(line_in(line));
  return order;
}

Json tokens_out(const Shop& shop) {
  auto codes = object({});
  for (const auto& [code, one] : shop.codes) {
    codes[code] =
        object({{"expires_s", one.expires_s}, {"main_account", one.login == Login::main_account}});
  }
  auto accesses = object({});
  for (const auto& [token, expires_s] : shop.accesses) accesses[token] = Json::number(expires_s);
  auto refreshes = object({});
  for (const auto& [token, refresh] : shop.refreshes) {
    refreshes[token] = object({{"expires_s", refresh.expires_s},
                               {"spent_s", refresh.spent_s},
                               {"bought_access", refresh.bought_access},
                               {"bought_refresh", refresh.bought_refresh}});
  }
  return object({{"codes", codes},
                 {"accesses", accesses},
                 {"refreshes", refreshes},
                 {"consent_s", shop.consent_s}});
}

void tokens_in(Shop& shop, const Json& json) {
  const auto each = [&](const char* name, auto&& take) {
    const auto map = member(json, name);
    if (!map.is_object()) return;
    for (const auto& [key, value] : map.as_object()) take(key, value);
  };
  shop.codes.clear();
  shop.accesses.clear();
  shop.refreshes.clear();
  each("codes", [&](const std::string& key, const Json& value) {
    const bool main = wire::as_flag(member(value, "main_account")).value_or(false);
    shop.codes[key] = {integer(value, "expires_s"), main ? Login::main_account : Login::shop};
  });
  each("accesses", [&](const std::string& key, const Json& value) {
    shop.accesses[key] = wire::as_integer(value).value_or(0);
  });
  each("refreshes", [&](const std::string& key, const Json& value) {
    shop.refreshes[key] = {integer(value, "expires_s"), integer(value, "spent_s"),
                           text(value, "bought_access"), text(value, "bought_refresh")};
  });
  shop.consent_s = integer(json, "consent_s");
}

Json push_out(const PushConfig& push) {
  return object({{"off", numbers({push.off.begin(), push.off.end()})},
                 {"blocked_shops", numbers(push.blocked_shops)},
                 {"suspended_s", push.suspended_s},
                 {"expiry_told_s", push.expiry_told_s}});
}

PushConfig push_in(const Json& json) {
  PushConfig push;
  for (const auto code : to_numbers(member(json, "off"))) push.off.insert(code);
  push.blocked_shops = to_numbers(member(json, "blocked_shops"));
  push.suspended_s = integer(json, "suspended_s");
  push.expiry_told_s = integer(json, "expiry_told_s");
  return push;
}

Json categories_out(const Shop& shop) {
  std::vector<Json> rows;
  for (const auto& [id, category] : shop.categories) {
    rows.push_back(object({{"id", id},
                           {"name", category.name},
                           {"weight", category.weight},
                           {"status", category.status},
                           {"items", numbers(category.items)}}));
  }
  return wire::array(std::move(rows));
}

Json returns_out(const Shop& shop) {
  std::vector<Json> rows;
  for (const auto& [sn, one] : shop.returns) {
    rows.push_back(object({{"sn", sn},
                           {"order_sn", one.order_sn},
                           {"status", one.status},
                           {"created_s", one.created_s},
                           {"updated_s", one.updated_s}}));
  }
  return wire::array(std::move(rows));
}

}  // namespace

Json to_json(const Shop& shop) {
  std::vector<Json> items;
  for (const auto& [id, item] : shop.items) items.push_back(item_out(item));
  std::vector<Json> orders;
  for (const auto& order : shop.orders) orders.push_back(order_out(order));
  return object({{"tokens", tokens_out(shop)},
                 {"items", wire::array(std::move(items))},
                 {"orders", wire::array(std::move(orders))},
                 {"images", wire::texts({shop.images.begin(), shop.images.end()})},
                 {"categories", categories_out(shop)},
                 {"returns", returns_out(shop)},
                 {"push", push_out(shop.push)},
                 {"next_item", shop.next_item},
                 {"next_model", shop.next_model},
                 {"next_serial", shop.next_serial},
                 {"quota_day", shop.quota_day},
                 {"quota_used", shop.quota_used}});
}

void load(Shop& shop, const Json& state) {
  tokens_in(shop, member(state, "tokens"));
  shop.push = push_in(member(state, "push"));
  shop.items.clear();
  for (const auto& one : wire::list(state, "items")) {
    auto item = item_in(one);
    if (!item.models.empty()) shop.items[item.id] = std::move(item);
  }
  shop.orders.clear();
  shop.by_sn.clear();
  for (const auto& one : wire::list(state, "orders")) shop.add(order_in(one));
  shop.images.clear();
  for (const auto& one : wire::list(state, "images")) shop.images.insert(wire::as_text(one));
  shop.categories.clear();
  for (const auto& one : wire::list(state, "categories")) {
    const auto id = integer(one, "id");
    shop.categories[id] = {id, text(one, "name"), integer(one, "weight"),
                           static_cast<int>(integer(one, "status", 2)),
                           to_numbers(member(one, "items"))};
  }
  shop.returns.clear();
  for (const auto& one : wire::list(state, "returns")) {
    const auto sn = text(one, "sn");
    shop.returns[sn] = {sn, text(one, "order_sn"), text(one, "status"), integer(one, "created_s"),
                        integer(one, "updated_s")};
  }
  shop.next_item = integer(state, "next_item", shop.next_item);
  shop.next_model = integer(state, "next_model", shop.next_model);
  shop.next_serial = integer(state, "next_serial", shop.next_serial);
  shop.quota_day = integer(state, "quota_day");
  shop.quota_used = integer(state, "quota_used");
}

}  // namespace sandbox::shopee
