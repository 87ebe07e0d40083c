#include <algorithm>

#include "sandbox/shopee/catalogue_data.h"
#include "sandbox/shopee/handlers.h"
#include "sandbox/wire/image.h"
#include "sandbox/wire/sign.h"

namespace sandbox::shopee {
namespace {

constexpr std::int64_t kOrigin = 100'037;
constexpr std::size_t kTreeCategoriesMax = 20;
constexpr std::int64_t kPageMax = 100;
constexpr std::size_t kImageBytesMax = 10U * 1024U * 1024U;
constexpr std::size_t kImagesPerCallMax = 8;  // "fewer than 9"

const CategoryRow* category(std::int64_t id) {
  for (const auto& row : kCategories) {
    if (row.id == id) return &row;
  }
  return nullptr;
}

bool has_children(std::int64_t id) {
  return std::any_of(std::begin(kCategories), std::end(kCategories),
                     [id](const CategoryRow& row) { return row.parent == id; });
}

Json translations(const char* vietnamese) {
  return wire::array({object({{"language", "vn"}, {"value", vietnamese}})});
}

Json attribute_json(const AttributeRow& row, bool mandatory) {
  std::vector<Json> values;
  for (const auto& value : kValues) {
    if (value.attribute != row.id) continue;
    values.push_back(object({{"value_id", value.id},
                             {"name", value.english},
                             {"value_unit", value.unit},
                             {"child_attribute_list", Json::array()},
                             {"multi_lang", translations(value.vietnamese)}}));
  }
  const std::vector<std::string> units = row.format_type == 2
                                             ? std::vector<std::string>{"Days", "Months"}
                                             : std::vector<std::string>{};
  return object({{"attribute_id", row.id},
                 {"mandatory", mandatory},
                 {"name", row.english},
                 {"attribute_value_list", wire::array(std::move(values))},
                 {"attribute_info", object({{"input_type", row.input_type},
                                            {"input_validation_type", row.validation_type},
                                            {"format_type", row.format_type},
                                            {"date_format_type", 0},
                                            {"attribute_unit_list", wire::texts(units)},
                                            {"max_value_count", row.input_type >= 4 ? 5 : 1},
                                            {"introduction", ""},
                                            {"is_oem", false},
                                            {"support_search_value", false}})},
                 {"multi_lang", translations(row.vietnamese)}});
}

Json limits(std::int64_t low, std::int64_t high) {
  return object({{"min_limit", low}, {"max_limit", high}});
}

Json carrier_json(const CarrierRow& row) {
  return object(
      {{"logistics_channel_id", row.id},
       {"preprint", false},
       {"logistics_channel_name", row.name},
       {"cod_enabled", true},
       {"enabled", row.enabled},
       {"fee_type", "SIZE_INPUT"},
       {"size_list", Json::array()},
       {"weight_limit", object({{"item_max_weight", row.weight_max}, {"item_min_weight", 0.0}})},
       {"item_max_dimension", object({{"height", 100.0},
                                      {"width", 100.0},
                                      {"length", 100.0},
                                      {"unit", "cm"},
                                      {"dimension_sum", 180.0}})},
       {"volume_limit", object({{"item_max_volume", 0.0}, {"item_min_volume", 0.0}})},
       {"logistics_description", ""},
       {"force_enable", false},
       {"mask_channel_id", row.mask},
       {"block_seller_cover_shipping_fee", false},
       {"support_cross_border", false},
       {"seller_logistic_has_configuration", Json::null()},
       {"compulsory_channel", false},
       {"support_pause", true}});
}

Json image_info(const std::string& id) {
  const auto url = "https://cf.shopee.vn/file/" + id;
  return object({{"image_id", id},
                 {"image_url_list",
                  wire::array({object({{"image_url_region", "VN"}, {"image_url", url}})})}});
}

Json stored_image(Shop& shop, const wire::Part& part, std::int64_t index) {
  const auto refused = [&](const char* error, const char* message) {
    return object(
        {{"id", index}, {"error", error}, {"message", message}, {"image_info", object({})}});
  };
  if (part.body.size() > kImageBytesMax) {
    return refused("error_image_size", "The image is larger than 10 MB.");
  }
  if (!wire::recognise(part.body)) {
    return refused("error_image_format", "Only JPG, JPEG and PNG are supported.");
  }
  const auto digits = wire::content_id(part.body);
  const auto id = "vn-11134207-" + digits.substr(0, 5) + "-" + digits.substr(5, 14);
  shop.images.insert(id);
  return object({{"id", index}, {"error", ""}, {"message", ""}, {"image_info", image_info(id)}});
}

}  // namespace

CategoryFacts category_facts(std::int64_t category_id) {
  const auto* row = category(category_id);
  if (row == nullptr) return {};
  CategoryFacts facts{.exists = true,
                      .leaf = !has_children(category_id),
                      .mandatory_attributes = {},
                      .brand_mandatory = row->strict};
  if (row->strict) facts.mandatory_attributes.push_back(kOrigin);
  return facts;
}

std::string attribute_name(std::int64_t attribute_id) {
  for (const auto& row : kAttributes) {
    if (row.id == attribute_id) return row.english;
  }
  return {};
}

std::string attribute_value_name(std::int64_t attribute_id, std::int64_t value_id) {
  for (const auto& row : kValues) {
    if (row.attribute == attribute_id && row.id == value_id) return row.english;
  }
  return {};
}

bool usable_logistics(std::int64_t channel_id) {
  return std::any_of(std::begin(kCarriers), std::end(kCarriers), [&](const CarrierRow& row) {
    return row.id == channel_id && row.enabled && row.mask == 0;
  });
}

std::string logistics_name(std::int64_t channel_id) {
  for (const auto& row : kCarriers) {
    if (row.id == channel_id) return row.name;
  }
  return {};
}

Reply categories(Shop&, const Call& call) {
  const auto language = call.text("language");
  std::vector<Json> rows;
  for (const auto& row : kCategories) {
    const auto* shown_name = language == "vi" ? row.vietnamese : row.english;
    rows.push_back(object({{"category_id", row.id},
                           {"parent_category_id", row.parent},
                           {"original_category_name", row.english},
                           {"display_category_name", shown_name},
                           {"has_children", has_children(row.id)}}));
  }
  return ok(object({{"category_list", wire::array(std::move(rows))}}));
}

Reply attribute_tree(Shop&, const Call& call) {
  auto ids = call.integers("category_id_list");
  if (ids.empty()) ids = call.integers("category_ids");
  if (ids.empty() || ids.size() > kTreeCategoriesMax) {
    return invalid_field("CategoryIdList: value must contain 1 to 20 items");
  }
  std::vector<Json> rows;
  for (const auto id : ids) {
    const auto facts = category_facts(id);
    std::vector<Json> attributes;
    if (facts.leaf) {
      for (const auto& row : kAttributes) {
        const auto& must = facts.mandatory_attributes;
        attributes.push_back(
            attribute_json(row, std::find(must.begin(), must.end(), row.id) != must.end()));
      }
    }
    rows.push_back(object({{"category_id", id},
                           {"warning", facts.leaf ? "" : "invalid category"},
                           {"attribute_tree", wire::array(std::move(attributes))}}));
  }
  return ok(object({{"list", wire::array(std::move(rows))}}));
}

Reply brand_list(Shop&, const Call& call) {
  const auto facts = category_facts(call.integer("category_id").value_or(0));
  if (!facts.leaf) return invalid_field("CategoryId: not a leaf category");
  const auto size = call.integer("page_size").value_or(0);
  const auto offset = call.integer("offset").value_or(0);
  if (size < 1 || size > kPageMax || offset < 0) {
    return invalid_field("PageSize: value must be between 1 and 100");
  }
  std::vector<Json> rows;
  const auto total = static_cast<std::int64_t>(std::size(kBrands));
  const bool pending = call.text("status") == "2";
  const auto end = pending ? offset : std::min(total, offset + size);
  for (auto i = offset; i < end; ++i) {
    const auto& brand = kBrands[static_cast<std::size_t>(i)];
    rows.push_back(object({{"brand_id", brand.id},
                           {"original_brand_name", brand.name},
                           {"display_brand_name", brand.name}}));
  }
  const bool more = !pending && end < total;
  return ok(object({{"brand_list", wire::array(std::move(rows))},
                    {"has_next_page", more},
                    {"next_offset", more ? end : 0},
                    {"is_mandatory", facts.brand_mandatory},
                    {"input_type", "DROP_DOWN"}}));
}

Reply item_limit(Shop&, const Call&) {
  auto response = object(
      {{"price_limit", limits(kPriceMin, kPriceMax)},
       {"stock_limit", limits(0, kStockMax)},
       {"item_name_length_limit", limits(5, 120)},
       {"item_image_count_limit", limits(1, 9)},
       {"item_description_length_limit", limits(10, 5000)},
       {"tier_variation_name_length_limit", limits(1, 14)},
       {"tier_variation_option_length_limit", limits(1, 20)},
       {"wholesale_price_threshold_percentage", limits(30, 100)},
       {"item_count_limit", object({{"max_limit", 1000}})},
       {"extended_description_limit",
        object({{"description_text_length_min", 10}, {"description_text_length_max", 5000}})},
       {"dts_limit", object({{"days_to_ship_limit", limits(7, 15)},
                             {"non_pre_order_days_to_ship", 2},
                             {"support_pre_order", true}})},
       {"weight_limit", object({{"weight_mandatory", true}})},
       {"dimension_limit", object({{"dimension_mandatory", false}})},
       {"size_chart_limit", object({{"size_chart_mandatory", false}})}});
  auto reply = ok(std::move(response));
  reply.body["gtin_limit"] = object({{"gtin_validation_rule", "Optional"}});
  return reply;
}

Reply category_recommend(Shop&, const Call& call) {
  const auto name = call.text("item_name");
  std::vector<Json> ids;
  for (const auto& row : kCategories) {
    if (!has_children(row.id) && name.find(row.vietnamese) != std::string::npos) {
      ids.push_back(Json::number(row.id));
    }
  }
  return ok(object({{"category_id", wire::array(std::move(ids))}}));
}

Reply logistics_channels(Shop&, const Call&) {
  std::vector<Json> rows;
  for (const auto& row : kCarriers) rows.push_back(carrier_json(row));
  return ok(object({{"logistics_channel_list", wire::array(std::move(rows))}}));
}

Reply upload_image(Shop& shop, const Call& call) {
  const auto scene = call.part("scene");
  if (!scene.empty() && scene != "normal" && scene != "desc") {
    return fail("error_param", "scene is invalid.");
  }
  const auto ratio = call.part("ratio");
  if (!ratio.empty() && ratio != "1:1" && ratio != "3:4") {
    return fail("error_param", "ratio is invalid.");
  }
  std::vector<Json> stored;
  for (const auto& part : call.parts) {
    if (!part.is_file() || part.name != "image") continue;
    if (stored.size() == kImagesPerCallMax) return fail("error_param", "Too many images.");
    stored.push_back(stored_image(shop, part, static_cast<std::int64_t>(stored.size())));
  }
  if (stored.empty()) return fail("error_param", "image is required.");
  const auto first = stored.front();
  const auto error = wire::text(first, "error");
  const auto response = object({{"image_info", wire::member(first, "image_info")},
                                {"image_info_list", wire::array(stored)}});
  if (stored.size() == 1 && !error.empty()) {
    return fail(error, wire::text(first, "message"), response);
  }
  return ok(response);
}

// Evidence for returns: another call with other names, whose pictures no product can use.
Reply upload_evidence(Shop&, const Call& call) {
  if (call.part("business").empty() || call.part("scene").empty()) {
    return fail("error_param", "business and scene are required.");
  }
  std::vector<Json> stored;
  for (const auto& part : call.parts) {
    if (!part.is_file() || part.name != "images") continue;
    if (part.body.size() > kImageBytesMax || !wire::recognise(part.body)) {
      return fail("error_param", "images must be JPG, JPEG or PNG of at most 10 MB.");
    }
    const auto id = "vn-11134213-" + wire::content_id(part.body).substr(0, 20);
    stored.push_back(object({{"image_id", id}, {"image_url", "https://cf.shopee.vn/file/" + id}}));
  }
  if (stored.empty()) return fail("error_param", "images is required.");
  return ok(object({{"image_list", wire::array(std::move(stored))}}));
}

}  // namespace sandbox::shopee
