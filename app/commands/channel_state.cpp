#include "app/commands/channel_state.h"

#include <algorithm>

#include "base/time_text.h"
#include "connectors/consent.h"

namespace app {
namespace {

constexpr std::int64_t kWarnDays[] = {1, 3, 7, 14, 30};

void count_listings(jobs::Tables& tables, ChannelState& state) {
  tables.catalog.listings.for_each_listing(state.account.id, [&](const catalog::ListingView& view) {
    if (view.state == catalog::ListingState::live) ++state.live;
    if (view.state == catalog::ListingState::held) ++state.held;
    if (view.state == catalog::ListingState::wanted ||
        view.state == catalog::ListingState::declared ||
        view.state == catalog::ListingState::creating) {
      ++state.waiting;
    }
    bool differs = false;
    catalog::differences(view, [&](const catalog::Difference&) { differs = true; });
    if (differs) ++state.differing;
  });
}

// Days until a person must let us in again.
std::optional<std::int64_t> access_days_left(Wiring& wiring, const jobs::Channel& channel) {
  auto* consent = channel.connector->consent();
  const auto state = consent == nullptr ? std::nullopt : consent->state();
  if (!state) return std::nullopt;
  auto ends = state->renewal_ends;
  if (state->consent_ends) ends = std::min(ends, *state->consent_ends);
  return std::chrono::floor<std::chrono::days>(ends - wiring.clock().now()).count();
}

// One warning, at the nearest of the marks that is passed.
void warn_of_end(Invocation& in, const std::string& account, std::int64_t days) {
  for (const auto mark : kWarnDays) {
    if (days > mark) continue;
    const auto left = std::to_string(std::max<std::int64_t>(days, 0));
    in.out.say(
        account + ": quyền truy cập còn " + left + " ngày; hãy chạy nongsan channel connect " +
            account,
        account + ": access ends in " + left + " days; run nongsan channel connect " + account);
    return;
  }
}

}  // namespace

std::int64_t confirm_within_days(const Invocation& in) {
  const auto days = in.settings.number("confirm_within_days", 0, 365);
  if (!days) throw std::runtime_error(days.error().message);
  return days.value();
}

std::int64_t days_since(base::Instant at, base::Instant now) {
  return std::chrono::floor<std::chrono::days>(now - at).count();
}

std::vector<ChannelState> channel_states(Invocation& in, ReadSession& session) {
  const auto patience = confirm_within_days(in);
  const auto now = session.wiring().clock().now();
  // Asked before the tables are read: a session is read in a transaction of its own.
  std::map<catalog::AccountId, std::optional<std::int64_t>> days_left;
  for (const auto& channel : session.wiring().services().channels) {
    days_left[channel.account] = access_days_left(session.wiring(), channel);
  }
  std::vector<ChannelState> out;
  session.store().read([&](jobs::Tables& tables) {
    out.clear();
    const auto buckets = tables.pace.buckets();
    for (auto& account : tables.catalog.listings.accounts()) {
      ChannelState state;
      state.account = std::move(account);
      const auto& id = state.account.id;
      count_listings(tables, state);
      state.orders = tables.catalog.orders.count(id);
      if (const auto mark = tables.cursors.mark(id)) state.orders_through = mark->through;
      state.access_days_left = days_left[id];
      state.pace_percent = pace_percent(buckets, id.text);
      state.breakers = tables.pace.breakers(id);
      state.unconfirmed = jobs::unconfirmed_rows(tables, id);
      state.overdue = std::count_if(
          state.unconfirmed.begin(), state.unconfirmed.end(),
          [&](const auto& row) { return now - row.declared_at > std::chrono::days{patience}; });
      out.push_back(std::move(state));
    }
  });
  return out;
}

cc::Json to_json(const ChannelState& state, base::Instant now) {
  const auto days = state.access_days_left;
  return cc::json_object(
      {{"account", cc::json_string(state.account.id.text)},
       {"channel", cc::json_string(state.account.channel)},
       {"status", cc::json_string(to_string(state.account.status))},
       {"live", cc::json_number(state.live)},
       {"waiting", cc::json_number(state.waiting)},
       {"held", cc::json_number(state.held)},
       {"differing", cc::json_number(state.differing)},
       {"unconfirmed", cc::json_number(static_cast<std::int64_t>(state.unconfirmed.size()))},
       {"overdue", cc::json_number(state.overdue)},
       {"orders", cc::json_number(state.orders)},
       {"access_days_left", days ? cc::json_number(*days) : cc::Json()},
       {"pace_percent", cc::json_number(state.pace_percent)},
       {"breakers", breakers_json(state.breakers, now)},
       {"orders_complete_to",
        cc::json_string(state.orders_through ? base::utc_iso(*state.orders_through) : "")}});
}

void show_table(Invocation& in, const std::vector<ChannelState>& states) {
  std::vector<std::vector<std::string>> rows = {
      {in.out.pick("GIAN HÀNG", "SHOP"), in.out.pick("SÀN", "CHANNEL"),
       in.out.pick("TÌNH TRẠNG", "STATUS"), in.out.pick("ĐANG BÁN", "LIVE"),
       in.out.pick("CHỜ", "WAITING"), in.out.pick("GIỮ LẠI", "HELD"),
       in.out.pick("KHÁC BIỆT", "DIFFER"), in.out.pick("CHƯA XÁC NHẬN", "UNCONFIRMED"),
       in.out.pick("ĐƠN", "ORDERS"), in.out.pick("ĐƠN ĐỦ ĐẾN", "ORDERS COMPLETE TO"),
       in.out.pick("QUYỀN CÒN", "ACCESS LEFT"), in.out.pick("NHỊP GỌI", "PACE")}};
  for (const auto& state : states) {
    auto unconfirmed = std::to_string(state.unconfirmed.size());
    if (state.overdue > 0) {
      unconfirmed += " (" + std::to_string(state.overdue) + in.out.pick(" quá hạn)", " overdue)");
    }
    rows.push_back(
        {state.account.id.text, state.account.channel, std::string(to_string(state.account.status)),
         std::to_string(state.live), std::to_string(state.waiting), std::to_string(state.held),
         std::to_string(state.differing), std::move(unconfirmed), std::to_string(state.orders),
         state.orders_through ? base::local_minute(*state.orders_through) : "-",
         state.access_days_left
             ? std::to_string(*state.access_days_left) + in.out.pick(" ngày", " days")
             : "-",
         pace_words(in, state.breakers, state.pace_percent)});
  }
  in.out.table(rows);
}

void warn(Invocation& in, const std::vector<ChannelState>& states, base::Instant now) {
  const auto days = std::to_string(confirm_within_days(in));
  for (const auto& state : states) {
    const auto& name = state.account.id.text;
    if (state.access_days_left) warn_of_end(in, name, *state.access_days_left);
    tell_of_breakers(in, name, state.breakers, now);
    if (state.overdue == 0) continue;
    const auto rows = std::to_string(state.overdue);
    in.out.say(name + ": " + rows + " dòng phiếu chưa ai xác nhận quá " + days +
                   " ngày; nongsan worksheet status " + name,
               name + ": " + rows + " worksheet rows unconfirmed for more than " + days +
                   " days; nongsan worksheet status " + name);
  }
}

}  // namespace app
