// push/*: the app's one callback URL, which codes it wants, and what never arrived.
#include <algorithm>

#include "sandbox/shopee/handlers.h"
#include "sandbox/shopee/pushes.h"

namespace sandbox::shopee {
namespace {

constexpr std::int64_t kLostFor_s = 3 * 86'400;
constexpr std::size_t kLostMax = 100;
constexpr std::size_t kBlockedMax = 500;
constexpr std::int64_t kCodes[] = {1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 13, 15, 16, 22, 29, 30};

bool known_code(std::int64_t code) {
  return std::find(std::begin(kCodes), std::end(kCodes), code) != std::end(kCodes);
}

Json numbers(const std::vector<std::int64_t>& values) {
  std::vector<Json> out;
  for (const auto value : values) out.push_back(Json::number(value));
  return wire::array(std::move(out));
}

}  // namespace

std::string test_push(const Shop& shop) {
  return object({{"data", object({{"verify_info",
                                   "This is a verification message. Please respond "
                                   "in HTTP status code 2xx."}})},
                 {"shop_id", 0},
                 {"code", 0},
                 {"timestamp", shop.now_s()}})
      .serialize();
}

Reply set_push_config(Shop& shop, const Call& call) {
  const auto on = call.integers("set_push_config_on");
  const auto off = call.integers("set_push_config_off");
  if (!std::all_of(on.begin(), on.end(), known_code) ||
      !std::all_of(off.begin(), off.end(), known_code)) {
    return fail("error_param", "Invalid push config.");
  }
  const auto blocked = call.integers("blocked_shop_id_list");
  if (blocked.size() > kBlockedMax) return fail("error_param", "Too many blocked shops.");
  const auto url = call.text("callback_url");
  if (url.empty() && shop.outbox->url().empty()) {
    return fail("error_param", "callback_url is required.");
  }
  if (!url.empty() && !url.starts_with("http://") && !url.starts_with("https://")) {
    return fail("error_param", "callback_url is invalid.");
  }
  if (!call.probe_problem.empty()) {
    return fail("error_param", "The callback url did not pass verification: " + call.probe_problem);
  }
  for (const auto code : off) shop.push.off.insert(code);
  for (const auto code : on) shop.push.off.erase(code);
  if (call.has("blocked_shop_id_list")) shop.push.blocked_shops = blocked;
  shop.push.suspended_s = 0;
  if (!url.empty()) shop.outbox->set_url(url);
  return ok(object({{"result", "success"}}));
}

Reply push_config(Shop& shop, const Call&) {
  std::vector<std::int64_t> on;
  std::vector<std::int64_t> off;
  for (const auto code : kCodes) (shop.push.off.contains(code) ? off : on).push_back(code);
  const auto health = push_health(shop);
  auto response = object({{"callback_url", shop.outbox->url()},
                          {"live_push_status", health},
                          {"blocked_shop_id", numbers(shop.push.blocked_shops)},
                          {"push_config_on_list", numbers(on)},
                          {"push_config_off_list", numbers(off)}});
  if (shop.push.suspended_s != 0) {
    response["suspended_time"] = Json::number(shop.push.suspended_s);
  }
  return ok(std::move(response));
}

// The `data` of a row is the whole original message once more, as text.
Reply lost_pushes(Shop& shop, const Call&) {
  const auto since_ms = (shop.now_s() - kLostFor_s) * 1000;
  auto lost = shop.outbox->lost(since_ms, kLostMax + 1);
  const bool more = lost.size() > kLostMax;
  if (more) lost.pop_back();
  std::vector<Json> rows;
  for (const auto& push : lost) {
    const auto message = wire::parse(push.message.body).value_or(Json::object());
    auto row = object({{"code", wire::integer(message, "code")},
                       {"timestamp", push.attempts.back().at_ms / 1000},
                       {"data", push.message.body}});
    if (wire::has(message, "shop_id")) row["shop_id"] = wire::member(message, "shop_id");
    rows.push_back(std::move(row));
  }
  return ok(object({{"push_message_list", wire::array(std::move(rows))},
                    {"has_next_page", more},
                    {"last_message_id", lost.empty() ? std::int64_t{0} : lost.back().id}}));
}

Reply confirm_lost_pushes(Shop& shop, const Call& call) {
  const auto last = call.integer("last_message_id");
  if (!last) return fail("error_param", "last_message_id is required.");
  shop.outbox->confirm_lost_through(*last);
  return ok(object({{"warning", ""}}));
}

}  // namespace sandbox::shopee
