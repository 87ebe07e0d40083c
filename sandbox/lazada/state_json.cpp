// The seller as one JSON document and back, for --state across restarts.
#include "sandbox/lazada/shop.h"

namespace sandbox::lazada {
namespace {

using wire::integer;
using wire::member;
using wire::object;
using wire::text;

std::vector<std::string> to_texts(const Json& list) {
  std::vector<std::string> out;
  for (const auto& one : wire::as_list(list)) out.push_back(wire::as_text(one));
  return out;
}

Json object_or_empty(const Json& from, const char* key) {
  auto found = member(from, key);
  return found.is_object() ? found : Json::object(true);
}

Json sku_out(const Sku& sku) {
  return object({{"id", sku.id},
                 {"seller_sku", sku.seller_sku},
                 {"status", sku.status},
                 {"price", sku.price},
                 {"special_price", sku.special_price},
                 {"special_from", sku.special_from},
                 {"special_to", sku.special_to},
                 {"sellable", sku.stock.sellable},
                 {"withhold", sku.stock.withhold},
                 {"occupy", sku.stock.occupy},
                 {"own", sku.own},
                 {"sale_prop", sku.sale_prop},
                 {"images", wire::texts(sku.images)}});
}

Sku sku_in(const Json& json) {
  Sku sku;
  sku.id = integer(json, "id");
  sku.seller_sku = text(json, "seller_sku");
  sku.status = text(json, "status");
  sku.price = integer(json, "price");
  sku.special_price = integer(json, "special_price");
  sku.special_from = text(json, "special_from");
  sku.special_to = text(json, "special_to");
  sku.stock = {integer(json, "sellable"), integer(json, "withhold"), integer(json, "occupy")};
  sku.own = object_or_empty(json, "own");
  sku.sale_prop = object_or_empty(json, "sale_prop");
  sku.images = to_texts(member(json, "images"));
  return sku;
}

Json item_out(const Item& item) {
  std::vector<Json> skus;
  for (const auto& sku : item.skus) skus.push_back(sku_out(sku));
  return object({{"id", item.id},
                 {"category", item.category},
                 {"status", item.status},
                 {"created_ms", item.created_ms},
                 {"updated_ms", item.updated_ms},
                 {"attributes", item.attributes},
                 {"variation", item.variation},
                 {"images", wire::texts(item.images)},
                 {"skus", wire::array(std::move(skus))}});
}

Item item_in(const Json& json) {
  Item item;
  item.id = integer(json, "id");
  item.category = integer(json, "category");
  item.status = text(json, "status");
  item.created_ms = integer(json, "created_ms");
  item.updated_ms = integer(json, "updated_ms");
  item.attributes = object_or_empty(json, "attributes");
  item.variation = object_or_empty(json, "variation");
  item.images = to_texts(member(json, "images"));
  for (const auto& sku : wire::list(json, "skus")) item.skus.push_back(sku_in(sku));
  return item;
}

Json unit_out(const Unit& unit) {
  return object({{"id", unit.id},
                 {"item_id", unit.item_id},
                 {"sku_id", unit.sku_id},
                 {"seller_sku", unit.seller_sku},
                 {"name", unit.name},
                 {"variation", unit.variation},
                 {"image", unit.image},
                 {"price", unit.price},
                 {"status", unit.status},
                 {"package_id", unit.package_id},
                 {"tracking", unit.tracking},
                 {"reason", unit.reason}});
}

Unit unit_in(const Json& json) {
  Unit unit;
  unit.id = integer(json, "id");
  unit.item_id = integer(json, "item_id");
  unit.sku_id = integer(json, "sku_id");
  unit.seller_sku = text(json, "seller_sku");
  unit.name = text(json, "name");
  unit.variation = text(json, "variation");
  unit.image = text(json, "image");
  unit.price = integer(json, "price");
  unit.status = text(json, "status");
  unit.package_id = text(json, "package_id");
  unit.tracking = text(json, "tracking");
  unit.reason = text(json, "reason");
  return unit;
}

Json order_out(const Order& order) {
  std::vector<Json> units;
  for (const auto& unit : order.units) units.push_back(unit_out(unit));
  return object({{"id", order.id},
                 {"created_ms", order.created_ms},
                 {"updated_ms", order.updated_ms},
                 {"rts_ms", order.rts_ms},
                 {"shipped_ms", order.shipped_ms},
                 {"delivered_ms", order.delivered_ms},
                 {"buyer", order.buyer},
                 {"abandoned", order.abandoned},
                 {"units", wire::array(std::move(units))}});
}

Order order_in(const Json& json) {
  Order order;
  order.id = integer(json, "id");
  order.created_ms = integer(json, "created_ms");
  order.updated_ms = integer(json, "updated_ms");
  order.rts_ms = integer(json, "rts_ms");
  order.shipped_ms = integer(json, "shipped_ms");
  order.delivered_ms = integer(json, "delivered_ms");
  order.buyer = integer(json, "buyer");
  order.abandoned = wire::as_flag(member(json, "abandoned")).value_or(false);
  for (const auto& unit : wire::list(json, "units")) order.units.push_back(unit_in(unit));
  return order;
}

Json grants_out(const Shop& shop) {
  auto codes = object({});
  for (const auto& [code, ends_ms] : shop.codes) codes[code] = Json::number(ends_ms);
  auto accesses = object({});
  for (const auto& [token, ends_ms] : shop.accesses) accesses[token] = Json::number(ends_ms);
  auto refreshes = object({});
  for (const auto& [token, grant] : shop.refreshes) {
    refreshes[token] = object({{"access_ends_ms", grant.access_ends_ms},
                               {"ends_ms", grant.ends_ms},
                               {"spent", grant.spent}});
  }
  return object({{"codes", codes}, {"accesses", accesses}, {"refreshes", refreshes}});
}

void grants_in(Shop& shop, const Json& json) {
  shop.codes.clear();
  shop.accesses.clear();
  shop.refreshes.clear();
  const auto numbers = [&](const char* name, std::map<std::string, std::int64_t>& into) {
    const auto map = object_or_empty(json, name);
    for (const auto& [key, value] : map.as_object()) {
      into[key] = wire::as_integer(value).value_or(0);
    }
  };
  numbers("codes", shop.codes);
  numbers("accesses", shop.accesses);
  const auto refreshes = object_or_empty(json, "refreshes");
  for (const auto& [key, value] : refreshes.as_object()) {
    shop.refreshes[key] = {integer(value, "access_ends_ms"), integer(value, "ends_ms"),
                           wire::as_flag(member(value, "spent")).value_or(false)};
  }
}

Json reverses_out(const Shop& shop) {
  std::vector<Json> rows;
  for (const auto& [id, one] : shop.reverses) {
    rows.push_back(object({{"id", id},
                           {"order_id", one.order_id},
                           {"created_ms", one.created_ms},
                           {"updated_ms", one.updated_ms},
                           {"status", one.status}}));
  }
  return wire::array(std::move(rows));
}

}  // namespace

Json to_json(const Shop& shop) {
  std::vector<Json> items;
  for (const auto& [id, item] : shop.items) items.push_back(item_out(item));
  std::vector<Json> orders;
  for (const auto& order : shop.orders) orders.push_back(order_out(order));
  auto batches = object({});
  for (const auto& [id, batch] : shop.image_batches) batches[id] = batch;
  return object({{"grants", grants_out(shop)},
                 {"items", wire::array(std::move(items))},
                 {"orders", wire::array(std::move(orders))},
                 {"reverses", reverses_out(shop)},
                 {"image_batches", batches},
                 {"next_item", shop.next_item},
                 {"next_sku", shop.next_sku},
                 {"next_order", shop.next_order},
                 {"next_serial", shop.next_serial}});
}

void load(Shop& shop, const Json& state) {
  grants_in(shop, member(state, "grants"));
  shop.items.clear();
  shop.item_of_sku.clear();
  for (const auto& one : wire::list(state, "items")) shop.add(item_in(one));
  shop.orders.clear();
  shop.by_id.clear();
  for (const auto& one : wire::list(state, "orders")) {
    auto order = order_in(one);
    if (!order.units.empty()) shop.add(std::move(order));
  }
  shop.reverses.clear();
  for (const auto& one : wire::list(state, "reverses")) {
    const auto id = integer(one, "id");
    shop.reverses[id] = {id, integer(one, "order_id"), integer(one, "created_ms"),
                         integer(one, "updated_ms"), text(one, "status")};
  }
  shop.image_batches.clear();
  const auto batches = object_or_empty(state, "image_batches");
  for (const auto& [id, batch] : batches.as_object()) shop.image_batches[id] = batch;
  shop.next_item = integer(state, "next_item", shop.next_item);
  shop.next_sku = integer(state, "next_sku", shop.next_sku);
  shop.next_order = integer(state, "next_order", shop.next_order);
  shop.next_serial = integer(state, "next_serial", shop.next_serial);
}

}  // namespace sandbox::lazada
