// What the store has of a product, which packs are there, which are missing and how they are
// called.
#include "connectors/provincial/variable_work.h"

namespace connectors::provincial {
namespace {

using base::ErrorCode;
using catalog::Binding;
using common::Json;

// What the pack that the product stood for is called: the product's name is "product - pack".
std::string option_from_name(const Json& product, const ListingContent& sibling,
                             const std::string& sku) {
  const auto name = plain_name(common::text(product, "name"));
  const auto head = sibling.product_name.vi + " - ";
  ListingContent pack;
  pack.sku = catalog::Sku{sku};
  const bool fits = !sibling.product_name.vi.empty() && name.starts_with(head);
  if (fits) pack.pack_name.vi = name.substr(head.size());
  return option_of(pack);
}

}  // namespace

base::Status VariableProducts::load(Work& work, const std::string& item_id) {
  if (item_id.empty()) return base::Done{};
  const auto rows = reads_.products({item_id});
  if (!rows) return rows.error();
  if (rows.value().empty()) {
    return work.refuse(ErrorCode::not_found, "the store has no product " + item_id, work.all());
  }
  work.item_id = item_id;
  work.product = rows.value().front();
  work.mark = mark_of(work.product);
  if (!is_variable(work.product)) return base::Done{};
  auto variations = reads_.variations(item_id);
  if (!variations) return variations.error();
  work.variations = std::move(variations).value();
  return base::Done{};
}

// Which packs are there: by their numbers, else by their SKU (they got others and we did not learn
// of it).
base::Status VariableProducts::recognise(Work& work) {
  const bool stands_for_one = work.mark || !is_variable(work.product);
  const auto stands_for = work.mark ? work.mark->sku : common::text(work.product, "sku");
  for (const auto* pack : work.all()) {
    const auto& content = *pack->content;
    const bool is_fresh = content.binding.empty();
    const auto* there =
        is_fresh ? nullptr : variation_with_id(work.variations, content.binding.unit_id);
    if (there == nullptr) there = variation_with_sku(work.variations, content.sku.text);
    if (there != nullptr) {
      const Binding binding{work.item_id, common::text(*there, "id")};
      (is_fresh ? work.found : work.bound).emplace_back(pack, binding);
      continue;
    }
    const bool to_come = stands_for_one && content.sku.text == stands_for;
    if (is_fresh || (to_come && content.binding.unit_id.empty())) continue;
    const auto stop =
        work.refuse(ErrorCode::not_found,
                    "product " + work.item_id + " has no variation with this SKU", {pack});
    if (!stop) return stop;
  }
  return check_found(work);
}

// One that is there with other values was not made by this call: it is looked up like any other.
base::Status VariableProducts::check_found(Work& work) {
  const auto found = work.found;
  for (const auto& [pack, binding] : found) {
    const auto& row = *variation_with_id(work.variations, binding.unit_id);
    const bool as_sent = common::money_vnd(row, "regular_price") == pack->content->price &&
                         common::integer(row, "stock_quantity") == pack->content->initial_stock;
    if (as_sent) continue;
    const auto* gone = pack;
    std::erase_if(work.found, [&](const auto& entry) { return entry.first == gone; });
    const auto stop = work.refuse(
        ErrorCode::conflict, "it is there already (variation " + binding.unit_id + ")", {pack});
    if (!stop) return stop;
  }
  return base::Done{};
}

base::Status VariableProducts::plan(Work& work) {
  const auto attribute = pack_attribute(work.product);
  if (!attribute) {
    return work.refuse(
        ErrorCode::rejected,
        "product " + work.item_id + " tells its packs apart by two things: add the pack by hand",
        work.fresh);
  }
  work.attribute = *attribute;
  if (attribute->is_null()) {
    work.attribute = common::json_object({{"name", common::json_string(kPackAttribute)}});
  }
  if (auto step = plan_base(work); !step || work.nothing_left()) return step;
  for (const auto* pack : work.fresh) {
    const bool there = std::any_of(work.found.begin(), work.found.end(),
                                   [&](const auto& entry) { return entry.first == pack; });
    if (!there) work.missing.push_back(new_pack(*pack->content));
  }
  plan_names(work);
  if (work.options.size() <= kVariationsMax) return base::Done{};
  work.missing.clear();
  return work.refuse(ErrorCode::rejected, "a product has at most 100 packs", work.fresh);
}

// The pack that the product stands for, or stood for before somebody was interrupted.
base::Status VariableProducts::plan_base(Work& work) {
  const bool turns = !work.item_id.empty() && !is_variable(work.product) && !work.fresh.empty();
  if (!work.mark && !turns) return base::Done{};
  if (!work.mark) work.mark = mark_from(work.product);
  const auto& mark = *work.mark;
  if (mark.sku.empty()) {
    work.mark.reset();
    return work.refuse(ErrorCode::rejected,
                       "product " + work.item_id + " has no SKU: give it one first", work.fresh);
  }
  const auto* ours = work.with_sku(mark.sku);
  const bool is_fresh = ours != nullptr && ours->content->binding.empty();
  work.makes_base = variation_with_sku(work.variations, mark.sku) == nullptr && !is_fresh;
  if (!work.makes_base) return base::Done{};
  NewPack base{mark.sku, {}, mark.price, mark.sale_price, mark.stock, mark.shown, nullptr};
  base.option = option_from_name(work.product, *work.lead, mark.sku);
  if (ours != nullptr) {
    base.option = option_of(*ours->content);
    base.shown = ours->content->visible;
    base.content = ours->content;
  }
  work.missing.push_back(std::move(base));
  return base::Done{};
}

// No two options alike. Those that are there keep theirs unless the pack has another name by now.
void VariableProducts::plan_names(Work& work) {
  std::vector<std::pair<std::string, std::string>> to_rename;  // variation, SKU
  for (const auto& variation : work.variations) {
    const auto now = option_of(variation);
    const auto* pack = work.with_sku(common::text(variation, "sku"));
    const auto sku = pack == nullptr ? std::string{} : pack->content->sku.text;
    const auto wanted = pack == nullptr ? now : option_of(*pack->content);
    if (now == wanted || now == wanted + " (" + sku + ")") {
      if (!now.empty()) work.options.push_back(now);
    } else {
      to_rename.emplace_back(common::text(variation, "id"), sku);
    }
  }
  for (const auto& [id, sku] : to_rename) {
    const auto option = unique_option(option_of(*work.with_sku(sku)->content), sku, work.options);
    work.renamed[id] = option;
    work.options.push_back(option);
  }
  for (auto& pack : work.missing) {
    pack.option = unique_option(pack.option, pack.sku, work.options);
    work.options.push_back(pack.option);
  }
}

}  // namespace connectors::provincial
