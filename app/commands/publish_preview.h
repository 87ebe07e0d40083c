#pragma once
// `publish --dry-run`: what would be sent, and everything that would keep a channel from taking it,
// asked of the channel's own rules before anything is sent.
#include "app/cli.h"

namespace app {

// exit_ok, or exit_partly when some listing has a problem.
int preview_publish(Invocation& in);

}  // namespace app
