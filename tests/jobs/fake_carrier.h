#pragma once
// A carrier in memory behind the Carrier port, with a truth of its own: `made` holds every parcel
// that it was ever brought to make. As for FakeConnector, its next answer can be spoilt, and our
// process killed, before or after it took effect. Threads: one per instance.
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "connectors/carriers/carrier.h"
#include "tests/jobs/fake_connector.h"

namespace jobs_test {

class FakeCarrier final : public connectors::carriers::Carrier {
 public:
  struct Made {
    std::string reference;
    std::string number;
    std::string phone;
    std::int64_t cod = 0;
    bool cancelled = false;
  };

  connectors::carriers::Traits traits() const override { return can; }
  base::Status test() override { return base::Done{}; }
  base::Result<std::vector<connectors::carriers::Place>> places(connectors::carriers::PlaceScheme,
                                                                connectors::carriers::PlaceLevel,
                                                                const std::string&) override {
    return std::vector<connectors::carriers::Place>{};
  }
  base::Result<std::vector<connectors::carriers::FeeOffer>> quote(
      const connectors::carriers::ShipmentRequest&) override {
    return std::vector<connectors::carriers::FeeOffer>{};
  }
  base::Result<connectors::carriers::Booking> create(
      const connectors::carriers::ShipmentRequest& request) override;
  base::Result<std::optional<connectors::carriers::Booking>> find(const std::string& reference,
                                                                  base::Instant since) override;
  base::Result<connectors::carriers::Cancellation> cancel(
      const connectors::carriers::Booking& booking, const std::string& note) override;
  base::Result<connectors::Label> label(const std::string&) override { return connectors::Label{}; }
  base::Result<std::vector<catalog::ShipmentEvent>> status(const std::string& number) override;
  base::Status repeat_callbacks(const std::string& number) override;
  base::Result<connectors::carriers::CallbackReading> read_callback(
      const connectors::WebhookRequest&) const override {
    return connectors::carriers::CallbackReading{};
  }

  connectors::carriers::Traits can;
  std::vector<Made> made;
  std::map<std::string, std::vector<catalog::ShipmentEvent>> told;  // by number
  std::vector<std::string> repeats;
  std::optional<Trouble> next_create, next_cancel;
  std::function<void()> while_creating;  // what happens between a create and its answer
  int creates = 0, finds = 0, questions = 0;
};

}  // namespace jobs_test
