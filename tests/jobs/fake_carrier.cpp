#include "tests/jobs/fake_carrier.h"

#include <algorithm>

namespace jobs_test {
namespace {

namespace carriers = connectors::carriers;

std::optional<Trouble> take(std::optional<Trouble>& next) {
  auto trouble = next;
  if (next && --next->repeats <= 0) next.reset();
  return trouble;
}

}  // namespace

base::Result<carriers::Booking> FakeCarrier::create(const carriers::ShipmentRequest& request) {
  ++creates;
  const auto trouble = take(next_create);
  if (trouble && trouble->landing == Landing::never) {
    if (trouble->crash) throw Crash{};
    return trouble->error;
  }
  const bool refuses_twins = can.lookup == carriers::Lookup::by_callback;
  const auto there = std::find_if(made.begin(), made.end(), [&](const Made& parcel) {
    return parcel.reference == request.reference;
  });
  if (refuses_twins && there != made.end()) {
    return base::Error{base::ErrorCode::conflict, "it is there", {}, {}};
  }
  const auto number = "VN" + std::to_string(made.size() + 1);
  made.push_back({request.reference, number, request.receiver.phone, request.cod});
  if (while_creating) while_creating();
  if (trouble && trouble->crash) throw Crash{};
  if (trouble) return trouble->error;
  return carriers::Booking{number, "id-" + number, 28'000};
}

base::Result<std::optional<carriers::Booking>> FakeCarrier::find(const std::string& reference,
                                                                 base::Instant) {
  ++finds;
  for (const auto& parcel : made) {
    if (parcel.reference == reference) {
      return std::optional{carriers::Booking{parcel.number, "id-" + parcel.number, 28'000}};
    }
  }
  return std::optional<carriers::Booking>{};
}

base::Result<carriers::Cancellation> FakeCarrier::cancel(const carriers::Booking& booking,
                                                         const std::string&) {
  const auto trouble = take(next_cancel);
  if (trouble && trouble->landing == Landing::never) return trouble->error;
  for (auto& parcel : made) {
    if (parcel.number == booking.tracking_no) parcel.cancelled = true;
  }
  if (trouble && trouble->crash) throw Crash{};
  return carriers::Cancellation::done;
}

base::Result<std::vector<catalog::ShipmentEvent>> FakeCarrier::status(const std::string& number) {
  ++questions;
  return told[number];
}

base::Status FakeCarrier::repeat_callbacks(const std::string& number) {
  repeats.push_back(number);
  return base::Done{};
}

}  // namespace jobs_test
