#include "tests/contract/carrier_contract.h"

#include "connectors/carriers/vnpost/carrier.h"
#include "sandbox/carriers/carriers.h"
#include "sandbox/carriers/signing.h"

namespace contract {
namespace {

using connectors::carriers::PlaceScheme;

// One key for the whole run: making it takes a while.
const std::string& signing_key() {
  static const std::string key = sandbox::carriers::new_signing_key();
  return key;
}

CarrierCase vnpost_case() {
  CarrierCase one;
  one.name = "Vnpost";
  one.open = [](sandbox::Context& context) {
    auto credentials = sandbox::make_credentials(context.dice).vnpost;
    credentials.signing_key = signing_key();
    return OpenCarrier{sandbox::make_vnpost(context, credentials),
                       {{"username", credentials.username},
                        {"password", credentials.password},
                        {"customer_code", credentials.customer_code},
                        {"public_key", sandbox::carriers::public_key_of(signing_key())}}};
  };
  one.make = connectors::carriers::vnpost::make;
  one.url_options = {"base_url"};
  one.two_level = {PlaceScheme::two_level, "80", "", "28243"};
  one.three_level = {PlaceScheme::three_level, "QNI", "533", "21433"};
  one.service = "CTN009";
  one.create_path = "/CreateOrder";
  one.token_outlived = std::chrono::hours{25};
  return one;
}

INSTANTIATE_TEST_SUITE_P(Vnpost, CarrierContract, ::testing::Values(vnpost_case()), case_name);

}  // namespace
}  // namespace contract
