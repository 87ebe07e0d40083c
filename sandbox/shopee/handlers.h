#pragma once
// Every endpoint of the simulated shop, one function each, grouped as the vendor groups them.
// A handler sees only calls that passed the gateway. Threads: the channel locks.
#include "sandbox/shopee/call.h"
#include "sandbox/shopee/gateway.h"
#include "sandbox/shopee/shop.h"

namespace sandbox::shopee {

// The route of a path as received; null when the vendor has none.
const Route* find_route(const std::string& path);

// auth.cpp: consent pages, tokens, public reads
Reply consent_signed(Shop& shop, const Call& call);
Reply consent_page(Shop& shop, const Call& call);
Reply cancel_signed(Shop& shop, const Call& call);
Reply cancel_page(Shop& shop, const Call& call);
Reply token_get(Shop& shop, const Call& call);
Reply token_refresh(Shop& shop, const Call& call);
Reply shops_by_partner(Shop& shop, const Call& call);
Reply ip_ranges(Shop& shop, const Call& call);
Reply shop_info(Shop& shop, const Call& call);
Reply shop_profile(Shop& shop, const Call& call);
Reply warehouse_detail(Shop& shop, const Call& call);

// catalogue.cpp: what may be sold and how it is described
Reply categories(Shop& shop, const Call& call);
Reply attribute_tree(Shop& shop, const Call& call);
Reply brand_list(Shop& shop, const Call& call);
Reply item_limit(Shop& shop, const Call& call);
Reply category_recommend(Shop& shop, const Call& call);
Reply logistics_channels(Shop& shop, const Call& call);
Reply upload_image(Shop& shop, const Call& call);

// products.cpp, item_reads.cpp
Reply add_item(Shop& shop, const Call& call);
Reply update_item(Shop& shop, const Call& call);
Reply unlist_item(Shop& shop, const Call& call);
Reply delete_item(Shop& shop, const Call& call);
Reply item_list(Shop& shop, const Call& call);
Reply item_base_info(Shop& shop, const Call& call);
Reply search_item(Shop& shop, const Call& call);
Reply item_promotion(Shop& shop, const Call& call);
Reply item_extra_info(Shop& shop, const Call& call);

// variants.cpp
Reply init_tiers(Shop& shop, const Call& call);
Reply update_tiers(Shop& shop, const Call& call);
Reply add_models(Shop& shop, const Call& call);
Reply update_models(Shop& shop, const Call& call);
Reply delete_model(Shop& shop, const Call& call);
Reply model_list(Shop& shop, const Call& call);

// stock.cpp
Reply update_stock(Shop& shop, const Call& call);
Reply update_price(Shop& shop, const Call& call);

// featuring.cpp: boost and shop categories
Reply boost_item(Shop& shop, const Call& call);
Reply boosted_list(Shop& shop, const Call& call);
Reply add_shop_category(Shop& shop, const Call& call);
Reply update_shop_category(Shop& shop, const Call& call);
Reply delete_shop_category(Shop& shop, const Call& call);
Reply shop_categories(Shop& shop, const Call& call);
Reply add_category_items(Shop& shop, const Call& call);
Reply delete_category_items(Shop& shop, const Call& call);
Reply category_items(Shop& shop, const Call& call);

// order_calls.cpp, shipping.cpp, money.cpp
Reply order_list(Shop& shop, const Call& call);
Reply order_detail(Shop& shop, const Call& call);
Reply order_cancel(Shop& shop, const Call& call);
Reply buyer_cancellation(Shop& shop, const Call& call);
Reply shipment_list(Shop& shop, const Call& call);
Reply shipping_parameter(Shop& shop, const Call& call);
Reply ship_order(Shop& shop, const Call& call);
Reply tracking_number(Shop& shop, const Call& call);
Reply tracking_info(Shop& shop, const Call& call);
Reply document_parameter(Shop& shop, const Call& call);
Reply create_document(Shop& shop, const Call& call);
Reply document_result(Shop& shop, const Call& call);
Reply download_document(Shop& shop, const Call& call);
Reply escrow_detail(Shop& shop, const Call& call);
Reply escrow_list(Shop& shop, const Call& call);
Reply return_list(Shop& shop, const Call& call);
Reply return_detail(Shop& shop, const Call& call);
Reply return_confirm(Shop& shop, const Call& call);

// push_calls.cpp. The outbox is the channel's, and so never null here.
Reply set_push_config(Shop& shop, const Call& call);
Reply push_config(Shop& shop, const Call& call);
Reply lost_pushes(Shop& shop, const Call& call);
Reply confirm_lost_pushes(Shop& shop, const Call& call);
std::string test_push(const Shop& shop);  // the body that a new callback URL must acknowledge

// Checks and shapes that several of them share.
struct CategoryFacts {
  bool exists = false;
  bool leaf = false;
  std::vector<std::int64_t> mandatory_attributes;
  bool brand_mandatory = false;
};
CategoryFacts category_facts(std::int64_t category_id);
std::string attribute_name(std::int64_t attribute_id);
std::string attribute_value_name(std::int64_t attribute_id, std::int64_t value_id);
bool usable_logistics(std::int64_t channel_id);
std::string logistics_name(std::int64_t channel_id);

inline constexpr std::int64_t kPriceMin = 1'000;
inline constexpr std::int64_t kPriceMax = 120'000'000;
inline constexpr std::int64_t kStockMax = 10'000'000;
inline constexpr std::int64_t kPriceSpreadMax = 5;
inline constexpr std::size_t kModelsMax = 50;

// The stock in `seller_stock`, 0 when absent; nothing when a location is wrong or a value is.
std::optional<std::int64_t> seller_stock(const Json& holder, std::string& problem);
std::optional<std::int64_t> price_in(const Json& holder, const char* key);
bool spread_too_wide(const std::vector<Model>& models);
Json image_urls(const Json& image_ids);
Json price_info(std::int64_t price);
Json stock_info(std::int64_t stock);

}  // namespace sandbox::shopee
