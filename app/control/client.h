#pragma once
// The command line's side of the socket: sends one request, hands on what the daemon says, and
// tells how it ended. SIGINT and SIGTERM end the wait, not the command.
// Errors: none thrown. Threads: one; it takes the two signals of the calling thread meanwhile.
#include <optional>
#include <string>

#include "app/control/frame.h"
#include "app/sink.h"

namespace app::control {

enum class End {
  finished,     // `code` is the command's
  lost,         // the daemon went away before the end: done or not, nobody knows
  interrupted,  // a signal here; the command goes on over there
  unreadable,   // what came is no frame
};

struct Answer {
  End end = End::finished;
  int code = 0;
};

// Nothing: nobody listens at `path`, or it may not be asked.
std::optional<Answer> ask(const std::string& path, const Request& request, Sink& sink);

}  // namespace app::control
