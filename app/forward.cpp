#include "app/forward.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <sstream>

#include "app/control/client.h"

namespace app {
namespace {

constexpr std::array<std::string_view, 2> kPathNames = {"PATH", "FILE"};

// "[FILE...]" is a file too.
bool names_path(std::string operand) {
  std::erase_if(operand, [](char c) { return c == '[' || c == ']' || c == '.'; });
  return std::find(kPathNames.begin(), kPathNames.end(), operand) != kPathNames.end();
}

std::string absolute(const std::string& path) {
  std::error_code failure;
  const auto whole = std::filesystem::absolute(path, failure);
  return failure ? path : whole.string();
}

bool option_takes_path(const std::string& name) {
  for (const auto& option : option_table()) {
    if (option.name == name) return names_path(option.value);
  }
  return false;
}

}  // namespace

std::string socket_path(const config::Settings& settings) {
  return settings.text("database") + ".sock";
}

control::Request request_for(const Command& command, const std::vector<std::string>& words,
                             const std::map<std::string, std::string>& options) {
  control::Request request;
  request.command = command.path;
  std::istringstream operands(command.operands);
  std::string operand;
  for (const auto& word : words) {
    operands >> operand;  // the last one goes on for all that follow
    request.words.push_back(names_path(operand) ? absolute(word) : word);
  }
  for (const auto& [name, value] : options) {
    if (is_global_option(name)) continue;
    request.options[name] = option_takes_path(name) ? absolute(value) : value;
  }
  return request;
}

std::optional<int> forward(const std::string& socket, control::Request request, Output& out,
                           Sink& sink) {
  request.lang = out.lang() == Lang::en ? "en" : "vi";
  request.json = out.json();
  request.terminal = out.terminal() == Terminal::yes;
  const auto answer = control::ask(socket, request, sink);
  if (!answer) return std::nullopt;
  switch (answer->end) {
    case control::End::finished:
      return answer->code;
    case control::End::interrupted:
      out.say("đã ngắt; lệnh vẫn chạy tiếp trong tiến trình nền",
              "interrupted; the command goes on in the daemon");
      return exit_interrupted;
    case control::End::lost:
      out.problem("tiến trình nền đã dừng trước khi lệnh xong; hãy xem lại rồi chạy lại",
                  "the daemon ended before the command was done; look, then run it again");
      return exit_failed;
    case control::End::unreadable:
      break;
  }
  out.problem("không đọc được lời của tiến trình nền", "cannot read what the daemon says");
  return exit_failed;
}

}  // namespace app
