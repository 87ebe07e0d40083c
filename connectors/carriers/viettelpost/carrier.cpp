#include "connectors/carriers/viettelpost/carrier.h"

#include "connectors/carriers/request_check.h"
#include "connectors/carriers/viettelpost/client.h"
#include "connectors/carriers/viettelpost/errors.h"
#include "connectors/carriers/viettelpost/mapping.h"
#include "connectors/common/hmac.h"

namespace connectors::carriers::viettelpost {

namespace {

using base::Error;
using base::ErrorCode;

Error unanswered(const std::string& what) {
  return {ErrorCode::invalid, "Viettel Post answers no question about " + what, {}, {}};
}

std::string_view header_of(const WebhookRequest& callback) {
  const auto found = callback.headers.find("authorization");
  return found == callback.headers.end() ? std::string_view{} : found->second;
}

class ViettelPost final : public Carrier {
 public:
  ViettelPost(const Options& options, const Environment& environment)
      : options_(options), client_(options, environment) {}

  base::Status check() const { return client_.check(); }

  Traits traits() const override { return {Lookup::by_callback, false, true}; }

  base::Status test() override {
    const auto stores = client_.stores();
    if (!stores) return stores.error();
    return base::Done{};
  }

  base::Result<std::vector<Place>> places(PlaceScheme scheme, PlaceLevel level,
                                          const std::string& parent) override {
    if (scheme == PlaceScheme::two_level && level == PlaceLevel::district) {
      return std::vector<Place>{};
    }
    const auto answer = client_.place_list(places_path(scheme, level, parent));
    if (!answer) return answer.error();
    return viettelpost::places(answer.value(), level);
  }

  base::Result<std::vector<FeeOffer>> quote(const ShipmentRequest& request) override {
    if (const auto problem = problem_with(request, Purpose::quote)) return *problem;
    const auto body = price_body(request);
    const auto answer = request.service.empty() ? client_.prices(body) : client_.price(body);
    if (!answer) return without_people(answer.error(), request);
    return offers(answer.value(), request.service);
  }

  base::Result<Booking> create(const ShipmentRequest& request) override {
    if (const auto problem = problem_with(request, Purpose::create)) return *problem;
    const auto answer = client_.create(create_body(request, options_.defaults));
    if (!answer) return without_people(answer.error(), request);
    return booking(answer.value());
  }

  base::Result<std::optional<Booking>> find(const std::string&, base::Instant) override {
    return unanswered("a reference");
  }

  base::Result<Cancellation> cancel(const Booking& booked, const std::string& note) override {
    const auto answer = client_.cancel(cancel_body(booked.tracking_no, note));
    if (answer || says_already_cancelled(answer.error())) return Cancellation::done;
    return answer.error();
  }

  base::Result<Label> label(const std::string& tracking_no) override {
    return client_.label(tracking_no);
  }

  base::Result<std::vector<catalog::ShipmentEvent>> status(const std::string&) override {
    return unanswered("a parcel's state");
  }

  base::Status repeat_callbacks(const std::string& tracking_no) override {
    const auto answer = client_.repeat_hook(tracking_no);
    if (!answer) return answer.error();
    return base::Done{};
  }

  base::Result<CallbackReading> read_callback(const WebhookRequest& callback) const override {
    const auto body = common::parse_json(callback.body, kWebhookBytesMax);
    const bool genuine =
        is_secret(header_of(callback)) || (body && is_secret(token_of(body.value())));
    if (!genuine) {
      return Error{ErrorCode::unauthorized, "Viettel Post: the callback's token is wrong", {}, {}};
    }
    if (!body) return body.error();
    auto event = event_of(body.value());
    if (!event) return event.error();
    CallbackReading reading;
    reading.events.push_back(std::move(event).value());
    return reading;
  }

 private:
  // No secret configured: nothing is genuine.
  bool is_secret(std::string_view given) const {
    constexpr std::string_view kBearer = "Bearer ";
    if (given.starts_with(kBearer)) given.remove_prefix(kBearer.size());
    return !options_.webhook_token.empty() &&
           common::equal_constant_time(options_.webhook_token, given);
  }

  const Options options_;
  Client client_;
};

}  // namespace

base::Result<std::unique_ptr<Carrier>> make(const Settings& settings,
                                            const Environment& environment) {
  const auto options = read_options(settings);
  if (!options) return options.error();
  auto made = std::make_unique<ViettelPost>(options.value(), environment);
  if (const auto usable = made->check(); !usable) return usable.error();
  return std::unique_ptr<Carrier>{std::move(made)};
}

}  // namespace connectors::carriers::viettelpost
