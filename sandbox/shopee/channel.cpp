#include <map>
#include <mutex>

#include "sandbox/shopee/handlers.h"
#include "sandbox/shopee/pushes.h"

namespace sandbox {
namespace {

using shopee::Access;
using shopee::Effect;
using shopee::Reply;
using shopee::Shop;
using wire::Json;
using wire::object;

CallLog::Kind kind_of(const shopee::Route* route) {
  if (route == nullptr || route->effect == Effect::read) return CallLog::Kind::read;
  return route->effect == Effect::token ? CallLog::Kind::token : CallLog::Kind::write;
}

Json order_truth(const shopee::Order& order) {
  std::vector<Json> lines;
  for (const auto& line : order.lines) {
    lines.push_back(
        object({{"sku", line.sku()}, {"quantity", line.quantity}, {"price", line.price}}));
  }
  return object({{"order_id", order.sn},
                 {"status", order.status},
                 {"created_at", order.created_s},
                 {"lines", wire::array(std::move(lines))},
                 {"total", order.total()}});
}

class ShopeeChannel final : public Channel {
 public:
  ShopeeChannel(Context& context, const ShopeeCredentials& credentials, const ShopeeRules& rules)
      : context_(context),
        outbox_(context, "shopee", shopee::push_rules(),
                [key = credentials.push_key](const std::string& url, const std::string& body) {
                  return shopee::push_headers(key, url, body);
                }),
        shop_(fresh(credentials, rules)) {}

  std::string name() const override { return "shopee"; }

  server::http::Response handle(const server::http::Request& request) override {
    auto call = shopee::read_call(request);
    const auto* route = shopee::find_route(call.path);
    if (route != nullptr && route->handler == shopee::set_push_config) probe(call, route);
    const std::lock_guard lock(mutex_);
    shopee::let_time_pass(*shop_);
    auto refusal = shopee::refuse(*shop_, call, route);
    const auto reply = refusal ? std::move(*refusal) : route->handler(*shop_, call);
    log_.record(context_.clock.now(), route != nullptr ? call.path : "(unknown)", kind_of(route),
                reply.status);
    count(reply);
    return respond(reply);
  }

  std::vector<Shown> shown() const override {
    const std::lock_guard lock(mutex_);
    return shopee::shown(*shop_);
  }

  web::json::value truth() const override {
    const std::lock_guard lock(mutex_);
    std::vector<Json> listings;
    for (const auto& row : shopee::shown(*shop_)) {
      listings.push_back(object({{"sku", row.sku},
                                 {"remote_id", row.remote_id},
                                 {"name", row.name},
                                 {"price", row.price},
                                 {"stock", row.stock},
                                 {"visible", row.visible}}));
    }
    std::vector<Json> orders;
    std::map<std::string, std::int64_t> units;
    for (const auto& order : shop_->orders) {
      orders.push_back(order_truth(order));
      if (order.status == "CANCELLED") continue;
      for (const auto& line : order.lines) units[line.sku()] += line.quantity;
    }
    auto sold = object({});
    for (const auto& [sku, count] : units) sold[sku] = Json::number(count);
    return object({{"listings", wire::array(std::move(listings))},
                   {"orders", wire::array(std::move(orders))},
                   {"sold", sold},
                   {"calls", log_.to_json()},
                   {"pushes", outbox_.truth()}});
  }

  base::Result<Purchase> buy(const std::vector<Wish>& wishes) override {
    const std::lock_guard lock(mutex_);
    shopee::let_time_pass(*shop_);
    return shopee::place_order(*shop_, wishes);
  }

  base::Status cancel(const std::string& order_id) override {
    const std::lock_guard lock(mutex_);
    shopee::let_time_pass(*shop_);
    auto* order = shop_->order(order_id);
    if (order == nullptr) {
      base::Error error;
      error.code = base::ErrorCode::not_found;
      error.message = "no order " + order_id;
      return error;
    }
    return shopee::buyer_cancels(*shop_, *order, "Muốn thay đổi sản phẩm trong đơn hàng");
  }

  base::Result<std::string> fresh_code() override {
    const std::lock_guard lock(mutex_);
    return shopee::new_code(*shop_);
  }

  base::Status push_to(const std::string& url) override {
    outbox_.set_url(url);
    return base::Done{};
  }

  std::size_t deliver_pushes() override { return outbox_.deliver_due(); }

  void tick() override {
    const std::lock_guard lock(mutex_);
    shopee::let_time_pass(*shop_);
  }

  void reset() override {
    const std::lock_guard lock(mutex_);
    outbox_.reset();
    shop_ = fresh(shop_->credentials, shop_->rules);
    log_.reset();
  }

  web::json::value save() const override {
    const std::lock_guard lock(mutex_);
    auto state = shopee::to_json(*shop_);
    state["calls"] = log_.to_json();
    state["outbox"] = outbox_.save();
    return state;
  }

  void load(const web::json::value& state) override {
    const std::lock_guard lock(mutex_);
    shopee::load(*shop_, state);
    outbox_.load(wire::member(state, "outbox"));
    if (wire::has(state, "calls")) log_.load(wire::member(state, "calls"));
  }

 private:
  std::unique_ptr<Shop> fresh(const ShopeeCredentials& credentials, const ShopeeRules& rules) {
    auto shop = std::make_unique<Shop>(context_, credentials, rules);
    shop->outbox = &outbox_;
    shopee::stock_shelves(*shop);
    return shop;
  }

  // The test push goes out without the lock: the seller may call back before acknowledging it. A
  // call that the gateway will refuse sends none.
  void probe(shopee::Call& call, const shopee::Route* route) {
    const auto url = call.text("callback_url");
    std::string body;
    {
      const std::lock_guard lock(mutex_);
      const bool web = url.starts_with("http://") || url.starts_with("https://");
      if (!web || !shopee::signed_well(*shop_, call, *route)) return;
      body = shopee::test_push(*shop_);
    }
    call.probe_problem = outbox_.probe(url, body);
  }

  void count(const Reply& reply) {
    if (reply.error == "error_rate_limit" || reply.error == "error_limit") log_.count_throttled();
    const auto message = wire::text(reply.body, "message");
    const bool bad_token = reply.error == "invalid_acceess_token" ||
                           message.find("access_token") != std::string::npos ||
                           message == "Invalid refresh_token.";
    if (bad_token || reply.error == "error_sign") log_.count_unauthorized();
  }

  server::http::Response respond(const Reply& reply) {
    server::http::Response response;
    response.status = reply.status;
    response.content_type = "application/json";
    if (!reply.location.empty()) {
      response.headers.emplace_back("Location", reply.location);
      return response;
    }
    if (!reply.content_type.empty()) {
      response.content_type = reply.content_type;
      response.body = reply.bytes;
      return response;
    }
    auto body = reply.body;
    body["request_id"] = Json::string(context_.dice.hex(32));
    response.body = body.serialize();
    return response;
  }

  Context& context_;
  wire::Outbox outbox_;
  mutable std::mutex mutex_;
  std::unique_ptr<Shop> shop_;
  CallLog log_;
};

}  // namespace

std::unique_ptr<Channel> make_shopee(Context& context, const ShopeeCredentials& credentials) {
  return make_shopee(context, credentials, ShopeeRules{});
}

std::unique_ptr<Channel> make_shopee(Context& context, const ShopeeCredentials& credentials,
                                     const ShopeeRules& rules) {
  return std::make_unique<ShopeeChannel>(context, credentials, rules);
}

}  // namespace sandbox
