#include "catalog/listing.h"

#include "base/enum_names.h"

namespace catalog {
namespace {

constexpr base::EnumNames<ListingState, 6> kStates{{{
    {ListingState::wanted, "wanted"},
    {ListingState::creating, "creating"},
    {ListingState::declared, "declared"},
    {ListingState::live, "live"},
    {ListingState::withdrawn, "withdrawn"},
    {ListingState::held, "held"},
}}};

}  // namespace

std::string_view to_string(ListingState value) {
  return kStates.name(value);
}
std::optional<ListingState> listing_state_from(std::string_view text) {
  return kStates.value(text);
}

}  // namespace catalog
