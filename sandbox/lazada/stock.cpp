#include <algorithm>
#include <cmath>

#include "sandbox/lazada/handlers.h"

namespace sandbox::lazada {
namespace {

constexpr std::int64_t kStockMax = 1'000'000'000;
constexpr std::int64_t kReviewJump_percent = 80;

// One row of a batch, checked and ready to be written.
struct Change {
  Item* item = nullptr;
  Sku* sku = nullptr;
  Sku after;
};

// A row of `detail`, known by what the rules say: three ways have been seen.
Json failed_row(const Shop& shop, const std::string& label, const char* code,
                const std::string& message) {
  switch (shop.rules.detail) {
    case LazadaDetail::sku:
      return object({{"sku", label}, {"code", code}, {"message", message}});
    case LazadaDetail::field:
      return object({{"field", label}, {"message", message}});
    case LazadaDetail::seller_sku:
      break;
  }
  return object({{"seller_sku", label}, {"message", message}});
}

const char* code_of(const std::string& problem) {
  if (problem == "INV_NEGATIVE_SELLABLE") return "212";
  if (problem == "CAMPAIGN_STOCK_LOCKED") return "4170";
  return problem == "CAMPAIGN_EDIT_BLOCKED" ? "4162" : "501";
}

// A running campaign keeps the price, and its units on the shelf.
void check_campaign(const Shop& shop, const Change& change, std::string& problem) {
  const auto* campaign = change.sku->campaign(shop.now_ms());
  if (campaign == nullptr || !problem.empty()) return;
  const auto& before = *change.sku;
  if (change.after.price != before.price || change.after.special_price != before.special_price) {
    problem = "CAMPAIGN_EDIT_BLOCKED";
  } else if (change.after.stock.sellable < std::min(campaign->locked, before.stock.sellable)) {
    problem = "CAMPAIGN_STOCK_LOCKED";
  }
}

// Finds the SKU of a row; `problem` says why there is none.
Change find(Shop& shop, const Node& row, std::string& label, std::string& problem) {
  Change change;
  const auto item_id = wire::to_integer(row.value("ItemId")).value_or(0);
  const auto sku_id = wire::to_integer(row.value("SkuId")).value_or(0);
  label = row.value("SellerSku");
  if (label.empty()) label = row.value("SkuId");
  change.sku = shop.find_sku(item_id, sku_id, row.value("SellerSku"), &change.item);
  if (change.sku == nullptr || change.sku->deleted()) {
    problem =
        item_id != 0 && shop.item(item_id) == nullptr ? "ITEM_NOT_FOUND" : "SELLER_SKU_NOT_FOUND";
    if (sku_id == 0 && !row.value("SellerSku").empty()) problem = "SELLER_SKU_NOT_FOUND";
    change.sku = nullptr;
    return change;
  }
  label = change.sku->seller_sku;
  change.after = *change.sku;
  return change;
}

std::optional<std::int64_t> whole(const std::string& text) {
  const auto number = wire::as_number(wire::Json::string(text));
  if (!number || *number != std::floor(*number) || std::abs(*number) > 9e12) return std::nullopt;
  return static_cast<std::int64_t>(*number);
}

// The member of a row, from the single-warehouse form or from its only warehouse.
std::string quantity_of(const Node& row, const char* name, std::string& problem) {
  const auto* many = row.child("MultiWarehouseInventories");
  if (many == nullptr) return row.value(name);
  if (!many->all("MultiWarehouseInventory").empty()) problem = "SELLER_IS_NOT_MULTI_WAREHOUSE";
  return {};
}

void change_price(const Node& row, Sku& after, std::string& problem) {
  if (const auto text = row.value("Price"); !text.empty()) {
    const auto price = whole(text);
    if (!price) problem = "PRICE_PRECISION_NOT_SUPPORTED";
    if (price && *price <= 0) problem = "PRICE_IS_ZERO";
    after.price = price.value_or(0);
  }
  if (const auto text = row.value("SalePrice"); !text.empty()) {
    const auto special = whole(text);
    if (!special || *special < 0) problem = "SPECIAL_PRICE_INVALID";
    after.special_price = special.value_or(0);
  }
  if (const auto from = row.value("SaleStartDate"); !from.empty()) after.special_from = from;
  if (const auto to = row.value("SaleEndDate"); !to.empty()) after.special_to = to;
  if (!after.special_from.empty() && !after.special_to.empty() &&
      after.special_from > after.special_to) {
    problem = "SPECIAL_PRICE_DATES_REVERSED";
  }
  if (problem.empty() && after.special_price > after.price) {
    problem = "SPECIAL_PRICE_GREATER_THAN_PRICE";
  }
}

// `Quantity` is the warehouse's total: what orders hold comes off it.
void change_total(const Node& row, Sku& after, std::string& problem) {
  const auto text = quantity_of(row, "Quantity", problem);
  if (text.empty()) return;
  const auto total = wire::to_integer(text);
  const auto held = after.stock.withhold + after.stock.occupy;
  if (!total || *total < 0 || *total > kStockMax) {
    problem = "INVENTORY_PARAMETER_ILLEGAL";
  } else if (*total < held) {
    problem = "INV_TOTAL_LESS_THAN_LOCKED";
  } else {
    after.stock.sellable = *total - held;
  }
}

void apply_price_quantity(const Node& row, Sku& after, std::string& problem) {
  change_price(row, after, problem);
  change_total(row, after, problem);
}

void apply_sellable(const Node& row, Sku& after, std::string& problem) {
  const auto sellable = wire::to_integer(quantity_of(row, "SellableQuantity", problem));
  if (!problem.empty()) return;
  if (!sellable || *sellable > kStockMax) {
    problem = "INVENTORY_PARAMETER_ILLEGAL";
  } else if (*sellable < 0) {
    problem = "INV_NEGATIVE_SELLABLE";
  } else {
    after.stock.sellable = *sellable;
  }
}

void apply_adjust(const Node& row, Sku& after, std::string& problem) {
  const auto delta = wire::to_integer(quantity_of(row, "SellableQuantity", problem));
  if (!problem.empty()) return;
  if (!delta || *delta > kStockMax || *delta < -kStockMax) {
    problem = "INVENTORY_PARAMETER_ILLEGAL";
  } else if (after.stock.sellable + *delta < 0) {
    problem = "INV_NEGATIVE_SELLABLE";
  } else {
    after.stock.sellable += *delta;
  }
}

void review_on_jump(const Shop& shop, const Change& change) {
  if (shop.rules.price_jump == LazadaPriceJump::accepted) return;
  const auto before = change.sku->price;
  const auto moved = std::abs(change.after.price - before) * 100;
  if (moved > before * kReviewJump_percent) change.item->status = "Pending QC";
}

void write(const Shop& shop, const Change& change) {
  review_on_jump(shop, change);
  *change.sku = change.after;
  change.item->updated_ms = shop.now_ms();
}

using Apply = void (*)(const Node&, Sku&, std::string&);

// Rows are taken one after the other, so a SKU named twice gets both changes.
Reply batch(Shop& shop, const Call& call, Apply apply) {
  if (!call.has("payload")) return missing("payload");
  const auto request = read_payload(call.text("payload"));
  const auto* product = request ? request->child("Product") : nullptr;
  const auto* skus = product != nullptr ? product->child("Skus") : nullptr;
  const auto rows = skus != nullptr ? skus->all("Sku") : std::vector<const Node*>{};
  if (rows.empty()) return fail("ISV", "5", "E005: Invalid Request Format");
  if (rows.size() > kSkusMax) return fail("ISP", "4171", "E4171: More than 50 SKUs in one call");
  std::vector<Json> failed;
  std::vector<std::pair<Sku*, Sku>> undo;
  for (const auto* row : rows) {
    std::string label;
    std::string problem;
    auto change = find(shop, *row, label, problem);
    if (change.sku != nullptr) apply(*row, change.after, problem);
    if (change.sku != nullptr) check_campaign(shop, change, problem);
    if (!problem.empty()) {
      failed.push_back(failed_row(shop, label, code_of(problem), problem));
      continue;
    }
    undo.emplace_back(change.sku, *change.sku);
    write(shop, change);
  }
  if (failed.empty()) return data(object({}));
  if (shop.rules.batch == LazadaBatch::apply_none) {
    for (auto one = undo.rbegin(); one != undo.rend(); ++one) *one->first = one->second;
  }
  return fail("ISP", "501", "E501: Update product failed", std::move(failed));
}

}  // namespace

Reply price_quantity_update(Shop& shop, const Call& call) {
  return batch(shop, call, apply_price_quantity);
}
Reply sellable_update(Shop& shop, const Call& call) {
  return batch(shop, call, apply_sellable);
}
Reply sellable_adjust(Shop& shop, const Call& call) {
  return batch(shop, call, apply_adjust);
}

}  // namespace sandbox::lazada
