#include <gtest/gtest.h>

#include "connectors/provincial/store_test.h"

namespace contract {
namespace {

Shop store_without_permalinks() {
  auto shop = provincial_shop();
  shop.name = "ProvincialRestRoute";
  shop.create_path = "/";
  shop.open = [](sandbox::Context& context) {
    auto open = open_store(context);
    open.options["rest_route"] = "yes";
    return open;
  };
  return shop;
}

// In a folder of its host, without permalinks and without TLS: every call is signed.
Shop store_that_wants_signatures() {
  auto shop = provincial_shop();
  shop.name = "ProvincialSigned";
  shop.create_path = "/";
  shop.url_path = "/cho";
  shop.open = [](sandbox::Context& context) {
    auto open = open_store(context);
    open.options["rest_route"] = "yes";
    open.options["oauth1_over_plain_http"] = "yes";
    open.options["variations"] = "no";
    const auto done = open.channel->act(web::json::value::parse(
        R"({"act":"set_up","path":"/cho","permalinks":false,"basic_over_http":false})"));
    EXPECT_TRUE(done.ok());
    return open;
  };
  return shop;
}

INSTANTIATE_TEST_SUITE_P(Provincial, ConnectorContract,
                         ::testing::Values(provincial_shop(), store_without_permalinks(),
                                           store_that_wants_signatures()),
                         shop_name);

}  // namespace
}  // namespace contract
