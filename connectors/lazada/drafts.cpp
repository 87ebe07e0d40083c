#include "connectors/lazada/drafts.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/text.h"
#include "connectors/lazada/product_xml.h"

namespace connectors::lazada {

namespace {

bool is_brand(std::string_view name) {
  return name == "brand" || name == "brand_id";
}

// As an element of the payload: an id of digits is none.
bool is_name(std::string_view text) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const auto inner = [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '_'; };
  return !text.empty() && letter(text.front()) && std::all_of(text.begin(), text.end(), inner);
}

bool has(const std::vector<Field>& fields, std::string_view name) {
  return std::any_of(fields.begin(), fields.end(),
                     [&](const Field& field) { return field.name == name; });
}

const RemoteAttribute* ours(const ListingContent& content, const AttributeFacts& facts) {
  const auto found = std::find_if(
      content.attributes.begin(), content.attributes.end(),
      [&](const auto& one) { return one.remote_id == facts.name || one.remote_id == facts.id; });
  return found == content.attributes.end() ? nullptr : &*found;
}

bool speaks_of_packs(const AttributeFacts& facts) {
  const auto words = base::fold(facts.name + " " + facts.label);
  return words.find("weight") != std::string::npos || words.find("pack") != std::string::npos ||
         words.find("khoi luong") != std::string::npos ||
         words.find("quy cach") != std::string::npos;
}

// A pack in the words that a buyer chooses by.
std::string pack_words(const ListingContent& content) {
  auto words = base::normalise(content.pack_name.vi);
  if (words.empty() && content.net_weight_g > 0) {
    const int grams = content.net_weight_g;
    words = grams % 1000 == 0 ? std::to_string(grams / 1000) + "kg" : std::to_string(grams) + "g";
  }
  if (words.empty()) words = content.sku.text;
  return base::shorten(words, kVariantWordsMax);
}

std::string variant_of(const ListingContent& content, const Variation& variation,
                       const CategoryFacts& facts) {
  const auto* attribute = find_attribute(facts, variation.name);
  const auto* mapped = attribute == nullptr ? nullptr : ours(content, *attribute);
  if (mapped != nullptr) return wire_value(*mapped, attribute);
  const auto words = pack_words(content);
  const auto* option = attribute == nullptr ? nullptr : attribute->option(words);
  return option == nullptr ? words : option->en_name;
}

// Two packs must not read alike: the seller SKU tells them apart, a number when it is too long.
void tell_apart(std::vector<SkuDraft>& skus, std::set<std::string>& taken) {
  constexpr std::size_t kRoomForNumber = 4;
  for (auto& sku : skus) {
    if (taken.insert(sku.variant).second) continue;
    const auto& name = sku.content->sku.text;
    sku.variant = base::shorten(name, kVariantWordsMax);
    const auto stem = base::shorten(name, kVariantWordsMax - kRoomForNumber);
    for (int n = 2; !taken.insert(sku.variant).second; ++n) {
      sku.variant = stem + " " + std::to_string(n);
    }
  }
}

void add_brand(const ListingContent& content, const Options& options, std::vector<Field>& out) {
  for (const auto& attribute : content.attributes) {
    if (is_brand(attribute.remote_id)) {
      out.push_back({attribute.remote_id, wire_value(attribute, nullptr)});
      return;
    }
  }
  if (!content.binding.empty()) return;
  out.push_back(options.brand_id.empty() ? Field{"brand", options.brand}
                                         : Field{"brand_id", options.brand_id});
}

// What the account's map says wins over the options that speak for all new products; those never
// overwrite what a product that is there says of itself.
std::vector<Field> product_fields(const ListingContent& content, const CategoryFacts& facts,
                                  const Options& options) {
  std::vector<Field> out;
  add_brand(content, options, out);
  for (const auto& attribute : content.attributes) {
    const auto* known = find_attribute(facts, attribute.remote_id);
    if (is_brand(attribute.remote_id) || (known != nullptr && (known->of_sku || known->sale))) {
      continue;
    }
    // What the category does not have it would refuse; without its list, names are taken as such.
    if (known == nullptr && (!facts.empty() || !is_name(attribute.remote_id))) continue;
    const auto name = known == nullptr ? attribute.remote_id : known->name;
    if (!has(out, name)) out.push_back({name, wire_value(attribute, known)});
  }
  if (!content.binding.empty()) return out;
  for (const auto& [name, value] : options.attributes) {
    if (!has(out, name)) out.push_back({name, value});
  }
  return out;
}

std::vector<Field> sku_fields(const ListingContent& content, const CategoryFacts& facts) {
  std::vector<Field> out;
  for (const auto& attribute : content.attributes) {
    const auto* known = find_attribute(facts, attribute.remote_id);
    if (known == nullptr || !known->of_sku || known->sale) continue;
    if (!has(out, known->name)) out.push_back({known->name, wire_value(attribute, known)});
  }
  return out;
}

}  // namespace

std::string wire_value(const RemoteAttribute& attribute, const AttributeFacts* facts) {
  const auto& chosen =
      attribute.remote_value_id.empty() ? attribute.text : attribute.remote_value_id;
  const auto* option = facts == nullptr ? nullptr : facts->option(chosen);
  if (option != nullptr) return option->en_name;
  if (!attribute.remote_value_id.empty() || attribute.unit.empty()) return chosen;
  return chosen + " " + attribute.unit;
}

Variation choose_variation(std::span<const ListingContent* const> group, const CategoryFacts& facts,
                           const Options& options) {
  if (options.variants != Variants::grouped || group.empty()) return {};
  if (group.front()->product.text.empty()) return {};
  if (!options.variant_attribute.empty()) {
    const auto* named = find_attribute(facts, options.variant_attribute);
    return {options.variant_attribute, named == nullptr || !named->sale};
  }
  const AttributeFacts* best = nullptr;
  int best_rank = 0;
  for (const auto& one : facts) {
    if (!one.sale) continue;
    const bool mapped = std::all_of(group.begin(), group.end(), [&](const auto* content) {
      return ours(*content, one) != nullptr;
    });
    const int rank = mapped ? 3 : !one.takes_own_words() ? 0 : speaks_of_packs(one) ? 2 : 1;
    if (rank > best_rank) {
      best = &one;
      best_rank = rank;
    }
  }
  return best == nullptr ? Variation{kOwnVariation, true} : Variation{best->name, false};
}

ProductDraft draft_of(std::span<const ListingContent* const> group, const CategoryFacts& facts,
                      const Variation& variation, const Options& options,
                      std::set<std::string> taken) {
  const auto& first = *group.front();
  ProductDraft draft;
  draft.category = first.category_remote_id;
  draft.title = title_of(first, variation.name.empty() ? TitleOf::pack : TitleOf::product);
  draft.description = description_of(first);
  draft.attributes = product_fields(first, facts, options);
  draft.variation = variation;
  for (const auto* content : group) {
    SkuDraft sku{content, sku_fields(*content, facts), {}};
    if (!variation.name.empty()) sku.variant = variant_of(*content, variation, facts);
    draft.skus.push_back(std::move(sku));
  }
  if (!variation.name.empty()) tell_apart(draft.skus, taken);
  return draft;
}

}  // namespace connectors::lazada
