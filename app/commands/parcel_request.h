#pragma once
// An order of ours as a carrier's shipment request: goods, weight and money from the order, the
// buyer from the command line (the book keeps no buyer), the sender from the settings. What is
// missing or impossible is said to the person. Threads: one.
//   --to FILE      lines of "name = …", "phone = …", "address = …", "ward = …"
//   --to-name, --to-phone, --to-address, --to-ward    the same; they win over the file
//   --weight       grams, or "5,2kg"; absent: the packs' packed weights
//   --cod          none, goods, total or an amount; absent: carrier.NAME.cod
#include <optional>
#include <string>

#include "app/commands/support.h"
#include "connectors/carriers/request_check.h"

namespace app {

struct ParcelRequest {
  catalog::Order order;
  connectors::carriers::ShipmentRequest request;  // without a reference
};

// A carrier that works; says why not.
const jobs::CarrierAccount* usable_carrier(Invocation& in, Wiring& wiring, const std::string& name);
std::optional<catalog::Order> order_named(Invocation& in, jobs::Store& store);
// May ask the carrier for its places; call it with the carrier's account held.
std::optional<ParcelRequest> parcel_request(Invocation& in, Wiring& wiring,
                                            const jobs::CarrierAccount& account,
                                            connectors::carriers::Purpose purpose);
// "09xx xxx 678": enough to know one's own again.
std::string masked_phone(const std::string& phone);

}  // namespace app
