#include "tests/contract/connector_contract.h"

#include "connectors/lazada/connector.h"
#include "sandbox/lazada/lazada.h"

namespace contract {
namespace {

using namespace std::chrono_literals;

Shop lazada_shop(const std::string& name, const sandbox::LazadaRules& rules) {
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

// What the documents leave open, decided the other way: a review of new products, and a batch of
// which one bad SKU undoes the rest.
sandbox::LazadaRules strict_rules() {
  sandbox::LazadaRules rules;
  rules.review_s = 3'600;
  rules.batch = sandbox::LazadaBatch::apply_none;
  rules.payment = sandbox::LazadaPayment::prepaid;
  rules.access_life_s = 7 * 86'400;
  return rules;
}

INSTANTIATE_TEST_SUITE_P(Lazada, ConnectorContract,
                         ::testing::Values(lazada_shop("Lazada", {}),
                                           lazada_shop("StrictLazada", strict_rules())),
                         shop_name);

}  // namespace
}  // namespace contract
