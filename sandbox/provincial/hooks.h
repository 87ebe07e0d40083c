#pragma once
// The store's webhooks: /webhooks, /webhooks/{id}, and the messages they send.
//
//   X-WC-Webhook-Source, -Topic, -Resource, -Event, -ID
//   X-WC-Webhook-Signature     base64(HMAC-SHA256(secret, body))
//   X-WC-Webhook-Delivery-ID   a digest of the webhook's id and the second: two messages of one
//                              webhook within a second share it
// A new webhook is tried by an unsigned form, "webhook_id=1". A message goes out once; what is not
// answered by 200 to 302 counts, and the one after more than five counted failures in a row makes
// the webhook `disabled`. Switching it on again leaves the count. Threads: the owner locks all but
// deliver().
// Source: recordings 15, 21, 22 of WooCommerce 9.3.3; its documents of webhooks, 2026-11.
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "sandbox/context.h"
#include "sandbox/provincial/shapes.h"
#include "sandbox/wire/push.h"

namespace sandbox::provincial {

class Hooks {
 public:
  Hooks(Context& context, wire::Outbox::Post post = wire::post);

  Answer handle(const Call& call);
  // One message to every active webhook of the topic.
  void tell(const std::string& topic, const std::string& about, const std::string& body);

  // Those that exist now; safe to use without the owner's lock.
  struct Hook;
  std::vector<std::shared_ptr<Hook>> all() const { return hooks_; }
  static std::size_t deliver(const std::vector<std::shared_ptr<Hook>>& hooks);

  // wire::Outbox's truth, summed, and "hooks":[{id,topic,status,url,failures}].
  Json truth() const;
  void reset();
  Json save() const;
  void load(const Json& state);

 private:
  Answer create(const Call& call);
  Answer one(const Call& call, std::int64_t id);
  std::shared_ptr<Hook> make(std::int64_t id, const std::string& topic, const std::string& site);

  Context& context_;
  const wire::Outbox::Post post_;
  std::vector<std::shared_ptr<Hook>> hooks_;  // by id
  std::int64_t next_id_ = 1;
};

// What a write of products made of them: {"product.created" | "product.updated" |
// "product.deleted", the product as it is now}.
struct ProductNews {
  std::string topic;
  std::string id;
  Json body;
};
std::vector<ProductNews> product_news(const Call& call, const Answer& answer);

}  // namespace sandbox::provincial
