#include "connectors/shopee/pushes.h"

#include <algorithm>

#include "connectors/shopee/ids.h"
#include "connectors/shopee/mapping.h"

namespace connectors::shopee {

namespace {

using base::Error;
using base::ErrorCode;
using catalog::Binding;

template <typename Update>
std::vector<Binding> bindings_of(std::span<const Update> batch) {
  std::vector<Binding> out;
  for (const auto& update : batch) out.push_back(update.binding);
  return out;
}

template <typename Value>
std::vector<Value> picked(std::span<const Value> all, std::span<const std::size_t> indexes) {
  std::vector<Value> out;
  for (const auto index : indexes) out.push_back(all[index]);
  return out;
}

bool usable(const StockUpdate& update) {
  return !update.is_delta && update.quantity >= 0;
}

}  // namespace

std::vector<std::vector<std::size_t>> groups_of(std::span<const Binding> bindings) {
  std::vector<std::vector<std::size_t>> groups;
  for (std::size_t i = 0; i < bindings.size(); ++i) {
    const auto takes = [&](const std::vector<std::size_t>& group) {
      if (bindings[group.front()].item_id != bindings[i].item_id) return false;
      return group.size() < kModelsMax &&
             std::none_of(group.begin(), group.end(), [&](std::size_t other) {
               return bindings[other].unit_id == bindings[i].unit_id;
             });
    };
    auto group = std::find_if(groups.begin(), groups.end(), takes);
    if (group == groups.end()) group = groups.insert(groups.end(), std::vector<std::size_t>{});
    group->push_back(i);
  }
  return groups;
}

bool settle_units(PushReport& report, std::span<const std::size_t> indexes,
                  std::span<const Binding> bindings, const base::Result<Answer>& result) {
  if (!result) {
    report.stopped_by = result.error();
    return false;
  }
  const auto& [body, error] = result.value();
  const bool look_inside = !error || points_at_failure_list(error->vendor_code);
  bool silent = false;
  for (const auto index : indexes) {
    const auto verdict =
        indexes.size() == 1 ? list_verdict(body) : unit_verdict(body, bindings[index].unit_id);
    if (verdict.refused && look_inside) {
      report.rejected.push_back({index, *verdict.refused});
    } else if (error && concerns_one_item(*error)) {
      report.rejected.push_back({index, *error});
    } else if (!error && verdict.accepted) {
      report.accepted.push_back(index);
    } else {
      silent = true;
    }
  }
  if (!silent) return true;
  report.stopped_by =
      error ? *error
            : failed(ErrorCode::unknown_outcome, "the answer does not say what became of the item");
  return false;
}

PushReport Pushes::stock(std::span<const StockUpdate> batch) {
  PushReport report;
  const auto location = locations_.id();
  if (!location) {
    report.stopped_by = location.error();
    return report;
  }
  const auto bindings = bindings_of(batch);
  for (auto group : groups_of(bindings)) {
    std::erase_if(group, [&](std::size_t index) {
      if (usable(batch[index])) return false;
      report.rejected.push_back(
          {index, failed(ErrorCode::invalid, "stock is set to an amount, never changed by one")});
      return true;
    });
    if (group.empty()) continue;
    const auto body = stock_body(picked(batch, group), location.value());
    if (!settle_units(report, group, bindings, client_.update_stock(body))) break;
  }
  return report;
}

PushReport Pushes::prices(std::span<const PriceUpdate> batch) {
  PushReport report;
  const auto bindings = bindings_of(batch);
  for (const auto& group : groups_of(bindings)) {
    const auto body = price_body(picked(batch, group));
    if (!settle_units(report, group, bindings, client_.update_price(body))) break;
  }
  return report;
}

PushReport Pushes::erase(std::span<const Binding> bindings) {
  PushReport report;
  for (const auto& group : groups_of(bindings)) {
    std::vector<std::string> models;
    for (const auto index : group) {
      if (!bindings[index].unit_id.empty()) models.push_back(bindings[index].unit_id);
    }
    const auto done = erase_models(bindings[group.front()].item_id, models);
    if (!done && !concerns_one_item(done.error())) {
      report.stopped_by = done.error();
      break;
    }
    for (const auto index : group) {
      if (done) {
        report.accepted.push_back(index);
      } else {
        report.rejected.push_back({index, done.error()});
      }
    }
  }
  return report;
}

// The whole item when no model would be left, or when it has none.
base::Status Pushes::erase_models(const std::string& item_id,
                                  std::span<const std::string> model_ids) {
  const auto is_gone = [](const Error& error) { return error.code == ErrorCode::not_found; };
  std::vector<std::string> there;
  bool any_left = false;
  if (!model_ids.empty()) {
    const auto now = reads_.variants(item_id);
    if (!now && is_gone(now.error())) return base::Done{};
    if (!now) return now.error();
    for (const auto& model : now.value().models) {
      const bool ours = std::find(model_ids.begin(), model_ids.end(), model.id) != model_ids.end();
      if (ours) there.push_back(model.id);
      any_left = any_left || !ours;
    }
    if (there.empty()) return base::Done{};
  } else {
    const auto item = reads_.item(item_id);
    if (!item && is_gone(item.error())) return base::Done{};
    if (!item) return item.error();
    if (item.value().has_models) {
      return failed(ErrorCode::conflict, "item " + item_id + " holds several packs by now");
    }
  }
  if (!any_left) {
    const auto gone =
        client_.write("product/delete_item", delete_item_body(item_id), Nature::write_again);
    if (!gone && !is_gone(gone.error())) return gone.error();
    return base::Done{};
  }
  for (const auto& model_id : there) {
    const auto gone = client_.write("product/delete_model", delete_model_body(item_id, model_id),
                                    Nature::write_again);
    if (!gone && !is_gone(gone.error())) return gone.error();
  }
  return base::Done{};
}

}  // namespace connectors::shopee
