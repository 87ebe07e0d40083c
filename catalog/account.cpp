#include "catalog/account.h"

#include "base/enum_names.h"

namespace catalog {
namespace {

constexpr base::EnumNames<ChannelStatus, 4> kStatuses{{{
    {ChannelStatus::active, "active"},
    {ChannelStatus::paused, "paused"},
    {ChannelStatus::renamed, "renamed"},
    {ChannelStatus::closed, "closed"},
}}};

}  // namespace

std::string_view to_string(ChannelStatus value) {
  return kStatuses.name(value);
}
std::optional<ChannelStatus> channel_status_from(std::string_view text) {
  return kStatuses.value(text);
}

Money price_on(const PriceRule& rule, Money base_price) {
  constexpr std::int64_t kPermille = 1000;
  const auto marked_up =
      base_price.minor + (base_price.minor * rule.markup_permille + kPermille / 2) / kPermille;
  const auto step = rule.round_up_to > 0 ? rule.round_up_to : 1;
  return {(marked_up + step - 1) / step * step, base_price.currency};
}

}  // namespace catalog
