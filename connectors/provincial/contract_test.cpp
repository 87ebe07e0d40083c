#include "tests/contract/connector_contract.h"

#include "connectors/provincial/connector.h"
#include "sandbox/provincial/store.h"

namespace contract {
namespace {

OpenShop open_store(sandbox::Context& context) {
  const auto credentials = sandbox::make_credentials(context.dice).provincial;
  return {sandbox::make_provincial(context, credentials),
          {{"consumer_key", credentials.consumer_key},
           {"consumer_secret", credentials.consumer_secret},
           {"images_base_url", "https://pictures.example.vn/goods/"}}};
}

Shop store() {
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

Shop store_without_permalinks() {
  auto shop = store();
  shop.name = "ProvincialRestRoute";
  shop.create_path = "/";
  shop.open = [](sandbox::Context& context) {
    auto open = open_store(context);
    open.options["rest_route"] = "yes";
    return open;
  };
  return shop;
}

INSTANTIATE_TEST_SUITE_P(Provincial, ConnectorContract,
                         ::testing::Values(store(), store_without_permalinks()), shop_name);

}  // namespace
}  // namespace contract
