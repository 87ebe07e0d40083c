#pragma once
// One batch run: enqueue, drain, summarise, exit code. Used by sync, publish and worksheet export.
// In the daemon its workers do the jobs, for a connector has one user at a time; the run waits
// until nothing that was due within --wait is left of the chosen accounts.
#include <functional>

#include "app/commands/support.h"
#include "jobs/engine.h"

namespace app {

// `before` runs in the transaction that enqueues the jobs.
int run_sync(Invocation& in, const std::vector<jobs::JobKind>& kinds,
             const std::function<int(jobs::Tables&)>& before);

}  // namespace app
