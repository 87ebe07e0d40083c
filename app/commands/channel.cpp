#include <algorithm>

#include "app/commands/commands.h"
#include "app/commands/support.h"
#include "app/errors.h"
#include "base/time_text.h"
#include "connectors/common/breaker.h"
#include "connectors/consent.h"

namespace app {
namespace {

using Breakers = std::vector<jobs::PaceTable::NamedBreaker>;

std::string_view name_of(cc::BreakerPhase phase) {
  if (phase == cc::BreakerPhase::closed) return "closed";
  return phase == cc::BreakerPhase::open ? "open" : "half_open";
}

// What a group of calls is called on the screen.
std::string words_of(const Invocation& in, const std::string& group) {
  struct Words {
    std::string_view group;
    const char* vi;
    const char* en;
  };
  constexpr Words kWords[] = {{"stock", "tồn kho", "stock"},
                              {"prices", "giá", "prices"},
                              {"listings", "tin đăng", "listings"},
                              {"pictures", "ảnh", "pictures"},
                              {"orders", "đơn hàng", "orders"},
                              {"parcels", "gói hàng", "parcels"},
                              {"after_sale", "đổi trả và tiền", "returns and money"},
                              {"access", "quyền truy cập", "access"},
                              {"shop", "gian hàng", "shop"}};
  for (const auto& words : kWords) {
    if (words.group == group) return in.out.pick(words.vi, words.en);
  }
  return group;
}

// The channel does not answer: what is left alone, until when, and that nothing is lost by it.
void tell_of_breakers(Invocation& in, const std::string& account, const Breakers& breakers,
                      base::Instant now) {
  for (const auto& [group, state] : breakers) {
    if (!state.open) continue;
    const auto what = account + " (" + words_of(in, group) + "): ";
    const auto when = base::local_minute(std::max(state.retry_at, now));
    in.out.say(what + "sàn không trả lời, tạm ngừng gọi, thử lại lúc " + when +
                   "; việc đang chờ, không mất gì",
               what + "the channel does not answer, left alone, next try at " + when +
                   "; the work waits, nothing is lost");
  }
}

cc::Json breakers_json(const Breakers& breakers, base::Instant now) {
  std::vector<cc::Json> list;
  for (const auto& [group, state] : breakers) {
    list.push_back(cc::json_object(
        {{"group", cc::json_string(group)},
         {"state", cc::json_string(name_of(cc::phase_of(state, now)))},
         {"retry_at", cc::json_string(state.open ? base::utc_iso(state.retry_at) : "")},
         {"reason", cc::json_string(state.reason)}}));
  }
  return cc::json_array(std::move(list));
}

// The least of what throttled answers have left of the configured rates, in percent.
int pace_percent(const std::vector<jobs::PaceTable::NamedBucket>& buckets,
                 const std::string& account) {
  int least = cc::kWholeRate;
  for (const auto& [name, state] : buckets) {
    const bool ours = name == "shop/" + account || name.starts_with("group/" + account + "/");
    if (ours) least = std::min(least, state.rate_permille);
  }
  return least * 100 / cc::kWholeRate;
}

std::string pace_words(const Invocation& in, const Breakers& breakers, int percent) {
  const bool open =
      std::any_of(breakers.begin(), breakers.end(), [](const auto& row) { return row.state.open; });
  if (open) return in.out.pick("tạm ngừng", "left alone");
  if (percent < 100) return std::to_string(percent) + " %";
  return in.out.pick("đủ", "full");
}

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
       in.out.pick("ĐƠN ĐỦ ĐẾN", "ORDERS COMPLETE TO"), in.out.pick("QUYỀN CÒN", "ACCESS LEFT"),
       in.out.pick("NHỊP GỌI", "PACE")}};
  // Asked before the table is read: a session is read in a transaction of its own.
  std::map<catalog::AccountId, std::optional<std::int64_t>> days_left;
  for (const auto& channel : session.wiring().services().channels) {
    days_left[channel.account] = access_days_left(session.wiring(), channel.account);
  }
  const auto now = session.wiring().clock().now();
  std::map<std::string, Breakers> breakers;
  session.store().read([&](jobs::Tables& tables) {
    const auto buckets = tables.pace.buckets();
    for (const auto& account : tables.catalog.listings.accounts()) {
      const auto& open = breakers[account.id.text] = tables.pace.breakers(account.id);
      const auto percent = pace_percent(buckets, account.id.text);
      const auto tally = count(tables, account.id);
      const auto mark = tables.cursors.mark(account.id);
      const auto orders = tables.catalog.orders.count(account.id);
      const auto days = days_left[account.id];
      rows.push_back({account.id.text, account.channel, std::string(to_string(account.status)),
                      std::to_string(tally.live), std::to_string(tally.waiting),
                      std::to_string(tally.held), std::to_string(tally.differing),
                      std::to_string(orders), mark ? base::local_minute(mark->through) : "-",
                      days ? std::to_string(*days) + in.out.pick(" ngày", " days") : "-",
                      pace_words(in, open, percent)});
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
           {"pace_percent", cc::json_number(percent)},
           {"breakers", breakers_json(open, now)},
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
  for (const auto& [account, open] : breakers) tell_of_breakers(in, account, open, now);
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
