#pragma once
// What every connector with an API must do, whatever the channel: one suite against the sandbox's
// channel, served on loopback, judged by the sandbox's own truth.
//
// A connector's folder adds this suite's .cpp to its test and instantiates it with its shop:
//
//   INSTANTIATE_TEST_SUITE_P(Shopee, ConnectorContract, ::testing::Values(shopee_shop()),
//                            shop_name);
//
// The clock is the sandbox's driven one and waiting moves it, so nothing sleeps.
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "connectors/connector.h"
#include "connectors/factory.h"
#include "sandbox/channel.h"
#include "sandbox/context.h"
#include "server/http/server.h"
#include "tests/contract/driven_doubles.h"

namespace contract {

using OptionMap = std::map<std::string, std::string>;

// A shop of the sandbox and the account that may use it.
struct OpenShop {
  std::unique_ptr<sandbox::Channel> channel;
  OptionMap options;  // but for the base URL and what the channel's fresh_code() gives
};

struct Shop {
  std::string name;  // of the instance: letters only
  std::function<OpenShop(sandbox::Context&)> open;
  base::Result<std::unique_ptr<connectors::Connector>> (*make)(const connectors::Settings&,
                                                               const connectors::Environment&);
  std::string url_option = "base_url";
  std::string url_path;     // behind host and port: "/rest"
  std::string code_option;  // "auth_code"; empty: no consent code and no tokens
  OptionMap small_pages;    // pages of ten orders
  std::string category;     // a remote category id
  std::string create_path;  // of the call that creates a listing
  int throttle_status = 200;
  std::string throttle_body;                // the channel's "too many calls"
  std::chrono::seconds goes_live_after{0};  // review of a new listing
  std::chrono::hours access_token_life{0};
};
void PrintTo(const Shop& shop, std::ostream* out);
std::string shop_name(const ::testing::TestParamInfo<Shop>& info);

class ConnectorContract : public ::testing::TestWithParam<Shop> {
 protected:
  void SetUp() override;
  void TearDown() override;

  // A new connector over the same shop and sessions.
  std::unique_ptr<connectors::Connector> connect(const OptionMap& more = {});
  connectors::Connector& connector() { return *connector_; }
  sandbox::Channel& channel() { return *channel_; }

  connectors::ListingContent content(const std::string& sku, std::int64_t price = 65'000,
                                     std::int64_t stock = 40) const;
  // Creates it, waits until it is on sale, and gives its binding.
  catalog::Binding publish(const connectors::ListingContent& content);
  std::optional<connectors::RemoteListing> read_one(const catalog::Binding& binding);
  std::vector<sandbox::Shown> shown(const std::string& sku) const;
  std::string buy(const std::string& sku, std::int64_t quantity);
  // Every page of the orders updated since `from`.
  std::vector<catalog::Order> pull(connectors::Connector& from_connector, base::Instant from);
  void fault(const std::string& path, const std::string& kind, int status = 200,
             const std::string& body = {});
  void pass(std::chrono::milliseconds time) {
    context_.clock.advance(time);
    channel_->tick();
  }
  base::Instant now() const { return context_.clock.now(); }

  sandbox::Context context_{20'261'124};
  MemorySessions sessions_;
  MemoryUploads uploads_;
  DrivingWaiter waiter_{context_.clock};

 private:
  std::unique_ptr<sandbox::Channel> channel_;
  OptionMap options_;
  std::unique_ptr<server::http::HttpServer> server_;
  std::filesystem::path folder_;
  std::unique_ptr<connectors::Connector> connector_;
};

}  // namespace contract
