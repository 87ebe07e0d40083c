#pragma once
// The two carriers behind Voso and Postmart, with their own envelopes: sign-in, place lists, fees,
// shipments, labels, cancellations and signed callbacks. Threads: safe.
//
// What the documents leave open is decided for the worse:
//   - Viettel Post makes a second parcel for the same ORDER_NUMBER unless CHECK_UNIQUE is true, and
//     nothing can be asked by that number; VNPost makes a second parcel in any case
//   - both cancel only before the goods were fetched; VNPost answers "02" (waits for approval,
//     which never comes) while they are under way
// Left out, answered with the carrier's own "not supported": VNPost's drafts and corrections,
// Viettel Post's free-text addresses, changes and stores; international parcels.
// Source: public clients of both partner APIs that quote the vendors' pages, read 2026-11-24; the
// texts of refusals are ours.
#include <memory>

#include "sandbox/carriers/carrier.h"
#include "sandbox/context.h"
#include "sandbox/credentials.h"

namespace sandbox {

std::unique_ptr<carriers::Carrier> make_viettelpost(Context& context,
                                                    const ViettelPostCredentials& credentials);
// Without a signing key in `credentials` its callbacks carry no signature.
std::unique_ptr<carriers::Carrier> make_vnpost(Context& context,
                                               const VnpostCredentials& credentials);

}  // namespace sandbox
