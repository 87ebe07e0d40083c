#include "sandbox/provincial/shapes.h"

#include <cstdio>

#include "base/text.h"
#include "base/time_text.h"
#include "sandbox/json_tools.h"

namespace sandbox::provincial {
namespace {

Json address(bool with_email) {
  Json out;
  set_each(out,
           {"first_name", "last_name", "company", "address_1", "address_2", "city", "state",
            "postcode", "country", "phone"},
           js(""));
  if (with_email) out["email"] = js("");
  return out;
}

// The code point that begins at `at`, which moves behind it; U+FFFD for bytes that are none.
std::uint32_t next_point(const std::string& text, std::size_t& at) {
  constexpr std::uint32_t kReplacement = 0xFFFD;
  const auto lead = static_cast<unsigned char>(text[at++]);
  const std::size_t more = lead >= 0xF0U ? 3 : lead >= 0xE0U ? 2 : lead >= 0xC0U ? 1 : 0;
  if (more == 0) return kReplacement;
  std::uint32_t point = lead & (0x3FU >> more);
  for (std::size_t i = 0; i < more; ++i) {
    if (at >= text.size()) return kReplacement;
    const auto byte = static_cast<unsigned char>(text[at]);
    if ((byte & 0xC0U) != 0x80U) return kReplacement;
    point = (point << 6U) | (byte & 0x3FU);
    ++at;
  }
  return point;
}

void append_unit(std::string& out, std::uint32_t unit) {
  char text[8];
  std::snprintf(text, sizeof text, "\\u%04x", unit & 0xFFFFU);
  out += text;
}

void append_escaped(std::string& out, std::uint32_t point) {
  constexpr std::uint32_t kBeyondPlaneZero = 0x10000;
  if (point < kBeyondPlaneZero) return append_unit(out, point);
  append_unit(out, 0xD800U + ((point - kBeyondPlaneZero) >> 10U));
  append_unit(out, 0xDC00U + ((point - kBeyondPlaneZero) & 0x3FFU));
}

}  // namespace

Json blank_product() {
  Json p;
  set_each(p,
           {"name", "slug", "permalink", "description", "short_description", "sku", "price",
            "regular_price", "sale_price", "external_url", "button_text", "tax_class", "weight",
            "shipping_class", "purchase_note", "price_html", "post_password", "global_unique_id"},
           js(""));
  set_each(p,
           {"date_on_sale_from", "date_on_sale_from_gmt", "date_on_sale_to", "date_on_sale_to_gmt",
            "low_stock_amount", "stock_quantity"},
           Json::null());
  set_each(p,
           {"featured", "on_sale", "virtual", "downloadable", "manage_stock", "backorders_allowed",
            "backordered", "sold_individually", "has_options", "purchasable"},
           jb(false));
  set_each(p, {"shipping_required", "shipping_taxable", "reviews_allowed"}, jb(true));
  set_each(p, {"total_sales", "shipping_class_id", "rating_count", "parent_id", "menu_order"},
           jn(0));
  set_each(p, {"download_limit", "download_expiry"}, jn(-1));
  set_each(
      p,
      {"downloads", "upsell_ids", "cross_sell_ids", "categories", "tags", "images", "attributes",
       "default_attributes", "variations", "grouped_products", "related_ids", "meta_data"},
      empty_list());
  p["type"] = js("simple");
  p["status"] = js("publish");
  p["catalog_visibility"] = js("visible");
  p["tax_status"] = js("taxable");
  p["backorders"] = js("no");
  p["stock_status"] = js("instock");
  set_each(p["dimensions"], {"length", "width", "height"}, js(""));
  return p;
}

Json blank_variation() {
  Json p;
  set_each(p,
           {"description", "sku", "price", "regular_price", "sale_price", "tax_class", "weight",
            "shipping_class"},
           js(""));
  set_each(p,
           {"date_on_sale_from", "date_on_sale_from_gmt", "date_on_sale_to", "date_on_sale_to_gmt",
            "low_stock_amount", "stock_quantity", "image"},
           Json::null());
  set_each(p,
           {"on_sale", "virtual", "downloadable", "manage_stock", "backorders_allowed",
            "backordered", "purchasable"},
           jb(false));
  set_each(p, {"shipping_class_id", "menu_order"}, jn(0));
  set_each(p, {"download_limit", "download_expiry"}, jn(-1));
  set_each(p, {"downloads", "attributes", "meta_data"}, empty_list());
  p["status"] = js("publish");
  p["tax_status"] = js("taxable");
  p["backorders"] = js("no");
  p["stock_status"] = js("instock");
  set_each(p["dimensions"], {"length", "width", "height"}, js(""));
  return p;
}

Json blank_order() {
  Json o;
  set_each(o,
           {"discount_total", "discount_tax", "shipping_total", "shipping_tax", "cart_tax", "total",
            "total_tax"},
           js("0"));
  set_each(o,
           {"order_key", "transaction_id", "customer_ip_address", "customer_user_agent",
            "customer_note", "cart_hash", "number", "payment_url"},
           js(""));
  set_each(o, {"date_completed", "date_paid", "date_completed_gmt", "date_paid_gmt"}, Json::null());
  set_each(o, {"parent_id", "customer_id"}, jn(0));
  set_each(o,
           {"meta_data", "line_items", "tax_lines", "shipping_lines", "fee_lines", "coupon_lines",
            "refunds"},
           empty_list());
  set_each(o, {"prices_include_tax", "is_editable", "needs_payment"}, jb(false));
  o["status"] = js("processing");
  o["currency"] = js("VND");
  o["currency_symbol"] = js("₫");
  o["version"] = js("9.3.3");
  o["billing"] = address(true);
  o["shipping"] = address(false);
  o["payment_method"] = js("cod");
  o["payment_method_title"] = js("Thanh toán khi nhận hàng");
  o["created_via"] = js("checkout");
  o["needs_processing"] = jb(true);
  return o;
}

Json blank_category() {
  Json c;
  set_each(c, {"name", "slug", "description"}, js(""));
  set_each(c, {"id", "parent", "menu_order", "count"}, jn(0));
  c["display"] = js("default");
  c["image"] = Json::null();
  return c;
}

Json blank_tag() {
  Json t;
  set_each(t, {"name", "slug", "description"}, js(""));
  set_each(t, {"id", "count"}, jn(0));
  return t;
}

Json links(const std::string& collection, const std::string& id) {
  Json out;
  Json href;
  href["href"] = js(collection + "/" + id);
  out["self"] = Json::array({href});
  href["href"] = js(collection);
  out["collection"] = Json::array({href});
  return out;
}

Answer refusal(int status, const std::string& code, const std::string& message) {
  Answer answer{status};
  answer.body["code"] = js(code);
  answer.body["message"] = js(message);
  answer.body["data"]["status"] = jn(status);
  return answer;
}

Answer bad_param(const std::string& name, const std::string& code, const std::string& message) {
  auto answer = refusal(400, "rest_invalid_param", "Invalid parameter(s): " + name);
  auto& data = answer.body["data"];
  data["params"][name] = js(message);
  auto& detail = data["details"][name];
  detail["code"] = js(code);
  detail["message"] = js(message);
  detail["data"] = Json::null();
  return answer;
}

Answer no_route() {
  return refusal(404, "rest_no_route", "No route was found matching the URL and request method.");
}

std::string gmt(base::Instant at) {
  return base::utc_iso_no_zone(at);
}

std::string local(base::Instant at) {
  return base::utc_iso_no_zone(at + base::kVietnamOffset);
}

std::string slug_of(const std::string& name) {
  std::string out;
  for (const char c : base::fold(name)) {
    const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (kept) out.push_back(c);
    if (!kept && !out.empty() && out.back() != '-') out.push_back('-');
  }
  while (!out.empty() && out.back() == '-') out.pop_back();
  return out;
}

std::string php_json(const Json& body) {
  const std::string plain = body.serialize();
  std::string out;
  out.reserve(plain.size() + plain.size() / 4);
  for (std::size_t at = 0; at < plain.size();) {
    const char byte = plain[at];
    if (byte == '/') {
      out += "\\/";
      ++at;
    } else if (static_cast<unsigned char>(byte) < 0x80U) {
      out.push_back(byte);
      ++at;
    } else {
      append_escaped(out, next_point(plain, at));
    }
  }
  return out;
}

}  // namespace sandbox::provincial
