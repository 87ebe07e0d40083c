#include "app/commands/channel_pace.h"

#include <algorithm>

#include "base/time_text.h"
#include "connectors/common/breaker.h"

namespace app {
namespace {

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

}  // namespace

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

}  // namespace app
