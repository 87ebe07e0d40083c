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

Json campaigns_out(const Sku& sku) {
  std::vector<Json> rows;
  for (const auto& one : sku.campaigns) {
    rows.push_back(object({{"id", one.id},
                           {"name", one.name},
                           {"from_ms", one.from_ms},
                           {"to_ms", one.to_ms},
                           {"locked", one.locked},
                           {"price", one.price}}));
  }
  return wire::array(std::move(rows));
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
                 {"images", wire::texts(sku.images)},
                 {"campaigns", campaigns_out(sku)}});
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
  for (const auto& one : wire::list(json, "campaigns")) {
    sku.campaigns.push_back({integer(one, "id"), text(one, "name"), integer(one, "from_ms"),
                             integer(one, "to_ms"), integer(one, "locked"), integer(one, "price")});
  }
  return sku;
}

Json item_out(const Item& item) {
  std::vector<Json> skus;
  for (const auto& sku : item.skus) skus.push_back(sku_out(sku));
  return object({{"id", item.id},
                 {"category", item.category},
                 {"status", item.status},
                 {"sub_status", item.sub_status},
                 {"reasons", wire::texts(item.reasons)},
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
  item.sub_status = text(json, "sub_status");
  item.reasons = to_texts(member(json, "reasons"));
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
                 {"provider", unit.provider},
                 {"invoice", unit.invoice},
                 {"reason", unit.reason},
                 {"reason_detail", unit.reason_detail},
                 {"initiator", unit.initiator},
                 {"return_status", unit.return_status},
                 {"reverse_id", unit.reverse_id},
                 {"cancel_trigger_ms", unit.cancel_trigger_ms}});
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
  unit.provider = text(json, "provider");
  unit.invoice = text(json, "invoice");
  unit.reason = text(json, "reason");
  unit.reason_detail = text(json, "reason_detail");
  unit.initiator = text(json, "initiator");
  unit.return_status = text(json, "return_status");
  unit.reverse_id = integer(json, "reverse_id");
  unit.cancel_trigger_ms = integer(json, "cancel_trigger_ms");
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
                 {"own_fleet", order.own_fleet},
                 {"payment", order.payment},
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
  order.own_fleet = wire::as_flag(member(json, "own_fleet")).value_or(false);
  order.payment = text(json, "payment");
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

Json reverse_out(const Reverse& one) {
  std::vector<Json> lines;
  for (const auto& line : one.lines) {
    lines.push_back(object({{"id", line.id},
                            {"unit_id", line.unit_id},
                            {"status", line.status},
                            {"ofc_status", line.ofc_status},
                            {"tracking", line.tracking},
                            {"refund", line.refund},
                            {"refunded_ms", line.refunded_ms},
                            {"dispute", line.dispute}}));
  }
  std::vector<Json> history;
  for (const auto& step : one.history) {
    history.push_back(object({{"line_id", step.line_id},
                              {"at_ms", step.at_ms},
                              {"operator", step.operator_name},
                              {"note", step.note}}));
  }
  return object({{"id", one.id},
                 {"order_id", one.order_id},
                 {"type", one.type},
                 {"reason_code", one.reason_code},
                 {"reason", one.reason},
                 {"created_ms", one.created_ms},
                 {"updated_ms", one.updated_ms},
                 {"trigger_ms", one.trigger_ms},
                 {"lines", wire::array(std::move(lines))},
                 {"history", wire::array(std::move(history))}});
}

Reverse reverse_in(const Json& json) {
  Reverse one;
  one.id = integer(json, "id");
  one.order_id = integer(json, "order_id");
  one.type = text(json, "type");
  one.reason_code = integer(json, "reason_code");
  one.reason = text(json, "reason");
  one.created_ms = integer(json, "created_ms");
  one.updated_ms = integer(json, "updated_ms");
  one.trigger_ms = integer(json, "trigger_ms");
  for (const auto& line : wire::list(json, "lines")) {
    one.lines.push_back({integer(line, "id"), integer(line, "unit_id"), text(line, "status"),
                         text(line, "ofc_status"), text(line, "tracking"), integer(line, "refund"),
                         integer(line, "refunded_ms"),
                         wire::as_flag(member(line, "dispute")).value_or(false), ""});
  }
  for (const auto& step : wire::list(json, "history")) {
    one.history.push_back({integer(step, "line_id"), integer(step, "at_ms"), text(step, "operator"),
                           text(step, "note")});
  }
  return one;
}

Json promotion_out(const Promotion& one) {
  std::vector<Json> skus;
  for (const auto id : one.sku_ids) skus.push_back(Json::number(id));
  return object({{"id", one.id},
                 {"kind", one.kind},
                 {"suspended", one.suspended},
                 {"start_ms", one.start_ms},
                 {"end_ms", one.end_ms},
                 {"facts", one.facts},
                 {"sku_ids", wire::array(std::move(skus))}});
}

Promotion promotion_in(const Json& json) {
  Promotion one;
  one.id = integer(json, "id");
  one.kind = text(json, "kind");
  one.suspended = wire::as_flag(member(json, "suspended")).value_or(false);
  one.start_ms = integer(json, "start_ms");
  one.end_ms = integer(json, "end_ms");
  one.facts = object_or_empty(json, "facts");
  for (const auto& id : wire::list(json, "sku_ids")) {
    one.sku_ids.insert(wire::as_integer(id).value_or(0));
  }
  return one;
}

template <typename Rows, typename Out>
Json all_out(const Rows& rows, Out out) {
  std::vector<Json> list;
  for (const auto& [id, one] : rows) list.push_back(out(one));
  return wire::array(std::move(list));
}

}  // namespace

Json to_json(const Shop& shop) {
  std::vector<Json> items;
  for (const auto& [id, item] : shop.items) items.push_back(item_out(item));
  std::vector<Json> orders;
  for (const auto& order : shop.orders) orders.push_back(order_out(order));
  auto batches = object({});
  for (const auto& [id, batch] : shop.image_batches) batches[id] = batch;
  auto labels = object({});
  for (const auto& [key, label] : shop.labels) labels[key] = label;
  return object({{"grants", grants_out(shop)},
                 {"items", wire::array(std::move(items))},
                 {"orders", wire::array(std::move(orders))},
                 {"reverses", all_out(shop.reverses, reverse_out)},
                 {"promotions", all_out(shop.promotions, promotion_out)},
                 {"labels", labels},
                 {"told_grant_day", shop.told_grant_day},
                 {"rule_changes", shop.rule_changes},
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
  for (const auto& json : wire::list(state, "reverses")) {
    auto one = reverse_in(json);
    shop.reverses[one.id] = std::move(one);
  }
  shop.promotions.clear();
  for (const auto& json : wire::list(state, "promotions")) {
    auto one = promotion_in(json);
    shop.promotions[one.id] = std::move(one);
  }
  shop.told_grant_day = integer(state, "told_grant_day");
  shop.labels.clear();
  const auto labels = object_or_empty(state, "labels");
  for (const auto& [key, label] : labels.as_object()) shop.labels[key] = label;
  static_cast<void>(change_rules(shop, object_or_empty(state, "rule_changes")));
  shop.image_batches.clear();
  const auto batches = object_or_empty(state, "image_batches");
  for (const auto& [id, batch] : batches.as_object()) shop.image_batches[id] = batch;
  shop.next_item = integer(state, "next_item", shop.next_item);
  shop.next_sku = integer(state, "next_sku", shop.next_sku);
  shop.next_order = integer(state, "next_order", shop.next_order);
  shop.next_serial = integer(state, "next_serial", shop.next_serial);
}

}  // namespace sandbox::lazada
