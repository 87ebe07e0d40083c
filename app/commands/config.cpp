#include "app/commands/commands.h"
#include "app/commands/support.h"

namespace app {

int config_check(Invocation& in) {
  SyncObserver observer(in.out);
  Wiring wiring(in.settings, Access::read_write, observer);
  for (const auto& [account, reason] : wiring.broken()) {
    in.out.problem(account + ": " + reason, account + ": " + reason);
  }
  for (const auto& channel : wiring.services().channels) {
    in.out.line(channel.account.text + ": OK");
  }
  return wiring.broken().empty() ? exit_ok : exit_failed;
}

int config_show(Invocation& in) {
  std::vector<std::pair<std::string, cc::Json>> members;
  std::vector<std::vector<std::string>> rows = {
      {in.out.pick("KHÓA", "KEY"), in.out.pick("GIÁ TRỊ", "VALUE")}};
  if (in.has("origin")) rows.front().push_back(in.out.pick("TỪ", "FROM"));
  for (const auto& [key, entry] : in.settings.entries()) {
    const auto value = config::is_secret(key) && !entry.value.empty() ? "***" : entry.value;
    rows.push_back({key, value});
    if (in.has("origin")) rows.back().push_back(entry.origin);
    members.emplace_back(key, cc::json_object({{"value", cc::json_string(value)},
                                               {"origin", cc::json_string(entry.origin)}}));
  }
  if (in.out.json()) {
    print_json(in, std::move(members));
  } else {
    in.out.table(rows);
  }
  return exit_ok;
}

int completion(Invocation& in) {
  if (!in.words.empty() && in.word(0) != "bash") {
    in.out.problem("chỉ có bash", "only bash is known");
    return exit_usage;
  }
  std::string words;
  for (const auto& command : commands()) {
    for (const auto& word : {command.path.substr(0, command.path.find(' ')),
                             command.path.substr(command.path.find(' ') + 1)}) {
      if ((" " + words + " ").find(" " + word + " ") == std::string::npos) {
        words += (words.empty() ? "" : " ") + word;
      }
    }
  }
  for (const auto& option : option_table()) words += " --" + option.name;
  in.out.line("complete -W \"" + words + "\" -o default nongsan");
  return exit_ok;
}

}  // namespace app
