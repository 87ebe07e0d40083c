// Whether the account's maps still fit Lazada's tree: the other half of LazadaRules.
#include <algorithm>
#include <set>
#include <string_view>

#include "base/text.h"
#include "connectors/lazada/rules.h"

namespace connectors::lazada {

namespace {

using base::Done;

// A rule for "fruit" speaks of "fruit/dried" as well.
bool covers(const std::string& rule, const std::string& category) {
  return rule == "*" || category == rule || category.starts_with(rule + "/");
}

bool is_brand(const std::string& name) {
  return name == "brand" || name == "brand_id";
}

// A map's cell holds no comma, so signs and the words that join a list do not count.
std::string words_of(std::string_view name) {
  std::string out;
  std::string word;
  for (const char c : base::fold(name) + " ") {
    const bool part = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (part) word.push_back(c);
    if (part || word.empty()) continue;
    if (word != "va" && word != "and") out += " " + word;
    word.clear();
  }
  return out;
}

// "Bách hoá > Gạo" ends in the category's own name.
bool same_name(const std::string& ours, const Category& category) {
  const auto folded = words_of(ours);
  for (const auto& theirs : {category.name_vi, category.name_en}) {
    const auto name = words_of(theirs);
    if (!name.empty() && folded.ends_with(name)) return true;
  }
  return false;
}

void check_categories(const ChannelMaps& maps, const CategoryTree& tree,
                      std::vector<MapDrift>& drifts) {
  for (const auto& [ours, remote] : maps.categories) {
    const auto found = tree.find(remote.remote_id);
    if (found == tree.end()) {
      drifts.push_back({"category", ours, remote.remote_id,
                        "Lazada không còn ngành hàng " + remote.remote_id,
                        "Lazada no longer has category " + remote.remote_id});
    } else if (!found->second.leaf) {
      drifts.push_back({"category", ours, remote.remote_id,
                        "Ngành hàng " + remote.remote_id + " nay có ngành con",
                        "Category " + remote.remote_id + " has children now"});
    } else if (!remote.remote_name.empty() && !same_name(remote.remote_name, found->second)) {
      const auto& name = found->second.name_vi;
      drifts.push_back({"category", ours, remote.remote_id,
                        "Ngành hàng " + remote.remote_id + " nay tên là " + name,
                        "Category " + remote.remote_id + " is called " + name + " now"});
    }
  }
}

}  // namespace

base::Result<std::vector<MapDrift>> LazadaRules::check_maps(const ChannelMaps& maps) {
  const auto tree = catalogue_.tree();
  if (!tree) return tree.error();
  std::vector<MapDrift> drifts;
  check_categories(maps, *tree.value(), drifts);
  for (const auto& rule : maps.attributes) {
    if (const auto asked = check_rule(rule, maps, drifts); !asked) return asked.error();
  }
  return drifts;
}

// A rule fits when every category that it speaks of has the attribute, and the value in its list.
base::Status LazadaRules::check_rule(const AttributeRule& rule, const ChannelMaps& maps,
                                     std::vector<MapDrift>& drifts) {
  if (is_brand(rule.remote_id)) {
    const auto& value = rule.remote_value_id;
    if (value.empty()) return Done{};
    const bool by_id = rule.remote_id == "brand_id";
    const auto known =
        catalogue_.has_brand(by_id ? value : std::string{}, by_id ? std::string{} : value);
    if (!known) return known.error();
    if (known.value().value_or(true)) return Done{};
    drifts.push_back({"brand", rule.ours, value, "Lazada không còn thương hiệu " + value,
                      "Lazada no longer has brand " + value});
    return Done{};
  }
  std::set<std::string> asked;
  for (const auto& [ours, remote] : maps.categories) {
    if (!covers(rule.category, ours) || !asked.insert(remote.remote_id).second) continue;
    const auto facts = catalogue_.facts(remote.remote_id);
    if (!facts) return facts.error();
    if (facts.value()->empty()) continue;  // the category itself is what drifted
    const auto* attribute = find_attribute(*facts.value(), rule.remote_id);
    if (attribute == nullptr) {
      drifts.push_back(
          {"attribute", rule.ours, rule.remote_id,
           "Ngành hàng " + remote.remote_id + " (" + ours + ") không có thuộc tính " +
               rule.remote_id,
           "Category " + remote.remote_id + " (" + ours + ") has no attribute " + rule.remote_id});
      continue;
    }
    const auto& value = rule.remote_value_id;
    const bool listed =
        value.empty() || attribute->options.empty() || attribute->option(value) != nullptr;
    if (listed || attribute->takes_own_words()) continue;
    drifts.push_back(
        {"value", rule.ours, rule.remote_id,
         "\"" + value + "\" không còn trong danh sách của " + rule.remote_id + " (" + ours + ")",
         "\"" + value + "\" is no longer in the list of " + rule.remote_id + " (" + ours + ")"});
  }
  return Done{};
}

}  // namespace connectors::lazada
