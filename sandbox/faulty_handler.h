#pragma once
// Puts the fault plan between a channel and the wire, the same for every channel. A call that a
// fault kept from the channel is counted apart, so that no load is lost from the truth.
#include "sandbox/channel.h"
#include "sandbox/context.h"

namespace sandbox {

// Serves one call through the plan. Everything named must outlive the returned handler; `unserved`
// may be null.
server::http::Handler with_faults(Channel& channel, Context& context, CallLog* unserved = nullptr);

// The calls of a channel's truth() and those that never reached it, as one: sums of totals, seconds
// and paths, and "faulted", how many were kept away.
void add_unserved(web::json::value& calls, const CallLog& unserved);

}  // namespace sandbox
