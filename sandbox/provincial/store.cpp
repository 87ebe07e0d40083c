// The door of the store: address, sign-in, JSON, routes, headers.
#include "sandbox/provincial/store.h"

#include <cpprest/asyncrt_utils.h>

#include <algorithm>
#include <mutex>
#include <stdexcept>

#include "sandbox/json_tools.h"
#include "sandbox/provincial/hooks.h"
#include "sandbox/provincial/listing.h"
#include "sandbox/provincial/till.h"

namespace sandbox {
namespace {

using provincial::Answer;
using provincial::Call;
using server::http::Request;
using server::http::Response;
using web::json::value;

// "Basic <base64 of key:secret>"; both empty when it is anything else.
std::pair<std::string, std::string> basic_credentials(std::string_view header) {
  constexpr std::string_view kScheme = "Basic ";
  if (!header.starts_with(kScheme)) return {};
  try {
    const auto bytes =
        utility::conversions::from_base64(std::string(header.substr(kScheme.size())));
    const std::string text(bytes.begin(), bytes.end());
    const auto colon = text.find(':');
    if (colon == std::string::npos) return {};
    return {text.substr(0, colon), text.substr(colon + 1)};
  } catch (const std::runtime_error&) {
    return {};  // no base64
  }
}

bool is_item(const std::string& route) {
  const auto last = route.substr(route.rfind('/') + 1);
  return to_integer(last).has_value();
}

// The store's words differ by what was tried.
Answer not_allowed(const Call& call) {
  const auto say = [](const char* code, const char* message) {
    return provincial::refusal(401, std::string("woocommerce_rest_cannot_") + code, message);
  };
  if (call.route.ends_with("/batch")) {
    return say("batch", "Sorry, you are not allowed to batch manipulate this resource.");
  }
  if (call.method == "GET") {
    return is_item(call.route) ? say("view", "Sorry, you cannot view this resource.")
                               : say("view", "Sorry, you cannot list resources.");
  }
  if (call.method == "DELETE") {
    return say("delete", "Sorry, you are not allowed to delete this resource.");
  }
  return is_item(call.route) ? say("edit", "Sorry, you are not allowed to edit this resource.")
                             : say("create", "Sorry, you are not allowed to create resources.");
}

Answer bad_json() {
  auto answer = provincial::refusal(400, "rest_invalid_json", "Invalid JSON body passed.");
  answer.body["data"]["json_error_code"] = jn(4);
  answer.body["data"]["json_error_message"] = js("Syntax error");
  return answer;
}

Answer site_index(const Call& call) {
  Answer answer;
  answer.body["name"] = js("Nông sản");
  answer.body["description"] = js("");
  set_each(answer.body, {"url", "home"}, js(call.site));
  answer.body["gmt_offset"] = js("7");
  answer.body["timezone_string"] = js("Asia/Ho_Chi_Minh");
  answer.body["namespaces"] = value::array({js("wc/v3")});
  return answer;
}

Answer system_status(const Call& call) {
  Answer answer;
  auto& environment = answer.body["environment"];
  set_each(environment, {"home_url", "site_url"}, js(call.site));
  environment["version"] = js("9.3.3");
  environment["wp_version"] = js("6.5.5");
  auto& settings = answer.body["settings"];
  settings["currency"] = js("VND");
  settings["currency_symbol"] = js("₫");
  settings["number_of_decimals"] = jn(0);
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

Call read_call(const Request& request) {
  Call call;
  call.method = request.method == "HEAD" ? "GET" : request.method;
  const auto host = request.header("Host");
  call.site = "http://" + std::string(host.empty() ? "127.0.0.1" : host);
  call.query = server::http::parse_query(request.query);
  for (const auto& [name, text] : call.query) call.params[name] = text;
  constexpr std::string_view kPermalinks = "/wp-json";
  const auto path = server::http::percent_decode(request.path, false);
  if (path.starts_with(kPermalinks)) {
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
        credentials_(credentials),
        shelf_(context.clock, ids_, categories_),
        till_(context.clock, ids_, shelf_),
        hooks_(context) {}

  std::string name() const override { return "provincial"; }

  Response handle(const Request& request) override {
    const std::lock_guard lock(mutex_);
    auto call = read_call(request);
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
      out.push_back({product.text("sku"), std::to_string(id), product.text("name"), product.price(),
                     product.available(), product.published()});
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

  void reset() override {
    const std::lock_guard lock(mutex_);
    shelf_.reset();
    till_.reset();
    hooks_.reset();
    categories_.reset();
    ids_ = {};
    calls_.reset();
  }

  value save() const override {
    const std::lock_guard lock(mutex_);
    value out;
    out["products"] = shelf_.save();
    out["categories"] = categories_.save();
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
    const auto signed_in = sign_in(request);
    if (signed_in == SignIn::wrong_secret) {
      calls_.count_unauthorized();
      return provincial::refusal(401, "woocommerce_rest_authentication_error",
                                 "Consumer secret is invalid.");
    }
    if (call.route == "/") return site_index(call);
    if (!known_route(call.route)) return provincial::no_route();
    if (!request.body.empty()) {
      const auto parsed = read_json(request.body);
      if (!parsed) return bad_json();
      call.body = *parsed;
    }
    if (signed_in == SignIn::nobody) {
      calls_.count_unauthorized();
      return not_allowed(call);
    }
    if (within(call.route, "/products/categories")) {
      return categories_.handle(call, shelf_.category_counts());
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
    return system_status(call);
  }

  static bool known_route(const std::string& route) {
    return within(route, "/products") || within(route, "/orders") || within(route, "/webhooks") ||
           route == "/wc/v3/system_status";
  }

  void tell_orders() {
    for (const auto& news : till_.news()) {
      hooks_.tell(news.topic, news.order_id, provincial::php_json(till_.message(news, site_)));
    }
  }

  enum class SignIn { accepted, nobody, wrong_secret };

  // Keys in the query would end in every log on the way; over plain HTTP they count for nothing.
  SignIn sign_in(const Request& request) const {
    const auto [key, secret] = basic_credentials(request.header("Authorization"));
    if (key.empty() || key != credentials_.consumer_key) return SignIn::nobody;
    return secret == credentials_.consumer_secret ? SignIn::accepted : SignIn::wrong_secret;
  }

  Context& context_;
  const ProvincialCredentials credentials_;
  mutable std::mutex mutex_;
  provincial::Ids ids_;
  provincial::Categories categories_;
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
