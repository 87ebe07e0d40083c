#pragma once
// The two carriers behind Voso and Postmart: sign-in and place lists, with their own envelopes.
// Shipments are not simulated yet: every other documented path answers the carrier's own "not
// supported" (sandbox/README.md). Nothing is listed or sold there. Threads: safe.
// Source: public clients of both partner APIs; the vendors' pages are not public.
#include <memory>

#include "sandbox/channel.h"
#include "sandbox/context.h"
#include "sandbox/credentials.h"

namespace sandbox {

std::unique_ptr<Channel> make_viettelpost(Context& context,
                                          const ViettelPostCredentials& credentials);
std::unique_ptr<Channel> make_vnpost(Context& context, const VnpostCredentials& credentials);

}  // namespace sandbox
