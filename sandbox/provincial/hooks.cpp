#include "sandbox/provincial/hooks.h"

#include <cpprest/asyncrt_utils.h>

#include <algorithm>
#include <atomic>

#include "sandbox/json_tools.h"
#include "sandbox/provincial/listing.h"
#include "sandbox/wire/sign.h"

namespace sandbox::provincial {

constexpr int kFailuresMax = 5;
constexpr std::chrono::seconds kAnswerWithin{10};
constexpr std::string_view kPing = "webhook_id=";
constexpr const char* kAgent = "WooCommerce/9.3.3 Hookshot (WordPress/6.5.5)";

struct Hooks::Hook {
  std::int64_t id = 0;
  std::string name;
  std::string topic;
  std::string site;
  std::string url;
  std::string secret;  // changed under the owner's lock only while nothing is signed with it
  base::Instant created_at;
  base::Instant modified_at;
  bool paused = false;
  std::atomic<bool> disabled{false};
  std::atomic<int> failures{0};
  mutable std::mutex secret_mutex;
  std::unique_ptr<wire::Outbox> outbox;

  std::string status() const {
    if (disabled) return "disabled";
    return paused ? "paused" : "active";
  }
  std::string key() const {
    const std::lock_guard lock(secret_mutex);
    return secret;
  }
};

namespace {

constexpr const char* kEvents[] = {"created", "updated", "deleted", "restored"};
constexpr const char* kResources[] = {"order", "product", "coupon", "customer"};

std::string resource_of(const std::string& topic) {
  return topic.substr(0, topic.find('.'));
}
std::string event_of(const std::string& topic) {
  const auto dot = topic.find('.');
  return dot == std::string::npos ? "" : topic.substr(dot + 1);
}

bool is_topic(const std::string& topic) {
  for (const auto* resource : kResources) {
    for (const auto* event : kEvents) {
      if (topic == std::string(resource) + "." + event) return true;
    }
  }
  return false;
}

bool is_url(const std::string& text) {
  return text.starts_with("http://") || text.starts_with("https://");
}

std::string signature(const std::string& secret, const std::string& body) {
  const auto hex = wire::hmac_hex_lower(secret, body);
  std::vector<unsigned char> bytes;
  for (std::size_t at = 0; at + 1 < hex.size(); at += 2) {
    bytes.push_back(static_cast<unsigned char>(std::stoi(hex.substr(at, 2), nullptr, 16)));
  }
  return utility::conversions::to_base64(bytes);
}

Json wordpress_hooks(const std::string& topic) {
  if (topic == "order.updated") {
    return Json::array({js("woocommerce_update_order"), js("woocommerce_order_refunded")});
  }
  if (topic == "order.created") return Json::array({js("woocommerce_new_order")});
  return empty_list();
}

Json hook_json(const Hooks::Hook& hook, const Call& call) {
  Json out;
  out["id"] = jn(hook.id);
  out["name"] = js(hook.name);
  out["status"] = js(hook.status());
  out["topic"] = js(hook.topic);
  out["resource"] = js(resource_of(hook.topic));
  out["event"] = js(event_of(hook.topic));
  out["hooks"] = wordpress_hooks(hook.topic);
  out["delivery_url"] = js(hook.url);
  out["date_created"] = js(local(hook.created_at));
  out["date_created_gmt"] = js(gmt(hook.created_at));
  const bool touched = hook.modified_at != base::Instant{};
  out["date_modified"] = touched ? js(local(hook.modified_at)) : Json::null();
  out["date_modified_gmt"] = touched ? js(gmt(hook.modified_at)) : Json::null();
  out["_links"] = links(call.site + "/wp-json/wc/v3/webhooks", std::to_string(hook.id));
  return out;
}

Answer bad_topic() {
  return refusal(400, "woocommerce_rest_shop_webhook_invalid_topic",
                 "Webhook topic is required and must be valid.");
}
Answer bad_url() {
  return refusal(400, "woocommerce_rest_shop_webhook_invalid_delivery_url",
                 "Webhook delivery URL must be a valid URL starting with http:// or https://.");
}

}  // namespace

Hooks::Hooks(Context& context, wire::Outbox::Post post)
    : context_(context), post_(std::move(post)) {}

std::shared_ptr<Hooks::Hook> Hooks::make(std::int64_t id, const std::string& topic,
                                         const std::string& site) {
  auto hook = std::make_shared<Hook>();
  hook->id = id;
  hook->topic = topic;
  hook->site = site;
  auto* known = hook.get();  // the outbox is the hook's own: it never outlives it
  const auto sign = [this, known](const std::string&, const std::string& body) -> wire::Headers {
    if (body.starts_with(kPing)) {
      return {{"User-Agent", kAgent}, {"Content-Type", "application/x-www-form-urlencoded"}};
    }
    const auto second = base::to_unix_s(context_.clock.now());
    return {{"User-Agent", kAgent},
            {"Content-Type", "application/json"},
            {"X-WC-Webhook-Source", known->site + "/"},
            {"X-WC-Webhook-Topic", known->topic},
            {"X-WC-Webhook-Resource", resource_of(known->topic)},
            {"X-WC-Webhook-Event", event_of(known->topic)},
            {"X-WC-Webhook-Signature", signature(known->key(), body)},
            {"X-WC-Webhook-ID", std::to_string(known->id)},
            {"X-WC-Webhook-Delivery-ID",
             wire::content_id(std::to_string(known->id) + "@" + std::to_string(second))}};
  };
  const auto post = [this, known](const wire::Letter& letter) {
    auto answer = post_(letter);
    if (letter.body.starts_with(kPing)) return answer;
    const bool taken = answer.problem.empty() && answer.status >= 200 && answer.status < 303;
    if (taken) {
      known->failures = 0;
    } else if (known->failures > kFailuresMax) {
      known->disabled = true;
    } else {
      ++known->failures;
    }
    return answer;
  };
  wire::PushRules rules;
  rules.answer_within = kAnswerWithin;
  rules.acknowledgement = wire::Acknowledgement::any_2xx;
  hook->outbox = std::make_unique<wire::Outbox>(context_, "provincial", rules, sign, post);
  return hook;
}

Answer Hooks::create(const Call& call) {
  const auto topic = text_in(call.body, "topic");
  const auto url = text_in(call.body, "delivery_url");
  if (!is_topic(topic)) return bad_topic();
  if (!is_url(url)) return bad_url();
  auto hook = make(next_id_++, topic, call.site);
  hook->name = text_in(call.body, "name", "Webhook");
  hook->url = url;
  hook->secret = text_in(call.body, "secret", context_.dice.alphanumeric(50));
  hook->created_at = context_.clock.now();
  hook->outbox->set_url(url);
  hook->outbox->add({"ping", "", std::string(kPing) + std::to_string(hook->id)});
  hooks_.push_back(hook);
  Answer answer{201, hook_json(*hook, call), {}};
  answer.headers.emplace_back("Location",
                              call.site + "/wp-json/wc/v3/webhooks/" + std::to_string(hook->id));
  return answer;
}

Answer Hooks::one(const Call& call, std::int64_t id) {
  const auto found =
      std::find_if(hooks_.begin(), hooks_.end(), [&](const auto& hook) { return hook->id == id; });
  if (found == hooks_.end()) {
    return refusal(call.method == "DELETE" ? 404 : 400, "woocommerce_rest_shop_webhook_invalid_id",
                   "ID is invalid.");
  }
  auto& hook = **found;
  if (call.method == "GET") return {200, hook_json(hook, call), {}};
  if (call.method == "DELETE") {
    const auto force = param(call, "force");
    if (force != "true" && force != "1") {
      return refusal(501, "woocommerce_rest_trash_not_supported",
                     "Webhooks do not support trashing.");
    }
    Answer answer{200, hook_json(hook, call), {}};
    hooks_.erase(found);
    return answer;
  }
  const auto topic = text_in(call.body, "topic");
  const auto url = text_in(call.body, "delivery_url");
  const auto status = text_in(call.body, "status");
  if (!topic.empty() && topic != hook.topic) return bad_topic();  // the sandbox moves none
  if (!url.empty() && !is_url(url)) return bad_url();
  if (!status.empty() && status != "active" && status != "paused" && status != "disabled") {
    return bad_param("status", "rest_not_in_enum",
                     "status is not one of active, paused, and disabled.");
  }
  if (!text_in(call.body, "secret").empty()) {
    const std::lock_guard lock(hook.secret_mutex);
    hook.secret = text_in(call.body, "secret");
  }
  if (!text_in(call.body, "name").empty()) hook.name = text_in(call.body, "name");
  if (!status.empty()) {
    hook.disabled = status == "disabled";
    hook.paused = status == "paused";
  }
  if (!url.empty() && url != hook.url) {
    hook.url = url;
    hook.outbox->set_url(url);
    hook.outbox->add({"ping", "", std::string(kPing) + std::to_string(hook.id)});
  }
  hook.modified_at = context_.clock.now();
  return {200, hook_json(hook, call), {}};
}

Answer Hooks::handle(const Call& call) {
  constexpr std::string_view kHere = "/wc/v3/webhooks";
  const auto rest = call.route.substr(kHere.size());
  const bool writes = call.method == "POST" || call.method == "PUT" || call.method == "PATCH";
  if (!rest.empty()) {
    const auto id = to_integer(rest.substr(1));
    const bool known = writes || call.method == "GET" || call.method == "DELETE";
    return id && known ? one(call, *id) : no_route();
  }
  if (call.method == "POST") return create(call);
  if (call.method != "GET") return no_route();
  static const std::vector<std::string> kSortWords{"date", "id", "title"};
  if (auto problem = list_problem(call, kSortWords)) return *problem;
  const auto status = param(call, "status");
  std::vector<std::shared_ptr<Hook>> rows;
  for (const auto& hook : hooks_) {
    if (status.empty() || status == "all" || status == hook->status()) rows.push_back(hook);
  }
  if (!ascending(call, "desc")) std::reverse(rows.begin(), rows.end());
  return page_of(call, rows.size(), [&](std::size_t i) { return hook_json(*rows[i], call); });
}

void Hooks::tell(const std::string& topic, const std::string& about, const std::string& body) {
  for (const auto& hook : hooks_) {
    if (hook->topic != topic || hook->status() != "active") continue;
    hook->outbox->add({topic, about, body});
  }
}

std::size_t Hooks::deliver(const std::vector<std::shared_ptr<Hook>>& hooks) {
  std::size_t attempts = 0;
  for (const auto& hook : hooks) attempts += hook->outbox->deliver_due();
  return attempts;
}

Json Hooks::truth() const {
  Json out;
  for (const auto* count : {"made", "waiting", "delivered", "lost", "dropped", "confirmed"}) {
    out[count] = jn(0);
  }
  set_each(out, {"messages", "hooks"}, empty_list());
  for (const auto& hook : hooks_) {
    const auto one = hook->outbox->truth();
    for (const auto* count : {"made", "waiting", "delivered", "lost", "dropped", "confirmed"}) {
      out[count] = jn(*integer_in(out, count) + integer_in(one, count).value_or(0));
    }
    for (const auto& message : one.at("messages").as_array()) push(out["messages"], message);
    Json row;
    row["id"] = jn(hook->id);
    row["topic"] = js(hook->topic);
    row["status"] = js(hook->status());
    row["url"] = js(hook->url);
    row["failures"] = jn(hook->failures);
    push(out["hooks"], row);
  }
  return out;
}

void Hooks::reset() {
  hooks_.clear();
  next_id_ = 1;
}

Json Hooks::save() const {
  Json out;
  out["next_id"] = jn(next_id_);
  out["hooks"] = empty_list();
  for (const auto& hook : hooks_) {
    Json row;
    row["id"] = jn(hook->id);
    row["name"] = js(hook->name);
    row["topic"] = js(hook->topic);
    row["site"] = js(hook->site);
    row["url"] = js(hook->url);
    row["secret"] = js(hook->key());
    row["created_ms"] = jn(base::to_unix_ms(hook->created_at));
    row["modified_ms"] = jn(base::to_unix_ms(hook->modified_at));
    row["status"] = js(hook->status());
    row["failures"] = jn(hook->failures);
    row["outbox"] = hook->outbox->save();
    push(out["hooks"], row);
  }
  return out;
}

void Hooks::load(const Json& state) {
  reset();
  if (!state.is_object()) return;
  next_id_ = integer_in(state, "next_id").value_or(1);
  for (const auto& row : state.at("hooks").as_array()) {
    auto hook =
        make(integer_in(row, "id").value_or(0), text_in(row, "topic"), text_in(row, "site"));
    hook->name = text_in(row, "name");
    hook->url = text_in(row, "url");
    hook->secret = text_in(row, "secret");
    hook->created_at = base::from_unix_ms(integer_in(row, "created_ms").value_or(0));
    hook->modified_at = base::from_unix_ms(integer_in(row, "modified_ms").value_or(0));
    hook->disabled = text_in(row, "status") == "disabled";
    hook->paused = text_in(row, "status") == "paused";
    hook->failures = static_cast<int>(integer_in(row, "failures").value_or(0));
    hook->outbox->load(row.at("outbox"));
    hooks_.push_back(std::move(hook));
  }
}

std::vector<ProductNews> product_news(const Call& call, const Answer& answer) {
  if (call.method == "GET" || answer.refused() || !answer.body.is_object()) return {};
  std::vector<ProductNews> out;
  const auto take = [&](const Json& row, const std::string& event) {
    const auto id = integer_in(row, "id");
    if (!id || !row.has_field("sku")) return;  // an error in a batch, or no product
    if (event != "deleted") {
      out.push_back({"product." + event, std::to_string(*id), row});
      return;
    }
    Json gone;
    gone["id"] = jn(*id);
    out.push_back({"product.deleted", std::to_string(*id), gone});
  };
  if (!call.route.ends_with("/batch")) {
    take(answer.body,
         call.method == "DELETE" ? "deleted" : (answer.status == 201 ? "created" : "updated"));
    return out;
  }
  for (const auto& [list, event] : {std::pair{"create", "created"}, std::pair{"update", "updated"},
                                    std::pair{"delete", "deleted"}}) {
    if (!answer.body.has_array_field(list)) continue;
    for (const auto& row : answer.body.at(list).as_array()) take(row, event);
  }
  return out;
}

}  // namespace sandbox::provincial
