#pragma once
// Messages a channel sends us. A message is a hint: it is verified over its raw bytes, kept by its
// unique id, and answered at once; what it speaks of is fetched afterwards. Its payload is never
// applied as state. Threads: verify may be called from any thread.
#include <map>
#include <string>

#include "base/clock.h"
#include "base/result.h"

namespace connectors {

struct WebhookRequest {
  std::string url;                             // as the channel was told it
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;                            // raw bytes
};
inline constexpr std::size_t kWebhookBytesMax = 1024 * 1024;

enum class WebhookKind {
  ping,     // nothing happened; some come unsigned
  order,    // fetch `order_id`
  listing,  // read `item_id` back
  consent,  // the shop let us in, or out: look at the consent
  after_sale,
  other,
};

struct WebhookEvent {
  std::string event_id;  // unique per channel; a hash of the body where the channel has none
  WebhookKind kind = WebhookKind::other;
  std::string order_id;
  std::string item_id;
  base::Instant at;
};

struct WebhookAnswer {
  int status = 200;
  std::string body;
};

class Webhooks {
 public:
  virtual ~Webhooks() = default;
  // `unauthorized`: the signature is not the channel's. `invalid`: signed, but not readable.
  virtual base::Result<WebhookEvent> verify(const WebhookRequest& request) const = 0;
  // What the channel wants to hear when the message is kept.
  virtual WebhookAnswer acknowledgement() const = 0;
  // Tells the channel where to send, or mends what it has switched off. `rejected` with what a
  // person must do in the channel's console where there is no call for it.
  virtual base::Status subscribe(const std::string& url) = 0;
  // Switches on again what the channel switched off by itself after failed deliveries to `url`; how
  // many. What a person paused, or never asked for, stays as it is.
  virtual base::Result<int> mend(const std::string&) { return 0; }
};

}  // namespace connectors
