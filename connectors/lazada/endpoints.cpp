// Lazada's endpoints by name: which path, which parameters, and whether a second arrival matters.
#include <algorithm>
#include <utility>

#include "base/time_text.h"
#include "connectors/lazada/client.h"

namespace connectors::lazada {

using common::CallKind;
using common::Json;

base::Result<Json> Client::seller() {
  Call call = get("/seller/get");
  call.kind = CallKind::probe;
  return fetch(call);
}

base::Result<Json> Client::upload_image(std::string_view file_name, std::string_view bytes) {
  Call call = post("/image/upload", Nature::write_again);
  call.kind = CallKind::upload;
  call.file_name = file_name;
  call.file = bytes;
  return fetch(call);
}

base::Result<Json> Client::create_product(const std::string& xml) {
  Call call = post("/product/create", Nature::write_once);
  call.business.add("payload", xml);
  return fetch(call);
}

base::Result<Json> Client::update_product(const std::string& xml) {
  Call call = post("/product/update", Nature::write_again);
  call.business.add("payload", xml);
  return fetch(call);
}

base::Result<Json> Client::deactivate(const std::string& xml) {
  Call call = post("/product/deactivate", Nature::write_again);
  call.business.add("apiRequestBody", xml);
  return fetch(call);
}

base::Result<Answer> Client::remove_skus(std::span<const std::string> names) {
  std::vector<Json> list;
  for (const auto& name : names) list.push_back(common::json_string(name));
  Call call = post("/product/remove", Nature::write_again);
  call.business.add("sku_id_list", common::to_text(common::json_array(std::move(list))));
  return ask(call);
}

// A stock level, absolute or not, must not arrive twice: the second would wipe out what buyers took
// in between. A price may.
base::Result<Answer> Client::write_skus(SkuWrite write, const std::string& xml) {
  const char* path = "/product/price_quantity/update";
  if (write == SkuWrite::set_sellable) path = "/product/stock/sellable/update";
  if (write == SkuWrite::adjust_sellable) path = "/product/stock/sellable/adjust";
  const bool stock = write == SkuWrite::set_sellable || write == SkuWrite::adjust_sellable;
  Call call = post(path, stock ? Nature::write_once : Nature::write_again);
  call.business.add("payload", xml);
  return ask(call);
}

base::Result<Json> Client::product(std::string_view item_id) {
  Call call = get("/product/item/get");
  call.business.add("item_id", item_id);
  return fetch(call);
}

base::Result<Json> Client::products(std::size_t offset) {
  Call call = get("/products/get");
  call.business.add("filter", "all");
  call.business.add("offset", static_cast<long long>(offset));
  call.business.add("limit", static_cast<long long>(std::min(options_.page_size, kProductPageMax)));
  call.business.add("options", "1");
  return fetch(call);
}

base::Result<Json> Client::products_by_sku(std::span<const std::string> seller_skus) {
  std::vector<Json> list;
  for (const auto& sku : seller_skus) list.push_back(common::json_string(sku));
  Call call = get("/products/get");
  call.business.add("filter", "all");
  call.business.add("limit", static_cast<long long>(kProductPageMax));
  call.business.add("options", "1");
  call.business.add("sku_seller_list", common::to_text(common::json_array(std::move(list))));
  return fetch(call);
}

base::Result<Json> Client::orders(base::Instant updated_after, base::Instant updated_before,
                                  std::size_t offset, std::size_t limit) {
  Call call = get("/orders/get");
  call.business.add("update_after", base::local_iso(updated_after));
  call.business.add("update_before", base::local_iso(updated_before));
  call.business.add("sort_by", "updated_at");
  call.business.add("sort_direction", "ASC");
  call.business.add("offset", static_cast<long long>(offset));
  call.business.add("limit", static_cast<long long>(limit));
  return fetch(call);
}

base::Result<Json> Client::order(std::string_view order_id) {
  Call call = get("/order/get");
  call.business.add("order_id", order_id);
  return fetch(call);
}

base::Result<Json> Client::items_of_order(std::string_view order_id) {
  Call call = get("/order/items/get");
  call.business.add("order_id", order_id);
  return fetch(call);
}

base::Result<Json> Client::order_items(std::span<const std::string> order_ids) {
  std::string list = "[";
  for (const auto& id : order_ids) list += (list.size() > 1 ? ", " : "") + id;
  Call call = get("/orders/items/get");
  call.business.add("order_ids", list + "]");
  return fetch(call);
}

}  // namespace connectors::lazada
