#include "connectors/shopee/variants.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "connectors/shopee/ids.h"
#include "connectors/shopee/mapping.h"

namespace connectors::shopee {

namespace {

using common::Json;
using common::json_array;
using common::json_number;
using common::json_object;
using common::json_string;

Json option_json(const std::string& name) {
  return json_object(
      {{"variation_option_id", json_number(0)}, {"variation_option_name", json_string(name)}});
}

Json tier_json(std::vector<Json> options) {
  return json_object({{"variation_id", json_number(0)},
                      {"variation_name", json_string(kTierName)},
                      {"variation_option_list", json_array(std::move(options))}});
}

// The older spelling of a tier in the newer one.
Json standardised(const Json& tier) {
  std::vector<Json> options;
  for (const Json& option : common::items(tier, "option_list")) {
    Json one = option_json(common::text(option, "option"));
    const auto image = common::text_at(option, "image", "image_id");
    if (!image.empty()) one["image_id"] = json_string(image);
    options.push_back(std::move(one));
  }
  return json_object({{"variation_id", json_number(0)},
                      {"variation_name", json_string(common::text(tier, "name"))},
                      {"variation_option_list", json_array(std::move(options))}});
}

Model model_of(const Json& row) {
  Model model;
  model.id = common::text(row, "model_id");
  model.sku = common::text(row, "model_sku");
  model.status = common::text(row, "model_status");
  for (const Json& index : common::items(row, "tier_index")) {
    model.tier_index.push_back(common::integer_of(index).value_or(-1));
  }
  model.price = list_price(row);
  model.stock = available_stock(row);
  model.seller_stock = seller_stock(row);
  return model;
}

Json indexes(const std::vector<std::int64_t>& index) {
  std::vector<Json> out;
  for (const auto one : index) out.push_back(json_number(one));
  return json_array(std::move(out));
}

Json model_json(const Pack& pack, std::size_t place, const std::string& location_id) {
  Json row = json_object({{"tier_index", indexes({static_cast<std::int64_t>(place)})},
                          {"original_price", json_number(pack.price)},
                          {"model_sku", json_string(pack.sku)},
                          {"seller_stock", stock_buckets(pack.stock, location_id)}});
  if (pack.weight_g > 0) row["weight"] = weight_json(pack.weight_g);
  if (pack.length_cm > 0 && pack.width_cm > 0 && pack.height_cm > 0) {
    row["dimension"] = dimension_json(pack.length_cm, pack.width_cm, pack.height_cm);
  }
  if (!pack.gtin.empty()) row["gtin_code"] = json_string(pack.gtin);
  return row;
}

}  // namespace

const Model* Variants::by_sku(const catalog::Sku& sku) const {
  const auto found = std::find_if(models.begin(), models.end(),
                                  [&](const Model& model) { return model.sku == sku.text; });
  return found == models.end() || sku.text.empty() ? nullptr : &*found;
}

const Model* Variants::by_id(const std::string& id) const {
  const auto found = std::find_if(models.begin(), models.end(),
                                  [&](const Model& model) { return model.id == id; });
  return found == models.end() ? nullptr : &*found;
}

Variants variants_of(const Json& answer) {
  Variants out;
  const Json* response = payload(answer);
  if (response == nullptr) return out;
  for (const Json& tier : common::items(*response, "standardise_tier_variation")) {
    out.tiers.push_back(tier);
  }
  if (out.tiers.empty()) {
    for (const Json& tier : common::items(*response, "tier_variation")) {
      out.tiers.push_back(standardised(tier));
    }
  }
  for (const Json& row : common::items(*response, "model")) {
    auto model = model_of(row);
    if (!model.id.empty() && model.id != "0") out.models.push_back(std::move(model));
  }
  return out;
}

Pack pack_of(const ListingContent& content) {
  Pack pack;
  pack.sku = content.sku.text;
  const auto name = base::normalise(base::trim(content.pack_name.vi));
  pack.option = base::shorten(name.empty() ? content.sku.text : name, kOptionNameMax);
  pack.price = content.price;
  pack.stock = content.initial_stock;
  pack.weight_g = package_weight_g(content);
  pack.length_cm = content.length_cm;
  pack.width_cm = content.width_cm;
  pack.height_cm = content.height_cm;
  pack.gtin = content.gtin;
  return pack;
}

std::vector<std::string> option_names(std::span<const Pack> packs,
                                      std::span<const std::string> taken) {
  std::vector<std::string> names;
  const auto is_taken = [&](const std::string& name) {
    return std::find(taken.begin(), taken.end(), name) != taken.end() ||
           std::find(names.begin(), names.end(), name) != names.end();
  };
  for (const auto& pack : packs) {
    std::string name = pack.option;
    if (is_taken(name)) name = base::shorten(pack.sku, kOptionNameMax);
    for (int number = 2; is_taken(name); ++number) {
      const auto tail = " " + std::to_string(number);
      name = base::shorten(pack.option, kOptionNameMax - tail.size()) + tail;
    }
    names.push_back(std::move(name));
  }
  return names;
}

std::vector<std::string> options_of(const Variants& variants) {
  std::vector<std::string> names;
  if (variants.tiers.empty()) return names;
  for (const Json& option : common::items(variants.tiers.front(), "variation_option_list")) {
    names.push_back(common::text(option, "variation_option_name"));
  }
  return names;
}

std::string init_tier_body(const std::string& item_id, std::span<const Pack> packs,
                           const std::string& location_id) {
  std::vector<Json> options;
  for (const auto& name : option_names(packs, {})) options.push_back(option_json(name));
  std::vector<Json> models;
  for (std::size_t i = 0; i < packs.size(); ++i) {
    models.push_back(model_json(packs[i], i, location_id));
  }
  return with_weight_numbers(common::to_text(
      json_object({{"item_id", id_json(item_id)},
                   {"standardise_tier_variation", json_array({tier_json(std::move(options))})},
                   {"model", json_array(std::move(models))}})));
}

std::string add_options_body(const std::string& item_id, const Variants& now,
                             std::span<const std::string> new_options) {
  std::vector<Json> tiers = now.tiers;
  std::vector<Json> options;
  for (const Json& option : common::items(now.tiers.front(), "variation_option_list")) {
    options.push_back(option);
  }
  for (const auto& name : new_options) options.push_back(option_json(name));
  tiers.front()["variation_option_list"] = json_array(std::move(options));
  std::vector<Json> models;
  for (const auto& model : now.models) {
    models.push_back(
        json_object({{"model_id", id_json(model.id)}, {"tier_index", indexes(model.tier_index)}}));
  }
  return common::to_text(json_object({{"item_id", id_json(item_id)},
                                      {"standardise_tier_variation", json_array(std::move(tiers))},
                                      {"model_list", json_array(std::move(models))}}));
}

std::string add_models_body(const std::string& item_id, std::span<const Pack> packs,
                            std::span<const std::size_t> places, const std::string& location_id) {
  std::vector<Json> models;
  for (std::size_t i = 0; i < packs.size(); ++i) {
    models.push_back(model_json(packs[i], places[i], location_id));
  }
  return with_weight_numbers(common::to_text(
      json_object({{"item_id", id_json(item_id)}, {"model_list", json_array(std::move(models))}})));
}

std::string delete_model_body(const std::string& item_id, const std::string& model_id) {
  return common::to_text(
      json_object({{"item_id", id_json(item_id)}, {"model_id", id_json(model_id)}}));
}

std::vector<RemoteListing> model_listings(const RemoteListing& item, const Variants& variants) {
  std::vector<RemoteListing> out;
  const auto options = options_of(variants);
  for (const auto& model : variants.models) {
    RemoteListing listing = item;
    listing.binding.unit_id = model.id;
    listing.sku = catalog::Sku{model.sku};
    listing.stock = model.stock;
    listing.price = model.price;
    const bool placed = !model.tier_index.empty() && model.tier_index.front() >= 0 &&
                        static_cast<std::size_t>(model.tier_index.front()) < options.size();
    if (placed) listing.title += " - " + options[static_cast<std::size_t>(model.tier_index[0])];
    if (model.status == "MODEL_UNAVAILABLE" && listing.health == ListingHealth::shown) {
      listing.visible = false;
      listing.health = ListingHealth::hidden;
      listing.health_reason = model.status;
    }
    out.push_back(std::move(listing));
  }
  return out;
}

}  // namespace connectors::shopee
