#include "sandbox/shopee/pushes.h"

#include <algorithm>

#include "sandbox/wire/sign.h"

namespace sandbox::shopee {
namespace {

using namespace std::chrono_literals;
using wire::object;

constexpr std::int64_t kHealthWindow_ms = 6 * 3'600'000LL;
constexpr std::int64_t kHealthAttempts = 600;
constexpr std::int64_t kWarnBelow_percent = 70;
constexpr std::int64_t kSuspendBelow_percent = 30;

bool of_partner(PushCode code) {
  return code == push_shop_authorised || code == push_shop_deauthorised ||
         code == push_consent_expiry;
}

bool blocked(const Shop& shop) {
  const auto& list = shop.push.blocked_shops;
  return std::find(list.begin(), list.end(), shop.credentials.shop_id) != list.end();
}

std::string shop_words(const Shop& shop) {
  return "shop id " + std::to_string(shop.credentials.shop_id) + " (VN) has been ";
}

}  // namespace

wire::PushRules push_rules() {
  return {.retry_after = {300s, 1800s, 10'800s},
          .answer_within = 3s,
          .acknowledgement = wire::Acknowledgement::empty_2xx};
}

wire::Headers push_headers(const std::string& key, const std::string& url,
                           const std::string& body) {
  return {{"Content-Type", "application/json"},
          {"Authorization", wire::hmac_hex_lower(key, url + "|" + body)}};
}

void tell(Shop& shop, PushCode code, const std::string& about, Json data) {
  if (shop.outbox == nullptr || shop.push.off.contains(code)) return;
  if (!of_partner(code) && blocked(shop)) return;
  if (push_health(shop) == "Suspended") return;
  auto body = object(
      {{"data", std::move(data)}, {"code", static_cast<int>(code)}, {"timestamp", shop.now_s()}});
  if (!of_partner(code)) {
    body["shop_id"] = Json::number(shop.credentials.shop_id);
  } else if (code != push_consent_expiry) {
    body["partner_id"] = Json::number(shop.credentials.partner_id);
  }
  shop.outbox->add({std::to_string(static_cast<int>(code)), about, body.serialize()});
}

void tell_order_status(Shop& shop, const Order& order) {
  const bool done = order.status == "COMPLETED";
  tell(shop, push_order_status, order.sn,
       object({{"ordersn", order.sn},
               {"status", order.status},
               {"completed_scenario", done ? "NORMAL" : ""},
               {"update_time", order.updated_s},
               {"items", Json::array()}}));
}

void tell_tracking(Shop& shop, const Order& order) {
  tell(shop, push_tracking, order.sn,
       object({{"ordersn", order.sn},
               {"package_number", order.package_number},
               {"forder_id", order.package_number},
               {"tracking_no", order.tracking}}));
}

void tell_package(Shop& shop, const Order& order, const std::string& logistics_status) {
  tell(shop, push_package, order.sn,
       object({{"ordersn", order.sn},
               {"package_number", order.package_number},
               {"fulfillment_status", logistics_status},
               {"update_time", order.updated_s}}));
}

void tell_document(Shop& shop, const Order& order) {
  tell(shop, push_document, order.sn,
       object(
           {{"ordersn", order.sn}, {"package_number", order.package_number}, {"status", "READY"}}));
}

void tell_authorised(Shop& shop, Login login) {
  auto data = object({{"authorize_type", "shop authorization"},
                      {"success", 1},
                      {"extra", shop_words(shop) + "authorized successfully"}});
  if (login == Login::main_account) {
    data["main_account_id"] = Json::number(shop.main_account_id());
    data["shop_id_list"] = wire::array({Json::number(shop.credentials.shop_id)});
  } else {
    data["shop_id"] = Json::number(shop.credentials.shop_id);
  }
  tell(shop, push_shop_authorised, "consent", std::move(data));
}

// The shop is named in the text alone, as in the vendor's own sample.
void tell_deauthorised(Shop& shop) {
  tell(shop, push_shop_deauthorised, "consent",
       object({{"authorize_type", "user cancel shop authorization"},
               {"success", 1},
               {"extra", shop_words(shop) + "cancelled its authorization"}}));
}

void tell_consent_expiry(Shop& shop) {
  const auto end_s = shop.consent_s + shop.rules.consent_life_s;
  tell(shop, push_consent_expiry, "consent",
       object({{"shop_expire_soon", wire::array({Json::number(shop.credentials.shop_id)})},
               {"merchant_expire_soon", Json::array()},
               {"expire_before", end_s},
               {"page_no", 1},
               {"total_page", 1}}));
}

void tell_violation(Shop& shop, const Item& item) {
  const bool banned = item.status == "BANNED";
  auto details = Json::array();
  if (banned) {
    details = wire::array({object({{"violation_type", "Prohibited"},
                                   {"violation_reason", item.ban_reason},
                                   {"suggestion", "Edit the product and submit it again."},
                                   {"fix_deadline_time", item.updated_s + 30 * 86'400},
                                   {"update_time", item.updated_s}})});
  }
  tell(shop, push_violation, std::to_string(item.id),
       object({{"item_id", item.id},
               {"item_name", wire::text(item.fields, "item_name")},
               {"item_status", item.status},
               {"deboost", false},
               {"item_status_details", details},
               {"deboost_details", Json::array()}}));
}

void tell_price(Shop& shop, const Item& item, const Model& model, std::int64_t old_price) {
  tell(shop, push_price, std::to_string(item.id),
       object({{"item_id", item.id},
               {"model_id", model.id},
               {"update_field", "original_price"},
               {"old_value", old_price},
               {"new_value", model.price},
               {"update_time", shop.now_s()}}));
}

void tell_return(Shop& shop, const Return& one) {
  tell(shop, push_return, one.sn,
       object({{"order_sn", one.order_sn},
               {"return_sn", one.sn},
               {"updated_values", wire::array({object({{"update_field", "return_status"},
                                                       {"new_value", one.status},
                                                       {"update_time", one.updated_s}})})}}));
}

std::string push_health(Shop& shop) {
  if (shop.push.suspended_s != 0) return "Suspended";
  if (shop.outbox == nullptr) return "Normal";
  const auto share = shop.outbox->share_since(shop.now_s() * 1000 - kHealthWindow_ms);
  if (share.attempts <= kHealthAttempts) return "Normal";
  const auto percent = share.acknowledged * 100 / share.attempts;
  if (percent < kSuspendBelow_percent) {
    shop.push.suspended_s = shop.now_s();
    return "Suspended";
  }
  return percent < kWarnBelow_percent ? "Warning" : "Normal";
}

}  // namespace sandbox::shopee
