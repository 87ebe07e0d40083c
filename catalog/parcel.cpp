#include "catalog/parcel.h"

#include "base/enum_names.h"

namespace catalog {
namespace {

constexpr base::EnumNames<OrderAction, 5> kActions{{{
    {OrderAction::ship, "ship"},
    {OrderAction::label, "label"},
    {OrderAction::cancel, "cancel"},
    {OrderAction::accept_cancellation, "accept_cancellation"},
    {OrderAction::refuse_cancellation, "refuse_cancellation"},
}}};
constexpr base::EnumNames<RequestState, 3> kStates{{{
    {RequestState::asked, "asked"},
    {RequestState::done, "done"},
    {RequestState::refused, "refused"},
}}};

}  // namespace

std::string_view to_string(OrderAction action) {
  return kActions.name(action);
}
std::optional<OrderAction> order_action_from(std::string_view text) {
  return kActions.value(text);
}
std::string_view to_string(RequestState state) {
  return kStates.name(state);
}
std::optional<RequestState> request_state_from(std::string_view text) {
  return kStates.value(text);
}

}  // namespace catalog
