#pragma once
// The control API: how tests and demos drive the sandbox and read its truth (sandbox/README.md).
// Answers are JSON; errors are {"error","message"}. Nothing a client sends throws. Threads: safe.
#include "sandbox/world.h"

namespace sandbox {

server::http::Response control(World& world, const server::http::Request& request);

}  // namespace sandbox
