#include "connectors/lazada/webhooks.h"

#include <algorithm>
#include <array>

#include "connectors/common/hmac.h"

namespace connectors::lazada {

namespace {

using base::Error;
using base::ErrorCode;
using common::Json;

struct KindRow {
  std::int64_t type;
  WebhookKind kind;
};
// Types that are missing speak of nothing that we keep (promotions, the category tree, reviews).
constexpr auto kKinds = std::to_array<KindRow>({
    {0, WebhookKind::order},
    {1, WebhookKind::listing},  // quality control
    {3, WebhookKind::listing},
    {4, WebhookKind::listing},
    {5, WebhookKind::listing},
    {8, WebhookKind::consent},  // ends within 48 hours
    {10, WebhookKind::after_sale},
    {13, WebhookKind::consent},  // the seller was closed, or opened again
    {14, WebhookKind::order},    // a parcel
});

std::string first_text(const Json& data, std::initializer_list<std::string_view> names) {
  for (const auto name : names) {
    if (auto text = common::text(data, name); !text.empty()) return text;
  }
  return {};
}

// Seconds or milliseconds: nothing in seconds is that large before the year 5138.
base::Instant instant_of(std::int64_t number) {
  constexpr std::int64_t kSecondsMax = 100'000'000'000;
  return number > kSecondsMax ? base::from_unix_ms(number) : base::from_unix_s(number);
}

WebhookKind kind_of(std::optional<std::int64_t> type, const Json& data) {
  if (!type) return WebhookKind::other;
  // A trade message may speak of a cancellation or return.
  if (*type == 0 && !common::text(data, "reverse_order_id").empty()) {
    return WebhookKind::after_sale;
  }
  const auto row = std::find_if(kKinds.begin(), kKinds.end(),
                                [&](const KindRow& known) { return known.type == *type; });
  return row == kKinds.end() ? WebhookKind::other : row->kind;
}

}  // namespace

base::Result<WebhookEvent> LazadaWebhooks::verify(const WebhookRequest& request) const {
  const auto& options = client_.options();
  const auto header = request.headers.find("authorization");
  const auto wanted = common::hmac_sha256_hex(options.app_secret, options.app_key + request.body);
  if (header == request.headers.end() || !common::equal_constant_time(header->second, wanted)) {
    return Error{ErrorCode::unauthorized, "Lazada: the message is not signed by Lazada", {}, {}};
  }
  const auto body = common::parse_json(request.body, kWebhookBytesMax);
  if (!body || !body.value().is_object()) {
    return Error{ErrorCode::invalid, "Lazada: a signed message cannot be read", {}, {}};
  }
  const Json* inner = common::child(body.value(), "data");
  const Json& data = inner == nullptr ? body.value() : *inner;
  WebhookEvent event;
  event.event_id = common::sha256_hex(request.body);  // Lazada gives its messages no id
  event.kind = kind_of(common::integer(body.value(), "message_type"), data);
  event.order_id = first_text(data, {"trade_order_id", "order_id"});
  event.item_id = first_text(data, {"item_id", "itemId"});
  const auto at = common::integer(body.value(), "timestamp");
  event.at = at ? instant_of(*at) : client_.now();
  return event;
}

base::Status LazadaWebhooks::subscribe(const std::string& url) {
  return Error{ErrorCode::rejected,
               "Lazada has no call for it. In the Lazada Open Platform console open App Console > "
               "the app > Push Mechanism, set the callback URL to " +
                   url +
                   ", choose Trade Order, Product, Reverse Order, Fulfillment Package and "
                   "Authorization messages, then press Verify",
               {},
               {}};
}

}  // namespace connectors::lazada
