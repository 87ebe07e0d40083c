#include "sandbox/provincial/site.h"

#include "sandbox/json_tools.h"

namespace sandbox::provincial {
namespace {

constexpr std::string_view kCart = "/wc/store/v1/cart";
constexpr std::string_view kStatus = "/wc/v3/system_status";
constexpr std::string_view kSettings = "/wc/v3/settings";

Json setting(const std::string& id, const Json& now) {
  Json out;
  out["id"] = js(id);
  set_each(out, {"label", "description", "tip"}, js(""));
  out["type"] = js("text");
  out["default"] = now;
  out["value"] = now;
  return out;
}

Json settings_of(const Site& site, const std::string& group) {
  if (group == "general") {
    return Json::array(
        {setting("woocommerce_currency", js(site.currency)),
         setting("woocommerce_price_num_decimals", js(std::to_string(site.decimals)))});
  }
  if (group != "products") return Json::null();
  return Json::array({setting("woocommerce_manage_stock", js(site.counts_stock ? "yes" : "no")),
                      setting("woocommerce_weight_unit", js(site.weight_unit)),
                      setting("woocommerce_dimension_unit", js(site.dimension_unit))});
}

Answer settings_page(const Site& site, const std::string& rest) {
  const auto slash = std::min(rest.find('/', 1), rest.size());
  const auto group = rest.empty() ? "" : rest.substr(1, slash - 1);
  const auto rows = settings_of(site, group);
  if (rows.is_null()) {
    return refusal(404, "rest_setting_setting_group_invalid", "Invalid setting group.");
  }
  if (slash == rest.size()) return {200, rows, {}};
  for (const auto& row : rows.as_array()) {
    if (text_in(row, "id") == rest.substr(slash + 1)) return {200, row, {}};
  }
  return refusal(404, "rest_setting_setting_invalid", "Invalid setting.");
}

Answer index_page(const Site& site, const Call& call) {
  Answer answer;
  answer.body["name"] = js("Nông sản");
  answer.body["description"] = js("");
  set_each(answer.body, {"url", "home"}, js(call.site));
  answer.body["gmt_offset"] = js(site.time_zone == "Asia/Ho_Chi_Minh" ? "7" : "0");
  answer.body["timezone_string"] = js(site.time_zone);
  answer.body["namespaces"] = Json::array({js("wc/v3"), js("wc/store/v1")});
  return answer;
}

Answer status_page(const Site& site, const Call& call) {
  Answer answer;
  auto& environment = answer.body["environment"];
  set_each(environment, {"home_url", "site_url"}, js(call.site));
  environment["version"] = js(site.version);
  environment["wp_version"] = js("6.5.5");
  environment["php_version"] = js("8.2.36");
  environment["default_timezone"] = js("UTC");
  auto& settings = answer.body["settings"];
  settings["currency"] = js(site.currency);
  settings["currency_symbol"] = js("₫");
  settings["number_of_decimals"] = jn(site.decimals);
  answer.body["security"]["secure_connection"] = jb(false);
  answer.body["security"]["hide_errors"] = jb(true);
  return answer;
}

Answer cart_page(const Site& site) {
  Answer answer;
  answer.body["items"] = empty_list();
  auto& totals = answer.body["totals"];
  totals["total_price"] = js("0");
  totals["currency_code"] = js(site.currency);
  totals["currency_minor_unit"] = jn(site.decimals);
  return answer;
}

}  // namespace

bool is_public_page(const std::string& route) {
  return route == "/" || route == kCart;
}

bool is_site_page(const std::string& route) {
  return is_public_page(route) || route == kStatus || route == kSettings ||
         route.starts_with(std::string(kSettings) + "/");
}

std::optional<Answer> site_page(const Site& site, const Call& call) {
  if (!is_site_page(call.route)) return std::nullopt;
  if (call.route == "/") return index_page(site, call);
  if (call.route == kCart) return cart_page(site);
  if (call.route == kStatus) return status_page(site, call);
  return settings_page(site, call.route.substr(kSettings.size()));
}

base::Result<Json> Site::act(const Json& wanted) {
  auto next = save();
  for (const auto& [name, given] : wanted.as_object()) {
    if (name == "act" || name == "channel") continue;
    if (!next.has_field(name) || next.at(name).type() != given.type()) {
      return base::Error{base::ErrorCode::invalid, "the store knows no \"" + name + "\"", {}, {}};
    }
    next[name] = given;
  }
  load(next);
  return save();
}

Json Site::save() const {
  Json out;
  out["currency"] = js(currency);
  out["decimals"] = jn(decimals);
  out["counts_stock"] = jb(counts_stock);
  out["weight_unit"] = js(weight_unit);
  out["dimension_unit"] = js(dimension_unit);
  out["time_zone"] = js(time_zone);
  out["version"] = js(version);
  out["permissions"] = js(permissions);
  out["manager"] = jb(manager);
  out["basic_over_http"] = jb(basic_over_http);
  out["permalinks"] = jb(permalinks);
  out["path"] = js(path);
  return out;
}

void Site::load(const Json& state) {
  currency = text_in(state, "currency");
  decimals = integer_in(state, "decimals").value_or(0);
  counts_stock = state.at("counts_stock").as_bool();
  weight_unit = text_in(state, "weight_unit");
  dimension_unit = text_in(state, "dimension_unit");
  time_zone = text_in(state, "time_zone");
  version = text_in(state, "version");
  permissions = text_in(state, "permissions");
  manager = state.at("manager").as_bool();
  basic_over_http = state.at("basic_over_http").as_bool();
  permalinks = state.at("permalinks").as_bool();
  path = text_in(state, "path");
}

}  // namespace sandbox::provincial
