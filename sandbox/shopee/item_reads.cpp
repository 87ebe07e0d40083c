#include <algorithm>
#include <cmath>
#include <cstdio>
#include <set>

#include "base/text.h"
#include "sandbox/shopee/handlers.h"

namespace sandbox::shopee {
namespace {

constexpr std::int64_t kPageMax = 100;
constexpr std::int64_t kOffsetMax = 10'000;
constexpr std::size_t kIdsMax = 50;
constexpr std::int64_t kDeletedReadable_s = 90 * 86'400;

bool known_status(const std::string& status) {
  static const std::set<std::string> kAll = {"NORMAL",    "UNLIST",        "BANNED",
                                             "REVIEWING", "SELLER_DELETE", "SHOPEE_DELETE"};
  return kAll.contains(status);
}

std::string two_decimals(double number) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f", number);
  return text;
}

Json attributes_json(const Json& sent, const CategoryFacts& facts) {
  std::vector<Json> rows;
  for (const auto& one : wire::as_list(sent)) {
    const auto id = wire::integer(one, "attribute_id");
    std::vector<Json> values;
    for (const auto& value : wire::list(one, "attribute_value_list")) {
      const auto value_id = wire::integer(value, "value_id");
      auto name = wire::text(value, "original_value_name");
      if (value_id != 0) name = attribute_value_name(id, value_id);
      values.push_back(object({{"value_id", value_id},
                               {"original_value_name", name},
                               {"value_unit", wire::text(value, "value_unit")}}));
    }
    const auto& must = facts.mandatory_attributes;
    rows.push_back(object({{"attribute_id", id},
                           {"original_attribute_name", attribute_name(id)},
                           {"is_mandatory", std::find(must.begin(), must.end(), id) != must.end()},
                           {"attribute_value_list", wire::array(std::move(values))}}));
  }
  return wire::array(std::move(rows));
}

Json logistics_json(const Json& sent) {
  std::vector<Json> rows;
  for (const auto& one : wire::as_list(sent)) {
    const auto id = wire::integer(one, "logistic_id");
    rows.push_back(object({{"logistic_id", id},
                           {"logistic_name", logistics_name(id)},
                           {"enabled", wire::as_flag(wire::member(one, "enabled")).value_or(false)},
                           {"is_free", wire::as_flag(wire::member(one, "is_free")).value_or(false)},
                           {"estimated_shipping_fee", 16'500}}));
  }
  return wire::array(std::move(rows));
}

Json base_info(const Shop& shop, const Item& item) {
  const auto& fields = item.fields;
  const auto category = wire::integer(fields, "category_id");
  const auto images = wire::member(fields, "image_id_list");
  auto row =
      object({{"item_id", item.id},
              {"category_id", category},
              {"item_name", wire::text(fields, "item_name")},
              {"description", wire::text(fields, "description")},
              {"item_sku", item.sku},
              {"create_time", item.created_s},
              {"update_time", item.updated_s},
              {"attribute_list",
               attributes_json(wire::member(fields, "attribute_list"), category_facts(category))},
              {"image", object({{"image_id_list", images},
                                {"image_url_list", image_urls(images)},
                                {"image_ratio", "1:1"}})},
              {"weight", two_decimals(wire::as_number(wire::member(fields, "weight")).value_or(0))},
              {"dimension", wire::member(fields, "dimension")},
              {"logistic_info", logistics_json(wire::member(fields, "logistic_info"))},
              {"pre_order", wire::member(fields, "pre_order")},
              {"wholesales", Json::array()},
              {"condition", wire::text(fields, "condition")},
              {"size_chart", ""},
              {"item_status", item.status},
              {"deboost", false},
              {"has_model", item.has_models()},
              {"has_promotion", shop.promoted(item.id)},
              {"brand", wire::member(fields, "brand")},
              {"item_dangerous", 0},
              {"description_type", "normal"},
              {"tag", object({{"kit", false}})},
              {"is_fulfillment_by_shopee", false}});
  if (!item.has_models()) {
    row["price_info"] = wire::array({price_info(shop, item, item.models.front())});
    row["stock_info_v2"] = stock_info(item.models.front());
  }
  return row;
}

bool in_window(const Item& item, std::optional<std::int64_t> from, std::optional<std::int64_t> to) {
  return (!from || item.updated_s >= *from) && (!to || item.updated_s <= *to);
}

std::string lowered(const std::string& text) {
  return base::fold(text);
}

}  // namespace

Json image_urls(const Json& image_ids) {
  std::vector<std::string> urls;
  for (const auto& id : wire::as_list(image_ids)) {
    urls.push_back("https://cf.shopee.vn/file/" + wire::as_text(id));
  }
  return wire::texts(urls);
}

// `original_price` is the list price, `current_price` what a buyer pays now.
Json price_info(const Shop& shop, const Item& item, const Model& model) {
  const auto* promotion = shop.ongoing(item.id, model.id);
  const auto current = promotion != nullptr ? promotion->price : model.price;
  return object({{"currency", "VND"},
                 {"original_price", model.price},
                 {"current_price", current},
                 {"inflated_price_of_original_price", model.price},
                 {"inflated_price_of_current_price", current}});
}

Json stock_info(const Model& model) {
  std::vector<Json> rows;
  for (const auto& [place, units] : model.places) {
    rows.push_back(object(
        {{"location_id", place.empty() ? "VNZ" : place}, {"stock", units}, {"if_saleable", true}}));
  }
  return object({{"summary_info", object({{"total_reserved_stock", model.reserved},
                                          {"total_available_stock", model.free()}})},
                 {"seller_stock", wire::array(std::move(rows))},
                 {"shopee_stock", Json::array()},
                 {"advance_stock",
                  object({{"sellable_advance_stock", 0}, {"in_transit_advance_stock", 0}})}});
}

Json sent_stock(const Model& model) {
  std::vector<Json> rows;
  for (const auto& [place, units] : model.places) {
    rows.push_back(object({{"location_id", place}, {"stock", units}}));
  }
  return wire::array(std::move(rows));
}

Reply item_list(Shop& shop, const Call& call) {
  const auto statuses = call.texts("item_status");
  if (statuses.empty() || !std::all_of(statuses.begin(), statuses.end(), known_status)) {
    return fail("product.error_param_item_status", "item_status is invalid.");
  }
  const auto offset = call.integer("offset").value_or(0);
  const auto size = call.integer("page_size").value_or(0);
  if (size < 1 || size > kPageMax || offset < 0) {
    return invalid_field("PageSize: value must be between 1 and 100");
  }
  if (offset > kOffsetMax) return fail("product.error_param", "get items offset over limit.");
  const auto from = call.integer("update_time_from");
  const auto to = call.integer("update_time_to");
  if (from && to && *from > *to) {
    return fail("product.error_update_time_range", "update_time_from must be before to.");
  }
  std::vector<Json> page;
  std::int64_t total = 0;
  for (const auto& [id, item] : shop.items) {
    if (std::find(statuses.begin(), statuses.end(), item.status) == statuses.end()) continue;
    if (!in_window(item, from, to)) continue;
    if (total >= offset && total < offset + size) {
      page.push_back(object({{"item_id", id},
                             {"item_status", item.status},
                             {"update_time", item.updated_s},
                             {"tag", object({{"kit", false}})}}));
    }
    ++total;
  }
  auto response = object({{"item", wire::array(std::move(page))},
                          {"total_count", total},
                          {"has_next_page", offset + size < total}});
  if (offset + size < total) response["next_offset"] = Json::number(offset + size);
  return ok(std::move(response));
}

Reply item_base_info(Shop& shop, const Call& call) {
  const auto ids = call.integers("item_id_list");
  if (ids.empty() || ids.size() > kIdsMax) {
    return invalid_field("ItemIdList: value must contain 1 to 50 items");
  }
  std::vector<Json> rows;
  for (const auto id : ids) {
    const auto* item = shop.item(id);
    if (item == nullptr) continue;
    if (item->deleted() && shop.now_s() - item->updated_s > kDeletedReadable_s) continue;
    rows.push_back(base_info(shop, *item));
  }
  return ok(object({{"item_list", wire::array(std::move(rows))}}));
}

Reply search_item(Shop& shop, const Call& call) {
  const auto sku = call.text("item_sku");
  const auto name = lowered(call.text("item_name"));
  const auto size = call.integer("page_size").value_or(kPageMax);
  const auto offset = wire::to_integer(call.text("offset")).value_or(0);
  if (size < 1 || size > kPageMax || offset < 0) {
    return invalid_field("PageSize: value must be between 1 and 100");
  }
  const auto status = call.texts("item_status");
  std::vector<Json> page;
  std::int64_t total = 0;
  for (const auto& [id, item] : shop.items) {
    if (item.deleted()) continue;
    if (!sku.empty() && item.sku.find(sku) == std::string::npos) continue;
    if (!name.empty() &&
        lowered(wire::text(item.fields, "item_name")).find(name) == std::string::npos) {
      continue;
    }
    if (!status.empty() && std::find(status.begin(), status.end(), item.status) == status.end()) {
      continue;
    }
    if (total >= offset && total < offset + size) page.push_back(Json::number(id));
    ++total;
  }
  const auto next = offset + size < total ? std::to_string(offset + size) : std::string{};
  return ok(object({{"item_id_list", wire::array(std::move(page))},
                    {"total_count", total},
                    {"next_offset", next}}));
}

Reply item_violation(Shop& shop, const Call& call) {
  const auto ids = call.integers("item_id_list");
  if (ids.empty() || ids.size() > kIdsMax) {
    return invalid_field("ItemIdList: value must contain 1 to 50 items");
  }
  std::vector<Json> rows;
  for (const auto id : ids) {
    const auto* item = shop.item(id);
    if (item == nullptr) {
      rows.push_back(object({{"item_id", id},
                             {"fail_error", "product.error_item_not_found"},
                             {"fail_message", "Product not found."}}));
      continue;
    }
    rows.push_back(object({{"item_id", id},
                           {"item_name", wire::text(item->fields, "item_name")},
                           {"item_status", item->status},
                           {"deboost", false},
                           {"item_status_details", violation_details(*item)},
                           {"deboost_details", Json::array()}}));
  }
  return ok(object({{"item_list", wire::array(std::move(rows))}}));
}

Reply item_extra_info(Shop& shop, const Call& call) {
  std::vector<Json> rows;
  for (const auto id : call.integers("item_id_list")) {
    if (shop.item(id) == nullptr) continue;
    std::int64_t sold = 0;
    for (const auto& order : shop.orders) {
      if (order.status == "CANCELLED") continue;
      for (const auto& line : order.lines) sold += line.item_id == id ? line.quantity : 0;
    }
    rows.push_back(object({{"item_id", id},
                           {"sale", sold},
                           {"views", sold * 12},
                           {"likes", 0},
                           {"rating_star", 0.0},
                           {"comment_count", 0}}));
  }
  return ok(object({{"item_list", wire::array(std::move(rows))}}));
}

}  // namespace sandbox::shopee
