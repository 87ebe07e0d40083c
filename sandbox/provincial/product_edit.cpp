// Writing a product as the store does: member by member, silently forgiving.
#include <algorithm>

#include "base/text.h"
#include "sandbox/json_tools.h"
#include "sandbox/provincial/product.h"

namespace sandbox::provincial {
namespace {

enum class Type { text, whole, flag, list };
struct TypedMember {
  const char* name;
  Type type;
};
constexpr TypedMember kTyped[] = {
    {"name", Type::text},
    {"slug", Type::text},
    {"description", Type::text},
    {"sku", Type::text},
    {"regular_price", Type::text},
    {"sale_price", Type::text},
    {"weight", Type::text},
    {"status", Type::text},
    {"stock_quantity", Type::whole},
    {"menu_order", Type::whole},
    {"featured", Type::flag},
    {"manage_stock", Type::flag},
    {"sold_individually", Type::flag},
    {"images", Type::list},
    {"categories", Type::list},
    {"meta_data", Type::list},
};

// Taken over as they come when they have the right JSON type.
constexpr const char* kTexts[] = {"name",
                                  "slug",
                                  "description",
                                  "short_description",
                                  "catalog_visibility",
                                  "type",
                                  "weight",
                                  "tax_status",
                                  "tax_class",
                                  "purchase_note",
                                  "external_url",
                                  "button_text",
                                  "post_password",
                                  "global_unique_id",
                                  "shipping_class",
                                  "date_on_sale_from",
                                  "date_on_sale_from_gmt",
                                  "date_on_sale_to",
                                  "date_on_sale_to_gmt"};
constexpr const char* kFlags[] = {"featured", "virtual", "downloadable", "sold_individually",
                                  "reviews_allowed"};
constexpr const char* kLists[] = {"upsell_ids", "cross_sell_ids", "default_attributes",
                                  "grouped_products", "downloads"};
constexpr const char* kNumbers[] = {"menu_order", "parent_id", "low_stock_amount", "download_limit",
                                    "download_expiry"};

std::optional<bool> flag_of(const Json& given) {
  if (given.is_boolean()) return given.as_bool();
  if (given.is_integer()) return given.as_number().to_int64() != 0;
  if (!given.is_string()) return std::nullopt;
  const auto& text = given.as_string();
  if (text == "true" || text == "1") return true;
  if (text == "false" || text == "0") return false;
  return std::nullopt;
}

// Everything but digits, sign and the last dot is thrown away: "abc" -> "", "65,000" -> "65000".
std::string price_text(const Json& given) {
  const auto text = given.is_string() ? given.as_string() : given.serialize();
  const auto last_dot = text.rfind('.');
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (digit || text[i] == '-' || (text[i] == '.' && i == last_dot)) out.push_back(text[i]);
  }
  return out;
}

// A picture is "reachable" when its address is a web address and not port 1 of this machine.
bool reachable(const std::string& source) {
  const auto scheme = source.starts_with("http://") ? 7U : source.starts_with("https://") ? 8U : 0U;
  if (scheme == 0) return false;
  const auto authority = source.substr(scheme, source.find_first_of("/?#", scheme) - scheme);
  const auto colon = authority.rfind(':');
  const auto host = authority.substr(0, colon);
  const bool loopback = host.starts_with("127.") || host == "localhost" || host == "[::1]";
  const bool port_one = colon != std::string::npos && authority.substr(colon) == ":1";
  return !host.empty() && !(loopback && port_one);
}

// One picture of a wish: a known id, or an address that the store downloads.
struct Taken {
  Json row;
  std::optional<Answer> problem;
};
Taken take_image(const Json& image, const Json& known_rows, const std::string& kind,
                 EditTools tools) {
  const auto source = text_in(image, "src");
  const auto known = integer_in(image, "id").value_or(0);
  if (known == 0 && !reachable(source)) {
    return {
        {},
        refusal(400, "woocommerce_" + kind + "_image_upload_error",
                "Error getting remote image " + source + ". Error: A valid URL was not provided.")};
  }
  Json row;
  for (const auto& old : known_rows.as_array()) {
    if (known != 0 && integer_in(old, "id") == known) row = old;
  }
  if (known != 0 && row.is_null()) {
    return {{},
            refusal(400, "woocommerce_" + kind + "_invalid_image_id",
                    "#" + std::to_string(known) + " is an invalid image ID.")};
  }
  if (known == 0) {
    row["id"] = jn(tools.ids.next());
    set_each(row, {"date_created", "date_modified"}, js(local(tools.now)));
    set_each(row, {"date_created_gmt", "date_modified_gmt"}, js(gmt(tools.now)));
    row["src"] = js(source);
    row["name"] = js(source.substr(source.rfind('/') + 1));
    row["alt"] = js("");
  }
  for (const char* member : {"name", "alt"}) {
    if (image.has_string_field(member)) row[member] = image.at(member);
  }
  return {row, std::nullopt};
}

std::optional<Answer> edit_images(Product& product, const Json& wanted, EditTools tools) {
  if (!wanted.has_array_field("images")) return std::nullopt;
  Json images = empty_list();
  for (const auto& image : wanted.at("images").as_array()) {
    auto taken = take_image(image, product.fields.at("images"), "product", tools);
    if (taken.problem) return taken.problem;
    push(images, taken.row);
  }
  product.fields["images"] = images;
  return std::nullopt;
}

std::optional<Answer> edit_image(Product& variation, const Product& parent, const Json& wanted,
                                 EditTools tools) {
  if (!wanted.is_object() || !wanted.has_field("image")) return std::nullopt;
  if (!wanted.has_object_field("image")) {
    variation.fields["image"] = Json::null();
    return std::nullopt;
  }
  auto taken = take_image(wanted.at("image"), parent.fields.at("images"), "variation", tools);
  if (!taken.problem) variation.fields["image"] = taken.row;
  return taken.problem;
}

void edit_meta(Product& product, const Json& wanted, EditTools tools) {
  if (!wanted.has_array_field("meta_data")) return;
  auto& rows = product.fields["meta_data"];
  for (const auto& given : wanted.at("meta_data").as_array()) {
    const auto key = text_in(given, "key");
    if (!given.is_object() || key.empty()) continue;
    const auto text = given.has_field("value") ? given.at("value") : js("");
    bool placed = false;
    for (auto& row : rows.as_array()) {
      if (text_in(row, "key") != key) continue;
      row["value"] = text;
      placed = true;
    }
    if (placed) continue;
    Json row;
    row["id"] = jn(tools.ids.next());
    row["key"] = js(key);
    row["value"] = text;
    push(rows, row);
  }
}

// Own options are kept as one text with "|" between them, so that one with a "|" becomes two.
Json split_options(const Json& given) {
  Json out = empty_list();
  if (!given.has_array_field("options")) return out;
  for (const auto& option : given.at("options").as_array()) {
    const auto text = option.is_string() ? option.as_string() : option.serialize();
    for (std::size_t at = 0; at <= text.size();) {
      const auto end = std::min(text.find('|', at), text.size());
      const auto part = base::trim(std::string_view(text).substr(at, end - at));
      if (!part.empty()) push(out, js(std::string(part)));
      at = end + 1;
    }
  }
  return out;
}

void edit_attributes(Product& product, const Json& wanted) {
  if (!wanted.has_array_field("attributes")) return;
  Json rows = empty_list();
  for (const auto& given : wanted.at("attributes").as_array()) {
    if (!given.is_object()) continue;
    Json row;
    row["id"] = jn(integer_in(given, "id").value_or(0));
    row["name"] = js(text_in(given, "name"));
    row["slug"] = js(text_in(given, "name"));
    row["position"] = jn(integer_in(given, "position").value_or(0));
    for (const char* member : {"visible", "variation"}) {
      row[member] = jb(given.has_field(member) && flag_of(given.at(member)).value_or(false));
    }
    row["options"] = split_options(given);
    push(rows, row);
  }
  product.fields["attributes"] = rows;
}

void edit_price(Product& product, const Json& wanted) {
  auto& fields = product.fields;
  if (product.is_variable()) {  // the prices are those of its variations
    set_each(fields, {"regular_price", "sale_price", "price"}, js(""));
    set_each(fields, {"on_sale", "purchasable"}, jb(false));
    return;
  }
  for (const char* name : {"regular_price", "sale_price"}) {
    if (wanted.has_field(name)) fields[name] = js(price_text(wanted.at(name)));
  }
  const auto amount = [&](const char* name) {
    const auto text = text_in(fields, name);
    return to_integer(text.substr(0, text.find('.')));
  };
  const auto regular = amount("regular_price");
  const auto sale = amount("sale_price");
  // A sale that is none is forgotten, as the shop's own editor does.
  if (sale && regular && *sale >= *regular) fields["sale_price"] = js("");
  const bool on_sale = sale && regular && *sale < *regular;
  fields["on_sale"] = jb(on_sale);
  fields["price"] = js(text_in(fields, on_sale ? "sale_price" : "regular_price"));
  fields["purchasable"] = jb(!text_in(fields, "price").empty());
}

void edit_stock(Product& product, const Json& wanted, EditTools tools) {
  auto& fields = product.fields;
  if (!tools.counts_stock) return;
  if (wanted.has_field("manage_stock")) {
    fields["manage_stock"] = jb(flag_of(wanted.at("manage_stock")).value_or(false));
  }
  if (wanted.has_string_field("backorders")) fields["backorders"] = wanted.at("backorders");
  fields["backorders_allowed"] = jb(product.text("backorders") != "no");
  if (!product.counts_stock()) {
    fields["stock_quantity"] = Json::null();
    const auto status = text_in(wanted, "stock_status");
    if (status == "instock" || status == "outofstock" || status == "onbackorder") {
      fields["stock_status"] = js(status);
    }
    return;
  }
  auto quantity = integer_in(fields, "stock_quantity").value_or(0);
  if (const auto absolute = integer_in(wanted, "stock_quantity")) {
    quantity = *absolute;
  } else if (const auto delta = integer_in(wanted, "inventory_delta")) {
    quantity += *delta;
  }
  product.set_stock(quantity);
}

void edit_dimensions(Json& fields, const Json& wanted) {
  if (!wanted.has_object_field("dimensions")) return;
  const auto& given = wanted.at("dimensions");
  for (const char* side : {"length", "width", "height"}) {
    if (given.has_string_field(side)) fields["dimensions"][side] = given.at(side);
  }
}

// Options of what the parent varies by; anything else is dropped without a word.
void edit_choice(Product& variation, const Product& parent, const Json& wanted) {
  if (!wanted.has_array_field("attributes")) return;
  Json rows = empty_list();
  for (const auto& given : wanted.at("attributes").as_array()) {
    for (const auto& attribute : parent.fields.at("attributes").as_array()) {
      const auto id = integer_in(given, "id").value_or(0);
      const bool same =
          id != 0 ? integer_in(attribute, "id") == id
                  : slug_of(text_in(attribute, "name")) == slug_of(text_in(given, "name"));
      if (!same || !attribute.at("variation").as_bool()) continue;
      Json row;
      row["id"] = attribute.at("id");
      row["name"] = attribute.at("name");
      row["option"] = js(std::string(base::trim(text_in(given, "option"))));
      push(rows, row);
    }
  }
  variation.fields["attributes"] = rows;
}

void edit_plain(Product& product, const Json& wanted, EditTools tools) {
  auto& fields = product.fields;
  for (const char* name : kTexts) {
    if (wanted.has_string_field(name)) fields[name] = wanted.at(name);
  }
  for (const char* name : kFlags) {
    if (wanted.has_field(name)) fields[name] = jb(flag_of(wanted.at(name)).value_or(false));
  }
  for (const char* name : kLists) {
    if (wanted.has_array_field(name)) fields[name] = wanted.at(name);
  }
  for (const char* name : kNumbers) {
    if (const auto number = integer_in(wanted, name)) fields[name] = jn(*number);
  }
  edit_dimensions(fields, wanted);
  if (wanted.has_field("categories")) {
    fields["categories"] = tools.categories.of_product(wanted.at("categories"));
  }
  if (wanted.has_array_field("tags")) fields["tags"] = tools.tags.of_product(wanted.at("tags"));
  if (wanted.has_string_field("status")) {
    const auto& status = wanted.at("status").as_string();
    const bool known = status == "draft" || status == "pending" || status == "private" ||
                       status == "publish" || status == "future";
    fields["status"] = js(known ? status : "draft");
  }
}

}  // namespace

std::optional<Answer> type_problem(const Json& wanted) {
  for (const auto& [name, type] : kTyped) {
    if (!wanted.is_object() || !wanted.has_field(name)) continue;
    const auto& given = wanted.at(name);
    const auto wrong = [&, member = std::string(name)](const char* type_name) {
      return bad_param(member, "rest_invalid_type", member + " is not of type " + type_name + ".");
    };
    if (type == Type::text && !given.is_string()) return wrong("string");
    if (type == Type::whole && !integer_in(wanted, name)) return wrong("integer");
    if (type == Type::flag && !flag_of(given)) return wrong("boolean");
    if (type == Type::list && !given.is_array()) return wrong("array");
  }
  return std::nullopt;
}

std::optional<Answer> edit(Product& product, const Json& wanted, EditTools tools) {
  if (auto problem = edit_images(product, wanted, tools)) return problem;
  edit_plain(product, wanted, tools);
  edit_meta(product, wanted, tools);
  edit_attributes(product, wanted);
  edit_price(product, wanted);
  edit_stock(product, wanted, tools);
  product.modified_at = tools.now;
  return std::nullopt;
}

std::optional<Answer> edit_variation(Product& variation, const Product& parent, const Json& wanted,
                                     EditTools tools) {
  if (auto problem = edit_image(variation, parent, wanted, tools)) return problem;
  auto& fields = variation.fields;
  for (const char* name : {"description", "weight", "tax_class", "global_unique_id"}) {
    if (wanted.has_string_field(name)) fields[name] = wanted.at(name);
  }
  if (const auto order = integer_in(wanted, "menu_order")) fields["menu_order"] = jn(*order);
  edit_dimensions(fields, wanted);
  if (wanted.has_string_field("status")) {
    const auto& status = wanted.at("status").as_string();
    fields["status"] = js(status == "publish" || status == "private" ? status : "draft");
  }
  edit_meta(variation, wanted, tools);
  edit_choice(variation, parent, wanted);
  edit_price(variation, wanted);
  edit_stock(variation, wanted, tools);
  variation.modified_at = tools.now;
  return std::nullopt;
}

}  // namespace sandbox::provincial
