#pragma once
// The command line: words, options and the table of commands. One file in app/commands/ per command
// group; each is registered by one line in commands.cpp.
//
// Exit codes: 0 ok, 1 failed, 2 usage, 3 partly done, 4 sign-in needed, 5 locked or conflict,
// 6 channel unreachable, 10 differences found (diff --exit-code), 130 interrupted.
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/exits.h"
#include "app/output.h"
#include "config/settings.h"

namespace app {

struct Host;

struct Invocation {
  std::vector<std::string> words;              // after the command's own
  std::map<std::string, std::string> options;  // "account" -> "shopee"; a switch has ""
  config::Settings settings;
  Output& out;
  Host* host = nullptr;  // the daemon this runs in; null: a process of its own

  bool has(const std::string& name) const { return options.contains(name); }
  std::string option(const std::string& name, const std::string& fallback = "") const;
  std::string word(std::size_t at) const { return at < words.size() ? words[at] : ""; }
  bool dry_run() const { return has("dry-run"); }
};

struct Command {
  std::string path;      // "stock set"
  std::string operands;  // "POOL QUANTITY"
  std::size_t operands_min = 0;
  std::size_t operands_max = 0;
  std::vector<std::string> options;  // beside the global ones
  std::string summary_vi;
  std::string summary_en;
  std::vector<std::string> examples;
  int (*run)(Invocation&);
};

const std::vector<Command>& commands();

// Everything an option may be called, whether it takes a value, and what it means.
struct OptionHelp {
  std::string name;
  std::string value;  // "" for a switch
  std::string meaning_vi;
  std::string meaning_en;
};
const std::vector<OptionHelp>& option_table();
// --help, --config and the like, which every command takes.
bool is_global_option(const std::string& name);

const Command* command_named(const std::string& path);
// What is wrong with the words and options of a command, if anything.
struct Complaint {
  std::string vi;
  std::string en;
};
std::optional<Complaint> complaint(const Command& command, const std::vector<std::string>& words,
                                   const std::map<std::string, std::string>& options);

int run_command_line(int argc, char** argv, const std::vector<std::string>& environment);

}  // namespace app
