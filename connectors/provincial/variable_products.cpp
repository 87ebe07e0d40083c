#include "connectors/provincial/variable_products.h"

#include "connectors/provincial/variable_work.h"

namespace connectors::provincial {

namespace {

using base::ErrorCode;
using common::Json;
using common::json_array;
using common::json_flag;
using common::json_number;
using common::json_string;

Json marked(const Mark& mark) {
  return json_array({meta_entry(kTurningKey, to_text(mark))});
}

// The product's attributes with the one its packs are told apart by.
Json attributes_of(const Json& product, const Json& attribute,
                   std::span<const std::string> options) {
  auto ours = pack_attribute_json(attribute, options);
  auto rows = other_attributes(product, {ours});
  rows.push_back(std::move(ours));
  return json_array(std::move(rows));
}

}  // namespace

base::Status VariableProducts::publish(const std::vector<Pack>& packs, PublishReport& report) {
  Work work(report);
  std::string item_id;
  for (const auto& pack : packs) {
    const auto& content = *pack.content;
    (content.binding.empty() ? work.fresh : work.known).push_back(&pack);
    const auto& there = content.binding.empty() ? content.sibling_item_id : content.binding.item_id;
    if (item_id.empty()) item_id = there;
    if (work.lead == nullptr || (content.visible && !work.lead->visible)) work.lead = &content;
  }
  return work_through(work, item_id);
}

base::Status VariableProducts::work_through(Work& work, const std::string& item_id) {
  if (auto step = load(work, item_id); !step || work.nothing_left()) return step;
  if (auto step = recognise(work); !step || work.nothing_left()) return step;
  if (auto step = plan(work); !step || work.nothing_left()) return step;
  const bool stays_plain = work.fresh.empty() && !is_variable(work.product) && !work.mark;
  if (stays_plain) return update_plain(work);
  if (auto step = prepare(work); !step || (work.nothing_left() && !work.mark)) return step;
  if (auto step = make_variations(work); !step) return step;
  // A product that was taken off sale goes back, whatever became of the new packs.
  if (work.nothing_left() && !work.mark) return base::Done{};
  if (auto step = dress(work); !step) return step;
  if (auto step = update_known(work); !step) return step;
  for (const auto& [pack, binding] : work.found) {
    work.report.accepted.push_back({pack->index, binding});
  }
  return base::Done{};
}

base::Result<Json> VariableProducts::write(const std::string& list, const Members& members) {
  auto answer = timed_batch(client_, products_, "/products/batch", list,
                            {common::json_object(members)}, common::Repeatable::no);
  if (!answer) return answer.error();
  auto& row = answer.value().front();
  if (const auto* error = common::child(row, "error")) return translate(*error);
  return std::move(row);
}

// The product such that variations can be put into it.
base::Status VariableProducts::prepare(Work& work) {
  if (work.item_id.empty()) return begin(work);
  if (!is_variable(work.product)) return turn(work);
  const auto has = pack_options(work.product, work.attribute);
  const bool lacks = std::any_of(work.options.begin(), work.options.end(), [&](const auto& one) {
    return std::find(has.begin(), has.end(), one) == has.end();
  });
  const bool holds_sku = work.mark && common::text(work.product, "sku") == work.mark->sku;
  if (!lacks && !holds_sku) return base::Done{};
  Members members = {{"id", json_number(store_id(work.item_id).value_or(0))},
                     {"attributes", attributes_of(work.product, work.attribute, work.options)}};
  if (holds_sku) members.emplace_back("sku", json_string(""));
  auto changed = write("update", members);
  if (!changed) {
    work.mark.reset();
    return work.give_up(changed.error(), work.all());
  }
  work.product = std::move(changed).value();
  return base::Done{};
}

// A draft that stands for its first pack until the variations are there.
base::Status VariableProducts::begin(Work& work) {
  const auto& first = *work.fresh.front()->content;
  Mark mark{first.visible, first.initial_stock, std::to_string(first.price), {}, first.sku.text};
  auto attributes = label_attributes(first);
  attributes.push_back(pack_attribute_json(work.attribute, work.options));
  const auto& name = first.product_name.vi.empty() ? first.title.vi : first.product_name.vi;
  auto made = write("create", {{"type", json_string("variable")},
                               {"status", json_string("draft")},
                               {"name", json_string(name)},
                               {"sku", json_string(first.sku.text)},
                               {"manage_stock", json_flag(false)},
                               {"attributes", json_array(std::move(attributes))},
                               {"meta_data", marked(mark)}});
  // A taken SKU is the first pack's; the others are looked up with it.
  if (!made) return work.give_up(made.error(), work.fresh);
  work.is_new = true;
  work.mark = std::move(mark);
  work.product = std::move(made).value();
  work.item_id = common::text(work.product, "id");
  const bool right = store_id(work.item_id) && is_variable(work.product) &&
                     common::text(work.product, "sku") == first.sku.text;
  if (!right) return open_end(first.sku.text + ": made, but not as it was sent");
  return prepare(work);
}

// Off sale first: from then on nobody takes what is being carried over.
base::Status VariableProducts::turn(Work& work) {
  const auto id = json_number(store_id(work.item_id).value_or(0));
  const auto give_up = [&](const base::Error& error) {
    work.mark.reset();
    return work.give_up(error, work.all());
  };
  const auto off = write(
      "update", {{"id", id}, {"status", json_string("draft")}, {"meta_data", marked(*work.mark)}});
  if (!off) return give_up(off.error());
  const auto was_shown = work.mark->shown;
  work.mark = mark_from(off.value());
  work.mark->shown = was_shown;
  if (work.makes_base) {
    auto& base = work.missing.front();
    base.stock = work.mark->stock;
    base.price = work.mark->price;
    base.sale_price = work.mark->sale_price;
  }
  auto turned =
      write("update", {{"id", id},
                       {"type", json_string("variable")},
                       {"sku", json_string("")},
                       {"manage_stock", json_flag(false)},
                       {"attributes", attributes_of(off.value(), work.attribute, work.options)},
                       {"meta_data", marked(*work.mark)}});
  if (!turned) return give_up(turned.error());
  work.product = std::move(turned).value();
  const bool right = is_variable(work.product) && common::text(work.product, "sku").empty();
  if (right) return base::Done{};
  return give_up({ErrorCode::rejected,
                  "product " + work.item_id +
                      " does not become variable; a plug-in of the store may hold it: put it on "
                      "sale again there and set variations = no",
                  {},
                  {}});
}

base::Status VariableProducts::make_variations(Work& work) {
  const auto path = "/products/" + work.item_id + "/variations/batch";
  std::span<const NewPack> left(work.missing);
  while (!left.empty()) {
    const auto part = left.first(std::min(left.size(), variations_.items()));
    left = left.subspan(part.size());
    std::vector<Json> elements;
    for (const auto& pack : part) elements.push_back(variation_json(pack, work.attribute));
    const auto answer = timed_batch(client_, variations_, path, "create", std::move(elements),
                                    common::Repeatable::no);
    if (!answer) {
      const bool open = work.is_new || work.exists_already();
      return open ? open_end(answer.error().message) : answer.error();
    }
    for (std::size_t i = 0; i < part.size(); ++i) {
      if (auto step = take_made(work, part[i], answer.value()[i]); !step) return step;
    }
  }
  return base::Done{};
}

base::Status VariableProducts::take_made(Work& work, const NewPack& pack, const Json& row) {
  const auto* ours = work.with_sku(pack.sku);
  if (const auto* error = common::child(row, "error")) {
    // Without the pack it stood for, the product does not go back on sale.
    const bool is_base = work.makes_base && pack.sku == work.mark->sku;
    if (is_base) return open_end(pack.sku + ": " + translate(*error).message);
    return ours == nullptr ? base::Status{base::Done{}} : work.give_up(translate(*error), {ours});
  }
  const auto id = common::text(row, "id");
  const bool right =
      common::text(row, "sku") == pack.sku && store_id(id) &&
      common::money_vnd(row, "regular_price") == common::parse_money_vnd(pack.price) &&
      (!pack.stock || common::integer(row, "stock_quantity") == pack.stock);
  if (!right) return open_end(pack.sku + ": made, but not as it was sent; it is looked up again");
  work.made_any = true;
  work.variations.push_back(row);
  const catalog::Binding binding{work.item_id, id};
  if (ours == nullptr) {
    work.report.rebound.push_back({catalog::Sku{pack.sku}, binding});
  } else {
    (ours->content->binding.empty() ? work.found : work.bound).emplace_back(ours, binding);
  }
  return base::Done{};
}

}  // namespace connectors::provincial
