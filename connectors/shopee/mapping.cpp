#include "connectors/shopee/mapping.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "connectors/shopee/errors.h"
#include "connectors/shopee/ids.h"

namespace connectors::shopee {

namespace {

using base::Error;
using base::ErrorCode;
using common::Json;
using common::json_array;
using common::json_flag;
using common::json_number;
using common::json_object;
using common::json_string;

Error incomplete(const ListingContent& content, const std::string& what) {
  return {ErrorCode::rejected, "Shopee: " + content.sku.text + " " + what, {}, {}};
}

// 5200 -> "5.2"
std::string kilograms(int grams) {
  std::string decimals = std::to_string(1'000 + grams % 1'000).substr(1);
  while (!decimals.empty() && decimals.back() == '0') decimals.pop_back();
  return std::to_string(grams / 1'000) + (decimals.empty() ? "" : "." + decimals);
}

std::string certificate_line(const catalog::Certificate& certificate) {
  std::string line = "Chứng nhận: " + certificate.kind;
  if (certificate.stars > 0) line += " " + std::to_string(certificate.stars) + " sao";
  if (!certificate.number.empty()) line += ", số " + certificate.number;
  if (!certificate.issuer.empty()) line += ", " + certificate.issuer;
  return line;
}

Json value_json(const RemoteAttribute& attribute) {
  Json value = json_object({{"value_id", id_json(attribute.remote_value_id)}});
  if (attribute.remote_value_id.empty()) {
    value["original_value_name"] = json_string(base::normalise(attribute.text));
  }
  if (!attribute.unit.empty()) value["value_unit"] = json_string(attribute.unit);
  return value;
}

// Several lines of one attribute are its several values.
Json attributes_json(std::span<const RemoteAttribute> attributes) {
  std::vector<std::pair<std::string, std::vector<Json>>> rows;
  for (const auto& attribute : attributes) {
    if (id_number(attribute.remote_id) <= 0) continue;
    const auto known = std::find_if(rows.begin(), rows.end(), [&](const auto& row) {
      return row.first == attribute.remote_id;
    });
    auto& values = known == rows.end()
                       ? rows.emplace_back(attribute.remote_id, std::vector<Json>{}).second
                       : known->second;
    values.push_back(value_json(attribute));
  }
  std::vector<Json> out;
  for (auto& [id, values] : rows) {
    out.push_back(json_object(
        {{"attribute_id", id_json(id)}, {"attribute_value_list", json_array(std::move(values))}}));
  }
  return json_array(std::move(out));
}

Json brand_json(const ListingContent& content) {
  for (const auto& attribute : content.attributes) {
    if (attribute.remote_id != kBrandAttribute) continue;
    return json_object({{"brand_id", id_json(attribute.remote_value_id)},
                        {"original_brand_name", json_string(attribute.text)}});
  }
  return json_object(
      {{"brand_id", json_number(0)}, {"original_brand_name", json_string("NoBrand")}});
}

// What a create and an update have in common.
Json shared_members(const ListingContent& content, const ItemParts& parts, Shape shape) {
  Json body = json_object(
      {{"item_name", json_string(item_name(content, shape))},
       {"description", json_string(base::shorten(full_description(content), kDescriptionMax))}});
  if (!parts.image_ids.empty()) {
    std::vector<Json> ids;
    for (const auto& id : parts.image_ids) ids.push_back(json_string(id));
    body["image"] = json_object({{"image_id_list", json_array(std::move(ids))}});
  }
  if (!content.category_remote_id.empty()) {
    body["category_id"] = id_json(content.category_remote_id);
  }
  if (!content.attributes.empty()) {
    body["attribute_list"] = attributes_json(content.attributes);
    body["brand"] = brand_json(content);
  }
  return body;
}

// What belongs to the pack: on a tiered item the models have it.
void add_pack_members(Json& body, const ListingContent& content) {
  body["item_sku"] = json_string(content.sku.text);
  body["weight"] = weight_json(package_weight_g(content));
  if (content.length_cm > 0 && content.width_cm > 0 && content.height_cm > 0) {
    body["dimension"] = dimension_json(content.length_cm, content.width_cm, content.height_cm);
  }
  if (!content.gtin.empty()) body["gtin_code"] = json_string(content.gtin);
}

Json model_id(const std::string& unit_id) {
  return unit_id.empty() ? json_number(0) : id_json(unit_id);
}

}  // namespace

int package_weight_g(const ListingContent& content) {
  return content.package_weight_g > 0 ? content.package_weight_g : content.net_weight_g;
}

Json weight_json(int grams) {
  return json_string(kilograms(grams));
}

Json dimension_json(int length_cm, int width_cm, int height_cm) {
  return json_object({{"package_length", json_number(length_cm)},
                      {"package_width", json_number(width_cm)},
                      {"package_height", json_number(height_cm)}});
}

Json stock_buckets(std::int64_t stock, const std::string& location_id) {
  Json bucket = json_object({{"stock", json_number(stock)}});
  if (!location_id.empty()) bucket["location_id"] = json_string(location_id);
  return json_array({std::move(bucket)});
}

// Shopee wants weights as numbers and our JSON knows no decimals but text. The quotes around a
// value cannot be met inside another string, where they would be escaped.
std::string with_weight_numbers(std::string body) {
  constexpr std::string_view kQuoted = R"("weight":")";
  for (std::size_t at = body.find(kQuoted); at != std::string::npos;
       at = body.find(kQuoted, at + 1)) {
    const std::size_t open = at + kQuoted.size() - 1;
    const std::size_t close = body.find('"', open + 1);
    if (close == std::string::npos) break;
    body.erase(close, 1);
    body.erase(open, 1);
  }
  return body;
}

std::string item_name(const ListingContent& content, Shape shape) {
  const bool product = shape == Shape::tiered && !content.product_name.vi.empty();
  const auto& name = product ? content.product_name.vi : content.title.vi;
  return base::shorten(base::normalise(name), kTitleMax);
}

std::string full_description(const ListingContent& content) {
  std::string text = content.description.vi;
  if (text.empty()) text = content.title.vi;
  if (!content.producer_name.empty()) text += "\n\nNhà sản xuất: " + content.producer_name;
  for (const auto& certificate : content.certificates) {
    text += "\n" + certificate_line(certificate);
  }
  return base::normalise(text);
}

std::optional<Error> problem_with(const ListingContent& content) {
  if (content.category_remote_id.empty() || id_number(content.category_remote_id) <= 0) {
    return incomplete(content, "needs a Shopee category: add it to the category map");
  }
  if (content.image_files.empty()) return incomplete(content, "needs a picture");
  if (package_weight_g(content) <= 0) return incomplete(content, "needs the weight of its package");
  if (content.price <= 0) return incomplete(content, "needs a price");
  if (content.title.vi.empty()) return incomplete(content, "needs a Vietnamese title");
  return std::nullopt;
}

std::string add_item_body(const ListingContent& content, const ItemParts& parts, Shape shape) {
  Json body = shared_members(content, parts, shape);
  add_pack_members(body, content);
  const bool shown = content.visible && shape == Shape::plain;
  body["original_price"] = json_number(content.price);
  body["item_status"] = json_string(shown ? "NORMAL" : "UNLIST");
  body["condition"] = json_string("NEW");
  body["brand"] = brand_json(content);
  body["seller_stock"] = stock_buckets(content.initial_stock, parts.location_id);
  std::vector<Json> logistics;
  for (const auto id : parts.logistic_ids) {
    logistics.push_back(
        json_object({{"logistic_id", json_number(id)}, {"enabled", json_flag(true)}}));
  }
  body["logistic_info"] = json_array(std::move(logistics));
  return with_weight_numbers(common::to_text(body));
}

std::string update_item_body(const ListingContent& content, const ItemParts& parts, Shape shape) {
  Json body = shared_members(content, parts, shape);
  if (shape == Shape::plain) add_pack_members(body, content);
  body["item_id"] = id_json(content.binding.item_id);
  return with_weight_numbers(common::to_text(body));
}

std::string unlist_body(const std::string& item_id, Shelf shelf) {
  return common::to_text(json_object(
      {{"item_list",
        json_array({json_object(
            {{"item_id", id_json(item_id)}, {"unlist", json_flag(shelf == Shelf::unlisted)}})})}}));
}

std::string delete_item_body(const std::string& item_id) {
  return common::to_text(json_object({{"item_id", id_json(item_id)}}));
}

std::string stock_body(std::span<const StockUpdate> updates, const std::string& location_id) {
  std::vector<Json> rows;
  for (const auto& update : updates) {
    rows.push_back(json_object({{"model_id", model_id(update.binding.unit_id)},
                                {"seller_stock", stock_buckets(update.quantity, location_id)}}));
  }
  return common::to_text(json_object({{"item_id", id_json(updates.front().binding.item_id)},
                                      {"stock_list", json_array(std::move(rows))}}));
}

std::string price_body(std::span<const PriceUpdate> updates) {
  std::vector<Json> rows;
  for (const auto& update : updates) {
    rows.push_back(json_object({{"model_id", model_id(update.binding.unit_id)},
                                {"original_price", json_number(update.price)}}));
  }
  return common::to_text(json_object({{"item_id", id_json(updates.front().binding.item_id)},
                                      {"price_list", json_array(std::move(rows))}}));
}

}  // namespace connectors::shopee
