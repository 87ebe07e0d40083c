#pragma once
// Steps of `channel connect`. Private to this folder. Threads: one.
#include "app/cli.h"

namespace app {

// Listens on this machine for the browser, then spends the code it brings.
int connect_listening(Invocation& in);

}  // namespace app
