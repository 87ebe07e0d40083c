// The reading half of mapping.h for products: products/get and product/item/get.
#include <algorithm>
#include <utility>

#include "connectors/lazada/mapping.h"

namespace connectors::lazada {

namespace {

using common::Json;

std::string first_text(const Json& value, std::initializer_list<std::string_view> names) {
  for (const auto name : names) {
    if (auto text = common::text(value, name); !text.empty()) return text;
  }
  return {};
}

bool same_word(std::string_view one, std::string_view other) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                    [&](char a, char b) { return lower(a) == lower(b); });
}

// Test shops show absurd numbers; below nothing there is nothing.
std::int64_t sellable(const Json& sku) {
  const auto inventories = common::items(sku, "multiWarehouseInventories");
  std::int64_t total = 0;
  bool known = false;
  for (const Json& inventory : inventories) {
    const auto units = common::integer(inventory, "sellableQuantity");
    if (!units) continue;
    total += std::clamp<std::int64_t>(*units, 0, catalog::kPriceMax);
    known = true;
  }
  if (known) return total;
  for (const auto name : {"Available", "quantity"}) {
    if (const auto units = common::integer(sku, name)) return std::max<std::int64_t>(*units, 0);
  }
  return 0;
}

std::string product_name(const Json& product) {
  auto name = common::text_at(product, "attributes", "name");
  return name.empty() ? common::text(product, "name") : name;
}

std::string joined(std::span<const Json> texts) {
  std::string out;
  for (const Json& text : texts) {
    const auto words = common::text_of(text);
    if (!words.empty()) out += (out.empty() ? "" : "; ") + words;
  }
  return out;
}

// Why Lazada keeps a product from buyers, in its words.
std::string refusal_words(const Json& product) {
  auto words = joined(common::items(product, "rejectReason"));
  if (words.empty()) words = common::text(product, "rejectReason");
  if (words.empty()) words = common::text(product, "hiddenReason");
  const auto sub = first_text(product, {"subStatus", "sub_status"});
  if (words.empty()) return sub;
  return sub.empty() ? words : sub + ": " + words;
}

bool is_suspended(const Json& product, const Json& sku) {
  const auto shop_sku = first_text(sku, {"ShopSku", "shopSku", "shop_sku"});
  for (const Json& one : common::items(product, "suspendedSkus")) {
    const auto id = first_text(one, {"SkuId", "skuId", "sku_id"});
    if (!id.empty() && id == first_text(sku, {"SkuId", "skuId", "sku_id"})) return true;
    if (!shop_sku.empty() && common::text_of(one) == shop_sku) return true;
  }
  return false;
}

ListingHealth health_of(const Json& product, const Json& sku, std::string_view sku_status) {
  const auto status = common::text(product, "status");
  const auto sub = first_text(product, {"subStatus", "sub_status"});
  if (same_word(status, "suspended") || is_suspended(product, sku)) return ListingHealth::refused;
  for (const auto* word : {"reject", "lock", "live_reject", "admin"}) {
    if (same_word(sub, word)) return ListingHealth::refused;
  }
  if (same_word(status, "pending qc") || same_word(status, "pending")) {
    return ListingHealth::reviewing;
  }
  const bool on = status.empty() || same_word(status, "active");
  return on && same_word(sku_status, "active") ? ListingHealth::shown : ListingHealth::hidden;
}

void read_sku(const Json& product, const Json& sku, std::vector<RemoteListing>& out) {
  const auto status = common::text(product, "status");
  const auto sku_status = first_text(sku, {"Status", "status"});
  RemoteListing listing;
  listing.binding = {first_text(product, {"item_id", "itemId"}),
                     first_text(sku, {"SkuId", "skuId", "sku_id"})};
  if (listing.binding.unit_id.empty() || same_word(sku_status, "deleted")) return;
  listing.sku = catalog::Sku{first_text(sku, {"SellerSku", "sellerSku", "seller_sku"})};
  listing.title = product_name(product);
  listing.stock = sellable(sku);
  listing.price = common::money_vnd(sku, "price").value_or(0);
  listing.health = health_of(product, sku, sku_status);
  listing.visible = listing.health == ListingHealth::shown;
  listing.remote_status = status.empty() || same_word(status, "active") ? sku_status : status;
  if (listing.health == ListingHealth::refused) listing.health_reason = refusal_words(product);
  out.push_back(std::move(listing));
}

void read_product(const Json& product, std::vector<RemoteListing>& out) {
  const auto item_id = first_text(product, {"item_id", "itemId"});
  if (item_id.empty() || same_word(common::text(product, "status"), "deleted")) return;
  for (const Json& sku : common::items(product, "skus")) read_sku(product, sku, out);
}

// products/get lists under data.products, item/get shows the one as data or as data.item.
std::vector<const Json*> products_of(const Json& answer) {
  std::vector<const Json*> out;
  const Json* data = common::child(answer, "data");
  if (data == nullptr) return out;
  for (const Json& product : common::items(*data, "products")) out.push_back(&product);
  if (!out.empty()) return out;
  const Json* item = common::child(*data, "item");
  if (item != nullptr) {
    out.push_back(item);
  } else if (!common::items(*data, "skus").empty()) {
    out.push_back(data);
  }
  return out;
}

// The value of the sale property in one SKU: inside saleProp, or beside it when it is the seller's.
std::string variant_in(const Json& sku, const std::string& name) {
  auto value = common::text_at(sku, "saleProp", name);
  return value.empty() ? common::text(sku, name) : value;
}

Variation variation_in(const Json& product, std::span<const Json> skus) {
  if (const Json* declared = common::child(product, "variation", "Variation1")) {
    const auto name = common::text(*declared, "name");
    const bool own = common::flag(*declared, "customize").value_or(false);
    if (!name.empty()) return {name, own};
  }
  for (const Json& sku : skus) {
    const Json* props = common::child(sku, "saleProp");
    if (props == nullptr || !props->is_object()) continue;
    for (const auto& [name, value] : props->as_object()) {
      if (!common::text_of(value).empty()) return {name, false};
    }
  }
  return {};
}

}  // namespace

std::optional<KnownProduct> known_product(const Json& answer) {
  const auto products = products_of(answer);
  if (products.empty()) return std::nullopt;
  const Json& product = *products.front();
  if (same_word(common::text(product, "status"), "deleted")) return std::nullopt;
  const auto skus = common::items(product, "skus");
  KnownProduct known;
  known.item_id = first_text(product, {"item_id", "itemId"});
  known.variation = variation_in(product, skus);
  for (const Json& sku : skus) {
    if (same_word(first_text(sku, {"Status", "status"}), "deleted")) continue;
    KnownSku one{catalog::Sku{first_text(sku, {"SellerSku", "sellerSku", "seller_sku"})},
                 first_text(sku, {"SkuId", "skuId", "sku_id"}),
                 variant_in(sku, known.variation.name)};
    if (!one.sku_id.empty()) known.skus.push_back(std::move(one));
  }
  if (known.item_id.empty() || known.skus.empty()) return std::nullopt;
  return known;
}

std::int64_t campaign_floor(const Json& answer, const catalog::Binding& binding,
                            base::Instant now) {
  const auto now_ms = base::to_unix_ms(now);
  std::int64_t locked = 0;
  for (const Json* product : products_of(answer)) {
    for (const Json& sku : common::items(*product, "skus")) {
      if (first_text(sku, {"SkuId", "skuId", "sku_id"}) != binding.unit_id) continue;
      for (const Json& campaign : common::items(sku, "channelInventories")) {
        const auto from = common::integer(campaign, "startTime").value_or(0);
        const auto to = common::integer(campaign, "endTime").value_or(0);
        if (from > now_ms || (to != 0 && to <= now_ms)) continue;
        locked +=
            std::max<std::int64_t>(0, common::integer(campaign, "sellableQuantity").value_or(0));
      }
    }
  }
  return locked;
}

std::vector<RemoteListing> listings(const Json& answer) {
  std::vector<RemoteListing> out;
  for (const Json* product : products_of(answer)) read_product(*product, out);
  return out;
}

ProductCount product_count(const Json& answer) {
  ProductCount count;
  count.shown = products_of(answer).size();
  const auto total = common::integer_at(answer, "data", "total_products");
  if (total && *total >= 0) count.total = static_cast<std::size_t>(*total);
  return count;
}

}  // namespace connectors::lazada
