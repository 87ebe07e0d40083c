#include <algorithm>
#include <cmath>
#include <set>

#include "sandbox/shopee/handlers.h"

namespace sandbox::shopee {
namespace {

constexpr const char* kDefaultLocation = "VNZ";

// The item that a stock or price call names, or why it cannot be written to.
Item* writable(Shop& shop, const Call& call, Reply& refusal) {
  if (call.body_empty) {
    refusal = fail("product.error_param", "EOF");
    return nullptr;
  }
  const auto id = call.integer("item_id");
  if (!id) {
    refusal = invalid_field("ItemId: value must  Not Null");
    return nullptr;
  }
  auto* item = shop.item(*id);
  if (item == nullptr) {
    refusal = fail("product.error_item_not_found", "Product not found.");
    return nullptr;
  }
  if (item->deleted() || item->status == "BANNED") {
    refusal = fail("product.error_item_uneditable", "The product cannot be edited.");
    return nullptr;
  }
  return item;
}

std::optional<Reply> refuse_rows(const std::vector<Json>& rows, const char* name) {
  if (rows.empty() || rows.size() > kModelsMax) {
    return invalid_field(std::string(name) + ": value must contain 1 to 50 items");
  }
  std::set<std::int64_t> seen;
  for (const auto& row : rows) {
    if (!seen.insert(wire::integer(row, "model_id")).second) {
      return fail("product.error_param", "Repeat model_id.");
    }
  }
  return std::nullopt;
}

Json failed_row(std::int64_t model_id, const std::string& reason) {
  return object({{"model_id", model_id}, {"failed_reason", reason}});
}

std::string unknown_model(const Item& item, std::int64_t model_id) {
  const bool needs_model = model_id == 0 && item.has_models();
  return needs_model ? "The product has variants, model_id is required." : "Wrong model_id.";
}

Reply verdict(std::vector<Json> good, std::vector<Json> bad, const char* all_failed) {
  const bool nothing_done = good.empty();
  auto response = object({{"success_list", wire::array(std::move(good))},
                          {"failure_list", wire::array(std::move(bad))}});
  if (nothing_done) return fail(all_failed, "All failed, see failure_list.", std::move(response));
  return ok(std::move(response));
}

}  // namespace

std::optional<std::int64_t> price_in(const Json& holder, const char* key) {
  const auto number = wire::as_number(wire::member(holder, key));
  if (!number || !std::isfinite(*number) || std::abs(*number) > 9e15) return std::nullopt;
  return static_cast<std::int64_t>(std::llround(*number));  // VND has no decimals: rounded
}

std::optional<std::int64_t> seller_stock(const Json& holder, std::string& problem) {
  const auto rows = wire::list(holder, "seller_stock");
  if (rows.empty()) return 0;
  if (rows.size() > 1) {
    problem = "different stock structure";
    return std::nullopt;
  }
  const auto location = wire::text(rows.front(), "location_id");
  if (!location.empty() && location != kDefaultLocation) {
    problem = "different stock structure";
    return std::nullopt;
  }
  const auto stock = wire::as_integer(wire::member(rows.front(), "stock"));
  if (!stock || *stock < 0 || *stock > kStockMax) {
    problem = "stock should be between 0 and " + std::to_string(kStockMax);
    return std::nullopt;
  }
  return *stock;
}

bool spread_too_wide(const std::vector<Model>& models) {
  if (models.empty()) return false;
  const auto [low, high] =
      std::minmax_element(models.begin(), models.end(),
                          [](const Model& a, const Model& b) { return a.price < b.price; });
  return high->price > low->price * kPriceSpreadMax;
}

Reply update_stock(Shop& shop, const Call& call) {
  Reply refusal;
  auto* item = writable(shop, call, refusal);
  if (item == nullptr) return refusal;
  const auto rows = wire::list(call.body, "stock_list");
  if (auto bad_rows = refuse_rows(rows, "StockList")) return *bad_rows;
  std::vector<Json> good;
  std::vector<Json> bad;
  for (const auto& row : rows) {
    const auto model_id = wire::integer(row, "model_id");
    auto* model = item->model(model_id);
    if (model == nullptr) {
      bad.push_back(failed_row(model_id, unknown_model(*item, model_id)));
      continue;
    }
    if (wire::list(row, "seller_stock").empty()) {
      bad.push_back(failed_row(model_id, "seller_stock is required."));
      continue;
    }
    std::string problem;
    const auto stock = seller_stock(row, problem);
    if (!stock) {
      bad.push_back(failed_row(model_id, problem));
      continue;
    }
    model->stock = *stock;
    good.push_back(object({{"model_id", model_id}, {"location_id", ""}, {"stock", *stock}}));
  }
  if (!good.empty()) shop.touch(*item);
  return verdict(std::move(good), std::move(bad), "product.error_busi_update_stock_failed");
}

Reply update_price(Shop& shop, const Call& call) {
  Reply refusal;
  auto* item = writable(shop, call, refusal);
  if (item == nullptr) return refusal;
  const auto rows = wire::list(call.body, "price_list");
  if (auto bad_rows = refuse_rows(rows, "PriceList")) return *bad_rows;
  auto changed = *item;
  std::vector<Json> good;
  std::vector<Json> bad;
  for (const auto& row : rows) {
    const auto model_id = wire::integer(row, "model_id");
    auto* model = changed.model(model_id);
    const auto price = price_in(row, "original_price");
    if (model == nullptr) {
      bad.push_back(failed_row(model_id, unknown_model(*item, model_id)));
    } else if (!price || *price < kPriceMin || *price > kPriceMax) {
      bad.push_back(failed_row(model_id, "The price is outside the limits."));
    } else {
      model->price = *price;
      good.push_back(object({{"model_id", model_id}, {"original_price", *price}}));
    }
  }
  if (!good.empty() && spread_too_wide(changed.models)) {
    for (const auto& row : good) {
      bad.push_back(failed_row(wire::integer(row, "model_id"),
                               "The dearest variant may cost at most 5 times the cheapest."));
    }
    good.clear();
  }
  if (!good.empty()) {
    *item = std::move(changed);
    shop.touch(*item);
  }
  return verdict(std::move(good), std::move(bad), "product.error_busi_update_price_failed");
}

}  // namespace sandbox::shopee
