// The simulated Lazada under a seeded plan of faults (tests/contract/fault_run.h).
#include "tests/contract/fault_run.h"

#include "tests/contract/lazada_shop.h"

namespace contract {
namespace {

// Tokens that live for hours, so that they expire within a run and the consent does not.
sandbox::LazadaRules short_lived() {
  sandbox::LazadaRules rules;
  rules.access_life_s = 4 * 3'600;
  return rules;
}

Shop ten_orders_a_page(Shop shop) {
  const auto open = shop.open;
  shop.open = [open](sandbox::Context& context) {
    auto out = open(context);
    out.options["page_size"] = "10";
    return out;
  };
  return shop;
}

INSTANTIATE_TEST_SUITE_P(Lazada, FaultRun,
                         ::testing::Values(ten_orders_a_page(lazada_shop("Lazada", short_lived()))),
                         shop_name);

}  // namespace
}  // namespace contract
