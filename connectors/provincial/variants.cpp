#include "connectors/provincial/variants.h"

#include <algorithm>

#include "base/text.h"
#include "catalog/listing_content.h"

namespace connectors::provincial {
namespace {

using common::Json;
using common::json_array;
using common::json_flag;
using common::json_number;
using common::json_object;
using common::json_string;

constexpr std::size_t kOptionCodePointsMax = 100;

bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// What the store would cut out or cut at is taken out before.
std::string clean(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '|') {
      out += '/';
    } else if (c == '<' || c == '>' || c == '\\') {
      out += ' ';
    } else {
      out += c;
      const bool octet =
          c == '%' && i + 2 < text.size() && is_hex(text[i + 1]) && is_hex(text[i + 2]);
      if (octet) out += ' ';
    }
  }
  std::string spaced;
  for (const char c : out) {
    const bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (space && (spaced.empty() || spaced.back() == ' ')) continue;
    spaced += space ? ' ' : c;
  }
  while (!spaced.empty() && spaced.back() == ' ') spaced.pop_back();
  return base::shorten(spaced, kOptionCodePointsMax);
}

bool shown_publicly(const Json& product) {
  return common::text(product, "status") == "publish" &&
         common::text(product, "catalog_visibility") != "hidden";
}

std::int64_t shown_stock(const Json& variation) {
  if (const auto counted = common::integer(variation, "stock_quantity")) {
    return std::max<std::int64_t>(0, *counted);
  }
  return common::text(variation, "stock_status") == "outofstock" ? 0 : kUncountedStock;
}

Json option_entry(const Json& attribute, const std::string& option) {
  const auto id = common::integer(attribute, "id").value_or(0);
  return json_object(
      {id != 0 ? std::pair<std::string, Json>{"id", json_number(id)}
               : std::pair<std::string, Json>{"name", json_string(common::text(attribute, "name"))},
       {"option", json_string(option)}});
}

}  // namespace

std::string to_text(const Mark& mark) {
  return (mark.shown ? "publish;" : "draft;") + (mark.stock ? std::to_string(*mark.stock) : "") +
         ";" + mark.price + ";" + mark.sale_price + ";" + mark.sku;
}

std::optional<Mark> mark_of(const Json& product) {
  const auto text = meta_text(product, kTurningKey);
  std::vector<std::string> parts;
  std::size_t at = 0;
  for (int part = 0; part < 4; ++part) {
    const auto end = text.find(';', at);
    if (end == std::string::npos) return std::nullopt;
    parts.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  Mark mark;
  mark.shown = parts[0] == "publish";
  mark.stock = common::integer_of(json_string(parts[1]));
  mark.price = parts[2];
  mark.sale_price = parts[3];
  mark.sku = text.substr(at);
  return mark.sku.empty() ? std::nullopt : std::optional(mark);
}

Mark mark_from(const Json& product) {
  Mark mark;
  mark.shown = common::text(product, "status") == "publish";
  mark.stock = common::integer(product, "stock_quantity");
  mark.price = common::text(product, "regular_price");
  mark.sale_price = common::text(product, "sale_price");
  mark.sku = common::text(product, "sku");
  return mark;
}

bool is_variable(const Json& product) {
  return common::text(product, "type") == "variable";
}

std::string option_of(const ListingContent& content) {
  auto option = clean(content.pack_name.vi);
  return option.empty() ? content.sku.text : option;
}

std::string option_of(const Json& variation) {
  std::string out;
  for (const auto& attribute : common::items(variation, "attributes")) {
    const auto option = common::text(attribute, "option");
    if (!option.empty()) out += (out.empty() ? "" : ", ") + option;
  }
  return out;
}

std::string unique_option(const std::string& wanted, const std::string& sku,
                          std::span<const std::string> taken) {
  const auto folded = base::fold(wanted);
  const bool free = std::none_of(taken.begin(), taken.end(), [&](const std::string& other) {
    return base::fold(other) == folded;
  });
  return free ? wanted : wanted + " (" + sku + ")";
}

std::optional<Json> pack_attribute(const Json& product) {
  Json found;
  for (const auto& attribute : common::items(product, "attributes")) {
    if (!common::flag(attribute, "variation").value_or(false)) continue;
    if (!found.is_null()) return std::nullopt;
    found = attribute;
  }
  return found;
}

std::vector<std::string> pack_options(const Json& product, const Json& attribute) {
  std::vector<std::string> out;
  for (const auto& row : common::items(product, "attributes")) {
    if (common::text(row, "name") != common::text(attribute, "name")) continue;
    for (const auto& option : common::items(row, "options")) out.push_back(common::text_of(option));
  }
  return out;
}

Json pack_attribute_json(const Json& attribute, std::span<const std::string> options) {
  std::vector<Json> rows;
  for (const auto& option : options) rows.push_back(json_string(option));
  Members members = {{"options", json_array(std::move(rows))},
                     {"visible", json_flag(true)},
                     {"variation", json_flag(true)}};
  const auto id = common::integer(attribute, "id").value_or(0);
  if (id != 0) members.emplace_back("id", json_number(id));
  members.emplace_back("name", json_string(attribute.is_null() ? std::string(kPackAttribute)
                                                               : common::text(attribute, "name")));
  return json_object(members);
}

NewPack new_pack(const ListingContent& content) {
  return {content.sku.text,
          option_of(content),
          std::to_string(content.price),
          {},
          content.initial_stock,
          content.visible,
          &content};
}

Json variation_json(const NewPack& pack, const Json& attribute) {
  Members members = {{"sku", json_string(pack.sku)},
                     {"regular_price", json_string(pack.price)},
                     {"status", json_string(pack.shown ? "publish" : "private")},
                     {"backorders", json_string("no")},
                     {"manage_stock", json_flag(pack.stock.has_value())},
                     {"attributes", json_array({option_entry(attribute, pack.option)})}};
  if (!pack.sale_price.empty()) members.emplace_back("sale_price", json_string(pack.sale_price));
  if (pack.stock) members.emplace_back("stock_quantity", json_number(*pack.stock));
  if (pack.content != nullptr) add_measures(members, *pack.content);
  return json_object(members);
}

Json variation_update_json(const ListingContent& content, const std::string& id,
                           const Json& attribute, const std::string& option) {
  Members members = {{"id", json_number(store_id(id).value_or(0))},
                     {"status", json_string(content.visible ? "publish" : "private")}};
  add_measures(members, content);
  if (!option.empty()) {
    members.emplace_back("attributes", json_array({option_entry(attribute, option)}));
  }
  return json_object(members);
}

RemoteListing variation_listing(const Json& product, const Json& variation) {
  RemoteListing listing;
  listing.sku = catalog::Sku{common::text(variation, "sku")};
  // A variation without a SKU of its own is answered with its product's.
  if (listing.sku.text == common::text(product, "sku")) listing.sku = {};
  listing.binding = {common::text(product, "id"), common::text(variation, "id")};
  listing.title = catalog::title(plain_name(common::text(product, "name")), option_of(variation));
  listing.remote_status = common::text(product, "status") + "/" + common::text(variation, "status");
  listing.visible = shown_publicly(product) && common::text(variation, "status") == "publish";
  listing.price = common::money_vnd(variation, "regular_price").value_or(0);
  listing.stock = shown_stock(variation);
  return listing;
}

RemoteListing marked_listing(const Json& product, const Mark& mark) {
  RemoteListing listing;
  listing.sku = catalog::Sku{mark.sku};
  listing.binding = {common::text(product, "id"), {}};
  listing.title = plain_name(common::text(product, "name"));
  listing.remote_status = common::text(product, "status");
  listing.price = common::parse_money_vnd(mark.price).value_or(0);
  listing.stock = mark.stock ? std::max<std::int64_t>(0, *mark.stock) : kUncountedStock;
  return listing;
}

const Json* variation_with_sku(std::span<const Json> variations, const std::string& sku) {
  for (const auto& variation : variations) {
    if (common::text(variation, "sku") == sku) return &variation;
  }
  return nullptr;
}

const Json* variation_with_id(std::span<const Json> variations, const std::string& id) {
  for (const auto& variation : variations) {
    if (common::text(variation, "id") == id) return &variation;
  }
  return nullptr;
}

}  // namespace connectors::provincial
