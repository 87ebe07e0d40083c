#pragma once
// Shopee's push messages. One callback URL serves an app and all its shops.
//
//   signature  Authorization: hex(HMAC-SHA256(key, url + "|" + body)), url as it was registered
//   key        any of Options::push_keys: the console gives out a push key of its own
//   answer     200 and an empty body, within 3 s; a body counts as a failure
//   event id   made of what the message speaks of and when that changed; the same message sent
//              twice has one id. Without a time of change: a hash of the body.
// Numbers arrive as text in some messages, the order as `ordersn` or `order_sn`, the shop as
// `shop_id` or `shopid`. A message of another shop of the app is `other`.
// Errors: as Webhooks. Threads: verify as Webhooks, subscribe as Connector.
// Source: Open Platform "Push Mechanism", push pages of 2026-05-20.
#include "connectors/shopee/client.h"
#include "connectors/webhooks.h"

namespace connectors::shopee {

std::string sign_push(std::string_view key, std::string_view url, std::string_view body);

class PushMessages final : public Webhooks {
 public:
  explicit PushMessages(Client& client) : client_(client) {}

  base::Result<WebhookEvent> verify(const WebhookRequest& request) const override;
  WebhookAnswer acknowledgement() const override { return {200, {}}; }
  base::Status subscribe(const std::string& url) override;

 private:
  Client& client_;
};

}  // namespace connectors::shopee
