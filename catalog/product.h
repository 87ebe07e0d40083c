#pragma once
// What buyers see, and the packs it is sold in.
//
// A Product has text, pictures and papers; a Variant is one sellable pack of it. A Variant is a
// recipe of integer base units (gram or piece) from one or more StockPools, so many packs can share
// one pool (a 1 kg bag, a 5 kg box) and one pack can need several (a Tết basket).
// Threads: values.
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "catalog/ids.h"
#include "catalog/money.h"

namespace catalog {

struct Text {
  std::string vi;
  std::string en;
  bool operator==(const Text&) const = default;
};

enum class Storage { ambient, cool, frozen };
enum class LabelClass { raw_loose, raw_packed, processed };
std::string_view to_string(Storage storage);
std::string_view to_string(LabelClass label);
std::optional<Storage> storage_from(std::string_view text);
std::optional<LabelClass> label_class_from(std::string_view text);

// OCOP, VIETGAP, ATTP …: all certificates have one shape. Days are local calendar days.
struct Certificate {
  std::string kind;
  std::string number;
  std::string issuer;
  std::string issued_on;   // "2026-11-24" or empty
  std::string expires_on;  // shown to buyers until and including this day; empty: open
  int stars = 0;           // OCOP only, 3..5

  bool operator==(const Certificate&) const = default;
};
// Whether buyers may still be shown the certificate on that local day ("2026-11-24").
bool is_shown_on(const Certificate& certificate, std::string_view local_day);

struct Product {
  ProductId id;
  ProducerId producer;
  Text name;
  Text description;
  std::string category;  // our path: "fruit/dried"
  std::string origin;
  Storage storage = Storage::ambient;
  int shelf_life_days = 0;
  int ship_hours_max = 0;  // 0: no limit
  LabelClass label_class = LabelClass::raw_packed;
  std::string ingredients;
  std::string usage;
  std::string warnings;
  std::vector<Certificate> certificates;
  std::vector<std::string> images;  // paths, first is the main picture

  bool operator==(const Product&) const = default;
};

enum class BaseUnit { gram, piece };
std::string_view to_string(BaseUnit unit);
std::optional<BaseUnit> base_unit_from(std::string_view text);

// The physical goods, counted in base units.
struct StockPool {
  PoolId id;
  ProducerId producer;
  BaseUnit unit = BaseUnit::gram;
  std::string name_vi;

  bool operator==(const StockPool&) const = default;
};

struct RecipeItem {
  PoolId pool;
  std::int64_t base_units = 0;  // > 0, in one pack

  bool operator==(const RecipeItem&) const = default;
};
inline constexpr std::size_t kRecipeItemsMax = 20;

// How a variant's stock is shown on the channels (docs/adr/0007-guarded-stock.md).
enum class StockPolicy {
  guarded,  // the shares of all accounts together never exceed what is there
  pooled,   // every account shows everything: may oversell, opt-in
  buffer,   // guarded, and `buffer` packs are never shown
};
std::string_view to_string(StockPolicy policy);
std::optional<StockPolicy> stock_policy_from(std::string_view text);

struct Variant {
  Sku sku;
  ProductId product;
  Text name;             // "Hộp 5 kg"
  std::string unit_vi;   // "hộp"
  int net_weight_g = 0;  // 0: unknown
  int package_weight_g = 0;
  int length_cm = 0;
  int width_cm = 0;
  int height_cm = 0;
  Money price;
  std::vector<RecipeItem> recipe;
  StockPolicy policy = StockPolicy::guarded;
  std::int64_t buffer_packs = 0;
  std::string gtin;

  bool operator==(const Variant&) const = default;
};

bool gtin13_is_valid(std::string_view gtin);

}  // namespace catalog
