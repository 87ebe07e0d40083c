#include <string_view>
#include <unordered_map>

#include "sandbox/lazada/handlers.h"

namespace sandbox::lazada {
namespace {

using Table = std::unordered_map<std::string_view, Route>;
using Handler = Reply (*)(Shop&, const Call&);

constexpr Route token(Handler handler) {
  return {Access::token, Effect::token, handler, {}};
}
constexpr Route read(Handler handler) {
  return {Access::seller, Effect::read, handler, {}};
}
constexpr Route write(Handler handler) {
  return {Access::seller, Effect::write, handler, {}};
}
constexpr Route open(Handler handler, Family family = Family::plain) {
  return {Access::optional, Effect::read, handler, family};
}
constexpr Route stock(Handler handler) {
  return {Access::seller, Effect::write, handler, Family::inventory};
}

const Table& table() {
  static const Table kTable = {
      {"/oauth/authorize", {Access::page, Effect::token, authorize_page, Family::plain}},
      {"/auth/token/create", token(token_create)},
      {"/auth/token/refresh", token(token_refresh)},
      {"/seller/get", read(seller_get)},
      {"/seller/warehouse/get", read(warehouses_get)},
      {"/rc/warehouse/get", read(warehouses_get)},
      {"/category/tree/get", open(category_tree)},
      {"/category/attributes/get", open(category_attributes)},
      {"/category/brands/query", open(brands_query, Family::brands)},
      {"/product/category/suggestion/get", read(category_suggestion)},
      {"/image/upload", read(image_upload)},
      {"/image/migrate", read(image_migrate)},
      {"/images/migrate", read(images_migrate)},
      {"/image/response/get", read(image_response)},
      {"/images/set", write(images_set)},
      {"/product/create", write(product_create)},
      {"/product/update", write(product_update)},
      {"/product/price_quantity/update", stock(price_quantity_update)},
      {"/product/stock/sellable/update", stock(sellable_update)},
      {"/product/stock/sellable/adjust", stock(sellable_adjust)},
      {"/product/deactivate", write(product_deactivate)},
      {"/product/remove", write(product_remove)},
      {"/product/sku/remove", write(sku_remove)},
      {"/products/get", read(products_get)},
      {"/product/item/get", read(product_item_get)},
      {"/orders/get", read(orders_get)},
      {"/order/get", read(order_get)},
      {"/order/items/get", read(order_items_get)},
      {"/orders/items/get", read(orders_items_get)},
      {"/order/shipment/providers/get", read(shipment_providers)},
      {"/order/fulfill/pack", write(fulfil_pack)},
      {"/order/package/rts", write(package_rts)},
      {"/order/package/repack", write(package_repack)},
      {"/order/package/document/get", read(package_document)},
      {"/order/reverse/cancel/validate", read(cancel_validate)},
      {"/order/reverse/cancel/create", write(cancel_create)},
      {"/reverse/getreverseordersforseller", read(reverse_orders)},
      {"/finance/transaction/details/get", read(transaction_details)},
      {"/finance/transaction/detail/get", read(transaction_details)},
      {"/finance/payout/status/get", read(payout_status)},
  };
  return kTable;
}

}  // namespace

const Route* find_route(const std::string& path) {
  const auto found = table().find(path);
  return found == table().end() ? nullptr : &found->second;
}

}  // namespace sandbox::lazada
