#pragma once
// The store's messages ("webhooks"), one subscription per topic, made and mended by the REST API.
//
//   x-wc-webhook-signature     base64(HMAC-SHA256(webhook_secret, raw body))
//   x-wc-webhook-topic         order.updated, product.updated, …
//   x-wc-webhook-delivery-id   the same for all messages of one subscription within one second: it
//                              becomes an event id only together with the body
// A new subscription is tried by an unsigned form "webhook_id=1": a ping. A lost message is not
// sent again, and after more than five failures in a row the store switches the subscription off;
// mend() switches it on again. The store's own rule refuses addresses that are not public. Errors:
// as connectors/webhooks.h says; else what the calls said. Threads: verify from any. Source:
// recordings 15, 21, 22 of 9.3.3; REST API v3 "Webhooks" (2026-11).
#include "connectors/provincial/client.h"
#include "connectors/webhooks.h"

namespace connectors::provincial {

// What the store keeps of one subscription.
struct Hook {
  std::string id;
  std::string topic;
  std::string status;  // active, paused (by a person), disabled (by the store)
  std::string url;
};
Hook read_hook(const common::Json& row);

inline constexpr int kHookPagesMax = 20;

class StoreWebhooks final : public Webhooks {
 public:
  explicit StoreWebhooks(Client& client) : client_(client) {}

  base::Result<WebhookEvent> verify(const WebhookRequest& request) const override;
  WebhookAnswer acknowledgement() const override { return {200, {}}; }
  base::Status subscribe(const std::string& url) override;
  base::Result<int> mend(const std::string& url) override;

 private:
  base::Result<std::vector<Hook>> hooks_at(const std::string& url);
  base::Status subscribe_to(std::string_view topic, const std::string& url,
                            const std::vector<Hook>& hooks);
  base::Status switch_on(const Hook& hook);

  Client& client_;
};

}  // namespace connectors::provincial
