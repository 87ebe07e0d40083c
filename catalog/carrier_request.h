#pragma once
// What we asked a carrier to do with one parcel, kept before anything leaves. The parcel itself,
// with what the carrier says of it, is catalog/shipment.h under the same (carrier, reference).
//
//   asked ──call about to leave──> sent ──answer──> booked
//                                    └──refusal──> refused   (asking again sends it again)
//
// From `sent` on a parcel may exist: the create is only ever repeated by create_once. A booked one
// may have no tracking number yet: its callback brings it. Threads: values.
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "catalog/ids.h"

namespace catalog {

enum class BookingState { asked, sent, booked, refused };
std::string_view to_string(BookingState state);
std::optional<BookingState> booking_state_from(std::string_view text);

enum class CancelState {
  none,
  asked,
  awaiting,  // the carrier has to approve; its state says when it has
  done,
  refused,
};
std::string_view to_string(CancelState state);
std::optional<CancelState> cancel_state_from(std::string_view text);

struct CarrierRequest {
  AccountId carrier;
  std::string reference;
  BookingState booking = BookingState::asked;
  CancelState cancel = CancelState::none;
  // The whole request with the buyer's name, phone and address, sealed; empty from the moment the
  // carrier has it or has refused it.
  std::string sealed;
  std::string problem;  // why it was refused, for people; never a buyer's data
  base::Instant asked_at;
  base::Instant followed_at;  // when the carrier was last asked about it; epoch: never

  bool operator==(const CarrierRequest&) const = default;
};

}  // namespace catalog
