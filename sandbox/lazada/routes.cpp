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

// Advertising needs a permission that this app was never given.
Reply not_permitted(Shop&, const Call& call) {
  return fail("ISV", "InsufficientPermission",
              "The app has no permission to call the API " + call.path);
}

const Table& table() {
  static const Table kTable = {
      {"/oauth/authorize", {Access::page, Effect::token, authorize_page, Family::plain}},
      {"/auth/token/create", token(token_create)},
      {"/auth/token/refresh", token(token_refresh)},
      {"/seller/get", read(seller_get)},
      {"/seller/warehouse/get", read(warehouses_get)},
      {"/rc/warehouse/get", read(warehouses_get)},
      {"/rc/warehouse/detail/get", read(warehouse_details)},
      {"/store/custom/page/get", read(custom_pages)},
      {"/product/seller/item/limit", read(item_limit)},
      {"/category/tree/get", open(category_tree)},
      {"/category/attributes/get", open(category_attributes)},
      {"/category/brands/query", open(brands_query, Family::brands)},
      {"/product/category/suggestion/get", read(category_suggestion)},
      {"/brands/get", open(legacy_brands)},
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
      {"/product/qc/status/get", read(qc_status)},
      {"/product/qc/alert/list", read(qc_alerts)},
      {"/orders/get", read(orders_get)},
      {"/order/get", read(order_get)},
      {"/order/items/get", read(order_items_get)},
      {"/orders/items/get", read(orders_items_get)},
      {"/order/shipment/providers/get", read(shipment_providers)},
      {"/order/fulfill/pack", write(fulfil_pack)},
      {"/order/package/rts", write(package_rts)},
      {"/order/package/repack", write(package_repack)},
      {"/order/package/sof/delivered", write(sof_delivered)},
      {"/order/package/sof/failed_delivery", write(sof_failed)},
      {"/order/digital/delivered", write(digital_delivered)},
      {"/order/package/document/get", read(package_document)},
      {"/label/awb.pdf", {Access::page, Effect::read, label_page, Family::plain}},
      {"/order/document/get", read(legacy_document)},
      {"/order/invoice_number/set", write(invoice_number_set)},
      {"/order/pack", write(legacy_pack)},
      {"/order/rts", write(legacy_rts)},
      {"/order/sof/delivered", write(legacy_sof_delivered)},
      {"/order/cancel", write(legacy_cancel)},
      {"/order/failure_reason/get", read(legacy_failure_reasons)},
      {"/shipment/providers/get", read(legacy_providers)},
      {"/order/reverse/cancel/validate", read(cancel_validate)},
      {"/order/reverse/cancel/create", write(cancel_create)},
      {"/order/reverse/cancel/seller/decide", write(cancel_decide)},
      {"/order/reverse/return/detail/list", read(reverse_detail)},
      {"/order/reverse/return/history/list", read(reverse_history)},
      {"/order/reverse/reason/list", read(reverse_reasons)},
      {"/order/reverse/return/update", write(return_update)},
      {"/order/reverse/onlyrefund/seller/decide", write(only_refund_decide)},
      {"/reverse/getreverseordersforseller", read(reverse_orders)},
      {"/promotion/flexicombo/create", write(promotion_create)},
      {"/promotion/flexicombo/update", write(promotion_update)},
      {"/promotion/flexicombo/activate", write(promotion_activate)},
      {"/promotion/flexicombo/deactivate", write(promotion_deactivate)},
      {"/promotion/flexicombo/details", read(promotion_get)},
      {"/promotion/flexicombo/list", read(promotion_list)},
      {"/promotion/flexicombo/products/add", write(promotion_add_skus)},
      {"/promotion/flexicombo/products/delete", write(promotion_remove_skus)},
      {"/promotion/flexicombo/products/list", read(promotion_skus)},
      {"/promotion/voucher/create", write(promotion_create)},
      {"/promotion/voucher/update", write(promotion_update)},
      {"/promotion/voucher/activate", write(promotion_activate)},
      {"/promotion/voucher/deactivate", write(promotion_deactivate)},
      {"/promotion/voucher/get", read(promotion_get)},
      {"/promotion/vouchers/get", read(promotion_list)},
      {"/promotion/voucher/product/sku/add", write(promotion_add_skus)},
      {"/promotion/voucher/product/sku/remove", write(promotion_remove_skus)},
      {"/promotion/voucher/products/get", read(promotion_skus)},
      {"/promotion/freeshipping/create", write(promotion_create)},
      {"/promotion/freeshipping/update", write(promotion_update)},
      {"/promotion/freeshipping/activate", write(promotion_activate)},
      {"/promotion/freeshipping/deactivate", write(promotion_deactivate)},
      {"/promotion/freeshipping/get", read(promotion_get)},
      {"/promotion/freeshippings/get", read(promotion_list)},
      {"/promotion/freeshipping/product/sku/add", write(promotion_add_skus)},
      {"/promotion/freeshipping/product/sku/remove", write(promotion_remove_skus)},
      {"/promotion/freeshipping/products/get", read(promotion_skus)},
      {"/promotion/freeshipping/deliveryoptions/get", read(delivery_options)},
      {"/activity/early/bird/create", write(early_bird_create)},
      {"/activity/early/bird/addSkus", write(early_bird_add)},
      {"/activity/early/bird/deactivateSkus", write(early_bird_deactivate)},
      {"/finance/transaction/details/get", read(transaction_details)},
      {"/finance/transaction/detail/get", read(transaction_details)},
      {"/finance/payout/status/get", read(payout_status)},
  };
  return kTable;
}

}  // namespace

const Route* find_route(const std::string& path) {
  static constexpr Route kAds = {Access::seller, Effect::read, not_permitted, Family::plain};
  if (path.starts_with("/sponsor/solutions/")) return &kAds;
  const auto found = table().find(path);
  return found == table().end() ? nullptr : &found->second;
}

}  // namespace sandbox::lazada
