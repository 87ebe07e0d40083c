#include "tests/contract/carrier_contract.h"

#include "connectors/carriers/viettelpost/carrier.h"
#include "sandbox/carriers/carriers.h"

namespace contract {
namespace {

using connectors::carriers::PlaceScheme;

CarrierCase viettelpost_case() {
  CarrierCase one;
  one.name = "ViettelPost";
  one.open = [](sandbox::Context& context) {
    const auto credentials = sandbox::make_credentials(context.dice).viettelpost;
    return OpenCarrier{sandbox::make_viettelpost(context, credentials),
                       {{"username", credentials.username},
                        {"password", credentials.password},
                        {"webhook_token", credentials.webhook_token}}};
  };
  one.make = connectors::carriers::viettelpost::make;
  one.url_options = {"base_url", "print_url"};
  one.two_level = {PlaceScheme::two_level, "1080", "", "10801"};
  one.three_level = {PlaceScheme::three_level, "51", "511", "5111"};
  one.service = "LCOD";
  one.create_path = "/v2/order/createOrder";
  one.token_outlived = std::chrono::hours{366 * 24};
  return one;
}

INSTANTIATE_TEST_SUITE_P(ViettelPost, CarrierContract, ::testing::Values(viettelpost_case()),
                         case_name);

}  // namespace
}  // namespace contract
