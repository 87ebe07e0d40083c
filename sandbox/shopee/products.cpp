#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "sandbox/shopee/handlers.h"

namespace sandbox::shopee {
namespace {

constexpr std::size_t kNameMin = 5;
constexpr std::size_t kNameMax = 120;
constexpr std::size_t kDescriptionMin = 10;
constexpr std::size_t kDescriptionMax = 5000;
constexpr std::ptrdiff_t kHashTagsMax = 18;
constexpr std::int64_t kPreOrderDaysMin = 7;
constexpr std::int64_t kPreOrderDaysMax = 15;
constexpr std::size_t kImagesMax = 9;
constexpr std::size_t kUnlistMax = 50;
constexpr std::size_t kSkuMax = 100;
constexpr std::size_t kItemsMax = 200'000;

// Copied from the call into the item as they are, when present.
constexpr const char* kPlainFields[] = {
    "item_name",       "description", "category_id",      "logistic_info",    "pre_order",
    "condition",       "brand",       "dimension",        "weight",           "wholesale",
    "video_upload_id", "gtin_code",   "description_type", "description_info", "item_dangerous"};

void merge(Json& fields, const Json& body) {
  for (const auto* name : kPlainFields) {
    if (wire::has(body, name)) fields[name] = wire::member(body, name);
  }
  const auto image = wire::member(body, "image");
  if (image.is_object()) fields["image_id_list"] = wire::member(image, "image_id_list");
  if (wire::has(body, "attribute_list")) {
    fields["attribute_list"] = wire::member(body, "attribute_list");
  }
}

std::optional<Reply> refuse_text(const Json& fields) {
  const auto name = base::code_points(wire::text(fields, "item_name"));
  if (name < kNameMin) {
    return fail("product.error_item_name_is_too_short", "The product name is too short.");
  }
  if (name > kNameMax) {
    return fail("product.error_title_exceeds_max_length", "The product name is too long.");
  }
  if (wire::text(fields, "description_type") == "extended") return std::nullopt;
  const auto description = base::code_points(wire::text(fields, "description"));
  if (description < kDescriptionMin) {
    return fail("product.error_desc_length_min_limit", "The description is too short.");
  }
  if (description > kDescriptionMax) {
    return fail("product.error_desc_length_max_limit", "The description is too long.");
  }
  const auto text = wire::text(fields, "description");
  if (std::count(text.begin(), text.end(), '#') > kHashTagsMax) {
    return fail("product.error_desc_hash_tag_over_limit", "At most 18 hash tags are allowed.");
  }
  return std::nullopt;
}

std::optional<Reply> refuse_images(const Shop& shop, const Json& fields) {
  const auto ids = wire::list(fields, "image_id_list");
  if (ids.empty()) {
    return fail("product.error_image_num_min", "At least one image is required.");
  }
  if (ids.size() > kImagesMax) {
    return fail("product.error_image_num_max", "At most 9 images are allowed.");
  }
  for (const auto& id : ids) {
    if (!shop.images.contains(wire::as_text(id))) {
      return fail("product.error_image_unavailable", "The image is unavailable.");
    }
  }
  return std::nullopt;
}

std::optional<Reply> refuse_category(const Json& fields) {
  const auto facts = category_facts(wire::integer(fields, "category_id"));
  if (!facts.exists || !facts.leaf) {
    return fail("product.error_invalid_category", "Invalid category ID.");
  }
  const auto given = wire::list(fields, "attribute_list");
  for (const auto wanted : facts.mandatory_attributes) {
    const bool there = std::any_of(given.begin(), given.end(), [wanted](const Json& one) {
      return wire::integer(one, "attribute_id") == wanted &&
             !wire::list(one, "attribute_value_list").empty();
    });
    if (!there) {
      return fail("product.error_less_required_attribute",
                  "Attribute " + attribute_name(wanted) + " is required.");
    }
  }
  for (const auto& one : given) {
    if (attribute_name(wire::integer(one, "attribute_id")).empty()) {
      return fail("product.error_invalid_attribute", "Invalid attribute.");
    }
  }
  if (facts.brand_mandatory && !wire::member(fields, "brand").is_object()) {
    return fail("product.error_less_required_brand", "Brand is required.");
  }
  return std::nullopt;
}

std::optional<Reply> refuse_logistics(const Json& fields) {
  const auto weight = wire::as_number(wire::member(fields, "weight"));
  if (!weight || *weight <= 0 || *weight > 300) return invalid_field("Weight: value is invalid");
  bool any = false;
  for (const auto& one : wire::list(fields, "logistic_info")) {
    if (!usable_logistics(wire::integer(one, "logistic_id"))) {
      return fail("product.error_invalid_logistic_info", "Invalid logistic channel.");
    }
    any = any || wire::as_flag(wire::member(one, "enabled")).value_or(false);
  }
  if (!any) {
    return fail("product.error_invalid_logistic_info", "At least one channel must be enabled.");
  }
  return std::nullopt;
}

// A pre-order takes 7 to 15 days to ship; other goods the two days of the shop.
std::optional<Reply> refuse_days(const Json& fields) {
  const auto pre_order = wire::member(fields, "pre_order");
  if (!wire::as_flag(wire::member(pre_order, "is_pre_order")).value_or(false)) return std::nullopt;
  const auto days = wire::integer(pre_order, "days_to_ship");
  if (days >= kPreOrderDaysMin && days <= kPreOrderDaysMax) return std::nullopt;
  return fail("product.error_invalid_days_to_ship", "Invalid days to ship.");
}

std::optional<Reply> refuse_content(const Shop& shop, const Json& fields) {
  if (auto refusal = refuse_text(fields)) return refusal;
  if (auto refusal = refuse_category(fields)) return refusal;
  if (auto refusal = refuse_images(shop, fields)) return refusal;
  if (auto refusal = refuse_days(fields)) return refusal;
  return refuse_logistics(fields);
}

Json echo(const Item& item) {
  const auto& fields = item.fields;
  const auto& only = item.models.front();
  const auto images = wire::member(fields, "image_id_list");
  return object(
      {{"item_id", item.id},
       {"item_name", wire::text(fields, "item_name")},
       {"item_status", item.status},
       {"item_sku", item.sku},
       {"category_id", wire::integer(fields, "category_id")},
       {"description", wire::text(fields, "description")},
       {"description_type", "normal"},
       {"condition", wire::text(fields, "condition")},
       {"weight", wire::as_number(wire::member(fields, "weight")).value_or(0)},
       {"dimension", wire::member(fields, "dimension")},
       {"images", object({{"image_id_list", images}, {"image_url_list", image_urls(images)}})},
       {"price_info", object({{"original_price", only.price}, {"current_price", only.price}})},
       {"logistic_info", wire::member(fields, "logistic_info")},
       {"attribute", wire::member(fields, "attribute_list")},
       {"pre_order", wire::member(fields, "pre_order")},
       {"wholesale", Json::array()},
       {"video_info", Json::array()},
       {"brand", wire::member(fields, "brand")},
       {"item_dangerous", 0},
       {"seller_stock", sent_stock(only)}});
}

// Why the item cannot be taken down or put up now; null when it can.
const char* unlist_problem(const Shop& shop, const Item* item, bool unlist) {
  if (item == nullptr || item->deleted()) return "The product does not exist.";
  if (item->status == "BANNED" || item->status == "REVIEWING") {
    return "The product is banned or under review.";
  }
  if (unlist && shop.promoted(item->id)) return "The product is in a promotion.";
  return nullptr;
}

Json fresh_fields() {
  return object({{"attribute_list", Json::array()},
                 {"pre_order", object({{"is_pre_order", false}, {"days_to_ship", 2}})},
                 {"condition", "NEW"}});
}

Json no_brand() {
  return object({{"brand_id", 0}, {"original_brand_name", "NoBrand"}});
}

}  // namespace

Reply add_item(Shop& shop, const Call& call) {
  if (call.body_empty) return fail("product.error_param", "EOF");
  if (shop.holiday) {
    return fail("product.error_holiday_on_add_item", "The shop is in holiday mode.");
  }
  const auto price = price_in(call.body, "original_price");
  if (!price) return invalid_field("OriginalPrice: value must  Not Null");
  if (*price < kPriceMin) {
    return fail("product.error_price_exceed_min_limitt", "The price is below the minimum.");
  }
  if (*price > kPriceMax) {
    return fail("product.error_price_exceed_max_limitt", "The price is above the maximum.");
  }
  if (shop.items.size() >= kItemsMax) {
    return fail("product.error_reach_shop_item_limit", "The shop has reached its item limit.");
  }
  Item item;
  item.fields = fresh_fields();
  merge(item.fields, call.body);
  if (auto refusal = refuse_content(shop, item.fields)) return *refusal;
  if (!wire::has(item.fields, "brand")) item.fields["brand"] = no_brand();
  const auto stock = seller_stock(shop, call.body, StockCall::create);
  if (!stock.error.empty()) return fail(stock.error, stock.message);
  item.sku = wire::text(call.body, "item_sku");
  if (item.sku.size() > kSkuMax) return invalid_field("ItemSku: value is too long");
  const auto wanted = wire::text(call.body, "item_status");
  if (!wanted.empty() && wanted != "NORMAL" && wanted != "UNLIST") {
    return invalid_field("ItemStatus: value must be one of NORMAL UNLIST");
  }
  item.status = wanted.empty() ? "NORMAL" : wanted;
  if (item.status == "NORMAL" && shop.rules.review_s > 0) item.status = "REVIEWING";
  item.id = shop.next_item++;
  item.created_s = shop.now_s();
  item.updated_s = item.created_s;
  Model only;
  only.price = *price;
  only.places = stock.places;
  item.models.push_back(only);
  const auto reply = ok(echo(item));
  shop.items[item.id] = std::move(item);
  return reply;
}

Reply update_item(Shop& shop, const Call& call) {
  if (call.body_empty) return fail("product.error_param", "EOF");
  const auto id = call.integer("item_id");
  if (!id) return invalid_field("ItemId: value must  Not Null");
  auto* item = shop.item(*id);
  if (item == nullptr) return fail("product.error_item_not_found", "Product not found.");
  if (item->deleted() || item->status == "BANNED") {
    return fail("product.error_item_uneditable", "The product cannot be edited.");
  }
  auto fields = item->fields;
  merge(fields, call.body);
  if (auto refusal = refuse_content(shop, fields)) return *refusal;
  const auto wanted = wire::text(call.body, "item_status");
  if (!wanted.empty() && wanted != "NORMAL" && wanted != "UNLIST") {
    return invalid_field("ItemStatus: value must be one of NORMAL UNLIST");
  }
  if (!wanted.empty() && item->status != "REVIEWING") item->status = wanted;
  item->fields = std::move(fields);
  if (wire::has(call.body, "item_sku")) item->sku = wire::text(call.body, "item_sku");
  if (wire::has(call.body, "weight") || wire::has(call.body, "dimension")) {
    for (auto& model : item->models) model.own = Json{};
  }
  shop.touch(*item);
  return ok(echo(*item));
}

Reply unlist_item(Shop& shop, const Call& call) {
  const auto rows = wire::list(call.body, "item_list");
  if (rows.empty() || rows.size() > kUnlistMax) {
    return invalid_field("ItemList: value must contain 1 to 50 items");
  }
  std::vector<Json> done_rows;
  std::vector<Json> failed;
  for (const auto& row : rows) {
    const auto id = wire::integer(row, "item_id");
    const bool unlist = wire::as_flag(wire::member(row, "unlist")).value_or(false);
    auto* item = shop.item(id);
    const auto* reason = unlist_problem(shop, item, unlist);
    if (reason != nullptr) {
      failed.push_back(object({{"item_id", id}, {"failed_reason", reason}}));
      continue;
    }
    item->status = unlist ? "UNLIST" : "NORMAL";
    shop.touch(*item);
    done_rows.push_back(object({{"item_id", id}, {"unlist", unlist}}));
  }
  const bool all_failed = done_rows.empty();
  auto response = object({{"failure_list", wire::array(std::move(failed))},
                          {"success_list", wire::array(std::move(done_rows))}});
  if (all_failed) {
    return fail("product.error_unlist_item_all_failed", "All products failed.",
                std::move(response));
  }
  return ok(std::move(response));
}

Reply delete_item(Shop& shop, const Call& call) {
  const auto id = call.integer("item_id");
  if (!id) return invalid_field("ItemId: value must  Not Null");
  auto* item = shop.item(*id);
  if (item == nullptr || item->deleted()) {
    return fail("product.error_item_not_found", "Product not found.");
  }
  item->status = "SELLER_DELETE";
  shop.touch(*item);
  return done();
}

}  // namespace sandbox::shopee
