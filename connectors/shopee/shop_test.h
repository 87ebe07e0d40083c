#pragma once
// The sandbox's Shopee as a shop of the contract suite; tests of this folder only.
#include "tests/contract/connector_contract.h"

#include "connectors/shopee/connector.h"
#include "sandbox/shopee/shopee.h"

namespace contract {

inline OpenShop open_shopee(sandbox::Context& context) {
  const auto credentials = sandbox::make_credentials(context.dice).shopee;
  return {sandbox::make_shopee(context, credentials),
          {{"partner_id", std::to_string(credentials.partner_id)},
           {"partner_key", credentials.partner_key},
           {"push_key", credentials.push_key},
           {"shop_id", std::to_string(credentials.shop_id)}}};
}

inline Shop shopee_shop() {
  Shop shop;
  shop.name = "Shopee";
  shop.open = open_shopee;
  shop.make = connectors::shopee::make;
  shop.code_option = "auth_code";
  shop.small_pages = {{"page_size", "10"}};
  shop.category = "100863";
  shop.create_path = "/product/add_item";
  shop.throttle_body =
      R"({"error":"error_rate_limit","message":"Too many requests.","request_id":"r"})";
  shop.access_token_life = std::chrono::hours{4};
  return shop;
}

}  // namespace contract
