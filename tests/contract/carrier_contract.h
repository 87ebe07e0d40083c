#pragma once
// What every carrier must do: one suite against the sandbox's carrier, served on loopback, with a
// small server of ours that takes its callbacks; judged by the sandbox's own record.
//
// A carrier's folder links this suite and instantiates it:
//
//   INSTANTIATE_TEST_SUITE_P(Vnpost, CarrierContract, ::testing::Values(vnpost_case()), case_name);
//
// The clock is the sandbox's driven one and waiting moves it, so nothing sleeps. Random parts print
// their seed; NONGSAN_TEST_SEED runs one again.
#include <gtest/gtest.h>

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "catalog/shipment.h"
#include "connectors/carriers/carrier.h"
#include "connectors/factory.h"
#include "sandbox/carriers/carrier.h"
#include "sandbox/context.h"
#include "server/http/server.h"
#include "tests/contract/driven_doubles.h"

namespace contract {

struct OpenCarrier {
  std::unique_ptr<sandbox::carriers::Carrier> carrier;
  std::map<std::string, std::string> options;  // but for the addresses
};

struct CarrierCase {
  std::string name;  // of the instance: letters only
  std::function<OpenCarrier(sandbox::Context&)> open;
  base::Result<std::unique_ptr<connectors::carriers::Carrier>> (*make)(
      const connectors::Settings&, const connectors::Environment&);
  std::vector<std::string> url_options;  // all of them get the sandbox's address
  connectors::carriers::PlaceIds two_level;
  connectors::carriers::PlaceIds three_level;
  std::string service;
  std::string create_path;
  std::chrono::hours token_outlived{0};  // by the sandbox's rules
};
void PrintTo(const CarrierCase& one, std::ostream* out);
std::string case_name(const ::testing::TestParamInfo<CarrierCase>& info);

std::uint64_t seed_of_run();

class CarrierContract : public ::testing::TestWithParam<CarrierCase> {
 protected:
  void SetUp() override;
  void TearDown() override;

  connectors::carriers::Carrier& carrier() { return *product_; }
  sandbox::carriers::Carrier& sandbox_carrier() { return *sandbox_; }
  // A new one over the same account and sessions.
  std::unique_ptr<connectors::carriers::Carrier> connect();
  connectors::carriers::ShipmentRequest request(const std::string& reference) const;
  connectors::carriers::Booking book(const std::string& reference);
  static catalog::Shipment shipment(const std::string& reference, const std::string& tracking_no);

  void faults(const std::string& rules_json);
  void pass(std::chrono::minutes time);
  // Lets the sandbox send what is due, and gives what came in since the last time.
  std::vector<connectors::WebhookRequest> callbacks();
  // Reads and applies them; counts those that could not be read.
  int take_callbacks(std::map<std::string, catalog::Shipment>& by_reference);
  web::json::value truth(const std::string& reference) const;
  std::size_t count(const std::string& reference) const;
  base::Instant now() const { return context_.clock.now(); }

  const std::uint64_t seed_ = seed_of_run();
  sandbox::Context context_{seed_};
  MemorySessions sessions_;
  DrivingWaiter waiter_{context_.clock};

 private:
  std::unique_ptr<sandbox::carriers::Carrier> sandbox_;
  std::map<std::string, std::string> options_;
  std::unique_ptr<server::http::HttpServer> server_;
  std::unique_ptr<server::http::HttpServer> receiver_;
  std::mutex mutex_;
  std::deque<connectors::WebhookRequest> inbox_;
  std::unique_ptr<connectors::carriers::Carrier> product_;
};

}  // namespace contract
