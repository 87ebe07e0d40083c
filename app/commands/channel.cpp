#include <algorithm>

#include "app/commands/commands.h"
#include "app/commands/support.h"
#include "app/errors.h"
#include "base/time_text.h"
#include "connectors/consent.h"

namespace app {
namespace {

struct Tally {
  std::int64_t live = 0;
  std::int64_t waiting = 0;
  std::int64_t held = 0;
  std::int64_t differing = 0;
};

Tally count(jobs::Tables& tables, const catalog::AccountId& account) {
  Tally tally;
  tables.catalog.listings.for_each_listing(account, [&](const catalog::ListingView& view) {
    if (view.state == catalog::ListingState::live) ++tally.live;
    if (view.state == catalog::ListingState::held) ++tally.held;
    if (view.state == catalog::ListingState::wanted ||
        view.state == catalog::ListingState::declared ||
        view.state == catalog::ListingState::creating) {
      ++tally.waiting;
    }
    bool differs = false;
    catalog::differences(view, [&](const catalog::Difference&) { differs = true; });
    if (differs) ++tally.differing;
  });
  return tally;
}

constexpr std::int64_t kWarnDays[] = {1, 3, 7, 14, 30};

// Days until a person must let us in again; nothing: the channel has no such end.
std::optional<std::int64_t> access_days_left(Wiring& wiring, const catalog::AccountId& account) {
  const auto* channel = wiring.services().channel(account);
  auto* consent = channel == nullptr ? nullptr : channel->connector->consent();
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

int channel_list(Invocation& in) {
  ReadSession session(in);
  std::vector<cc::Json> list;
  std::vector<std::vector<std::string>> rows = {
      {in.out.pick("GIAN HÀNG", "SHOP"), in.out.pick("SÀN", "CHANNEL"),
       in.out.pick("TÌNH TRẠNG", "STATUS"), in.out.pick("ĐANG BÁN", "LIVE"),
       in.out.pick("CHỜ", "WAITING"), in.out.pick("GIỮ LẠI", "HELD"),
       in.out.pick("KHÁC BIỆT", "DIFFER"), in.out.pick("ĐƠN", "ORDERS"),
       in.out.pick("ĐƠN ĐỦ ĐẾN", "ORDERS COMPLETE TO"), in.out.pick("QUYỀN CÒN", "ACCESS LEFT")}};
  // Asked before the table is read: a session is read in a transaction of its own.
  std::map<catalog::AccountId, std::optional<std::int64_t>> days_left;
  for (const auto& channel : session.wiring().services().channels) {
    days_left[channel.account] = access_days_left(session.wiring(), channel.account);
  }
  session.store().read([&](jobs::Tables& tables) {
    for (const auto& account : tables.catalog.listings.accounts()) {
      const auto tally = count(tables, account.id);
      const auto mark = tables.cursors.mark(account.id);
      const auto orders = tables.catalog.orders.count(account.id);
      const auto days = days_left[account.id];
      rows.push_back({account.id.text, account.channel, std::string(to_string(account.status)),
                      std::to_string(tally.live), std::to_string(tally.waiting),
                      std::to_string(tally.held), std::to_string(tally.differing),
                      std::to_string(orders), mark ? base::local_minute(mark->through) : "-",
                      days ? std::to_string(*days) + in.out.pick(" ngày", " days") : "-"});
      list.push_back(cc::json_object(
          {{"account", cc::json_string(account.id.text)},
           {"channel", cc::json_string(account.channel)},
           {"status", cc::json_string(to_string(account.status))},
           {"live", cc::json_number(tally.live)},
           {"waiting", cc::json_number(tally.waiting)},
           {"held", cc::json_number(tally.held)},
           {"differing", cc::json_number(tally.differing)},
           {"orders", cc::json_number(orders)},
           {"access_days_left", days ? cc::json_number(*days) : cc::Json()},
           {"orders_complete_to", cc::json_string(mark ? base::utc_iso(mark->through) : "")}}));
    }
  });
  if (in.out.json()) {
    print_json(in, {{"channels", cc::json_array(std::move(list))}});
  } else {
    in.out.table(rows);
  }
  for (const auto& [account, days] : days_left) {
    if (days) warn_of_end(in, account.text, *days);
  }
  return exit_ok;
}

int channel_test(Invocation& in) {
  WriteSession session(in);
  int worst = exit_ok;
  std::vector<cc::Json> list;
  bool any = false;
  for (const auto& [account, reason] : session.wiring().broken()) {
    if (!in.words.empty() && in.word(0) != account) continue;
    any = true;
    in.out.problem(account + ": " + reason, account + ": " + reason);
    worst = exit_failed;
  }
  for (const auto& channel : session.wiring().services().channels) {
    if (!in.words.empty() && in.word(0) != channel.account.text) continue;
    any = true;
    base::Result<connectors::ShopInfo> shop = base::Error{};
    const bool asked =
        session.with_account(channel.account, [&] { shop = channel.connector->test(); });
    if (!asked) {
      in.out.problem("tiến trình nền đang dừng", "the daemon is stopping");
      return exit_failed;
    }
    if (shop) {
      if (!in.out.json()) in.out.line(channel.account.text + ": OK  " + shop.value().note);
    } else {
      say_error(in.out, {shop.error().code,
                         channel.account.text + ": " + shop.error().message,
                         {},
                         shop.error().vendor_code});
      worst = exit_for(shop.error().code);
    }
    list.push_back(cc::json_object(
        {{"account", cc::json_string(channel.account.text)},
         {"ok", cc::json_flag(shop.ok())},
         {"error", cc::json_string(shop ? "" : to_string(shop.error().code))},
         {"note", cc::json_string(shop ? shop.value().note : shop.error().message)}}));
  }
  if (!any) {
    in.out.problem("không có gian hàng " + in.word(0), "there is no shop " + in.word(0));
    return exit_failed;
  }
  if (in.out.json()) print_json(in, {{"channels", cc::json_array(std::move(list))}});
  return worst;
}

}  // namespace app
