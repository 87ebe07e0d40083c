#include <map>
#include <mutex>

#include "sandbox/lazada/handlers.h"
#include "sandbox/lazada/pushes.h"

namespace sandbox {
namespace {

using lazada::Effect;
using lazada::Reply;
using lazada::Shop;
using wire::Json;
using wire::object;

constexpr std::chrono::hours kFailureWindow{24};
constexpr std::int64_t kAttemptsJudged = 200;

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
      : context_(context),
        rules_(rules),
        outbox_(context, "lazada", rules_of_pushes(),
                [credentials](const std::string&, const std::string& body) {
                  return lazada::push_headers(credentials, body);
                }),
        shop_(fresh(credentials)) {}

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
    lazada::tell_changes(*shop_);
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
                   {"calls", log_.to_json()},
                   {"pushes", outbox_.truth()}});
  }

  base::Result<Purchase> buy(const std::vector<Wish>& wishes) override {
    const std::lock_guard lock(mutex_);
    lazada::let_time_pass(*shop_);
    auto placed = lazada::place_order(*shop_, wishes);
    lazada::tell_changes(*shop_);
    return placed;
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
    auto done = lazada::buyer_cancels(*shop_, *order);
    lazada::tell_changes(*shop_);
    return done;
  }

  base::Result<std::string> fresh_code() override {
    const std::lock_guard lock(mutex_);
    return lazada::new_code(*shop_);
  }

  base::Result<Json> act(const Json& wish) override {
    const std::lock_guard lock(mutex_);
    lazada::let_time_pass(*shop_);
    auto done = lazada::act(*shop_, wish);
    lazada::tell_changes(*shop_);
    return done;
  }

  base::Status push_to(const std::string& url) override {
    const std::lock_guard lock(mutex_);
    lazada::let_time_pass(*shop_);
    lazada::hush(*shop_);
    outbox_.set_url(url);
    return base::Done{};
  }

  // An app that fails most of its messages gets no more until its address is set again.
  std::size_t deliver_pushes() override {
    const auto since_ms = base::to_unix_ms(context_.clock.now() - kFailureWindow);
    const auto share = outbox_.share_since(since_ms);
    if (share.attempts >= kAttemptsJudged && share.acknowledged * 2 < share.attempts) {
      outbox_.set_url("");
    }
    return outbox_.deliver_due();
  }

  void tick() override {
    const std::lock_guard lock(mutex_);
    lazada::let_time_pass(*shop_);
    lazada::tell_changes(*shop_);
  }

  void reset() override {
    const std::lock_guard lock(mutex_);
    outbox_.reset();
    shop_ = fresh(shop_->credentials);
    log_.reset();
  }

  web::json::value save() const override {
    const std::lock_guard lock(mutex_);
    auto state = lazada::to_json(*shop_);
    state["calls"] = log_.to_json();
    state["outbox"] = outbox_.save();
    return state;
  }

  void load(const web::json::value& state) override {
    const std::lock_guard lock(mutex_);
    lazada::load(*shop_, state);
    outbox_.load(wire::member(state, "outbox"));
    lazada::hush(*shop_);
    if (wire::has(state, "calls")) log_.load(wire::member(state, "calls"));
  }

 private:
  std::unique_ptr<Shop> fresh(const LazadaCredentials& credentials) {
    auto shop = std::make_unique<Shop>(context_, credentials, rules_);
    shop->outbox = &outbox_;
    lazada::stock_shelves(*shop);
    return shop;
  }

  wire::PushRules rules_of_pushes() {
    auto rules = lazada::push_rules();
    rules.renew = [this](const wire::Message& message) {
      const std::lock_guard lock(mutex_);
      return lazada::renewed(*shop_, message);
    };
    return rules;
  }

  void count(const Reply& reply) {
    const auto& code = reply.code;
    if (code == "ApiCallLimit" || code == "SellerCallLimit" || code == "AppCallLimit") {
      log_.count_throttled();
    }
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
  wire::Outbox outbox_;
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
