#include "app/commands/channel_state.h"
#include "app/commands/commands.h"
#include "app/commands/support.h"
#include "app/errors.h"

namespace app {

int channel_list(Invocation& in) {
  ReadSession session(in);
  const auto states = channel_states(in, session);
  const auto now = session.wiring().clock().now();
  if (in.out.json()) {
    std::vector<cc::Json> list;
    for (const auto& state : states) list.push_back(to_json(state, now));
    print_json(in, {{"channels", cc::json_array(std::move(list))}});
  } else {
    show_table(in, states);
  }
  warn(in, states, now);
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
