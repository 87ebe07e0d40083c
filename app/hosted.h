#pragma once
// A command that the daemon runs for somebody: the same functions as on the command line, with the
// daemon's settings, store, connectors and workers.
#include "app/control/frame.h"
#include "app/host.h"
#include "app/sink.h"
#include "config/settings.h"

namespace app {

// Its exit code. What it throws becomes a sentence, as in a process of its own.
int run_hosted(const control::Request& request, Sink& sink, const config::Settings& settings,
               Host& host);

}  // namespace app
