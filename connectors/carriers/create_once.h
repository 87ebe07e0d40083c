#pragma once
// One parcel per order, whatever is lost on the way: the policy around Carrier::create.
//
//   shipment.reference is stored, then:
//   auto booking = create_once(carrier, request, Attempt::first, now);
//   booking.error().code == unknown_outcome, unavailable, rate_limited: later, Attempt::again
//   booking.error().code == conflict: it exists; its number comes with the callback that names our
//                                     reference (Lookup::by_callback)
//
// by_reference: an attempt that may not be the first asks find() before it creates, and a lost
// answer is looked up at once. by_callback: the carrier itself refuses a second parcel for our
// reference, so that repeating is safe. Killed between create and the caller's own record: the next
// run is Attempt::again and finds the parcel. Nothing here throws. Threads: the carrier's.
#include "connectors/carriers/carrier.h"

namespace connectors::carriers {

enum class Attempt { first, again };

// How far back find() looks: longer than any retry of an order's job.
inline constexpr std::chrono::hours kLookBack{14 * 24};

base::Result<Booking> create_once(Carrier& carrier, const ShipmentRequest& request, Attempt attempt,
                                  base::Instant now);

}  // namespace connectors::carriers
