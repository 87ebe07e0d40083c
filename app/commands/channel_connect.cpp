// Letting us into a shop, and taking over what it holds already.
#include "app/commands/channel_steps.h"
#include "app/commands/commands.h"
#include "app/commands/sync_run.h"
#include "app/errors.h"
#include "base/time_text.h"
#include "connectors/consent.h"
#include "connectors/system_check.h"
#include "connectors/webhooks.h"
#include "server/http/server.h"

namespace app {
namespace {

constexpr const char* kRedirectDefault = "http://127.0.0.1/nongsan";

// "code=…&shop_id=…", or the whole address the browser ended at.
std::map<std::string, std::string> parameters_of(std::string_view answer) {
  if (const auto question = answer.find('?'); question != std::string_view::npos) {
    answer.remove_prefix(question + 1);
  }
  answer = answer.substr(0, answer.find('#'));
  std::map<std::string, std::string> out;
  for (const auto& [name, value] : server::http::parse_query(answer)) out[name] = value;
  return out;
}

const jobs::Channel* channel_named(Invocation& in, WriteSession& session) {
  const auto* channel = session.wiring().services().channel(catalog::AccountId{in.word(0)});
  if (channel != nullptr) return channel;
  const auto broken = session.wiring().broken().find(in.word(0));
  if (broken == session.wiring().broken().end()) {
    in.out.problem("không có gian hàng " + in.word(0), "there is no shop " + in.word(0));
  } else {
    in.out.problem(in.word(0) + ": " + broken->second, in.word(0) + ": " + broken->second);
  }
  return nullptr;
}

int show_pages(Invocation& in, connectors::Consent& consent) {
  const auto pages = consent.pages(in.option("redirect", kRedirectDefault));
  if (!pages) {
    say_error(in.out, pages.error());
    return exit_for(pages.error().code);
  }
  if (in.out.json()) {
    std::vector<cc::Json> list;
    for (const auto& page : pages.value()) {
      list.push_back(cc::json_object(
          {{"url", cc::json_string(page.url)}, {"label", cc::json_string(page.label)}}));
    }
    print_json(in, {{"pages", cc::json_array(std::move(list))}});
    return exit_ok;
  }
  in.out.say("Mở trang này, đăng nhập gian hàng và đồng ý:",
             "Open this page, sign in to the shop and agree:");
  for (const auto& page : pages.value()) in.out.line(page.label + "  " + page.url);
  in.out.say(
      "rồi: nongsan channel connect " + in.word(0) + " --answer \"<địa chỉ trình duyệt dừng lại>\"",
      "then: nongsan channel connect " + in.word(0) +
          " --answer \"<the address the browser ended at>\"");
  return exit_ok;
}

// A shop that needs no consent: whether it is set up so that goods can be sold there.
int check_system(Invocation& in, WriteSession& session, const jobs::Channel& channel,
                 connectors::SystemCheck& check) {
  base::Result<std::vector<connectors::Finding>> findings =
      base::Error{base::ErrorCode::unavailable, "the daemon is stopping", {}, {}};
  session.with_account(channel.account, [&] { findings = check.findings(); });
  if (!findings) {
    say_error(in.out, findings.error());
    return exit_for(findings.error().code);
  }
  int problems = 0;
  std::vector<cc::Json> list;
  std::vector<std::vector<std::string>> rows;
  for (const auto& [level, subject, vi, en] : findings.value()) {
    const bool bad = level == connectors::FindingLevel::problem;
    if (bad) ++problems;
    rows.push_back({bad                                          ? in.out.pick("SAI", "WRONG")
                    : level == connectors::FindingLevel::warning ? in.out.pick("lưu ý", "note")
                                                                 : "ok",
                    in.out.pick(vi, en)});
    list.push_back(cc::json_object({{"level", cc::json_string(to_string(level))},
                                    {"subject", cc::json_string(subject)},
                                    {"vi", cc::json_string(vi)},
                                    {"en", cc::json_string(en)}}));
  }
  if (in.out.json()) {
    print_json(in, {{"account", cc::json_string(in.word(0))},
                    {"ok", cc::json_flag(problems == 0)},
                    {"findings", cc::json_array(std::move(list))}});
  } else {
    in.out.table(rows);
  }
  return problems == 0 ? exit_ok : exit_failed;
}

}  // namespace

int channel_connect(Invocation& in) {
  // The daemon runs one command at a time: it does not wait for a person.
  if (in.has("listen") && !in.has("answer") && in.host == nullptr) return connect_listening(in);
  WriteSession session(in);
  const auto* channel = channel_named(in, session);
  if (channel == nullptr) return exit_failed;
  auto* consent = channel->connector->consent();
  auto* check = channel->connector->system_check();
  if (consent == nullptr && check != nullptr) return check_system(in, session, *channel, *check);
  if (consent == nullptr) {
    in.out.say(in.word(0) + ": sàn này không có trang xin phép; khóa nằm trong cấu hình",
               in.word(0) + ": this channel has no consent page; its keys are configuration");
    return exit_usage;
  }
  if (!in.has("answer")) return show_pages(in, *consent);
  base::Result<connectors::ShopInfo> shop =
      base::Error{base::ErrorCode::unavailable, "the daemon is stopping", {}, {}};
  session.with_account(channel->account,
                       [&] { shop = consent->redeem(parameters_of(in.option("answer"))); });
  if (!shop) {
    say_error(in.out, shop.error());
    return exit_for(shop.error().code);
  }
  const auto state = consent->state();
  const auto ends =
      state ? base::local_date(state->consent_ends.value_or(state->renewal_ends)) : "";
  if (in.out.json()) {
    print_json(in, {{"account", cc::json_string(in.word(0))},
                    {"shop", cc::json_string(shop.value().shop_name)},
                    {"remote_id", cc::json_string(shop.value().remote_id)},
                    {"access_ends", cc::json_string(ends)}});
  } else {
    in.out.line(in.word(0) + ": " + shop.value().shop_name + " (" + shop.value().remote_id + ")  " +
                ends);
  }
  return exit_ok;
}

int channel_subscribe(Invocation& in) {
  WriteSession session(in);
  const auto* channel = channel_named(in, session);
  if (channel == nullptr) return exit_failed;
  auto* port = channel->connector->webhooks();
  if (port == nullptr || channel->hook_url.empty()) {
    in.out.problem(in.word(0) + ": sàn không gửi tin, hoặc cấu hình thiếu hook_url",
                   in.word(0) + ": the channel sends no messages, or hook_url is not configured");
    return exit_usage;
  }
  if (in.dry_run()) {
    in.out.line(channel->hook_url);
    return exit_ok;
  }
  base::Status answer = base::Error{base::ErrorCode::unavailable, "the daemon is stopping", {}, {}};
  session.with_account(channel->account, [&] { answer = port->subscribe(channel->hook_url); });
  if (!answer) {
    say_error(in.out, answer.error());
    return exit_for(answer.error().code);
  }
  in.out.line(in.word(0) + ": " + channel->hook_url);
  return exit_ok;
}

int channel_adopt(Invocation& in) {
  const auto answer = in.option("match");
  const auto equals = answer.find('=');
  if (!answer.empty() &&
      (equals == 0 || equals == std::string::npos || equals + 1 == answer.size())) {
    in.out.problem("--match là MẶT_HÀNG=SKU hoặc MẶT_HÀNG/LOẠI=SKU",
                   "--match is ITEM=SKU or ITEM/UNIT=SKU");
    return exit_usage;
  }
  in.options["account"] = in.word(0);
  return run_sync(in, {{jobs::JobKind::adopt, answer}}, {});
}

int channel_maps(Invocation& in) {
  if (!in.words.empty()) in.options["account"] = in.word(0);
  return run_sync(in, {jobs::JobKind::check_maps}, {});
}

}  // namespace app
