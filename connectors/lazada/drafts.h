#pragma once
// From our content to a product as Lazada wants it: which attribute goes where, what tells the
// packs of a product apart. Pure: no clock, no network. Errors: none; what is missing stays empty
// and is Lazada's to refuse (rules.h asks beforehand). Threads: safe.
// Source: Lazada Open Platform, "Create a product", "Custom sales attributes", 2025-12.
#include <set>
#include <span>
#include <string>
#include <vector>

#include "connectors/lazada/catalogue.h"
#include "connectors/lazada/options.h"
#include "connectors/messages.h"

namespace connectors::lazada {

inline constexpr std::size_t kVariantWordsMax = 20;   // code points of one variation's value
inline constexpr const char* kOwnVariation = "Loại";  // where a category has no sale property

struct Field {
  std::string name;
  std::string value;

  bool operator==(const Field&) const = default;
};

// What tells the packs of one product apart.
struct Variation {
  std::string name;  // empty: nothing does
  bool own = false;  // declared by the product itself, not a sale property of the category

  bool operator==(const Variation&) const = default;
};

struct SkuDraft {
  const ListingContent* content = nullptr;  // outlives the draft
  std::vector<Field> fields;                // attributes of the SKU
  std::string variant;                      // value of the variation
};

struct ProductDraft {
  std::string category;
  std::string title;
  std::string description;
  std::vector<std::string> image_urls;
  std::vector<Field> attributes;
  Variation variation;
  std::vector<SkuDraft> skus;
};

// The variation that new packs of this product are told apart by.
Variation choose_variation(std::span<const ListingContent* const> group, const CategoryFacts& facts,
                           const Options& options);
// `group`: packs of one product, at least one. `taken`: values that packs already there go by.
// Pictures are added by the caller.
ProductDraft draft_of(std::span<const ListingContent* const> group, const CategoryFacts& facts,
                      const Variation& variation, const Options& options,
                      std::set<std::string> taken = {});

// The value that goes out for an attribute of ours.
std::string wire_value(const RemoteAttribute& attribute, const AttributeFacts* facts);

}  // namespace connectors::lazada
