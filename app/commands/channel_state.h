#pragma once
// How every shop is, as `channel list` and `report status` tell it. Threads: one.
#include <optional>
#include <string>
#include <vector>

#include "app/commands/channel_pace.h"
#include "app/commands/support.h"
#include "jobs/worksheets.h"

namespace app {

struct ChannelState {
  catalog::Account account;
  std::int64_t live = 0;
  std::int64_t waiting = 0;
  std::int64_t held = 0;
  std::int64_t differing = 0;
  std::int64_t orders = 0;
  std::optional<base::Instant> orders_through;
  std::optional<std::int64_t> access_days_left;  // nothing: the channel has no such end
  std::vector<jobs::UnconfirmedRow> unconfirmed;
  std::int64_t overdue = 0;  // of those, declared longer ago than confirm_within_days
  int pace_percent = 100;    // of the configured rate of calls
  Breakers breakers;
};

std::vector<ChannelState> channel_states(Invocation& in, ReadSession& session);
cc::Json to_json(const ChannelState& state, base::Instant now);
void show_table(Invocation& in, const std::vector<ChannelState>& states);
// What a person must know or do soon: sign in again, type in what was declared, a channel that does
// not answer.
void warn(Invocation& in, const std::vector<ChannelState>& states, base::Instant now);

std::int64_t confirm_within_days(const Invocation& in);
std::int64_t days_since(base::Instant at, base::Instant now);

}  // namespace app
