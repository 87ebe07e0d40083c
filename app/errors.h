#pragma once
// The one place where a command's exceptions become a sentence and an exit code.
#include <functional>

#include "app/cli.h"
#include "base/error.h"

namespace app {

// `elsewhere` is tried when another process holds the database; nothing: it cannot be run there.
int run_guarded(Invocation& invocation, const Command& command,
                const std::function<std::optional<int>()>& elsewhere = {});
int exit_for(base::ErrorCode code);
// The error in plain words, both languages.
void say_error(Output& out, const base::Error& error);

}  // namespace app
