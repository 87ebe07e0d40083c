#include "sandbox/lazada/pushes.h"

#include <algorithm>
#include <map>
#include <set>

#include "sandbox/lazada/handlers.h"
#include "sandbox/wire/sign.h"

namespace sandbox::lazada {

using wire::object;

namespace {

constexpr int kRetries = 12;
constexpr std::chrono::seconds kRetryEvery{1'800};
constexpr std::chrono::milliseconds kAnswerWithin{500};
constexpr std::int64_t kGrantWarning_ms = 48LL * 3'600'000;
constexpr std::int64_t kDay_ms = 86'400'000;
constexpr const char* kSite = "lazada_vn";

std::int64_t seconds(std::int64_t unix_ms) {
  return unix_ms / 1000;
}

void send(Shop& shop, std::int64_t kind, const std::string& about, Json payload,
          std::int64_t timestamp, const std::string& seller) {
  if (shop.outbox == nullptr) return;
  const auto body = object({{"seller_id", seller},
                            {"message_type", kind},
                            {"data", std::move(payload)},
                            {"timestamp", timestamp},
                            {"site", kSite}})
                        .serialize();
  shop.outbox->add({.kind = std::to_string(kind), .about = about, .body = body});
}

void send(Shop& shop, std::int64_t kind, const std::string& about, Json payload) {
  send(shop, kind, about, std::move(payload), seconds(shop.now_ms()),
       std::to_string(shop.seller_id()));
}

// Message 0, one per row.
void tell_unit(Shop& shop, const Order& order, const Unit& unit) {
  const auto id = std::to_string(order.id);
  send(shop, 0, id,
       object({{"order_status", unit.status},
               {"trade_order_id", id},
               {"trade_order_line_id", std::to_string(unit.id)},
               {"status_update_time", seconds(shop.now_ms())}}),
       shop.now_ms(), std::to_string(shop.seller_id()));
}

std::string package_word(const std::string& unit_status) {
  if (unit_status == "ready_to_ship") return "READY_TO_SHIP";
  if (unit_status == "delivered") return "DELIVERED";
  if (unit_status == "canceled") return "CANCELLED";
  return unit_status == "lost_by_3pl" ? "LOST_BY_3PL" : "";
}

// Message 14, one per parcel and step.
void tell_package(Shop& shop, const Order& order, const Unit& unit, std::set<std::string>& told) {
  const auto word = package_word(unit.status);
  if (word.empty() || unit.package_id.empty()) return;
  if (!told.insert(unit.package_id + word).second) return;
  send(shop, 14, unit.package_id,
       object({{"trade_order_id", std::to_string(order.id)},
               {"fulfillment_package_id", unit.package_id},
               {"buyer_id", std::to_string(200'000 + order.buyer)},
               {"status", word}}));
}

void tell_orders(Shop& shop, bool aloud) {
  std::set<std::string> packages;
  for (auto& order : shop.orders) {
    for (auto& unit : order.units) {
      if (unit.told == unit.status) continue;
      if (aloud) {
        tell_unit(shop, order, unit);
        tell_package(shop, order, unit, packages);
      }
      unit.told = unit.status;
    }
  }
}

std::string reverse_word(const Reverse& reverse, const ReverseLine& line) {
  if (reverse.type == "CANCEL") {
    if (line.status == "REQUEST_INITIATE") return "CANCEL_INIT";
    return line.status == "CANCEL_SUCCESS" ? "CANCEL_SUCCESS" : "";
  }
  if (line.status == "REFUND_SUCCESS" || line.status == "REFUND_REJECTED") return line.status;
  if (reverse.type == "ONLY_REFUND") {
    return line.status == "REQUEST_INITIATE" ? "REFUND_INIT" : "REFUND_PENDING";
  }
  if (line.status == "REQUEST_INITIATE") return "RTM_INIT";
  if (line.status == "REQUEST_REJECT") return "RTM_CANCELED";
  return line.ofc_status == "RETURN_RECEIVED" ? "RTM_RECEIVE_ITEM" : "RTM_SHIPPING_BACK";
}

// Message 10; its ids are numbers.
void tell_reverses(Shop& shop, bool aloud) {
  for (auto& [id, reverse] : shop.reverses) {
    for (auto& line : reverse.lines) {
      const auto word = reverse_word(reverse, line);
      if (line.told == word) continue;
      const auto* order = shop.order(reverse.order_id);
      if (aloud && !word.empty() && order != nullptr) {
        send(shop, 10, std::to_string(id),
             object({{"reverse_order_id", id},
                     {"reverse_order_line_id", line.id},
                     {"trade_order_id", reverse.order_id},
                     {"trade_order_line_id", line.unit_id},
                     {"reverse_status", word},
                     {"buyer_id", 200'000 + order->buyer},
                     {"seller_id", shop.seller_id()}}));
      }
      line.told = word;
    }
  }
}

std::string review_word(const Item& item) {
  if (item.status == "Pending QC") return "PENDING";
  if (item.status != "Suspended") return "APPROVED";
  if (item.sub_status == "Lock") return "LOCK";
  return item.sub_status == "Reject" ? "REJECTED" : "LIVE_REJECTED";
}

// Message 1. A product that was never under review is not announced as approved.
void tell_review(Shop& shop, Item& item, bool aloud) {
  const auto word = review_word(item);
  const bool news = item.told_review != word && !(item.told_review.empty() && word == "APPROVED");
  if (aloud && news) {
    const auto reason = item.reasons.empty() ? std::string{} : item.reasons.front();
    send(shop, 1, std::to_string(item.id),
         object({{"itemId", item.id},
                 {"seller_id", std::to_string(shop.seller_id())},
                 {"status", word},
                 {"reason", reason},
                 {"date", shop.now_ms()}}));
  }
  item.told_review = word;
}

Json sku_names(const Item& item, const Sku& sku) {
  return object({{"shop_sku", std::to_string(item.id) + "_VNAMZ-" + std::to_string(sku.id)},
                 {"seller_sku", sku.seller_sku},
                 {"sku_id", sku.id}});
}

// What an edit changes; stock is no edit.
std::string look_of(const Item& item, const Sku& sku) {
  auto out = std::to_string(sku.price) + "/" + std::to_string(sku.special_price) + "/" +
             sku.special_from + "/" + sku.special_to + "/" + sku.status + "/" +
             std::to_string(item.category) + "/" + item.attributes.serialize() +
             sku.own.serialize() + sku.sale_prop.serialize();
  for (const auto& image : sku.images) out += image;
  for (const auto& image : item.images) out += image;
  return wire::content_id(out);
}

struct Change {
  std::int64_t kind;  // 3, 4 or 5
  const char* action;
};

Change change_of(const Item& item, const Sku& sku, bool new_item) {
  if (sku.deleted()) return {5, item.status == "Deleted" ? "DELETED" : "EDITED_DELETED"};
  if (sku.told.empty()) return {3, new_item ? "PUBLISHED" : "EDITED_INSERTED"};
  return {4, "EDITED_UPDATED"};
}

// Messages 3, 4 and 5: the SKUs that changed alike travel together.
void tell_skus(Shop& shop, Item& item, bool aloud) {
  // What changed in the very millisecond of the last look is looked at again.
  if (item.told_at_ms > item.updated_ms && item.told_count == item.skus.size()) return;
  const bool new_item = item.told_at_ms == 0;
  std::map<std::pair<std::int64_t, std::string>, std::vector<Json>> changes;
  for (auto& sku : item.skus) {
    const auto look = look_of(item, sku);
    if (look == sku.told) continue;
    const auto change = change_of(item, sku, new_item);
    changes[{change.kind, change.action}].push_back(sku_names(item, sku));
    sku.told = look;
  }
  for (auto& [change, skus] : changes) {
    if (!aloud) continue;
    send(shop, change.first, std::to_string(item.id),
         object({{"item_id", item.id},
                 {"sku_list", wire::array(std::move(skus))},
                 {"action", change.second},
                 {"status_update_time", shop.now_ms()}}));
  }
  item.told_at_ms = shop.now_ms();
  item.told_count = item.skus.size();
}

// Message 6, once each time the shelf runs low.
void tell_low_stock(Shop& shop, Sku& sku, bool aloud) {
  const bool low = !sku.deleted() && sku.stock.sellable < shop.rules.low_stock;
  if (aloud && low && !sku.told_low) {
    send(shop, 6, sku.seller_sku,
         object({{"seller_sku", sku.seller_sku},
                 {"sku_id", sku.id},
                 {"warehouse", "dropshipping"},
                 {"real_quantity", sku.stock.total()},
                 {"withhold_quantity", sku.stock.withhold},
                 {"occupy_quantity", sku.stock.occupy},
                 {"pre_order_quantity", 0}}));
  }
  sku.told_low = low;
}

// Message 8, daily while a grant that may still be refreshed ends within two days.
void tell_grant(Shop& shop) {
  const auto now_ms = shop.now_ms();
  const auto day = now_ms / kDay_ms;
  std::int64_t ends_ms = 0;
  for (const auto& [token, grant] : shop.refreshes) {
    if (!grant.spent && grant.ends_ms > now_ms) ends_ms = std::max(ends_ms, grant.ends_ms);
  }
  if (ends_ms == 0 || ends_ms - now_ms >= kGrantWarning_ms || shop.told_grant_day == day) return;
  shop.told_grant_day = day;
  send(shop, 8, shop.credentials.app_key,
       object({{"app_key", shop.credentials.app_key},
               {"seller_id", std::to_string(shop.seller_id())},
               {"auth_expiry_time", seconds(ends_ms)}}),
       seconds(now_ms), "null");
}

// No messages for a seller whose grant has ended.
bool granted(const Shop& shop) {
  for (const auto& [token, grant] : shop.refreshes) {
    if (!grant.spent && grant.ends_ms > shop.now_ms()) return true;
  }
  return false;
}

void tell(Shop& shop, bool aloud) {
  tell_orders(shop, aloud);
  tell_reverses(shop, aloud);
  for (auto& [id, item] : shop.items) {
    tell_review(shop, item, aloud);
    tell_skus(shop, item, aloud);
    for (auto& sku : item.skus) tell_low_stock(shop, sku, aloud);
  }
}

}  // namespace

wire::PushRules push_rules() {
  wire::PushRules rules;
  rules.retry_after.assign(kRetries, kRetryEvery);
  rules.answer_within = kAnswerWithin;
  rules.acknowledgement = wire::Acknowledgement::any_2xx;
  return rules;
}

wire::Headers push_headers(const LazadaCredentials& credentials, const std::string& body) {
  return {
      {"Authorization", wire::hmac_hex_lower(credentials.app_secret, credentials.app_key + body)},
      {"Content-Type", "application/json"}};
}

std::string renewed(Shop& shop, const wire::Message& message) {
  auto body = message.kind == "0" ? wire::parse(message.body) : std::nullopt;
  if (!body) return message.body;
  auto payload = wire::member(*body, "data");
  const auto found = find_unit(shop, wire::integer(payload, "trade_order_line_id"));
  if (found.unit == nullptr || wire::text(payload, "order_status") == found.unit->status) {
    return message.body;
  }
  payload["order_status"] = Json::string(found.unit->status);
  payload["status_update_time"] = Json::number(seconds(found.order->updated_ms));
  (*body)["data"] = payload;
  (*body)["timestamp"] = Json::number(shop.now_ms());
  return body->serialize();
}

void tell_changes(Shop& shop) {
  if (shop.outbox == nullptr || shop.outbox->url().empty()) return;
  const bool aloud = granted(shop);
  tell(shop, aloud);
  if (aloud) tell_grant(shop);
}

void hush(Shop& shop) {
  tell(shop, false);
}

bool announce(Shop& shop, std::int64_t kind, const std::string& status) {
  if (kind == 12) {
    send(shop, 12, "", object({{"status", "finish"}}), seconds(shop.now_ms()), "");
    return true;
  }
  if (kind != 13 || (status != "normal" && status != "close")) return false;
  send(shop, 13, "", object({{"status", status}}));
  return true;
}

}  // namespace sandbox::lazada
