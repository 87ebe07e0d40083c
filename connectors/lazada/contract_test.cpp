#include "tests/contract/lazada_shop.h"

namespace contract {
namespace {

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
