#include <algorithm>
#include <set>

#include "base/text.h"
#include "sandbox/shopee/handlers.h"

namespace sandbox::shopee {
namespace {

constexpr std::size_t kTiersMax = 2;
constexpr std::size_t kOptionsMax = 50;
constexpr std::size_t kOptionLengthMax = 20;
constexpr std::size_t kTierNameMax = 14;
constexpr std::size_t kSkuMax = 100;

Item* editable(Shop& shop, const Call& call, Reply& refusal) {
  const auto id = call.integer("item_id");
  auto* item = id ? shop.item(*id) : nullptr;
  if (!id) {
    refusal = invalid_field("ItemId: value must  Not Null");
  } else if (item == nullptr) {
    refusal = fail("product.error_item_not_found", "Product not found.");
  } else if (item->deleted() || item->status == "BANNED") {
    refusal = fail("product.error_item_uneditable", "The product cannot be edited.");
    item = nullptr;
  }
  return item;
}

Json option_json(const std::string& name, const std::string& image_id) {
  auto option = object({{"option", name}});
  if (!image_id.empty()) {
    option["image"] =
        object({{"image_id", image_id}, {"image_url", "https://cf.shopee.vn/file/" + image_id}});
  }
  return option;
}

// Both generations of the parameter become `[{name, option_list:[{option, image?}]}]`.
std::vector<Json> read_tiers(const Json& body) {
  std::vector<Json> tiers;
  for (const auto& one : wire::list(body, "standardise_tier_variation")) {
    std::vector<Json> options;
    for (const auto& option : wire::list(one, "variation_option_list")) {
      options.push_back(
          option_json(wire::text(option, "variation_option_name"), wire::text(option, "image_id")));
    }
    tiers.push_back(object({{"name", wire::text(one, "variation_name")},
                            {"option_list", wire::array(std::move(options))}}));
  }
  if (!tiers.empty()) return tiers;
  for (const auto& one : wire::list(body, "tier_variation")) {
    std::vector<Json> options;
    for (const auto& option : wire::list(one, "option_list")) {
      options.push_back(option_json(wire::text(option, "option"),
                                    wire::text(wire::member(option, "image"), "image_id")));
    }
    tiers.push_back(object(
        {{"name", wire::text(one, "name")}, {"option_list", wire::array(std::move(options))}}));
  }
  return tiers;
}

std::optional<Reply> refuse_tiers(const std::vector<Json>& tiers) {
  if (tiers.size() > kTiersMax) return invalid_field("TierVariation: at most 2 tiers");
  for (const auto& tier : tiers) {
    const auto name = base::code_points(wire::text(tier, "name"));
    const auto options = wire::list(tier, "option_list");
    if (name < 1 || name > kTierNameMax || options.empty() || options.size() > kOptionsMax) {
      return fail("product.error_invalid_tier_variation", "The tier variation is invalid.");
    }
    std::set<std::string> names;
    std::size_t images = 0;
    for (const auto& option : options) {
      const auto label = wire::text(option, "option");
      const auto length = base::code_points(label);
      if (length < 1 || length > kOptionLengthMax || !names.insert(label).second) {
        return fail("product.error_invalid_tier_variation", "The option name is invalid.");
      }
      images += wire::has(option, "image") ? 1 : 0;
    }
    if (images != 0 && images != options.size()) {
      return fail("product.error_invalid_tier_variation",
                  "All options or none must have an image.");
    }
  }
  return std::nullopt;
}

bool index_fits(const std::vector<std::int64_t>& index, const std::vector<Json>& tiers) {
  if (index.size() != tiers.size()) return false;
  for (std::size_t i = 0; i < index.size(); ++i) {
    const auto options = static_cast<std::int64_t>(wire::list(tiers[i], "option_list").size());
    if (index[i] < 0 || index[i] >= options) return false;
  }
  return true;
}

std::vector<std::int64_t> tier_index(const Json& row) {
  std::vector<std::int64_t> index;
  for (const auto& one : wire::list(row, "tier_index")) {
    index.push_back(wire::as_integer(one).value_or(-1));
  }
  return index;
}

Json own_fields(const Json& row) {
  auto own = object({});
  for (const auto* name : {"weight", "dimension", "pre_order", "gtin_code"}) {
    if (wire::has(row, name)) own[name] = wire::member(row, name);
  }
  return own;
}

// One new model, or the reason why not. Its id is given when all are good.
std::optional<Reply> read_model(const Shop& shop, const Json& row, const std::vector<Json>& tiers,
                                Model& model) {
  model.tier_index = tier_index(row);
  if (!index_fits(model.tier_index, tiers)) {
    return fail("product.error_invalid_tier_index", "tier_index is invalid.");
  }
  const auto price = price_in(row, "original_price");
  if (!price || *price < kPriceMin || *price > kPriceMax) {
    return invalid_field("OriginalPrice: value is outside the limits");
  }
  model.price = *price;
  model.sku = wire::text(row, "model_sku");
  if (model.sku.size() > kSkuMax) return invalid_field("ModelSku: value is too long");
  const auto stock = seller_stock(shop, row, StockCall::create);
  if (!stock.error.empty()) return fail(stock.error, stock.message);
  model.places = stock.places;
  model.own = own_fields(row);
  return std::nullopt;
}

std::optional<Reply> append_models(const Shop& shop, const std::vector<Json>& rows,
                                   const std::vector<Json>& tiers, std::vector<Model>& models) {
  for (const auto& row : rows) {
    Model model;
    if (auto refusal = read_model(shop, row, tiers, model)) return refusal;
    const bool taken = std::any_of(models.begin(), models.end(), [&](const Model& other) {
      return other.tier_index == model.tier_index;
    });
    if (taken) return fail("product.error_duplicate_model", "The variant already exists.");
    models.push_back(std::move(model));
  }
  if (models.size() > kModelsMax) return invalid_field("Model: at most 50 models");
  if (spread_too_wide(models)) {
    return fail("product.error_price_spread_limit",
                "The dearest variant may cost at most 5 times the cheapest.");
  }
  return std::nullopt;
}

Json indexes(const Model& model) {
  std::vector<Json> out;
  for (const auto one : model.tier_index) out.push_back(Json::number(one));
  return wire::array(std::move(out));
}

Json created_json(const Model& model) {
  return object({{"tier_index", indexes(model)},
                 {"model_id", model.id},
                 {"model_sku", model.sku},
                 {"price_info", wire::array({object({{"original_price", model.price}})})},
                 {"seller_stock", sent_stock(model)}});
}

Json standardised(const Json& tiers) {
  std::vector<Json> out;
  for (const auto& tier : wire::as_list(tiers)) {
    std::vector<Json> options;
    for (const auto& option : wire::list(tier, "option_list")) {
      options.push_back(
          object({{"variation_option_id", 0},
                  {"variation_option_name", wire::text(option, "option")},
                  {"image_id", wire::text(wire::member(option, "image"), "image_id")}}));
    }
    out.push_back(object({{"variation_id", 0},
                          {"variation_name", wire::text(tier, "name")},
                          {"variation_group_id", 0},
                          {"variation_option_list", wire::array(std::move(options))}}));
  }
  return wire::array(std::move(out));
}

Json model_json(const Shop& shop, const Item& item, const Model& model) {
  const auto* promotion = shop.ongoing(item.id, model.id);
  auto row = object({{"model_id", model.id},
                     {"tier_index", indexes(model)},
                     {"promotion_id", promotion != nullptr ? promotion->id : std::int64_t{0}},
                     {"has_promotion", promotion != nullptr},
                     {"model_sku", model.sku},
                     {"model_status", "MODEL_NORMAL"},
                     {"price_info", wire::array({price_info(shop, item, model)})},
                     {"stock_info_v2", stock_info(model)},
                     {"pre_order", wire::member(item.fields, "pre_order")},
                     {"gtin_code", wire::text(model.own, "gtin_code")},
                     {"model_name", item.model_name(model)}});
  const auto weight = wire::has(model.own, "weight") ? wire::member(model.own, "weight")
                                                     : wire::member(item.fields, "weight");
  row["weight"] = Json::string(wire::as_text(weight));
  row["dimension"] = wire::has(model.own, "dimension") ? wire::member(model.own, "dimension")
                                                       : wire::member(item.fields, "dimension");
  return row;
}

}  // namespace

Reply init_tiers(Shop& shop, const Call& call) {
  Reply refusal;
  auto* item = editable(shop, call, refusal);
  if (item == nullptr) return refusal;
  if (shop.now_s() - item->created_s < shop.rules.tier_wait_s) {
    return fail("product.error_system_busy", "The product is still being created.");
  }
  if (shop.promoted(item->id)) {
    return fail("product.error_item_uneditable", "The product is in a promotion.");
  }
  const auto tiers = read_tiers(call.body);
  const auto rows = wire::list(call.body, "model");
  if (auto bad = refuse_tiers(tiers)) return *bad;
  if (rows.empty()) return invalid_field("Model: value must  Not Null");
  std::vector<Model> models;
  if (auto bad = append_models(shop, rows, tiers, models)) return *bad;
  for (auto& model : models) model.id = tiers.empty() ? 0 : shop.next_model++;
  item->tiers = tiers.empty() ? Json{} : wire::array(tiers);
  item->models = std::move(models);
  shop.touch(*item);
  std::vector<Json> made;
  for (const auto& model : item->models) made.push_back(created_json(model));
  return ok(object({{"item_id", item->id},
                    {"tier_variation", wire::array(tiers)},
                    {"standardise_tier_variation", standardised(item->tiers)},
                    {"model", wire::array(std::move(made))}}));
}

Reply update_tiers(Shop& shop, const Call& call) {
  Reply refusal;
  auto* item = editable(shop, call, refusal);
  if (item == nullptr) return refusal;
  const auto tiers = read_tiers(call.body);
  if (!item->has_models() || tiers.size() != item->tiers.size()) {
    return fail("product.error_invalid_tier_variation", "The tier structure cannot change here.");
  }
  if (auto bad = refuse_tiers(tiers)) return *bad;
  std::vector<Model> kept;
  const auto rows = wire::list(call.body, "model_list");
  if (rows.empty()) kept = item->models;
  for (const auto& row : rows) {
    const auto* model = item->model(wire::integer(row, "model_id"));
    if (model == nullptr) return fail("product.error_param", "Wrong model_id.");
    kept.push_back(*model);
    kept.back().tier_index = tier_index(row);
  }
  std::set<std::vector<std::int64_t>> seen;
  for (const auto& model : kept) {
    if (!index_fits(model.tier_index, tiers) || !seen.insert(model.tier_index).second) {
      return fail("product.error_invalid_tier_index", "tier_index is invalid.");
    }
  }
  item->tiers = wire::array(tiers);
  item->models = std::move(kept);
  shop.touch(*item);
  return done();
}

Reply add_models(Shop& shop, const Call& call) {
  Reply refusal;
  auto* item = editable(shop, call, refusal);
  if (item == nullptr) return refusal;
  if (!item->has_models()) {
    return fail("product.error_invalid_tier_variation", "The product has no variants.");
  }
  const auto rows = wire::list(call.body, "model_list");
  if (rows.empty() || rows.size() > kModelsMax) {
    return invalid_field("ModelList: value must contain 1 to 50 items");
  }
  auto models = item->models;
  if (auto bad = append_models(shop, rows, wire::as_list(item->tiers), models)) return *bad;
  std::vector<Json> made;
  for (auto i = item->models.size(); i < models.size(); ++i) {
    models[i].id = shop.next_model++;
    made.push_back(created_json(models[i]));
  }
  item->models = std::move(models);
  shop.touch(*item);
  return ok(object({{"model", wire::array(std::move(made))}}));
}

Reply update_models(Shop& shop, const Call& call) {
  Reply refusal;
  auto* item = editable(shop, call, refusal);
  if (item == nullptr) return refusal;
  const auto rows = wire::list(call.body, "model");
  if (rows.empty() || rows.size() > kModelsMax) {
    return invalid_field("Model: value must contain 1 to 50 items");
  }
  auto changed = *item;
  for (const auto& row : rows) {
    auto* model = changed.model(wire::integer(row, "model_id"));
    if (model == nullptr) return fail("product.error_param", "Wrong model_id.");
    if (wire::has(row, "model_sku")) model->sku = wire::text(row, "model_sku");
    if (model->sku.size() > kSkuMax) return invalid_field("ModelSku: value is too long");
    const auto own = own_fields(row);
    if (!model->own.is_object()) model->own = object({});
    for (const auto& [key, value] : own.as_object()) model->own[key] = value;
  }
  *item = std::move(changed);
  shop.touch(*item);
  return done();
}

Reply delete_model(Shop& shop, const Call& call) {
  Reply refusal;
  auto* item = editable(shop, call, refusal);
  if (item == nullptr) return refusal;
  const auto id = call.integer("model_id").value_or(0);
  if (!item->has_models() || item->model(id) == nullptr) {
    return fail("product.error_param", "Wrong model_id.");
  }
  if (item->models.size() == 1) {
    return fail("product.error_param", "The last variant cannot be deleted.");
  }
  std::erase_if(item->models, [id](const Model& model) { return model.id == id; });
  shop.touch(*item);
  return done();
}

Reply model_list(Shop& shop, const Call& call) {
  const auto id = call.integer("item_id");
  if (!id) return invalid_field("ItemId: value must  Not Null");
  auto* item = shop.item(*id);
  if (item == nullptr) return fail("product.error_item_not_found", "Product not found.");
  std::vector<Json> rows;
  if (item->has_models()) {
    for (const auto& model : item->models) rows.push_back(model_json(shop, *item, model));
  }
  return ok(object({{"tier_variation", item->has_models() ? item->tiers : Json::array()},
                    {"standardise_tier_variation", standardised(item->tiers)},
                    {"model", wire::array(std::move(rows))}}));
}

}  // namespace sandbox::shopee
