#include "connectors/shopee/products.h"

#include <algorithm>
#include <utility>

#include "connectors/shopee/ids.h"

namespace connectors::shopee {

namespace {

using base::Error;
using base::ErrorCode;

Error begun(Error error) {
  error.code = ErrorCode::unknown_outcome;
  return error;
}

std::size_t run_length(std::span<const ListingContent> batch, std::size_t from, bool grouped) {
  std::size_t length = 1;
  if (!grouped || batch[from].product.text.empty()) return length;
  while (from + length < batch.size() && batch[from + length].product == batch[from].product) {
    ++length;
  }
  return length;
}

Error spread_error() {
  return failed(ErrorCode::rejected,
                "the dearest pack of a product may cost at most 5 times the cheapest");
}

}  // namespace

PublishReport Products::publish(std::span<const ListingContent> batch) {
  PublishReport report;
  begun_.clear();
  for (std::size_t i = 0; i < batch.size();) {
    const auto length = run_length(batch, i, client_.options().grouped);
    Run run{batch.subspan(i, length), i, {}, {}};
    for (const auto& content : run.contents) run.bindings.push_back(content.binding);
    if (!publish_run(run, report)) break;
    i += length;
  }
  finish_begun(report);
  for (const auto& rejection : report.rejected) shelf_.forget_pictures(batch[rejection.index]);
  return report;
}

// Also when the batch ended early: what was begun exists, and is finished or left
// `unknown_outcome`.
void Products::finish_begun(PublishReport& report) {
  if (begun_.empty()) return;
  if (!models_.pause_after_create()) {
    report.stopped_by = failed(ErrorCode::unknown_outcome, "stopping before the packs are made");
    return;
  }
  for (auto& [run, fresh, item_id] : begun_) {
    Variants made;
    if (const auto error = fill_new_item(item_id, run, fresh, made)) {
      if (!reject_all(run, fresh, *error, report)) return;
    } else {
      accept(run, fresh, item_id, made, report);
    }
  }
}

bool Products::publish_run(Run& run, PublishReport& report) {
  Indexes fresh;
  Indexes known;
  for (std::size_t i = 0; i < run.contents.size(); ++i) {
    (run.contents[i].binding.empty() ? fresh : known).push_back(i);
  }
  if (run.contents.size() > 1 && !rebind_stale(run, known, report)) return false;
  if (!fresh.empty() && !create(run, std::move(fresh), report)) return false;
  return update(run, known, report);
}

// A plain item that got models, and we died before its new ids were kept: they are found by SKU.
bool Products::rebind_stale(Run& run, Indexes& known, PublishReport& report) {
  Indexes lost;
  for (const auto index : known) {
    auto& binding = run.bindings[index];
    if (!binding.unit_id.empty()) continue;
    const auto item = reads_.item(binding.item_id);
    if (!item && item.error().code == ErrorCode::not_found) continue;  // the update will say so
    if (!item) return reject_all(run, {}, item.error(), report);
    if (!item.value().has_models) continue;
    const auto now = reads_.variants(binding.item_id);
    if (!now) return reject_all(run, {}, now.error(), report);
    const auto* model = now.value().by_sku(run.contents[index].sku);
    if (model == nullptr) {
      lost.push_back(index);
    } else {
      binding.unit_id = model->id;
    }
  }
  std::erase_if(known, [&](std::size_t index) {
    return std::find(lost.begin(), lost.end(), index) != lost.end();
  });
  return lost.empty() ||
         reject_all(run, lost, failed(ErrorCode::not_found, "the item no longer holds this pack"),
                    report);
}

// False when the error would meet the rest of the batch as well.
bool Products::reject_all(const Run& run, const Indexes& which, const Error& error,
                          PublishReport& report) const {
  if (!concerns_one_item(error)) {
    report.stopped_by = error;
    return false;
  }
  for (const auto index : which) report.rejected.push_back({run.first + index, error});
  return true;
}

void Products::accept(Run& run, const Indexes& fresh, const std::string& item_id,
                      const Variants& made, PublishReport& report) const {
  for (const auto index : fresh) {
    const auto* model = made.by_sku(run.contents[index].sku);
    if (model == nullptr) continue;
    run.bindings[index] = {item_id, model->id};
    report.accepted.push_back({run.first + index, run.bindings[index]});
  }
}

bool Products::create(Run& run, Indexes fresh, PublishReport& report) {
  std::erase_if(fresh, [&](std::size_t index) {
    const auto problem = problem_with(run.contents[index]);
    if (problem) report.rejected.push_back({run.first + index, *problem});
    return problem.has_value();
  });
  if (fresh.empty()) return true;
  std::string sibling;
  for (const auto& content : run.contents) {
    if (!client_.options().grouped || !sibling.empty()) break;
    sibling = content.binding.empty() ? content.sibling_item_id : content.binding.item_id;
  }
  if (!sibling.empty()) return join(run, fresh, sibling, report);
  return fresh.size() == 1 ? create_plain(run, fresh.front(), report)
                           : create_group(run, fresh, report);
}

bool Products::create_plain(Run& run, std::size_t index, PublishReport& report) {
  const auto& content = run.contents[index];
  const auto parts = shelf_.parts_of(content);
  if (!parts) return reject_all(run, {index}, parts.error(), report);
  const auto answer = client_.add_item(add_item_body(content, parts.value(), Shape::plain));
  if (!answer) return reject_all(run, {index}, answer.error(), report);
  auto item_id = created_item_id(answer.value());
  if (item_id.empty()) {
    report.stopped_by = failed(ErrorCode::unknown_outcome, "the answer names no item");
    return false;
  }
  run.bindings[index] = {std::move(item_id), {}};
  report.accepted.push_back({run.first + index, run.bindings[index]});
  return true;
}

bool Products::create_group(Run& run, const Indexes& fresh, PublishReport& report) {
  const auto& lead = run.contents[fresh.front()];
  std::vector<std::int64_t> prices;
  for (const auto index : fresh) prices.push_back(run.contents[index].price);
  if (too_far_apart(prices)) return reject_all(run, fresh, spread_error(), report);
  if (fresh.size() > kModelsMax) {
    return reject_all(run, fresh, failed(ErrorCode::rejected, "a product has at most 50 packs"),
                      report);
  }
  const auto parts = shelf_.parts_of(lead);
  if (!parts) return reject_all(run, fresh, parts.error(), report);
  const auto answer = client_.add_item(add_item_body(lead, parts.value(), Shape::tiered));
  if (!answer) return reject_all(run, fresh, answer.error(), report);
  const auto item_id = created_item_id(answer.value());
  if (item_id.empty()) {
    report.stopped_by = failed(ErrorCode::unknown_outcome, "the answer names no item");
    return false;
  }
  begun_.push_back({run, fresh, item_id});
  return true;
}

// From here on the item exists: what stops us leaves it to be found. A refusal takes it away again;
// it was never on the shelf.
std::optional<Error> Products::fill_new_item(const std::string& item_id, const Run& run,
                                             const Indexes& fresh, Variants& made) {
  std::vector<Pack> packs;
  bool visible = false;
  for (const auto index : fresh) {
    packs.push_back(pack_of(run.contents[index]));
    visible = visible || run.contents[index].visible;
  }
  auto variants = models_.init(item_id, packs);
  if (!variants) {
    if (!concerns_one_item(variants.error())) return begun(variants.error());
    const auto gone =
        client_.write("product/delete_item", delete_item_body(item_id), Nature::write_again);
    return gone || gone.error().code == ErrorCode::not_found ? variants.error()
                                                             : begun(variants.error());
  }
  made = std::move(variants).value();
  if (!has_all(made, packs)) {
    return failed(ErrorCode::unknown_outcome, "not every pack became a variation");
  }
  if (!visible) return std::nullopt;
  const auto shown = shelf_.put(item_id, {}, Shelf::listed);
  if (!shown && !concerns_one_item(shown.error())) return begun(shown.error());
  return std::nullopt;
}

bool Products::join(Run& run, const Indexes& fresh, const std::string& item_id,
                    PublishReport& report) {
  const auto item = reads_.item(item_id);
  if (!item) return reject_all(run, fresh, item.error(), report);
  if (!item.value().has_models) {
    const auto& only = run.contents[fresh.front()];
    if (fresh.size() == 1 && only.sku == item.value().listing.sku) {  // made by an earlier try
      run.changed_item = item_id;
      run.bindings[fresh.front()] = item.value().listing.binding;
      report.accepted.push_back({run.first + fresh.front(), run.bindings[fresh.front()]});
      return true;
    }
    const auto made = tier(run, item.value(), fresh, report);
    if (!made) return reject_all(run, fresh, made.error(), report);
    run.changed_item = item_id;
    accept(run, fresh, item_id, made.value(), report);
    return true;
  }
  const auto now = reads_.variants(item_id);
  if (!now) return reject_all(run, fresh, now.error(), report);
  run.changed_item = item_id;
  accept(run, fresh, item_id, now.value(), report);  // made by an earlier try
  Indexes missing;
  std::vector<Pack> packs;
  std::vector<std::int64_t> prices;
  for (const auto& model : now.value().models) prices.push_back(model.price);
  for (const auto index : fresh) {
    if (now.value().by_sku(run.contents[index].sku) != nullptr) continue;
    missing.push_back(index);
    packs.push_back(pack_of(run.contents[index]));
    prices.push_back(packs.back().price);
  }
  if (missing.empty()) return true;
  if (now.value().tiers.size() != 1) {
    return reject_all(run, missing,
                      failed(ErrorCode::rejected, "item " + item_id +
                                                      " has variations of two kinds: add the pack "
                                                      "by hand"),
                      report);
  }
  if (too_far_apart(prices)) return reject_all(run, missing, spread_error(), report);
  const auto made = models_.add(item_id, now.value(), packs);
  if (!made) return reject_all(run, missing, made.error(), report);
  accept(run, missing, item_id, made.value(), report);
  return true;
}

// A plain item gets models: the pack it was, and the fresh ones.
base::Result<Variants> Products::tier(Run& run, const ReadItem& item, const Indexes& fresh,
                                      PublishReport& report) {
  const auto& item_id = item.listing.binding.item_id;
  const auto first = base_pack(run, item);
  if (!first) return first.error();
  std::vector<Pack> packs{first.value()};
  for (const auto index : fresh) {
    if (run.contents[index].sku != item.listing.sku) packs.push_back(pack_of(run.contents[index]));
  }
  std::vector<std::int64_t> prices;
  for (const auto& pack : packs) prices.push_back(pack.price);
  if (too_far_apart(prices)) return spread_error();

  const auto hidden = shelf_.put(item_id, item.listing.remote_status, Shelf::unlisted);
  if (!hidden) return hidden.error();
  const auto still = reads_.item(item_id);  // nobody can buy now: this stock stays true
  if (!still) return still.error();
  packs.front().stock = still.value().seller_stock;
  auto made = models_.init(item_id, packs);
  const bool was_shown = item.listing.remote_status == "NORMAL";
  const bool back_now = was_shown && (made || concerns_one_item(made.error()));
  if (back_now) {
    const auto back = shelf_.put(item_id, "UNLIST", Shelf::listed);
    if (!back && !made && !concerns_one_item(back.error())) return back.error();
  }
  if (!made) return made;
  const auto* moved = made.value().by_sku(catalog::Sku{packs.front().sku});
  if (moved == nullptr) return failed(ErrorCode::unknown_outcome, "a pack was lost on the way");
  bool in_run = false;
  for (std::size_t i = 0; i < run.contents.size(); ++i) {
    if (run.contents[i].sku.text != packs.front().sku || run.contents[i].binding.empty()) continue;
    run.bindings[i] = {item_id, moved->id};
    in_run = true;
  }
  if (!in_run) report.rebound.push_back({catalog::Sku{moved->sku}, {item_id, moved->id}});
  return made;
}

base::Result<Pack> Products::base_pack(const Run& run, const ReadItem& item) const {
  Pack pack;
  pack.sku = item.listing.sku.text;
  for (const auto& content : run.contents) {
    if (content.binding == item.listing.binding || content.sku == item.listing.sku) {
      pack = pack_of(content);
    }
  }
  if (pack.sku.empty()) {
    return failed(ErrorCode::rejected,
                  "item " + item.listing.binding.item_id + " has no SKU: give it one first");
  }
  if (pack.option.empty()) pack.option = pack.sku.substr(0, kOptionNameMax);
  pack.price = item.listing.price;
  return pack;
}

bool Products::update(Run& run, const Indexes& known, PublishReport& report) {
  std::vector<std::string> items;
  if (!run.changed_item.empty()) items.push_back(run.changed_item);
  for (const auto index : known) {
    const auto& item_id = run.bindings[index].item_id;
    if (std::find(items.begin(), items.end(), item_id) == items.end()) items.push_back(item_id);
  }
  for (const auto& item_id : items) {
    Indexes mine;
    for (const auto index : known) {
      if (run.bindings[index].item_id == item_id) mine.push_back(index);
    }
    if (!dress(run, item_id, mine, report)) return false;
  }
  return true;
}

// Content and place of one item; `known` are the updates that ask for it.
bool Products::dress(Run& run, const std::string& item_id, const Indexes& known,
                     PublishReport& report) {
  Indexes members;
  std::optional<std::size_t> lead;
  for (std::size_t i = 0; i < run.contents.size(); ++i) {
    if (run.bindings[i].item_id != item_id) continue;
    members.push_back(i);
    if (!lead && run.contents[i].visible) lead = i;
  }
  const auto settle = [&](const base::Status& status) {
    return status.ok() || reject_all(run, known, status.error(), report);
  };
  const auto done = [&] {
    for (const auto index : known) {
      report.accepted.push_back({run.first + index, run.bindings[index]});
    }
    return true;
  };
  if (!lead) {
    const auto hidden = hide(run, item_id, members);
    return hidden ? done() : settle(hidden);
  }
  auto content = run.contents[*lead];
  content.binding = run.bindings[*lead];
  if (const auto problem = problem_with(content)) return settle(*problem);
  const auto shape = content.binding.unit_id.empty() ? Shape::plain : Shape::tiered;
  const auto parts = shelf_.parts_of(content);
  if (!parts) return settle(parts.error());
  const auto answer = client_.update_item(update_item_body(content, parts.value(), shape));
  if (!answer) return settle(answer.error());
  const auto emptied = empty_hidden(run, members);
  if (!emptied) return settle(emptied);
  const auto shown = shelf_.put(item_id, item_status(answer.value()), Shelf::listed);
  return shown ? done() : settle(shown);
}

// Leaving the shop needs no fresh content. An item that shows packs of others stays where it is.
base::Status Products::hide(const Run& run, const std::string& item_id, const Indexes& members) {
  if (!run.bindings[members.front()].unit_id.empty()) {
    const auto now = reads_.variants(item_id);
    const bool gone = !now && now.error().code == ErrorCode::not_found;
    if (gone) return base::Done{};
    if (!now) return now.error();
    const auto is_ours = [&](const Model& model) {
      return std::any_of(members.begin(), members.end(), [&](std::size_t index) {
        return run.bindings[index].unit_id == model.id;
      });
    };
    const auto& models = now.value().models;
    if (!std::all_of(models.begin(), models.end(), is_ours)) return empty_hidden(run, members);
  }
  return shelf_.put(item_id, {}, Shelf::unlisted);
}

// Withdrawn packs of an item that stays on the shelf.
base::Status Products::empty_hidden(const Run& run, const Indexes& members) {
  std::vector<StockUpdate> updates;
  for (const auto index : members) {
    const auto& binding = run.bindings[index];
    if (run.contents[index].visible || binding.unit_id.empty()) continue;
    updates.push_back({run.contents[index].sku, binding, false, 0});
  }
  if (updates.empty()) return base::Done{};
  const auto now = reads_.variants(updates.front().binding.item_id);
  if (!now) return now.error();
  std::erase_if(updates, [&](const StockUpdate& update) {
    const auto* model = now.value().by_id(update.binding.unit_id);
    return model == nullptr || model->seller_stock == 0;
  });
  if (updates.empty()) return base::Done{};
  const auto location = locations_.id();
  if (!location) return location.error();
  const auto answer = client_.update_stock(stock_body(updates, location.value()));
  if (!answer) return answer.error();
  if (answer.value().error) return *answer.value().error;
  const auto verdict = list_verdict(answer.value().body);
  if (verdict.refused) return *verdict.refused;
  return base::Done{};
}

}  // namespace connectors::shopee
