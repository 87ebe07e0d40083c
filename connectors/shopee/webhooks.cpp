#include "connectors/shopee/webhooks.h"

#include <algorithm>
#include <array>

#include "base/digest.h"
#include "connectors/common/hmac.h"
#include "connectors/shopee/ids.h"

namespace connectors::shopee {

namespace {

using base::ErrorCode;
using common::Json;

struct CodeRow {
  std::int64_t code;
  WebhookKind kind;
};
constexpr auto kCodes = std::to_array<CodeRow>({
    {0, WebhookKind::ping},         // the test when a callback is saved
    {1, WebhookKind::consent},      // shop_authorization
    {2, WebhookKind::consent},      // shop_authorization_canceled
    {3, WebhookKind::order},        // order_status
    {4, WebhookKind::order},        // order_trackingno
    {7, WebhookKind::listing},      // item_promotion
    {8, WebhookKind::listing},      // reserved_stock_change
    {12, WebhookKind::consent},     // authorization_expiry
    {15, WebhookKind::order},       // shipping_document_status
    {16, WebhookKind::listing},     // violation_item
    {22, WebhookKind::listing},     // item_price_update
    {27, WebhookKind::listing},     // item_scheduled_publish_failed
    {29, WebhookKind::after_sale},  // return_updates
    {30, WebhookKind::order},       // package_fulfillment_status
    {47, WebhookKind::order},       // package_info
});
// What we ask Shopee to send: what every kind of app may have.
constexpr std::int64_t kWanted[] = {1, 2, 3, 4, 7, 8, 12, 15, 16, 22, 29, 30};

WebhookKind kind_of(std::int64_t code) {
  const auto row = std::find_if(kCodes.begin(), kCodes.end(),
                                [&](const CodeRow& candidate) { return candidate.code == code; });
  return row == kCodes.end() ? WebhookKind::other : row->kind;
}

std::string first_of(const Json& value, std::initializer_list<std::string_view> names) {
  for (const auto name : names) {
    auto text = common::text(value, name);
    if (!text.empty()) return text;
  }
  return {};
}

std::string shop_of(const Json& message, const Json& data) {
  auto shop = first_of(message, {"shop_id", "shopid"});
  return shop.empty() ? first_of(data, {"shop_id", "shopid"}) : shop;
}

std::string event_id(std::int64_t code, const Json& data, const WebhookEvent& event,
                     std::string_view body) {
  const auto updated = common::text(data, "update_time");
  const bool named = !event.order_id.empty() || !event.item_id.empty();
  if (updated.empty() || !named) return base::fingerprint(body);
  std::string what =
      std::to_string(code) + "|" + event.order_id + "|" + event.item_id + "|" + updated;
  for (const auto name : {"variation_id", "model_id", "status", "package_number",
                          "fulfillment_status", "return_sn", "action"}) {
    what += "|" + common::text(data, name);
  }
  return base::fingerprint(what);
}

}  // namespace

std::string sign_push(std::string_view key, std::string_view url, std::string_view body) {
  return common::hmac_sha256_hex(key, std::string{url} + "|" + std::string{body});
}

base::Result<WebhookEvent> PushMessages::verify(const WebhookRequest& request) const {
  const auto sent = request.headers.find("authorization");
  const auto& keys = client_.options().push_keys;
  const bool genuine =
      sent != request.headers.end() &&
      std::any_of(keys.begin(), keys.end(), [&](const std::string& key) {
        return common::equal_constant_time(sent->second, sign_push(key, request.url, request.body));
      });
  if (!genuine) return failed(ErrorCode::unauthorized, "the push carries no signature of ours");

  const auto message = common::parse_json(request.body, kWebhookBytesMax);
  if (!message || !message.value().is_object()) {
    return failed(ErrorCode::invalid, "the push cannot be read");
  }
  const auto code = common::integer(message.value(), "code");
  if (!code) return failed(ErrorCode::invalid, "the push has no code");
  const Json* data = common::child(message.value(), "data");
  const Json nothing = Json::object();
  const Json& about = data == nullptr ? nothing : *data;

  WebhookEvent event;
  event.kind = kind_of(*code);
  event.order_id = first_of(about, {"ordersn", "order_sn"});
  event.item_id = common::text(about, "item_id");
  event.at = base::from_unix_s(common::integer(message.value(), "timestamp").value_or(0));
  event.event_id = event_id(*code, about, event, request.body);
  const auto shop = shop_of(message.value(), about);
  if (!shop.empty() && shop != "0" && id_number(shop) != client_.options().shop_id) {
    return WebhookEvent{event.event_id, WebhookKind::other, {}, {}, event.at};
  }
  if (event.kind == WebhookKind::order && event.order_id.empty()) event.kind = WebhookKind::other;
  if (event.kind == WebhookKind::listing && event.item_id.empty()) event.kind = WebhookKind::other;
  return event;
}

base::Status PushMessages::subscribe(const std::string& url) {
  std::vector<Json> codes;
  for (const auto code : kWanted) codes.push_back(common::json_number(code));
  const auto body = common::to_text(
      common::json_object({{"callback_url", common::json_string(url)},
                           {"set_push_config_on", common::json_array(std::move(codes))}}));
  const auto answer =
      client_.write("push/set_app_push_config", body, Nature::write_again, Access::open);
  if (!answer) return answer.error();
  return base::Done{};
}

}  // namespace connectors::shopee
