#include "connectors/shopee/shop_test.h"

namespace contract {
namespace {

INSTANTIATE_TEST_SUITE_P(Shopee, ConnectorContract, ::testing::Values(shopee_shop()), shop_name);

}  // namespace
}  // namespace contract
