#pragma once
// For the tests of connectors/lazada: the simulated Lazada as the contract suite takes it. Threads:
// as the suite.
#include "tests/contract/connector_contract.h"

#include "connectors/lazada/connector.h"
#include "sandbox/lazada/lazada.h"

namespace contract {

inline Shop lazada_shop(const std::string& name, const sandbox::LazadaRules& rules) {
  Shop shop;
  shop.name = name;
  shop.open = [rules](sandbox::Context& context) {
    const auto credentials = sandbox::make_credentials(context.dice).lazada;
    return OpenShop{sandbox::make_lazada(context, credentials, rules),
                    {{"app_key", credentials.app_key}, {"app_secret", credentials.app_secret}}};
  };
  shop.make = connectors::lazada::make;
  shop.url_path = "/rest";
  shop.code_option = "auth_code";
  shop.small_pages = {{"page_size", "10"}};
  shop.category = "10100245";
  shop.create_path = "/product/create";
  shop.throttle_body =
      R"({"type":"ISV","code":"ApiCallLimit","message":"this ban will last 1 seconds",)"
      R"("request_id":"r"})";
  shop.goes_live_after = std::chrono::seconds{rules.review_s};
  shop.access_token_life = std::chrono::hours{rules.access_life_s / 3'600};
  return shop;
}

}  // namespace contract
