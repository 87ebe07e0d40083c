#pragma once
// Variations of one item: Shopee's tiers and models, and the bodies that change them. Pure.
//
//   tier        one, "Quy cách"; an option is a pack's name, at most kOptionNameMax code points
//   model_id    Binding::unit_id; models are told apart by model_sku, which is our SKU
//   price       list price, whole đồng; the dearest model costs at most kPriceSpreadMax the
//               cheapest
// Nothing here throws. Threads: safe.
// Source: Open Platform API v2, product.init_tier_variation, update_tier_variation, add_model,
// get_model_list, reference as of 2026-08-18.
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "connectors/common/json.h"
#include "connectors/connector.h"

namespace connectors::shopee {

inline constexpr std::size_t kModelsMax = 50;
inline constexpr std::size_t kOptionNameMax = 20;
inline constexpr std::int64_t kPriceSpreadMax = 5;
inline constexpr std::string_view kTierName = "Quy cách";

struct Model {
  std::string id;
  std::vector<std::int64_t> tier_index;
  std::string sku;
  std::string status;
  std::int64_t price = 0;
  std::int64_t stock = 0;         // what buyers can buy now
  std::int64_t seller_stock = 0;  // as it was set
};

struct Variants {
  std::vector<common::Json> tiers;  // as standardise_tier_variation holds them
  std::vector<Model> models;

  const Model* by_sku(const catalog::Sku& sku) const;
  const Model* by_id(const std::string& id) const;
};
Variants variants_of(const common::Json& answer);  // get_model_list, init_tier_variation, add_model

// A pack about to become a model.
struct Pack {
  std::string sku;
  std::string option;  // its name
  std::int64_t price = 0;
  std::int64_t stock = 0;
  int weight_g = 0;
  int length_cm = 0;
  int width_cm = 0;
  int height_cm = 0;
  std::string gtin;
};
Pack pack_of(const ListingContent& content);

// Names that no other option bears: the SKU is put behind a name that is taken.
std::vector<std::string> option_names(std::span<const Pack> packs,
                                      std::span<const std::string> taken);

// The option names of the first tier, in order.
std::vector<std::string> options_of(const Variants& variants);

std::string init_tier_body(const std::string& item_id, std::span<const Pack> packs,
                           const std::string& location_id);
// The options there and the new ones behind them; every model keeps its id and its place.
std::string add_options_body(const std::string& item_id, const Variants& now,
                             std::span<const std::string> new_options);
// `places` are the options' positions.
std::string add_models_body(const std::string& item_id, std::span<const Pack> packs,
                            std::span<const std::size_t> places, const std::string& location_id);
std::string delete_model_body(const std::string& item_id, const std::string& model_id);

// The models of one item as listings; `item` is its get_item_base_info row, read by listings().
std::vector<RemoteListing> model_listings(const RemoteListing& item, const Variants& variants);

}  // namespace connectors::shopee
