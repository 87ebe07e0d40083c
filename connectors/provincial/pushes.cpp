#include "connectors/provincial/pushes.h"

#include <algorithm>
#include <map>
#include <vector>

#include "connectors/provincial/errors.h"
#include "connectors/provincial/variants.h"

namespace connectors::provincial {
namespace {

using base::Error;
using base::ErrorCode;
using common::Json;
using common::Repeatable;

Error kept_otherwise(const std::string& sku, const std::string& what) {
  return {ErrorCode::rejected, sku + ": " + what, {}, {}};
}

std::string path_of(const std::string& item_id) {
  return item_id.empty() ? "/products/batch" : "/products/" + item_id + "/variations/batch";
}

// The indexes of a batch by the product whose variations they are; "" for products themselves.
template <typename Update, typename BindingOf>
std::map<std::string, std::vector<std::size_t>> by_product(std::span<const Update> batch,
                                                           const BindingOf& binding_of) {
  std::map<std::string, std::vector<std::size_t>> out;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    const catalog::Binding& binding = binding_of(batch[i]);
    out[binding.unit_id.empty() ? std::string{} : binding.item_id].push_back(i);
  }
  return out;
}

// Nothing: the answer is for this one. An answer out of place says nothing about any.
std::optional<Error> misplaced(const Json& answer, const catalog::Binding& binding) {
  const auto& id = binding.unit_id.empty() ? binding.item_id : binding.unit_id;
  if (common::text(answer, "id") == id) return std::nullopt;
  return open_end("the store answered out of order");
}

void note(PushReport& report, std::size_t index, std::optional<Error> problem) {
  if (!problem) {
    report.accepted.push_back(index);
  } else if (problem->code == ErrorCode::unknown_outcome) {
    report.stopped_by = *std::move(problem);
  } else {
    report.rejected.push_back({index, *std::move(problem)});
  }
}

}  // namespace

std::optional<Error> Pushes::undo_count(const std::string& item_id) {
  const auto row = common::json_object({{"id", common::json_number(store_id(item_id).value_or(0))},
                                        {"manage_stock", common::json_flag(false)}});
  const auto answer = client_.batch("update", {row}, Repeatable::yes);
  return answer ? std::nullopt : std::optional(answer.error());
}

template <typename Update, typename ToJson, typename Verdict>
PushReport Pushes::push(BatchSize& whole, std::span<const Update> batch, Repeatable repeatable,
                        const ToJson& to_json, const Verdict& verdict) {
  PushReport report;
  base::Millis spent{0};
  const auto groups = by_product(
      batch, [](const Update& update) -> const catalog::Binding& { return update.binding; });
  for (const auto& [item_id, indexes] : groups) {
    auto& size = item_id.empty() ? products_ : variations_;
    for (std::size_t at = 0; at < indexes.size() && !report.stopped_by;) {
      const auto part = std::span(indexes).subspan(at, std::min(indexes.size() - at, size.items()));
      at += part.size();
      std::vector<Json> elements;
      for (const auto index : part) elements.push_back(to_json(batch[index]));
      const auto answer =
          timed_batch(client_, size, path_of(item_id), "update", std::move(elements), repeatable);
      spent += client_.last_call_time();
      if (!answer && !item_id.empty() && concerns_one_product(answer.error())) {
        for (const auto index : part) report.rejected.push_back({index, answer.error()});
        continue;
      }
      if (!answer) {
        report.stopped_by = answer.error();
        break;
      }
      for (std::size_t i = 0; i < part.size(); ++i) {
        const auto& row = answer.value()[i];
        const auto& update = batch[part[i]];
        std::optional<Error> problem;
        if (const auto* error = common::child(row, "error")) {
          problem = translate(*error);
          problem->message = update.sku.text + ": " + problem->message;
        } else if (problem = misplaced(row, update.binding); !problem) {
          problem = verdict(update, row);
        }
        note(report, part[i], std::move(problem));
      }
    }
    if (report.stopped_by) break;
  }
  std::sort(report.accepted.begin(), report.accepted.end());
  std::sort(report.rejected.begin(), report.rejected.end(),
            [](const Rejection& a, const Rejection& b) { return a.index < b.index; });
  if (!batch.empty() && !report.stopped_by) whole.measured(batch.size(), spent);
  return report;
}

PushReport Pushes::stock(std::span<const StockUpdate> batch) {
  return push(stock_whole_, batch, Repeatable::no, stock_json,
              [&](const StockUpdate& update, const Json& row) -> std::optional<Error> {
                if (update.binding.unit_id.empty() && is_variable(row)) {
                  if (auto failed = undo_count(update.binding.item_id)) return failed;
                  return open_end(update.sku.text + ": the product has variations by now");
                }
                const auto shown = common::integer(row, "stock_quantity");
                if (!shown) return kept_otherwise(update.sku.text, "the store does not count it");
                if (update.is_delta || *shown == update.quantity) return std::nullopt;
                return open_end(update.sku.text + ": the store shows " + std::to_string(*shown) +
                                " where " + std::to_string(update.quantity) + " was set");
              });
}

PushReport Pushes::prices(std::span<const PriceUpdate> batch) {
  return push(price_whole_, batch, Repeatable::yes, price_json,
              [](const PriceUpdate& update, const Json& row) -> std::optional<Error> {
                if (update.binding.unit_id.empty() && is_variable(row)) {
                  return open_end(update.sku.text + ": the product has variations by now");
                }
                if (common::money_vnd(row, "regular_price") == update.price) return std::nullopt;
                return kept_otherwise(
                    update.sku.text,
                    "the store keeps the price \"" + common::text(row, "regular_price") + "\"");
              });
}

// One that is gone already is as wanted.
std::optional<Error> Pushes::erase_part(const std::string& path,
                                        std::span<const catalog::Binding> bindings,
                                        std::span<const std::size_t> indexes, PushReport& report) {
  std::vector<Json> ids;
  for (const auto index : indexes) {
    const auto& [item, unit] = bindings[index];
    ids.push_back(common::json_number(store_id(unit.empty() ? item : unit).value_or(0)));
  }
  const auto answer =
      timed_batch(client_, products_, path, "delete", std::move(ids), Repeatable::yes);
  if (!answer && answer.error().code != ErrorCode::not_found) return answer.error();
  for (std::size_t i = 0; i < indexes.size(); ++i) {
    const auto* error = answer ? common::child(answer.value()[i], "error") : nullptr;
    const auto problem = error == nullptr ? std::nullopt : std::optional(translate(*error));
    if (problem && problem->code != ErrorCode::not_found) {
      report.rejected.push_back({indexes[i], *problem});
    } else {
      report.accepted.push_back(indexes[i]);
    }
  }
  return std::nullopt;
}

// A product that has no variation left goes too. Nothing: it is as it should be.
std::optional<Error> Pushes::erase_if_empty(const std::string& item_id) {
  const auto left =
      client_.get("/products/" + item_id + "/variations", common::Query{}.add("per_page", 1));
  if (!left && left.error().code == ErrorCode::not_found) return std::nullopt;
  if (!left) return left.error();
  if (!common::items_of(left.value().rows).empty()) return std::nullopt;
  const catalog::Binding product{item_id, {}};
  const std::size_t only = 0;
  PushReport of_product;
  if (auto failed = erase_part(path_of({}), {&product, 1}, {&only, 1}, of_product)) return failed;
  return of_product.rejected.empty() ? std::nullopt : std::optional(of_product.rejected[0].error);
}

// A variation counts as gone when its product is looked after, too: asked again, it is.
PushReport Pushes::erase(std::span<const catalog::Binding> bindings) {
  PushReport report;
  const auto groups = by_product(
      bindings, [](const catalog::Binding& one) -> const catalog::Binding& { return one; });
  for (const auto& [item_id, indexes] : groups) {
    PushReport of_group;
    for (std::size_t at = 0; at < indexes.size() && !report.stopped_by;) {
      const auto part =
          std::span(indexes).subspan(at, std::min(indexes.size() - at, products_.items()));
      at += part.size();
      report.stopped_by = erase_part(path_of(item_id), bindings, part, of_group);
    }
    if (!report.stopped_by && !item_id.empty()) report.stopped_by = erase_if_empty(item_id);
    if (report.stopped_by) return report;
    report.accepted.insert(report.accepted.end(), of_group.accepted.begin(),
                           of_group.accepted.end());
    report.rejected.insert(report.rejected.end(), of_group.rejected.begin(),
                           of_group.rejected.end());
  }
  return report;
}

}  // namespace connectors::provincial
