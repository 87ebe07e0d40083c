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

void read_product(const Json& product, std::vector<RemoteListing>& out) {
  const auto item_id = first_text(product, {"item_id", "itemId"});
  const auto status = common::text(product, "status");
  if (item_id.empty() || same_word(status, "deleted")) return;
  for (const Json& sku : common::items(product, "skus")) {
    const auto sku_status = first_text(sku, {"Status", "status"});
    RemoteListing listing;
    listing.binding = {item_id, first_text(sku, {"SkuId", "skuId", "sku_id"})};
    if (listing.binding.unit_id.empty() || same_word(sku_status, "deleted")) continue;
    listing.sku = catalog::Sku{first_text(sku, {"SellerSku", "sellerSku", "seller_sku"})};
    listing.title = product_name(product);
    listing.stock = sellable(sku);
    listing.price = common::money_vnd(sku, "price").value_or(0);
    const bool product_on = status.empty() || same_word(status, "active");
    listing.visible = product_on && same_word(sku_status, "active");
    listing.remote_status = product_on ? sku_status : status;
    out.push_back(std::move(listing));
  }
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

}  // namespace

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
