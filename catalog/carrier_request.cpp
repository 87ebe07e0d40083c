#include "catalog/carrier_request.h"

#include "base/enum_names.h"

namespace catalog {
namespace {

constexpr base::EnumNames<BookingState, 4> kBookings{{{
    {BookingState::asked, "asked"},
    {BookingState::sent, "sent"},
    {BookingState::booked, "booked"},
    {BookingState::refused, "refused"},
}}};
constexpr base::EnumNames<CancelState, 5> kCancels{{{
    {CancelState::none, "none"},
    {CancelState::asked, "asked"},
    {CancelState::awaiting, "awaiting"},
    {CancelState::done, "done"},
    {CancelState::refused, "refused"},
}}};

}  // namespace

std::string_view to_string(BookingState state) {
  return kBookings.name(state);
}
std::optional<BookingState> booking_state_from(std::string_view text) {
  return kBookings.value(text);
}
std::string_view to_string(CancelState state) {
  return kCancels.name(state);
}
std::optional<CancelState> cancel_state_from(std::string_view text) {
  return kCancels.value(text);
}

}  // namespace catalog
