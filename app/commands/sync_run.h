#pragma once
// One batch run: enqueue, drain, summarise, exit code. Used by sync, publish and worksheet export.
// In the daemon its workers do the jobs, for a connector has one user at a time; the run waits
// until nothing that was due within --wait is left of the chosen accounts.
#include <functional>

#include "app/commands/support.h"
#include "jobs/engine.h"

namespace app {

// A job of every chosen account, or of one carrier; `subject` as in jobs::NewJob.
struct Errand {
  Errand(jobs::JobKind job_kind, std::string job_subject = {},  // a bare kind is an errand
         catalog::AccountId job_carrier = {})
      : kind(job_kind), subject(std::move(job_subject)), carrier(std::move(job_carrier)) {}
  jobs::JobKind kind;
  std::string subject;
  catalog::AccountId carrier;
};

enum class Summary { printed, left_to_caller };

// `before` runs in the transaction that enqueues the jobs.
int run_sync(Invocation& in, const std::vector<Errand>& errands,
             const std::function<int(jobs::Tables&)>& before, Summary summary = Summary::printed);

}  // namespace app
