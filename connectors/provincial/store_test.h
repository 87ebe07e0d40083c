#pragma once
// The sandbox's provincial store for the shared suites. Threads: one.
#include "connectors/provincial/connector.h"
#include "sandbox/provincial/store.h"
#include "tests/contract/connector_contract.h"

namespace contract {

inline OpenShop open_store(sandbox::Context& context) {
  const auto credentials = sandbox::make_credentials(context.dice).provincial;
  return {sandbox::make_provincial(context, credentials),
          {{"consumer_key", credentials.consumer_key},
           {"consumer_secret", credentials.consumer_secret},
           {"images_base_url", "https://pictures.example.vn/goods/"}}};
}

inline Shop provincial_shop() {
  Shop shop;
  shop.name = "Provincial";
  shop.open = open_store;
  shop.make = connectors::provincial::make;
  shop.small_pages = {{"page_size", "10"}};
  shop.category = "15";
  shop.create_path = "/products/batch";
  shop.throttle_status = 429;
  return shop;
}

}  // namespace contract
