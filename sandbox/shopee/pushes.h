#pragma once
// The messages Shopee sends to the app's one callback URL, and the app's push configuration.
// Envelope: {"data":{…},"shop_id":N,"code":C,"timestamp":T}; partner-level codes (1, 2, 12) have no
// `shop_id`. A code that is switched off, a blocked shop or a suspended app makes no message.
// Header `Authorization`: lower-case hex of HMAC-SHA256(push key, callback URL | raw body).
// Threads: the channel locks; the outbox locks itself.
// Source: Shopee push pages and "Push mechanism" guide, read 2026-08.
#include <string>

#include "sandbox/shopee/shop.h"
#include "sandbox/wire/push.h"

namespace sandbox::shopee {

enum PushCode : int {
  push_shop_authorised = 1,
  push_shop_deauthorised = 2,
  push_order_status = 3,
  push_tracking = 4,
  push_promotion = 7,
  push_reserved_stock = 8,
  push_consent_expiry = 12,
  push_document = 15,
  push_violation = 16,
  push_price = 22,
  push_return = 29,
  push_package = 30,
};

wire::PushRules push_rules();
// The headers of one attempt; `key` is the app's push key.
wire::Headers push_headers(const std::string& key, const std::string& url, const std::string& body);

void tell(Shop& shop, PushCode code, const std::string& about, Json data);
void tell_order_status(Shop& shop, const Order& order);
void tell_tracking(Shop& shop, const Order& order);
void tell_package(Shop& shop, const Order& order, const std::string& logistics_status);
void tell_document(Shop& shop, const Order& order);
void tell_authorised(Shop& shop, Login login);
void tell_deauthorised(Shop& shop);
void tell_consent_expiry(Shop& shop);
void tell_violation(Shop& shop, const Item& item);
void tell_price(Shop& shop, const Item& item, const Model& model, std::int64_t old_price);
void tell_return(Shop& shop, const Return& one);

// Normal, Warning or Suspended by the last six hours; a suspension stays until configured again.
// Warning: more than 600 attempts and fewer than 70 % acknowledged; Suspended: fewer than 30 %.
std::string push_health(Shop& shop);

}  // namespace sandbox::shopee
