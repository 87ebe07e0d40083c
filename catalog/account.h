#pragma once
// One shop on one channel. A channel may have many accounts, a province many shops. A channel can
// be renamed or closed without code: `status` says so and the core plans around it.
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "catalog/ids.h"
#include "catalog/money.h"

namespace catalog {

enum class ChannelStatus { active, paused, renamed, closed };
std::string_view to_string(ChannelStatus status);
std::optional<ChannelStatus> channel_status_from(std::string_view text);

// Our price on the account's channel: markup for its fees, then rounded up.
struct PriceRule {
  int markup_permille = 0;       // 1/1000 of the base price added
  std::int64_t round_up_to = 1;  // đồng: 500, 1 000 …
  int jump_percent_max = 60;     // a larger change is held for a person

  bool operator==(const PriceRule&) const = default;
};
Money price_on(const PriceRule& rule, Money base_price);

struct Account {
  AccountId id;
  std::string channel;  // "provincial", "voso", "postmart", "lazada", "shopee"
  std::string shop_name;
  ChannelStatus status = ChannelStatus::active;
  PriceRule price_rule;
  int share_weight = 1;  // of guarded stock, against the other accounts

  bool operator==(const Account&) const = default;
};

}  // namespace catalog
