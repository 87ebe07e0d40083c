#include <map>
#include <mutex>

#include "sandbox/lazada/handlers.h"

namespace sandbox {
namespace {

using lazada::Effect;
using lazada::Reply;
using lazada::Shop;
using wire::Json;
using wire::object;

CallLog::Kind kind_of(const lazada::Route* route) {
  if (route == nullptr || route->effect == Effect::read) return CallLog::Kind::read;
  return route->effect == Effect::token ? CallLog::Kind::token : CallLog::Kind::write;
}

// Units of one SKU at one price are one line; cancelled units are not part of what was bought
// unless all of them are.
Json order_truth(const lazada::Order& order) {
  std::map<std::pair<std::string, std::int64_t>, std::int64_t> folded;
  for (const auto& unit : order.units) ++folded[{unit.seller_sku, unit.price}];
  std::vector<Json> lines;
  for (const auto& [key, quantity] : folded) {
    lines.push_back(object({{"sku", key.first}, {"quantity", quantity}, {"price", key.second}}));
  }
  return object({{"order_id", std::to_string(order.id)},
                 {"status", order.statuses().front()},
                 {"created_at", order.created_ms / 1000},
                 {"lines", wire::array(std::move(lines))},
                 {"total", order.total()}});
}

class LazadaChannel final : public Channel {
 public:
  LazadaChannel(Context& context, const LazadaCredentials& credentials, const LazadaRules& rules)
      : context_(context), rules_(rules), shop_(fresh(context, credentials, rules)) {}

  std::string name() const override { return "lazada"; }

  server::http::Response handle(const server::http::Request& request) override {
    const std::lock_guard lock(mutex_);
    lazada::let_time_pass(*shop_);
    const auto call = lazada::read_call(request);
    const auto* route = lazada::find_route(call.path);
    auto refusal = lazada::refuse(*shop_, call, route);
    const auto reply = refusal ? std::move(*refusal) : route->handler(*shop_, call);
    log_.record(context_.clock.now(), route != nullptr ? call.path : "(unknown)", kind_of(route),
                reply.status);
    count(reply);
    return respond(reply);
  }

  std::vector<Shown> shown() const override {
    const std::lock_guard lock(mutex_);
    return lazada::shown(*shop_);
  }

  web::json::value truth() const override {
    const std::lock_guard lock(mutex_);
    std::vector<Json> listings;
    for (const auto& row : lazada::shown(*shop_)) {
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
      for (const auto& unit : order.units) {
        if (unit.status != "canceled") ++units[unit.seller_sku];
      }
    }
    auto sold = object({});
    for (const auto& [sku, count] : units) sold[sku] = Json::number(count);
    return object({{"listings", wire::array(std::move(listings))},
                   {"orders", wire::array(std::move(orders))},
                   {"sold", sold},
                   {"calls", log_.to_json()}});
  }

  base::Result<Purchase> buy(const std::vector<Wish>& wishes) override {
    const std::lock_guard lock(mutex_);
    lazada::let_time_pass(*shop_);
    return lazada::place_order(*shop_, wishes);
  }

  base::Status cancel(const std::string& order_id) override {
    const std::lock_guard lock(mutex_);
    lazada::let_time_pass(*shop_);
    auto* order = shop_->order(wire::to_integer(order_id).value_or(0));
    if (order == nullptr) {
      base::Error error;
      error.code = base::ErrorCode::not_found;
      error.message = "no order " + order_id;
      return error;
    }
    return lazada::buyer_cancels(*shop_, *order);
  }

  base::Result<std::string> fresh_code() override {
    const std::lock_guard lock(mutex_);
    return lazada::new_code(*shop_);
  }

  base::Result<Json> act(const Json& wish) override {
    const std::lock_guard lock(mutex_);
    lazada::let_time_pass(*shop_);
    return lazada::act(*shop_, wish);
  }

  void tick() override {
    const std::lock_guard lock(mutex_);
    lazada::let_time_pass(*shop_);
  }

  void reset() override {
    const std::lock_guard lock(mutex_);
    shop_ = fresh(context_, shop_->credentials, rules_);
    log_.reset();
  }

  web::json::value save() const override {
    const std::lock_guard lock(mutex_);
    auto state = lazada::to_json(*shop_);
    state["calls"] = log_.to_json();
    return state;
  }

  void load(const web::json::value& state) override {
    const std::lock_guard lock(mutex_);
    lazada::load(*shop_, state);
    if (wire::has(state, "calls")) log_.load(wire::member(state, "calls"));
  }

 private:
  static std::unique_ptr<Shop> fresh(Context& context, const LazadaCredentials& credentials,
                                     const LazadaRules& rules) {
    auto shop = std::make_unique<Shop>(context, credentials, rules);
    lazada::stock_shelves(*shop);
    return shop;
  }

  void count(const Reply& reply) {
    if (reply.code == "ApiCallLimit" || reply.code == "SellerCallLimit") log_.count_throttled();
    if (reply.code == "IllegalAccessToken" || reply.code == "IncompleteSignature" ||
        reply.code == "IllegalRefreshToken") {
      log_.count_unauthorized();
    }
  }

  server::http::Response respond(const Reply& reply) {
    server::http::Response response;
    response.status = reply.status;
    response.content_type = "application/json;charset=UTF-8";
    if (!reply.location.empty()) {
      response.headers.emplace_back("Location", reply.location);
      return response;
    }
    if (!reply.content_type.empty()) {
      response.content_type = reply.content_type;
      response.body = reply.raw;
      return response;
    }
    auto body = lazada::dressed(reply, shop_->rules);
    body["request_id"] = Json::string("0b1187" + context_.dice.hex(18));
    response.body = body.serialize();
    return response;
  }

  Context& context_;
  const LazadaRules rules_;
  mutable std::mutex mutex_;
  std::unique_ptr<Shop> shop_;
  CallLog log_;
};

}  // namespace

std::unique_ptr<Channel> make_lazada(Context& context, const LazadaCredentials& credentials) {
  return make_lazada(context, credentials, LazadaRules{});
}

std::unique_ptr<Channel> make_lazada(Context& context, const LazadaCredentials& credentials,
                                     const LazadaRules& rules) {
  return std::make_unique<LazadaChannel>(context, credentials, rules);
}

}  // namespace sandbox
