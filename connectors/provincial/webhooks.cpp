#include "connectors/provincial/webhooks.h"

#include <algorithm>
#include <array>

#include "base/digest.h"
#include "base/time_text.h"
#include "connectors/common/hmac.h"

namespace connectors::provincial {
namespace {

using base::Done;
using base::Error;
using base::ErrorCode;
using common::Json;
using common::Query;
using common::Repeatable;

constexpr auto kTopics = std::to_array<std::string_view>(
    {"order.created", "order.updated", "order.deleted", "product.updated", "product.deleted"});
constexpr std::string_view kPing = "webhook_id=";

std::string header(const WebhookRequest& request, const std::string& name) {
  const auto found = request.headers.find(name);
  return found == request.headers.end() ? std::string{} : found->second;
}

bool is_ping(const WebhookRequest& request) {
  if (request.headers.contains("x-wc-webhook-signature")) return false;
  return request.body.starts_with(kPing) && is_number(request.body.substr(kPing.size()));
}

WebhookKind kind_of(std::string_view topic) {
  if (topic.starts_with("order.")) return WebhookKind::order;
  return topic.starts_with("product.") ? WebhookKind::listing : WebhookKind::other;
}

}  // namespace

Hook read_hook(const Json& row) {
  return {common::text(row, "id"), common::text(row, "topic"), common::text(row, "status"),
          common::text(row, "delivery_url")};
}

base::Result<WebhookEvent> StoreWebhooks::verify(const WebhookRequest& request) const {
  WebhookEvent event;
  event.at = client_.now();
  if (is_ping(request)) {
    event.kind = WebhookKind::ping;
    event.event_id = request.body;
    return event;
  }
  const auto wanted = common::hmac_sha256_base64(client_.options().webhook_secret, request.body);
  if (!common::equal_constant_time(header(request, "x-wc-webhook-signature"), wanted)) {
    return Error{
        ErrorCode::unauthorized, "WooCommerce: the message is not signed by the store", {}, {}};
  }
  const auto body = common::parse_json(request.body, kWebhookBytesMax);
  if (!body || !body.value().is_object()) {
    return Error{ErrorCode::invalid, "WooCommerce: a signed message cannot be read", {}, {}};
  }
  const auto topic = header(request, "x-wc-webhook-topic");
  const auto id = common::text(body.value(), "id");
  event.kind = kind_of(topic);
  if (event.kind == WebhookKind::order) event.order_id = id;
  if (event.kind == WebhookKind::listing) event.item_id = id;
  event.event_id = header(request, "x-wc-webhook-delivery-id") + "/" +
                   base::fingerprint(topic + "\n" + request.body);
  const auto at = base::parse_iso(common::text(body.value(), "date_modified_gmt"), {});
  if (at) event.at = *at;
  return event;
}

base::Result<std::vector<Hook>> StoreWebhooks::hooks_at(const std::string& url) {
  std::vector<Hook> out;
  for (int number = 1; number <= kHookPagesMax; ++number) {
    const auto page =
        client_.get("/webhooks", Query{}
                                     .add("per_page", static_cast<long long>(kPageMax))
                                     .add("page", number)
                                     .add("orderby", "id")
                                     .add("order", "asc"));
    if (!page) return page.error();
    for (const auto& row : common::items_of(page.value().rows)) {
      auto hook = read_hook(row);
      if (hook.url == url) out.push_back(std::move(hook));
    }
    if (number >= pages_of(page.value(), number, kPageMax)) return out;
  }
  return Error{ErrorCode::protocol, "the store has more webhooks than we read", {}, {}};
}

// Its secret, too: the keys may be new.
base::Status StoreWebhooks::switch_on(const Hook& hook) {
  const auto body =
      common::json_object({{"status", common::json_string("active")},
                           {"secret", common::json_string(client_.options().webhook_secret)}});
  const auto answer = client_.write("PUT", "/webhooks/" + hook.id, body, Repeatable::yes);
  if (!answer) return answer.error();
  if (read_hook(answer.value()).status == "active") return Done{};
  return Error{ErrorCode::rejected, "the store does not switch webhook " + hook.id + " on", {}, {}};
}

base::Status StoreWebhooks::subscribe_to(std::string_view topic, const std::string& url,
                                         const std::vector<Hook>& hooks) {
  bool there = false;
  for (const auto& hook : hooks) {
    if (hook.topic != topic) continue;
    if (!there) {
      if (const auto on = switch_on(hook); !on) return on;
      there = true;
      continue;
    }
    // A twin of a create whose answer was lost: every message would come twice.
    const auto gone = client_.write("DELETE", "/webhooks/" + hook.id, Json{}, Repeatable::yes,
                                    Query{}.add("force", "true"));
    if (!gone && gone.error().code != ErrorCode::not_found) return gone.error();
  }
  if (there) return Done{};
  const auto body =
      common::json_object({{"name", common::json_string("nongsan " + std::string(topic))},
                           {"topic", common::json_string(topic)},
                           {"delivery_url", common::json_string(url)},
                           {"secret", common::json_string(client_.options().webhook_secret)}});
  const auto answer = client_.write("POST", "/webhooks", body, Repeatable::no);
  return answer ? base::Status{Done{}} : answer.error();
}

base::Status StoreWebhooks::subscribe(const std::string& url) {
  const auto hooks = hooks_at(url);
  if (!hooks) return hooks.error();
  for (const auto topic : kTopics) {
    const auto done = subscribe_to(topic, url, hooks.value());
    if (!done) return done;
  }
  return Done{};
}

base::Result<int> StoreWebhooks::mend(const std::string& url) {
  const auto hooks = hooks_at(url);
  if (!hooks) return hooks.error();
  int mended = 0;
  for (const auto& hook : hooks.value()) {
    if (hook.status != "disabled") continue;
    if (std::find(kTopics.begin(), kTopics.end(), hook.topic) == kTopics.end()) continue;
    if (const auto on = switch_on(hook); !on) return on.error();
    ++mended;
  }
  return mended;
}

}  // namespace connectors::provincial
