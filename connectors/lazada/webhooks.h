#pragma once
// Lazada's push messages. `Authorization` holds the lower-case hex of
// HMAC-SHA-256(app secret, app key + the raw body), without a scheme. Lazada waits 500 ms for
// HTTP 200, repeats every half hour up to twelve times, and sends one message per order line.
// Times come in seconds or milliseconds, ids as text or numbers; both are taken.
// Errors and threads: as connectors/webhooks.h says.
// Source: Lazada Open Platform, "Push mechanism", 2025-12.
#include "connectors/lazada/client.h"
#include "connectors/webhooks.h"

namespace connectors::lazada {

inline constexpr base::Millis kAnswerWithin{500};

class LazadaWebhooks final : public Webhooks {
 public:
  explicit LazadaWebhooks(const Client& client) : client_(client) {}

  base::Result<WebhookEvent> verify(const WebhookRequest& request) const override;
  WebhookAnswer acknowledgement() const override { return {200, {}}; }
  base::Status subscribe(const std::string& url) override;

 private:
  const Client& client_;
};

}  // namespace connectors::lazada
