// The door of the store: address, sign-in, JSON, routes, headers.
#include "sandbox/provincial/store.h"

#include <algorithm>
#include <mutex>

#include "sandbox/json_tools.h"
#include "sandbox/provincial/hooks.h"
#include "sandbox/provincial/listing.h"
#include "sandbox/provincial/sign_in.h"
#include "sandbox/provincial/site.h"
#include "sandbox/provincial/till.h"

namespace sandbox {
namespace {

using provincial::Answer;
using provincial::Call;
using server::http::Request;
using server::http::Response;
using web::json::value;

bool is_item(const std::string& route) {
  const auto last = route.substr(route.rfind('/') + 1);
  return to_integer(last).has_value();
}

Answer bad_json() {
  auto answer = provincial::refusal(400, "rest_invalid_json", "Invalid JSON body passed.");
  answer.body["data"]["json_error_code"] = jn(4);
  answer.body["data"]["json_error_message"] = js("Syntax error");
  return answer;
}

// ?_fields=id,sku keeps only these members of an object or of every row.
void keep_fields(Answer& answer, const Call& call) {
  const auto wanted = provincial::list_param(call, "_fields");
  if (wanted.empty() || answer.refused()) return;
  const auto keep = [&](value& row) {
    if (!row.is_object()) return;
    value kept = value::object();
    for (const auto& [name, member] : row.as_object()) {
      const auto named = [&, first = name](const std::string& field) {
        return field == first || field.starts_with(first + ".");
      };
      if (std::any_of(wanted.begin(), wanted.end(), named)) kept[name] = member;
    }
    row = std::move(kept);
  };
  if (!answer.body.is_array()) return keep(answer.body);
  for (auto& row : answer.body.as_array()) keep(row);
}

const char* allowed_methods(const std::string& route) {
  if (route.ends_with("/batch")) return "POST, PUT, PATCH";
  return is_item(route) ? "GET, POST, PUT, PATCH, DELETE" : "GET, POST";
}

Response dressed(Answer answer, const Call& call) {
  keep_fields(answer, call);
  Response response;
  response.status = answer.status;
  response.content_type = "application/json; charset=UTF-8";
  if (call.method != "HEAD") response.body = provincial::php_json(answer.body);
  auto& headers = response.headers;
  headers = std::move(answer.headers);
  const bool linked = std::any_of(headers.begin(), headers.end(),
                                  [](const auto& header) { return header.first == "Link"; });
  if (!linked) {
    headers.emplace_back("Link", "<" + call.site + "/wp-json/>; rel=\"https://api.w.org/\"");
  }
  headers.emplace_back("X-Robots-Tag", "noindex");
  headers.emplace_back("X-Content-Type-Options", "nosniff");
  headers.emplace_back("Access-Control-Expose-Headers", "X-WP-Total, X-WP-TotalPages, Link");
  headers.emplace_back("Access-Control-Allow-Headers",
                       "Authorization, X-WP-Nonce, Content-Disposition, Content-MD5, Content-Type");
  if (answer.status == 401) {
    headers.emplace_back("Vary", "Origin");
    return response;
  }
  headers.emplace_back("Allow", allowed_methods(call.route));
  headers.emplace_back("Expires", "Wed, 11 Jan 1984 05:00:00 GMT");
  headers.emplace_back("Cache-Control", "no-cache, must-revalidate, max-age=0, no-store, private");
  return response;
}

Call read_call(const Request& request, const provincial::Site& site) {
  Call call;
  call.method = request.method == "HEAD" ? "GET" : request.method;
  const auto host = request.header("Host");
  call.site = "http://" + std::string(host.empty() ? "127.0.0.1" : host) + site.path;
  call.query = server::http::parse_query(request.query);
  for (const auto& [name, text] : call.query) call.params[name] = text;
  constexpr std::string_view kPermalinks = "/wp-json";
  auto path = server::http::percent_decode(request.path, false);
  if (!path.starts_with(site.path + "/")) return call;
  path = path.substr(site.path.size());
  if (path.starts_with(kPermalinks) && site.permalinks) {
    call.route = path.substr(kPermalinks.size());
  } else if (path == "/" || path == "/index.php") {
    call.route = provincial::param(call, "rest_route");
  }
  while (call.route.size() > 1 && call.route.back() == '/') call.route.pop_back();
  return call;
}

Response shop_window() {
  Response response;
  response.status = 404;
  response.content_type = "text/html; charset=UTF-8";
  response.body = "<!DOCTYPE html><html lang=\"vi\"><title>Không tìm thấy</title></html>";
  return response;
}

bool within(const std::string& route, const std::string& resource) {
  const auto whole = std::string(provincial::kApi) + resource;
  return route == whole || route.starts_with(whole + "/");
}

class Store final : public Channel {
 public:
  Store(Context& context, const ProvincialCredentials& credentials)
      : context_(context),
        sign_in_(credentials),
        shelf_(context.clock, ids_, categories_, tags_),
        till_(context.clock, ids_, shelf_),
        hooks_(context) {}

  std::string name() const override { return "provincial"; }

  Response handle(const Request& request) override {
    const std::lock_guard lock(mutex_);
    auto call = read_call(request, set_up_);
    const auto path = call.route.empty() ? request.path : "/wp-json" + call.route;
    const auto kind = call.method == "GET" ? CallLog::Kind::read : CallLog::Kind::write;
    site_ = call.site;
    const auto response = call.route.empty() ? shop_window() : dressed(answer(request, call), call);
    tell_orders();
    calls_.record(context_.clock.now(), path, kind, response.status);
    return response;
  }

  std::vector<Shown> shown() const override {
    const std::lock_guard lock(mutex_);
    std::vector<Shown> out;
    for (const auto& [id, product] : shelf_.products()) {
      if (product.trashed) continue;
      // One that has variations is shown by them.
      if (product.is_variable() && !shelf_.variations_of(id).empty()) continue;
      const auto parent = product.parent_id();
      const auto remote_id = (parent == 0 ? "" : std::to_string(parent) + "/") + std::to_string(id);
      const bool visible = parent == 0 ? product.published() : shelf_.buyable(product);
      out.push_back({product.text("sku"), remote_id, shelf_.full_name(product), product.price(),
                     shelf_.available(product), visible});
    }
    return out;
  }

  value truth() const override {
    value out;
    out["listings"] = to_json(shown());
    const std::lock_guard lock(mutex_);
    out["orders"] = till_.truth();
    out["sold"] = sold_by_sku(till_.orders(), "cancelled");
    out["pushes"] = hooks_.truth();
    out["calls"] = calls_.to_json();
    return out;
  }

  base::Result<Purchase> buy(const std::vector<Wish>& wishes) override {
    const std::lock_guard lock(mutex_);
    auto bought = till_.sell(wishes);
    tell_orders();
    return bought;
  }

  base::Status cancel(const std::string& order_id) override {
    const std::lock_guard lock(mutex_);
    auto done = till_.cancel(order_id);
    tell_orders();
    return done;
  }

  base::Result<std::string> fresh_code() override {
    return base::Error{base::ErrorCode::not_found, "this channel has no consent codes", {}, {}};
  }

  std::size_t deliver_pushes() override {
    std::vector<std::shared_ptr<provincial::Hooks::Hook>> hooks;
    {
      const std::lock_guard lock(mutex_);
      hooks = hooks_.all();
    }
    return provincial::Hooks::deliver(hooks);
  }

  void tick() override {}

  // {"act":"set_up"} and members of provincial::Site: the shop's owner changes its settings.
  base::Result<value> act(const value& wanted) override {
    const std::lock_guard lock(mutex_);
    if (text_in(wanted, "act") != "set_up") {
      return base::Error{base::ErrorCode::invalid, "the store knows the act set_up", {}, {}};
    }
    auto done = set_up_.act(wanted);
    shelf_.count_stock(set_up_.counts_stock);
    return done;
  }

  void reset() override {
    const std::lock_guard lock(mutex_);
    shelf_.reset();
    till_.reset();
    hooks_.reset();
    categories_.reset();
    tags_.reset();
    sign_in_.reset();
    set_up_ = {};
    shelf_.count_stock(set_up_.counts_stock);
    ids_ = {};
    calls_.reset();
  }

  value save() const override {
    const std::lock_guard lock(mutex_);
    value out;
    out["products"] = shelf_.save();
    out["categories"] = categories_.save();
    out["tags"] = tags_.save();
    out["site"] = set_up_.save();
    out["orders"] = till_.save();
    out["papers"] = till_.save_papers();
    out["webhooks"] = hooks_.save();
    out["next_id"] = jn(ids_.peek());
    out["calls"] = calls_.to_json();
    return out;
  }

  void load(const value& state) override {
    const std::lock_guard lock(mutex_);
    categories_.load(state.at("categories"));
    if (state.has_field("tags")) tags_.load(state.at("tags"));
    if (state.has_field("site")) set_up_.load(state.at("site"));
    shelf_.count_stock(set_up_.counts_stock);
    shelf_.load(state.at("products"));
    const auto part = [&](const char* name) {
      return state.has_field(name) ? state.at(name) : value::null();
    };
    till_.load(state.at("orders"), part("papers"));
    hooks_.load(part("webhooks"));
    ids_.restart(state.at("next_id").as_number().to_int64());
    calls_.load(state.at("calls"));
  }

 private:
  Answer answer(const Request& request, Call& call) {
    if (!known_route(call.route)) return provincial::no_route();
    if (!provincial::is_public_page(call.route)) {
      // The store reads the body before it asks who calls.
      if (!request.body.empty()) {
        const auto parsed = read_json(request.body);
        if (!parsed) return bad_json();
        call.body = *parsed;
      }
      if (auto refused = sign_in_.refuse(request, call, set_up_, context_.clock.now())) {
        if (refused->status == 401) calls_.count_unauthorized();
        return *refused;
      }
    }
    if (auto page = provincial::site_page(set_up_, call)) return *page;
    if (within(call.route, "/products/categories")) {
      return categories_.handle(call, shelf_.category_counts());
    }
    if (within(call.route, "/products/tags")) return tags_.handle(call);
    if (within(call.route, "/products/attributes")) {  // every attribute is a product's own
      return call.method == "GET" ? provincial::page_of(call, 0, {}) : provincial::no_route();
    }
    if (within(call.route, "/webhooks")) return hooks_.handle(call);
    if (within(call.route, "/products")) {
      auto shelved = shelf_.handle(call);
      for (const auto& news : provincial::product_news(call, shelved)) {
        hooks_.tell(news.topic, news.id, provincial::php_json(news.body));
      }
      return shelved;
    }
    if (within(call.route, "/orders")) return till_.handle(call);
    return provincial::no_route();
  }

  static bool known_route(const std::string& route) {
    return within(route, "/products") || within(route, "/orders") || within(route, "/webhooks") ||
           provincial::is_site_page(route);
  }

  void tell_orders() {
    for (const auto& news : till_.news()) {
      hooks_.tell(news.topic, news.order_id, provincial::php_json(till_.message(news, site_)));
    }
  }

  Context& context_;
  mutable std::mutex mutex_;
  provincial::Site set_up_;
  provincial::SignIn sign_in_;
  provincial::Ids ids_;
  provincial::Categories categories_;
  provincial::Tags tags_;
  provincial::Shelf shelf_;
  provincial::Till till_;
  provincial::Hooks hooks_;
  std::string site_ = "http://127.0.0.1";  // as the last caller knew the store
  CallLog calls_;
};

}  // namespace

std::unique_ptr<Channel> make_provincial(Context& context,
                                         const ProvincialCredentials& credentials) {
  return std::make_unique<Store>(context, credentials);
}

}  // namespace sandbox
