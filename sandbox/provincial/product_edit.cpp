// Writing a product as the store does: member by member, silently forgiving.
#include <algorithm>

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
                                  "backorders",
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
constexpr const char* kLists[] = {
    "tags", "upsell_ids", "cross_sell_ids", "default_attributes", "grouped_products", "downloads"};
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

std::optional<Answer> edit_images(Product& product, const Json& wanted, EditTools tools) {
  if (!wanted.has_array_field("images")) return std::nullopt;
  Json images = empty_list();
  for (const auto& image : wanted.at("images").as_array()) {
    const auto source = text_in(image, "src");
    const auto known = integer_in(image, "id").value_or(0);
    if (known == 0 && !reachable(source)) {
      return refusal(
          400, "woocommerce_product_image_upload_error",
          "Error getting remote image " + source + ". Error: A valid URL was not provided.");
    }
    Json row;
    for (const auto& old : product.fields.at("images").as_array()) {
      if (known != 0 && integer_in(old, "id") == known) row = old;
    }
    if (known != 0 && row.is_null()) {
      return refusal(400, "woocommerce_product_invalid_image_id",
                     "#" + std::to_string(known) + " is an invalid image ID.");
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
    push(images, row);
  }
  product.fields["images"] = images;
  return std::nullopt;
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
    row["options"] = given.has_array_field("options") ? given.at("options") : empty_list();
    push(rows, row);
  }
  product.fields["attributes"] = rows;
}

void edit_price(Product& product, const Json& wanted) {
  auto& fields = product.fields;
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

void edit_stock(Product& product, const Json& wanted) {
  auto& fields = product.fields;
  if (wanted.has_field("manage_stock")) {
    fields["manage_stock"] = jb(flag_of(wanted.at("manage_stock")).value_or(false));
  }
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
  if (wanted.has_object_field("dimensions")) {
    for (const char* side : {"length", "width", "height"}) {
      const auto& given = wanted.at("dimensions");
      if (given.has_string_field(side)) fields["dimensions"][side] = given.at(side);
    }
  }
  if (wanted.has_field("categories")) {
    fields["categories"] = tools.categories.of_product(wanted.at("categories"));
  }
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
  edit_stock(product, wanted);
  product.modified_at = tools.now;
  return std::nullopt;
}

}  // namespace sandbox::provincial
