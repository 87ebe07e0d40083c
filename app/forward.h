#pragma once
// A command that cannot have the database because the daemon has it is sent to the daemon.
#include <optional>
#include <string>

#include "app/cli.h"
#include "app/control/frame.h"

namespace app {

// The daemon's socket: "<database>.sock".
std::string socket_path(const config::Settings& settings);

// The command as it is sent. Files named in it are made absolute: the daemon works elsewhere.
control::Request request_for(const Command& command, const std::vector<std::string>& words,
                             const std::map<std::string, std::string>& options);

// Has the daemon run it, says what it says, and returns its exit code. Nothing: no daemon listens.
std::optional<int> forward(const std::string& socket, control::Request request, Output& out,
                           Sink& sink);

}  // namespace app
