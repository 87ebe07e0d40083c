#pragma once
// The one place where a command's exceptions become a sentence and an exit code.
#include "app/cli.h"
#include "base/error.h"

namespace app {

int run_guarded(Invocation& invocation, const Command& command);
int exit_for(base::ErrorCode code);
// The error in plain words, both languages.
void say_error(Output& out, const base::Error& error);

}  // namespace app
