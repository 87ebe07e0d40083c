#include <string_view>
#include <unordered_map>

#include "sandbox/shopee/handlers.h"

namespace sandbox::shopee {
namespace {

using Table = std::unordered_map<std::string_view, Route>;

constexpr Route page(Reply (*handler)(Shop&, const Call&)) {
  return {Access::page, Effect::token, handler};
}
constexpr Route open(Reply (*handler)(Shop&, const Call&), Effect effect = Effect::read) {
  return {Access::public_api, effect, handler};
}
constexpr Route read(Reply (*handler)(Shop&, const Call&)) {
  return {Access::shop_api, Effect::read, handler};
}
constexpr Route write(Reply (*handler)(Shop&, const Call&)) {
  return {Access::shop_api, Effect::write, handler};
}

const Table& table() {
  static const Table kTable = {
      {"/auth", page(consent_page)},
      {"/cancel_auth", page(cancel_page)},
      {"/api/v2/shop/auth_partner", open(consent_signed, Effect::token)},
      {"/api/v2/shop/cancel_auth_partner", open(cancel_signed, Effect::token)},
      {"/api/v2/auth/token/get", open(token_get, Effect::token)},
      {"/api/v2/auth/access_token/get", open(token_refresh, Effect::token)},
      {"/api/v2/public/get_shops_by_partner", open(shops_by_partner)},
      {"/api/v2/public/get_shopee_ip_ranges", open(ip_ranges)},
      {"/api/v2/public/get_shopee_ip_range", open(ip_ranges)},
      {"/api/v2/push/set_app_push_config", open(set_push_config)},
      {"/api/v2/push/get_app_push_config", open(push_config)},
      {"/api/v2/push/get_lost_push_message", open(lost_pushes)},
      {"/api/v2/push/confirm_consumed_lost_push_message", open(confirm_lost_pushes)},
      {"/api/v2/media_space/upload_image", open(upload_image)},
      {"/api/v2/shop/get_shop_info", read(shop_info)},
      {"/api/v2/shop/get_profile", read(shop_profile)},
      {"/api/v2/shop/get_warehouse_detail", read(warehouse_detail)},
      {"/api/v2/product/get_category", read(categories)},
      {"/api/v2/product/get_attribute_tree", read(attribute_tree)},
      {"/api/v2/product/get_brand_list", read(brand_list)},
      {"/api/v2/product/get_item_limit", read(item_limit)},
      {"/api/v2/product/category_recommend", read(category_recommend)},
      {"/api/v2/product/add_item", write(add_item)},
      {"/api/v2/product/update_item", write(update_item)},
      {"/api/v2/product/unlist_item", write(unlist_item)},
      {"/api/v2/product/delete_item", write(delete_item)},
      {"/api/v2/product/get_item_list", read(item_list)},
      {"/api/v2/product/get_item_base_info", read(item_base_info)},
      {"/api/v2/product/get_item_extra_info", read(item_extra_info)},
      {"/api/v2/product/get_item_promotion", read(item_promotion)},
      {"/api/v2/product/search_item", read(search_item)},
      {"/api/v2/product/init_tier_variation", write(init_tiers)},
      {"/api/v2/product/update_tier_variation", write(update_tiers)},
      {"/api/v2/product/add_model", write(add_models)},
      {"/api/v2/product/update_model", write(update_models)},
      {"/api/v2/product/delete_model", write(delete_model)},
      {"/api/v2/product/get_model_list", read(model_list)},
      {"/api/v2/product/update_stock", write(update_stock)},
      {"/api/v2/product/update_price", write(update_price)},
      {"/api/v2/product/boost_item", write(boost_item)},
      {"/api/v2/product/get_boosted_list", read(boosted_list)},
      {"/api/v2/shop_category/add_shop_category", write(add_shop_category)},
      {"/api/v2/shop_category/update_shop_category", write(update_shop_category)},
      {"/api/v2/shop_category/delete_shop_category", write(delete_shop_category)},
      {"/api/v2/shop_category/get_shop_category_list", read(shop_categories)},
      {"/api/v2/shop_category/add_item_list", write(add_category_items)},
      {"/api/v2/shop_category/delete_item_list", write(delete_category_items)},
      {"/api/v2/shop_category/get_item_list", read(category_items)},
      {"/api/v2/order/get_order_list", read(order_list)},
      {"/api/v2/order/get_order_detail", read(order_detail)},
      {"/api/v2/order/get_shipment_list", read(shipment_list)},
      {"/api/v2/order/cancel_order", write(order_cancel)},
      {"/api/v2/order/handle_buyer_cancellation", write(buyer_cancellation)},
      {"/api/v2/logistics/get_channel_list", read(logistics_channels)},
      {"/api/v2/logistics/get_shipping_parameter", read(shipping_parameter)},
      {"/api/v2/logistics/ship_order", write(ship_order)},
      {"/api/v2/logistics/get_tracking_number", read(tracking_number)},
      {"/api/v2/logistics/get_tracking_info", read(tracking_info)},
      {"/api/v2/logistics/get_shipping_document_parameter", read(document_parameter)},
      {"/api/v2/logistics/create_shipping_document", read(create_document)},
      {"/api/v2/logistics/get_shipping_document_result", read(document_result)},
      {"/api/v2/logistics/download_shipping_document", read(download_document)},
      {"/api/v2/payment/get_escrow_detail", read(escrow_detail)},
      {"/api/v2/payment/get_escrow_list", read(escrow_list)},
      {"/api/v2/returns/get_return_list", read(return_list)},
      {"/api/v2/returns/get_return_detail", read(return_detail)},
      {"/api/v2/returns/confirm", write(return_confirm)},
  };
  return kTable;
}

}  // namespace

const Route* find_route(const std::string& path) {
  const auto found = table().find(path);
  return found == table().end() ? nullptr : &found->second;
}

}  // namespace sandbox::shopee
