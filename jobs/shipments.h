#pragma once
// What becomes known of a parcel, taken into the book: its number, its states, and what they mean
// for the order. Used by the job that books, by the one that asks, and by whoever takes callbacks.
// All of it in the caller's transaction.
//
// What a parcel means for its order:
//   - a channel that people type into: its own export may be days late, so the parcel moves the
//     order forward. Fetched: shipped (the goods leave the books), delivered: delivered, returned:
//     returned. Never `completed`: that the money is settled only the channel can say. A returned
//     parcel puts nothing back into stock: a person looks at the goods first.
//   - a channel with an API: the book follows the channel. It is told the tracking number once
//     (where it takes one), and nothing of ours moves its orders.
//   - a parcel that is lost, cancelled or held moves no order.
#include <string>

#include "catalog/shipment.h"
#include "jobs/services.h"

namespace jobs {

// Applies one message; heard before, or about no parcel of ours: none.
catalog::ShipmentChange hear(Tables& tables, const Services& services,
                             const CarrierAccount& account, const catalog::ShipmentEvent& event,
                             base::Instant now);

// The carrier has the parcel: what it answered goes into the book and the buyer's data out of it;
// the shop's channel is told where it takes a tracking number.
void note_booking(Tables& tables, const Services& services, const CarrierAccount& account,
                  catalog::Shipment& shipment, base::Instant now);

// A person's word on a held parcel. False: it is not held, or `state` is no end.
bool settle_shipment(Tables& tables, const Services& services, catalog::Shipment shipment,
                     catalog::ShipmentState state, std::string_view who, base::Instant now);

}  // namespace jobs
