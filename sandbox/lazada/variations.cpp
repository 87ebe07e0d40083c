#include "sandbox/lazada/variations.h"

#include "base/text.h"

namespace sandbox::lazada {
namespace {

void merge_texts(const Node& from, Json& into) {
  for (const auto& one : from.children) {
    if (one.children.empty()) into[one.name] = Json::string(one.text);
  }
}

}  // namespace

void read_props(const Node& node, const Json& variation, Sku& sku) {
  if (const auto* props = node.child("saleProp")) merge_texts(*props, sku.sale_prop);
  for (const auto& [level, facts] : variation.as_object()) {
    const auto name = wire::text(facts, "name");
    if (node.has(name)) sku.sale_prop[name] = Json::string(node.value(name));
  }
}

Json read_variation(const Node& product) {
  auto out = Json::object(true);
  const auto* variation = product.child("variation");
  if (variation == nullptr) return out;
  for (const auto& one : variation->children) {
    auto level = Json::object(true);
    merge_texts(one, level);
    std::vector<std::string> options;
    if (const auto* list = one.child("options")) {
      for (const auto* option : list->all("option")) options.push_back(option->text);
    }
    level["options"] = wire::texts(options);
    out[one.name] = std::move(level);
  }
  return out;
}

std::vector<std::string> variation_problems(const Json& variation, const std::vector<Sku>& skus) {
  std::vector<std::string> out;
  if (variation.size() > kVariationsMax) out.push_back("VARIATION_SIZE_LIMIT");
  for (const auto& [level, facts] : variation.as_object()) {
    const auto name = wire::text(facts, "name");
    const auto options = wire::list(facts, "options");
    if (base::code_points(name) > kVariationNameMax) out.push_back("VARIATION_NAME_LENGTH_LIMIT");
    if (options.size() > kOptionsMax) out.push_back("OPTIONS_SIZE_LIMIT");
    for (const auto& option : options) {
      if (base::code_points(wire::as_text(option)) > kOptionMax) {
        out.push_back("OPTION_LENGTH_LIMIT");
      }
    }
    if (level != "Variation1" && level != "variation1" && wire::text(facts, "hasImage") == "true") {
      out.push_back("VARIATION_IMAGE_ONLY_FIRST");
    }
    for (const auto& sku : skus) {
      const auto value = wire::text(sku.sale_prop, name.c_str());
      if (sku.deleted()) continue;
      bool declared = false;
      for (const auto& option : options) declared = declared || wire::as_text(option) == value;
      if (!options.empty() && !declared) out.push_back("SKU_VARIATION_NOT_DECLARED");
    }
  }
  return out;
}

}  // namespace sandbox::lazada
