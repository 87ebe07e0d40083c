#include "connectors/carriers/vnpost/carrier.h"

#include "connectors/carriers/request_check.h"
#include "connectors/carriers/vnpost/client.h"
#include "connectors/carriers/vnpost/errors.h"
#include "connectors/carriers/vnpost/mapping.h"
#include "connectors/carriers/vnpost/signature.h"

namespace connectors::carriers::vnpost {

namespace {

using base::Error;
using base::ErrorCode;

Error invalid(const std::string& why) {
  return {ErrorCode::invalid, "VNPost: " + why, {}, {}};
}

std::string places_path(PlaceScheme scheme, PlaceLevel level) {
  if (scheme == PlaceScheme::two_level) {
    return level == PlaceLevel::province ? "/getNewProvinceAll" : "/getNewCommuneAll";
  }
  if (level == PlaceLevel::province) return "/getAllProvince";
  return level == PlaceLevel::district ? "/getAllDistrict" : "/getAllCommune";
}

class Vnpost final : public Carrier {
 public:
  Vnpost(const Options& options, const Environment& environment)
      : options_(options), clock_(environment.clock), client_(options, environment) {}

  base::Status check() const { return client_.check(); }

  Traits traits() const override { return {Lookup::by_reference, true, false}; }

  base::Status test() override {
    const auto provinces = client_.place_list("/getNewProvinceAll");
    if (!provinces) return provinces.error();
    return base::Done{};
  }

  base::Result<std::vector<Place>> places(PlaceScheme scheme, PlaceLevel level,
                                          const std::string& parent) override {
    if (scheme == PlaceScheme::two_level && level == PlaceLevel::district) {
      return std::vector<Place>{};
    }
    const auto answer = client_.place_list(places_path(scheme, level));
    if (!answer) return answer.error();
    return vnpost::places(answer.value(), scheme, level, parent);
  }

  base::Result<std::vector<FeeOffer>> quote(const ShipmentRequest& request) override {
    if (const auto problem = problem_with(request, Purpose::quote)) return *problem;
    const auto answer = client_.charges(charge_body(request, options_.contract));
    if (!answer) return without_people(answer.error(), request);
    return offers(answer.value());
  }

  base::Result<Booking> create(const ShipmentRequest& request) override {
    if (const auto problem = problem_with(request, Purpose::create)) return *problem;
    if (request.fee_payer == FeePayer::receiver) {
      return invalid("the receiver cannot pay the fee; put it into cod");
    }
    const auto answer = client_.create(create_body(request, options_.contract));
    if (!answer) return without_people(answer.error(), request);
    return booking(answer.value());
  }

  base::Result<std::optional<Booking>> find(const std::string& reference,
                                            base::Instant since) override {
    const auto until = clock_.now() + std::chrono::hours{24};
    std::vector<common::Json> ours;
    for (std::size_t page = 0; page < kPagesMax; ++page) {
      const auto answer = client_.orders(since, until, page);
      if (!answer) return answer.error();
      const auto rows = parcels(answer.value());
      for (const auto& row : rows) {
        if (common::text(row, "saleOrderCode") == reference) ours.push_back(row);
      }
      if (rows.size() < kPageRows) return booked_under(reference, ours, options_.scale);
    }
    return Error{ErrorCode::protocol, "VNPost: the list of parcels does not end", {}, {}};
  }

  base::Result<Cancellation> cancel(const Booking& booked, const std::string&) override {
    auto row = client_.order(booked.tracking_no);
    if (!row) return row.error();
    const auto rows = parcels(row.value());
    if (rows.empty()) {
      return Error{ErrorCode::not_found, "VNPost: there is no such parcel", {}, {}};
    }
    const auto code = common::text(rows.front(), "status");
    if (state_of(code, options_.scale) == catalog::ShipmentState::cancelled) {
      return Cancellation::done;
    }
    const auto id = common::text(rows.front(), "orderHdrID");
    const auto answer = client_.cancel(id.empty() ? booked.remote_id : id);
    if (!answer) return answer.error();
    return cancellation(answer.value());
  }

  base::Result<Label> label(const std::string& tracking_no) override {
    const auto answer = client_.labels(tracking_no);
    if (!answer) return answer.error();
    return label_of(answer.value());
  }

  base::Result<std::vector<catalog::ShipmentEvent>> status(
      const std::string& tracking_no) override {
    const auto answer = client_.history(tracking_no);
    if (!answer) return answer.error();
    return history(answer.value(), tracking_no, options_.scale);
  }

  base::Status repeat_callbacks(const std::string&) override {
    return invalid("callbacks cannot be asked for again; ask for the status");
  }

  base::Result<CallbackReading> read_callback(const WebhookRequest& callback) const override {
    const auto body = common::parse_json(callback.body, kWebhookBytesMax);
    if (!body) return body.error();
    const auto text = signed_text(body.value());
    const auto signature = common::text(body.value(), "signature");
    if (text.empty() || !verifies(options_.public_key, text, signature)) {
      return Error{ErrorCode::unauthorized, "VNPost: the callback's signature is wrong", {}, {}};
    }
    return read_message(body.value(), options_.scale);
  }

 private:
  const Options options_;
  base::Clock& clock_;
  Client client_;
};

}  // namespace

base::Result<std::unique_ptr<Carrier>> make(const Settings& settings,
                                            const Environment& environment) {
  const auto options = read_options(settings);
  if (!options) return options.error();
  auto made = std::make_unique<Vnpost>(options.value(), environment);
  if (const auto usable = made->check(); !usable) return usable.error();
  return std::unique_ptr<Carrier>{std::move(made)};
}

}  // namespace connectors::carriers::vnpost
