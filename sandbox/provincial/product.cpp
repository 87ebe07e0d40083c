// Reading and showing a product; product_edit.cpp writes it.
#include "sandbox/provincial/product.h"

#include <algorithm>

#include "sandbox/json_tools.h"

namespace sandbox::provincial {
namespace {

// "65000" -> "65,000"
std::string grouped(const std::string& digits) {
  std::string out = digits;
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) {
    out.insert(static_cast<std::size_t>(at), ",");
  }
  return out;
}

Json price_html(const std::string& price) {
  if (price.empty()) return js("");
  return js(
      "<span class=\"woocommerce-Price-amount amount\"><bdi><span "
      "class=\"woocommerce-Price-currencySymbol\">&#8363;</span>" +
      grouped(price.substr(0, price.find('.'))) + "</bdi></span>");
}

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
}

// Readers get paragraphs: blank lines part them, single line ends become <br />.
std::string paragraphs(const std::string& raw) {
  if (raw.empty()) return {};
  if (raw.find("<p") != std::string::npos || raw.find("<ul") != std::string::npos ||
      raw.find("<div") != std::string::npos) {
    return raw;
  }
  std::string text = raw;
  replace_all(text, "\r\n", "\n");
  while (!text.empty() && text.back() == '\n') text.pop_back();
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find("\n\n", at), text.size());
    auto part = text.substr(at, end - at);
    replace_all(part, "\n", "<br />\n");
    if (!part.empty()) out += "<p>" + part + "</p>\n";
    at = end + 2;
  }
  return out;
}

}  // namespace

std::string Product::text(const char* member) const {
  return text_in(fields, member);
}

bool Product::published() const {
  return !trashed && text("status") == "publish";
}

std::int64_t Product::price() const {
  const auto text_price = text("price");
  return to_integer(text_price.substr(0, text_price.find('.'))).value_or(0);
}

std::int64_t Product::parent_id() const {
  return is_variation() ? integer_in(fields, "parent_id").value_or(0) : 0;
}

bool Product::counts_stock() const {
  return fields.at("manage_stock").as_bool();
}

std::int64_t Product::available() const {
  if (!counts_stock()) return text("stock_status") == "outofstock" ? 0 : kUncounted;
  if (fields.at("backorders_allowed").as_bool()) return kUncounted;
  return std::max<std::int64_t>(0, integer_in(fields, "stock_quantity").value_or(0));
}

void Product::set_stock(std::int64_t quantity) {
  const bool backorders = fields.at("backorders_allowed").as_bool();
  fields["stock_quantity"] = jn(quantity);
  fields["backordered"] = jb(quantity < 0 && backorders);
  fields["stock_status"] = js(quantity > 0 ? "instock" : backorders ? "onbackorder" : "outofstock");
}

std::string option_name(const Product& variation) {
  std::string out;
  for (const auto& row : variation.fields.at("attributes").as_array()) {
    const auto option = text_in(row, "option");
    if (!option.empty()) out += (out.empty() ? "" : ", ") + option;
  }
  return out;
}

Json shown_variation(const Product& variation, const Product& parent, const std::string& site) {
  Json out = variation.fields;
  out.erase("type");
  out.erase("parent_id");
  const auto id = std::to_string(variation.id);
  const auto products = site + "/wp-json/wc/v3/products";
  const auto of_parent = products + "/" + std::to_string(parent.id);
  out["id"] = jn(variation.id);
  out["name"] = js(option_name(variation));
  out["permalink"] = js(site + "/?post_type=product&p=" + std::to_string(parent.id));
  out["date_created"] = js(local(variation.created_at));
  out["date_created_gmt"] = js(gmt(variation.created_at));
  out["date_modified"] = js(local(variation.modified_at));
  out["date_modified_gmt"] = js(gmt(variation.modified_at));
  for (const char* member : {"sku", "weight"}) {
    if (variation.text(member).empty()) out[member] = parent.fields.at(member);
  }
  if (out.at("image").is_null() && parent.fields.at("images").size() > 0) {
    out["image"] = parent.fields.at("images").at(0);
  }
  if (!variation.counts_stock() && parent.counts_stock()) {
    out["manage_stock"] = js("parent");
    out["stock_quantity"] = parent.fields.at("stock_quantity");
    out["stock_status"] = parent.fields.at("stock_status");
  }
  out["_links"] = links(of_parent + "/variations", id);
  Json up;
  up["href"] = js(of_parent);
  out["_links"]["up"] = Json::array({up});
  return out;
}

Json shown(const Product& product, const std::string& site, View view) {
  Json out = product.fields;
  const auto id = std::to_string(product.id);
  const auto slug = product.text("slug");
  out["id"] = jn(product.id);
  out["permalink"] =
      js(slug.empty() ? site + "/?post_type=product&p=" + id : site + "/product/" + slug + "/");
  out["date_created"] = js(local(product.created_at));
  out["date_created_gmt"] = js(gmt(product.created_at));
  out["date_modified"] = js(local(product.modified_at));
  out["date_modified_gmt"] = js(gmt(product.modified_at));
  out["price_html"] = price_html(product.text("price"));
  if (product.trashed) out["status"] = js("trash");
  if (view == View::after_write) {
    out["average_rating"] = js("0");
    out["permalink_template"] = js(site + "/product/%pagename%/");
    out["generated_slug"] = js(slug.empty() ? slug_of(product.text("name")) : slug);
  } else {
    out["average_rating"] = js("0.00");
    out["description"] = js(paragraphs(product.text("description")));
    out["short_description"] = js(paragraphs(product.text("short_description")));
  }
  out["_links"] = links(site + "/wp-json/wc/v3/products", id);
  return out;
}

}  // namespace sandbox::provincial
