#include "connectors/provincial/mapping.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "catalog/money.h"

namespace connectors::provincial {
namespace {

using base::Error;
using base::ErrorCode;
using common::Json;
using common::json_flag;
using common::json_number;
using common::json_object;
using common::json_string;

constexpr std::string_view kPicturesKey = "_nongsan_pictures";

// The variation's number where there is one: it is written under its product's address.
std::int64_t number_of(const catalog::Binding& binding) {
  return store_id(binding.unit_id.empty() ? binding.item_id : binding.unit_id).value_or(0);
}

std::string kilograms(int grams) {
  constexpr int kGrams = 1'000;
  auto text = fmt::format("{}.{:03}", grams / kGrams, grams % kGrams);
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text;
}

std::string certificates_text(const ListingContent& content) {
  std::string out;
  for (const auto& certificate : content.certificates) {
    if (!out.empty()) out += "; ";
    out += certificate.kind;
    if (certificate.stars > 0) out += " " + std::to_string(certificate.stars) + " sao";
    if (!certificate.number.empty()) out += " (" + certificate.number + ")";
  }
  return out;
}

std::string ocop_stars(const ListingContent& content) {
  int stars = 0;
  for (const auto& certificate : content.certificates) stars = std::max(stars, certificate.stars);
  return stars > 0 ? std::to_string(stars) : std::string{};
}

// Every key is sent every time: an expired certificate must go, too.
Json meta_data(const ListingContent& content, const Pictures& pictures) {
  std::vector<Json> out = {meta_entry("_producer", content.producer_name),
                           meta_entry("_certificates", certificates_text(content)),
                           meta_entry("_ocop_stars", ocop_stars(content))};
  if (!pictures.urls.empty()) out.push_back(meta_entry(kPicturesKey, pictures.fingerprint));
  return common::json_array(std::move(out));
}

std::string short_description(const ListingContent& content) {
  auto out = content.producer_name;
  const auto certificates = certificates_text(content);
  if (!out.empty() && !certificates.empty()) out += " · ";
  return out + certificates;
}

void add_start(Members& members, const ListingContent& content) {
  members.emplace_back("type", json_string("simple"));
  members.emplace_back("sku", json_string(content.sku.text));
  members.emplace_back("regular_price", json_string(std::to_string(content.price)));
  members.emplace_back("manage_stock", json_flag(true));
  members.emplace_back("backorders", json_string("no"));
  members.emplace_back("stock_quantity", json_number(content.initial_stock));
}

std::string wanted_status(const ListingContent& content) {
  return content.visible ? "publish" : "draft";
}

Error refused(const ListingContent& content, const std::string& what) {
  return {ErrorCode::rejected, content.sku.text + ": " + what, {}, {}};
}

bool same_attribute(const Json& one, const Json& other) {
  const auto id = common::integer(one, "id").value_or(0);
  if (id != 0 || common::integer(other, "id").value_or(0) != 0) {
    return id == common::integer(other, "id").value_or(0);
  }
  return base::fold(common::text(one, "name")) == base::fold(common::text(other, "name"));
}

}  // namespace

std::optional<std::int64_t> store_id(const std::string& text) {
  std::int64_t id = 0;
  const auto* end = text.data() + text.size();
  const auto [stop, failure] = std::from_chars(text.data(), end, id);
  if (failure != std::errc{} || stop != end || id <= 0) return std::nullopt;
  return id;
}

std::string plain_name(std::string name) {
  constexpr std::string_view kAmpersand = "&amp;";
  for (std::size_t at = 0; (at = name.find(kAmpersand, at)) != std::string::npos; ++at) {
    name.replace(at, kAmpersand.size(), "&");
  }
  return name;
}

Json meta_entry(std::string_view key, std::string_view value) {
  return json_object({{"key", json_string(key)}, {"value", json_string(value)}});
}

std::string meta_text(const Json& product, std::string_view key) {
  for (const auto& entry : common::items(product, "meta_data")) {
    if (common::text(entry, "key") == key) return common::text(entry, "value");
  }
  return {};
}

void add_measures(Members& members, const ListingContent& content) {
  const int grams = content.package_weight_g > 0 ? content.package_weight_g : content.net_weight_g;
  if (grams > 0) members.emplace_back("weight", json_string(kilograms(grams)));
  if (content.length_cm <= 0 || content.width_cm <= 0 || content.height_cm <= 0) return;
  const auto side = [](int centimetres) { return json_string(std::to_string(centimetres)); };
  members.emplace_back("dimensions", json_object({{"length", side(content.length_cm)},
                                                  {"width", side(content.width_cm)},
                                                  {"height", side(content.height_cm)}}));
}

// The map's number is one of the store's own attributes, anything else a name of this product's.
std::vector<Json> label_attributes(const ListingContent& content) {
  std::vector<Json> out;
  for (const auto& attribute : content.attributes) {
    const auto text =
        attribute.unit.empty() ? attribute.text : attribute.text + " " + attribute.unit;
    if (text.empty()) continue;
    const auto id = store_id(attribute.remote_id);
    out.push_back(
        json_object({id ? std::pair<std::string, Json>{"id", json_number(*id)}
                        : std::pair<std::string, Json>{"name", json_string(attribute.remote_id)},
                     {"options", common::json_array({json_string(text)})},
                     {"visible", json_flag(true)},
                     {"variation", json_flag(false)}}));
  }
  return out;
}

std::vector<Json> other_attributes(const Json& product, const std::vector<Json>& without) {
  std::vector<Json> out;
  for (const auto& row : common::items(product, "attributes")) {
    const bool ours = std::any_of(without.begin(), without.end(),
                                  [&](const Json& one) { return same_attribute(one, row); });
    if (!ours) out.push_back(row);
  }
  return out;
}

std::optional<Error> problem_with(const ListingContent& content) {
  if (base::trim(content.title.vi).empty()) return refused(content, "the product has no name");
  if (!content.category_remote_id.empty() && !store_id(content.category_remote_id)) {
    return refused(content, "the category map must name the store's category by its number");
  }
  if (!content.binding.empty()) {
    const auto& unit = content.binding.unit_id;
    if (store_id(content.binding.item_id) && (unit.empty() || store_id(unit))) return std::nullopt;
    return refused(content, "the binding is no product number of this store");
  }
  if (content.sku.empty()) return refused(content, "a new product needs a SKU");
  if (content.price <= 0 || content.price > catalog::kPriceMax) {
    return refused(content, "the price must be above 0 đồng");
  }
  if (content.initial_stock < 0) return refused(content, "the stock must not be negative");
  return std::nullopt;
}

Members content_members(const ListingContent& content, const Pictures& pictures, const Json& now) {
  Members members = {{"name", json_string(content.title.vi)},
                     {"description", json_string(content.description.vi)},
                     {"short_description", json_string(short_description(content))},
                     {"status", json_string(wanted_status(content))},
                     {"meta_data", meta_data(content, pictures)}};
  // Taking the flag away is featuring's (featuring.h): somebody else may have set it.
  if (content.featured_rank > 0 || now.is_null()) {
    members.emplace_back("featured", json_flag(content.featured_rank > 0));
  }
  if (const auto category = store_id(content.category_remote_id)) {
    std::vector<Json> rows = {json_object({{"id", json_number(*category)}})};
    const auto chosen = meta_text(now, kChosenKey);
    const auto gathered_in = store_id(chosen.substr(std::min(chosen.find(';') + 1, chosen.size())));
    if (gathered_in && gathered_in != category) {
      rows.push_back(json_object({{"id", json_number(*gathered_in)}}));
    }
    members.emplace_back("categories", common::json_array(std::move(rows)));
  }
  if (!pictures.urls.empty()) {
    std::vector<Json> images;
    for (const auto& url : pictures.urls) {
      images.push_back(
          json_object({{"src", json_string(url)}, {"alt", json_string(content.title.vi)}}));
    }
    members.emplace_back("images", common::json_array(std::move(images)));
  }
  auto attributes = label_attributes(content);
  if (!attributes.empty()) {
    auto others = other_attributes(now, attributes);
    attributes.insert(attributes.end(), others.begin(), others.end());
    members.emplace_back("attributes", common::json_array(std::move(attributes)));
  }
  return members;
}

Json product_json(const ListingContent& content, const Pictures& pictures, const Json& now) {
  auto members = content_members(content, pictures, now);
  add_measures(members, content);
  if (content.binding.empty()) {
    add_start(members, content);
  } else {
    members.emplace_back("id", json_number(store_id(content.binding.item_id).value_or(0)));
  }
  return json_object(members);
}

// An absolute level also switches counting on: a store that does not count sells without end.
Json stock_json(const StockUpdate& update) {
  Members members = {{"id", json_number(number_of(update.binding))}};
  if (update.is_delta) {
    members.emplace_back("inventory_delta", json_number(update.quantity));
  } else {
    members.emplace_back("manage_stock", json_flag(true));
    members.emplace_back("stock_quantity", json_number(update.quantity));
  }
  return json_object(members);
}

Json price_json(const PriceUpdate& update) {
  return json_object({{"id", json_number(number_of(update.binding))},
                      {"regular_price", json_string(std::to_string(update.price))}});
}

std::optional<std::string> difference(const ListingContent& content, const Json& product) {
  const auto status = common::text(product, "status");
  if (status != wanted_status(content)) {
    return "the store keeps it as \"" + base::shorten(status, 40) + "\", not \"" +
           wanted_status(content) + "\"";
  }
  const auto category = store_id(content.category_remote_id);
  const auto kept = common::items(product, "categories");
  const bool filed =
      !category || kept.empty() || std::any_of(kept.begin(), kept.end(), [&](const Json& row) {
        return common::integer(row, "id") == category;
      });
  if (!filed) return "the store has no category " + content.category_remote_id;
  if (!content.binding.empty()) return std::nullopt;
  if (common::money_vnd(product, "regular_price") != content.price) {
    return "the store keeps the price \"" +
           base::shorten(common::text(product, "regular_price"), 40) + "\"";
  }
  if (common::integer(product, "stock_quantity") != content.initial_stock) {
    return "the store keeps the stock \"" +
           base::shorten(common::text(product, "stock_quantity"), 40) + "\"";
  }
  return std::nullopt;
}

std::string picture_fingerprint(const Json& product) {
  return meta_text(product, kPicturesKey);
}

RemoteListing to_listing(const Json& product) {
  RemoteListing listing;
  listing.sku = catalog::Sku{common::text(product, "sku")};
  listing.binding = {common::text(product, "id"), {}};
  listing.title = plain_name(common::text(product, "name"));
  listing.remote_status = common::text(product, "status");
  listing.visible =
      listing.remote_status == "publish" && common::text(product, "catalog_visibility") != "hidden";
  listing.price = common::money_vnd(product, "regular_price").value_or(0);
  const auto counted = common::integer(product, "stock_quantity");
  if (counted) {
    listing.stock = std::max<std::int64_t>(0, *counted);
  } else if (common::text(product, "stock_status") != "outofstock") {
    listing.stock = kUncountedStock;
  }
  return listing;
}

}  // namespace connectors::provincial
