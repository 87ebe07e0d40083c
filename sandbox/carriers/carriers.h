#pragma once
// The sign-in of the two carriers behind Voso and Postmart, with their own envelopes. Shipments are
// not simulated yet: every other path answers the carrier's "not supported" (sandbox/README.md).
#include <memory>

#include "sandbox/channel.h"
#include "sandbox/context.h"
#include "sandbox/credentials.h"

namespace sandbox {

std::unique_ptr<Channel> make_viettelpost(Context& context,
                                          const ViettelPostCredentials& credentials);
std::unique_ptr<Channel> make_vnpost(Context& context, const VnpostCredentials& credentials);

}  // namespace sandbox
