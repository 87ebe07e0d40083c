#include <stdlib.h>

#include <filesystem>

#include "app/commands/commands.h"
#include "app/commands/support.h"

namespace app {
namespace {

namespace fs = std::filesystem;

// A folder for a database that is thrown away.
class ScratchFolder {
 public:
  ScratchFolder() {
    auto pattern = (fs::temp_directory_path() / "nongsan-check-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("cannot make " + pattern);
    path_ = pattern;
  }
  ~ScratchFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

// The same settings on an empty database: nothing is written, and a running daemon, which holds the
// real one, is in nobody's way.
config::Settings on_scratch(const config::Settings& settings, const ScratchFolder& scratch) {
  auto entries = settings.entries();
  entries["database"].value = (scratch.path() / "check.db").string();
  if (!fs::exists(settings.text("key_file"))) {
    entries["key_file"].value = (scratch.path() / "check.key").string();
  }
  return config::Settings(std::move(entries));
}

}  // namespace

int config_check(Invocation& in) {
  const auto folder = fs::absolute(in.settings.text("database")).parent_path();
  if (!fs::is_directory(folder)) {
    in.out.problem("không có thư mục " + folder.string() + " cho cơ sở dữ liệu",
                   "there is no folder " + folder.string() + " for the database");
    return exit_failed;
  }
  const ScratchFolder scratch;
  SyncObserver observer(in.out);
  Wiring wiring(on_scratch(in.settings, scratch), Access::read_write, observer);
  for (const auto& [account, reason] : wiring.broken()) {
    in.out.problem(account + ": " + reason, account + ": " + reason);
  }
  for (const auto& channel : wiring.services().channels) {
    in.out.line(channel.account.text + ": OK");
  }
  for (const auto& carrier : wiring.services().carriers) in.out.line(carrier.id.text + ": OK");
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
    print_json(in, members);
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
