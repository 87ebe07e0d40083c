#include <algorithm>

#include "sandbox/lazada/handlers.h"

namespace sandbox::lazada {
namespace {

constexpr std::size_t kRemoveMax = 50;

Reply lifecycle_fail(const char* code, const std::string& message) {
  return fail("ISP", code, std::string(code) + ": " + message);
}

// "SkuId_<item>_<sku>" names one SKU.
bool read_sku_name(const std::string& name, std::int64_t& item_id, std::int64_t& sku_id) {
  if (!name.starts_with("SkuId_")) return false;
  const auto bar = name.find('_', 6);
  if (bar == std::string::npos) return false;
  const auto item = wire::to_integer(name.substr(6, bar - 6));
  const auto sku = wire::to_integer(name.substr(bar + 1));
  if (!item || !sku) return false;
  item_id = *item;
  sku_id = *sku;
  return true;
}

// An item without a live SKU is gone; one without an active SKU is off sale.
void settle(const Shop& shop, Item& item) {
  const auto some = [&](auto&& wanted) {
    return std::any_of(item.skus.begin(), item.skus.end(), wanted);
  };
  if (!some([](const Sku& sku) { return !sku.deleted(); })) {
    item.status = "Deleted";
  } else if (item.status == "Active" &&
             !some([](const Sku& sku) { return sku.status == "active"; })) {
    item.status = "InActive";
  }
  item.updated_ms = shop.now_ms();
}

}  // namespace

Reply product_deactivate(Shop& shop, const Call& call) {
  const auto request = read_payload(call.text("apiRequestBody"));
  const auto* product = request ? request->child("Product") : nullptr;
  if (product == nullptr || product->value("ItemId").empty()) {
    return lifecycle_fail("E0001", "ItemId is mandatory");
  }
  auto* item = shop.item(wire::to_integer(product->value("ItemId")).value_or(0));
  if (item == nullptr || item->status == "Deleted") {
    return lifecycle_fail("E0002", "Product does not exist");
  }
  const auto* skus = product->child("Skus");
  const auto wanted = skus != nullptr ? skus->all("SkuId") : std::vector<const Node*>{};
  std::vector<Sku*> targets;
  for (const auto* one : wanted) {
    auto* sku = item->sku(wire::to_integer(one->text).value_or(0));
    if (sku == nullptr || sku->deleted()) {
      return lifecycle_fail("E0003", "Seller sku " + one->text + " does not exist");
    }
    targets.push_back(sku);
  }
  if (targets.empty()) {
    for (auto& sku : item->skus) targets.push_back(&sku);
  }
  bool any = false;
  for (auto* sku : targets) {
    any = any || sku->status == "active";
    if (sku->status == "active") sku->status = "inactive";
  }
  if (!any || item->status == "InActive") return lifecycle_fail("E0004", "Product is not online");
  settle(shop, *item);
  return data(object({}));
}

Reply product_remove(Shop& shop, const Call& call) {
  auto names = call.texts("sku_id_list");
  if (names.empty()) names = call.texts("seller_sku_list");
  if (names.empty()) return missing("sku_id_list");
  if (names.size() > kRemoveMax) return fail("ISP", "503", "E503: More than 50 SKUs in one call");
  std::vector<Json> failed;
  for (const auto& name : names) {
    Item* holder = nullptr;
    std::int64_t item_id = 0;
    std::int64_t sku_id = 0;
    const bool by_id = read_sku_name(name, item_id, sku_id);
    auto* sku =
        by_id ? shop.find_sku(item_id, sku_id, "", &holder) : shop.find_sku(0, 0, name, &holder);
    if (sku == nullptr || sku->deleted()) {
      failed.push_back(object({{"seller_sku", name}, {"message", "SELLER_SKU_NOT_FOUND"}}));
      continue;
    }
    sku->status = "deleted";
    settle(shop, *holder);
  }
  if (!failed.empty()) return fail("ISP", "503", "E503: Remove product failed", std::move(failed));
  return data(object({}));
}

Reply sku_remove(Shop& shop, const Call& call) {
  const auto request = read_payload(call.text("payload"));
  const auto* product = request ? request->child("Product") : nullptr;
  const auto* skus = product != nullptr ? product->child("Skus") : nullptr;
  if (skus == nullptr) return fail("ISV", "5", "E005: Invalid Request Format");
  auto* item = shop.item(wire::to_integer(product->value("ItemId")).value_or(0));
  if (item == nullptr) return fail("ISP", "4137", "E4137: ITEM_NOT_FOUND");
  std::vector<Json> failed;
  for (const auto* node : skus->all("Sku")) {
    auto* sku = item->sku(wire::to_integer(node->value("SkuId")).value_or(0));
    if (sku == nullptr || sku->deleted()) {
      failed.push_back(object({{"field", "SkuId"}, {"message", "SELLER_SKU_NOT_FOUND"}}));
    } else {
      sku->status = "deleted";
    }
  }
  settle(shop, *item);
  if (!failed.empty()) return fail("ISP", "501", "E501: Update product failed", std::move(failed));
  return data(object({}));
}

}  // namespace sandbox::lazada
