#include <algorithm>
#include <cmath>
#include <set>

#include "sandbox/shopee/handlers.h"
#include "sandbox/shopee/pushes.h"

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

// Sets one row absolutely, locations it does not name left alone; the reason when it cannot.
std::string set_stock(const Shop& shop, const Json& row, Model& model, std::string& vendor_code) {
  if (wire::list(row, "seller_stock").empty()) return "seller_stock is required.";
  const auto sent = seller_stock(shop, row, StockCall::update);
  if (!sent.error.empty()) {
    vendor_code = sent.error;
    return sent.message;
  }
  auto changed = model;
  for (const auto& [place, units] : sent.places) changed.places[place] = units;
  if (changed.stock() < model.reserved) {
    vendor_code = "product.error_auth";
    return "Total stock must be more than reserved stock.";
  }
  model = std::move(changed);
  return {};
}

Reply verdict(std::vector<Json> good, std::vector<Json> bad, const std::string& all_failed) {
  const bool nothing_done = good.empty();
  auto response = object({{"success_list", wire::array(std::move(good))},
                          {"failure_list", wire::array(std::move(bad))}});
  if (nothing_done) {
    const auto failed = wire::list(response, "failure_list");
    const auto reason = failed.size() == 1 ? wire::text(failed.front(), "failed_reason")
                                           : std::string("All failed, see failure_list.");
    return fail(all_failed, reason, std::move(response));
  }
  return ok(std::move(response));
}

}  // namespace

std::optional<std::int64_t> price_in(const Json& holder, const char* key) {
  const auto number = wire::as_number(wire::member(holder, key));
  if (!number || !std::isfinite(*number) || std::abs(*number) > 9e15) return std::nullopt;
  return static_cast<std::int64_t>(std::llround(*number));  // VND has no decimals: rounded
}

namespace {

StockSent refused(const std::string& error, const std::string& message) {
  return {.places = {}, .error = error, .message = message};
}

// The location that a row means; a shop with one location has the single key "".
std::string place_of(const Shop& shop, const Json& row, StockCall why, StockSent& refusal) {
  const auto named = wire::text(row, "location_id");
  if (shop.locations.empty()) {
    if (!named.empty() && named != kDefaultLocation) {
      refusal = refused("product.error_param", "different stock structure");
    }
    return {};
  }
  const auto& all = shop.locations;
  if (named.empty()) {
    refusal = why == StockCall::create
                  ? refused("product.error_busi", "multi warehouse, please input location id")
                  : refused("product.error_auth", "Lack of location_id");
  } else if (std::find(all.begin(), all.end(), named) == all.end()) {
    refusal = refused("product.error_auth", "Invalid location_id");
  }
  return named;
}

}  // namespace

StockSent seller_stock(const Shop& shop, const Json& holder, StockCall why) {
  const auto rows = wire::list(holder, "seller_stock");
  StockSent sent;
  if (rows.empty()) {
    sent.places[shop.locations.empty() ? std::string{} : shop.locations.front()] = 0;
    return sent;
  }
  for (const auto& row : rows) {
    StockSent refusal;
    const auto place = place_of(shop, row, why, refusal);
    if (!refusal.error.empty()) return refusal;
    const auto stock = wire::as_integer(wire::member(row, "stock"));
    if (!stock || *stock < 0 || *stock > kStockMax) {
      return refused("product.error_param",
                     "stock should be between 0 and " + std::to_string(kStockMax));
    }
    if (!sent.places.emplace(place, *stock).second) {
      return refused("product.error_param", "different stock structure");
    }
  }
  return sent;
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
  if (shop.holiday) {
    return fail("product.error_holiday_mode_change_stock", "The shop is in holiday mode.");
  }
  const auto rows = wire::list(call.body, "stock_list");
  if (auto bad_rows = refuse_rows(rows, "StockList")) return *bad_rows;
  std::vector<Json> good;
  std::vector<Json> bad;
  std::string vendor_code;  // of a row's refusal; the answer's own when nothing was done
  for (const auto& row : rows) {
    const auto model_id = wire::integer(row, "model_id");
    auto* model = item->model(model_id);
    if (model == nullptr) {
      bad.push_back(failed_row(model_id, unknown_model(*item, model_id)));
      if (model_id == 0 && item->has_models()) {
        vendor_code = "product.error_edit_item_stock_for_item_has_model";
      }
      continue;
    }
    const auto problem = set_stock(shop, row, *model, vendor_code);
    if (!problem.empty()) {
      bad.push_back(failed_row(model_id, problem));
      continue;
    }
    for (const auto& one : wire::list(row, "seller_stock")) {
      good.push_back(object({{"model_id", model_id},
                             {"location_id", wire::text(one, "location_id")},
                             {"stock", wire::integer(one, "stock")}}));
    }
  }
  if (!good.empty()) shop.touch(*item);
  if (vendor_code.empty()) vendor_code = "product.error_busi_update_stock_failed";
  return verdict(std::move(good), std::move(bad), vendor_code);
}

Reply update_price(Shop& shop, const Call& call) {
  Reply refusal;
  auto* item = writable(shop, call, refusal);
  if (item == nullptr) return refusal;
  const auto rows = wire::list(call.body, "price_list");
  if (auto bad_rows = refuse_rows(rows, "PriceList")) return *bad_rows;
  if (shop.promoted(item->id)) {
    return fail("product.error_cannt_edit_price_in_promotion",
                "The price is locked while a promotion is upcoming or ongoing.");
  }
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
    for (const auto& model : changed.models) {
      const auto old_price = item->model(model.id)->price;
      if (old_price != model.price) tell_price(shop, *item, model, old_price);
    }
    *item = std::move(changed);
    shop.touch(*item);
  }
  return verdict(std::move(good), std::move(bad), "product.error_busi_update_price_failed");
}

}  // namespace sandbox::shopee
