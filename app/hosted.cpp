#include "app/hosted.h"

#include "app/cli.h"
#include "app/errors.h"
#include "base/log.h"

namespace app {
namespace {

struct Refusal {
  std::string command;
  std::string vi;
  std::string en;
};

// Commands that make no sense inside the daemon, and why.
const std::vector<Refusal>& refusals() {
  static const std::vector<Refusal> table = {
      {"serve", "tiến trình nền đã chạy với cơ sở dữ liệu này",
       "a daemon already runs with this database"},
      {"db migrate", "tiến trình nền đang mở cơ sở dữ liệu; hãy dừng nó rồi nâng cấp",
       "the daemon has the database open; stop it, then migrate"},
  };
  return table;
}

int run(const Command& command, Invocation& invocation) {
  for (const auto& refusal : refusals()) {
    if (refusal.command != command.path) continue;
    invocation.out.problem(refusal.vi, refusal.en);
    return exit_locked;
  }
  if (const auto wrong = complaint(command, invocation.words, invocation.options)) {
    invocation.out.problem(wrong->vi, wrong->en);
    return exit_usage;
  }
  return run_guarded(invocation, command);
}

}  // namespace

int run_hosted(const control::Request& request, Sink& sink, const config::Settings& settings,
               Host& host) {
  Output out(request.lang == "en" ? Lang::en : Lang::vi, request.json, sink,
             request.terminal ? Terminal::yes : Terminal::no);
  Invocation invocation{request.words, request.options, settings, out, &host};
  const auto* command = command_named(request.command);
  if (command == nullptr) {
    out.problem("tiến trình nền không biết lệnh \"" + request.command + "\"",
                "the daemon knows no command \"" + request.command + "\"");
    return exit_usage;
  }
  const int code = run(*command, invocation);
  base::log_event(base::Level::info, "command",
                  {{"command", command->path}, {"exit", static_cast<long long>(code)}});
  return code;
}

}  // namespace app
