#pragma once
// Every API of the simulated seller, one function each, grouped as the vendor groups them.
// A handler sees only calls that passed the gateway. Threads: the channel locks.
#include "sandbox/lazada/call.h"
#include "sandbox/lazada/gateway.h"
#include "sandbox/lazada/payload.h"
#include "sandbox/lazada/shop.h"

namespace sandbox::lazada {

const Route* find_route(const std::string& path);

// auth.cpp
Reply authorize_page(Shop& shop, const Call& call);
Reply token_create(Shop& shop, const Call& call);
Reply token_refresh(Shop& shop, const Call& call);
Reply seller_get(Shop& shop, const Call& call);
Reply warehouses_get(Shop& shop, const Call& call);

// seller.cpp
Reply warehouse_details(Shop& shop, const Call& call);
Reply custom_pages(Shop& shop, const Call& call);
Reply item_limit(Shop& shop, const Call& call);

// catalogue.cpp
Reply category_tree(Shop& shop, const Call& call);
Reply category_attributes(Shop& shop, const Call& call);
Reply brands_query(Shop& shop, const Call& call);
Reply category_suggestion(Shop& shop, const Call& call);
Reply legacy_brands(Shop& shop, const Call& call);

// images.cpp
Reply image_upload(Shop& shop, const Call& call);
Reply image_migrate(Shop& shop, const Call& call);
Reply images_migrate(Shop& shop, const Call& call);
Reply image_response(Shop& shop, const Call& call);

// products.cpp
Reply product_create(Shop& shop, const Call& call);
Reply product_update(Shop& shop, const Call& call);
Reply images_set(Shop& shop, const Call& call);

// lifecycle.cpp
Reply product_deactivate(Shop& shop, const Call& call);
Reply product_remove(Shop& shop, const Call& call);
Reply sku_remove(Shop& shop, const Call& call);

// stock.cpp
Reply price_quantity_update(Shop& shop, const Call& call);
Reply sellable_update(Shop& shop, const Call& call);
Reply sellable_adjust(Shop& shop, const Call& call);

// product_reads.cpp
Reply products_get(Shop& shop, const Call& call);
Reply product_item_get(Shop& shop, const Call& call);

// order_calls.cpp
Reply orders_get(Shop& shop, const Call& call);
Reply order_get(Shop& shop, const Call& call);
Reply order_items_get(Shop& shop, const Call& call);
Reply orders_items_get(Shop& shop, const Call& call);

// fulfilment.cpp
Reply shipment_providers(Shop& shop, const Call& call);
Reply fulfil_pack(Shop& shop, const Call& call);
Reply package_rts(Shop& shop, const Call& call);
Reply package_repack(Shop& shop, const Call& call);
Reply sof_delivered(Shop& shop, const Call& call);
Reply sof_failed(Shop& shop, const Call& call);
Reply digital_delivered(Shop& shop, const Call& call);
bool packable(const Unit& unit);
Order* order_of_package(Shop& shop, const std::string& package_id);
// One new package; an empty provider is the platform's courier.
void pack_together(Shop& shop, Order& order, const std::vector<Unit*>& units,
                   const std::string& provider);
bool mark_ready(Shop& shop, Order& order, const std::string& package_id);

// labels.cpp
Reply package_document(Shop& shop, const Call& call);
Reply label_page(Shop& shop, const Call& call);
Reply legacy_document(Shop& shop, const Call& call);

// legacy.cpp: calls of the generation before 2023
struct FoundUnit {
  Order* order = nullptr;
  Unit* unit = nullptr;
};
FoundUnit find_unit(Shop& shop, std::int64_t unit_id);
Reply legacy_providers(Shop& shop, const Call& call);
Reply legacy_pack(Shop& shop, const Call& call);
Reply legacy_rts(Shop& shop, const Call& call);
Reply legacy_sof_delivered(Shop& shop, const Call& call);
Reply invoice_number_set(Shop& shop, const Call& call);

// cancel_calls.cpp
Reply cancel_validate(Shop& shop, const Call& call);
Reply cancel_create(Shop& shop, const Call& call);
Reply cancel_decide(Shop& shop, const Call& call);
Reply legacy_failure_reasons(Shop& shop, const Call& call);
Reply legacy_cancel(Shop& shop, const Call& call);

// reverse_calls.cpp
Reply reverse_fail(const std::string& code, const std::string& message);
Reply reverse_orders(Shop& shop, const Call& call);
Reply reverse_detail(Shop& shop, const Call& call);
Reply reverse_history(Shop& shop, const Call& call);
Reply reverse_reasons(Shop& shop, const Call& call);
Reply return_update(Shop& shop, const Call& call);
Reply only_refund_decide(Shop& shop, const Call& call);

// promotions.cpp: flexi combos, vouchers, free shipping, told apart by the path
Reply promotion_create(Shop& shop, const Call& call);
Reply promotion_update(Shop& shop, const Call& call);
Reply promotion_activate(Shop& shop, const Call& call);
Reply promotion_deactivate(Shop& shop, const Call& call);
Reply promotion_get(Shop& shop, const Call& call);
Reply promotion_list(Shop& shop, const Call& call);
Reply promotion_add_skus(Shop& shop, const Call& call);
Reply promotion_remove_skus(Shop& shop, const Call& call);
Reply promotion_skus(Shop& shop, const Call& call);
Reply delivery_options(Shop& shop, const Call& call);

// campaigns.cpp
Reply early_bird_create(Shop& shop, const Call& call);
Reply early_bird_add(Shop& shop, const Call& call);
Reply early_bird_deactivate(Shop& shop, const Call& call);

// quality.cpp
Reply qc_status(Shop& shop, const Call& call);
Reply qc_alerts(Shop& shop, const Call& call);

// finance.cpp
Reply transaction_details(Shop& shop, const Call& call);
Reply payout_status(Shop& shop, const Call& call);

// Facts and shapes that several of them share.
bool category_exists(std::int64_t category_id);
bool category_is_leaf(std::int64_t category_id);
bool fresh_food(std::int64_t category_id);
std::vector<std::int64_t> suggested_categories(const std::string& product_name);
std::int64_t shipping_share(const Order& order);
bool brand_exists(std::int64_t brand_id, const std::string& brand_name);
bool hosted_image(const std::string& url);
Json order_json(const Order& order, const char* district_key);
Json unit_json(const Order& order, const Unit& unit);
Json product_json(const Item& item);

inline constexpr std::size_t kSkusMax = 50;
inline constexpr std::size_t kImagesMax = 8;

}  // namespace sandbox::lazada
