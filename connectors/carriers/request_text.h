#pragma once
// A shipment request as one text and back, for keeping it (sealed) until its carrier has it: a
// repeated create must say the same as the first one did. The text holds people's names, phones and
// addresses: whoever keeps it seals it. Errors: protocol, for what is no such text. Threads: safe.
#include <string>
#include <string_view>

#include "connectors/carriers/carrier.h"

namespace connectors::carriers {

std::string to_text(const ShipmentRequest& request);
base::Result<ShipmentRequest> request_from(std::string_view text);

}  // namespace connectors::carriers
