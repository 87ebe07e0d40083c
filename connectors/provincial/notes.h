#pragma once
// Notes on an order: what they say, and how one is found again. The buyer gets the tracking number
// as a note; why an order was cancelled is for the staff. A note has no key of its own, so its text
// is always the same for the same request, and is looked for before it is written. Pure; threads:
// safe. Source: WooCommerce REST API v3, "Order notes" (2026-11).
#include <string>
#include <string_view>

#include "base/result.h"
#include "connectors/common/json.h"
#include "connectors/fulfilment.h"

namespace connectors::provincial {

inline constexpr std::size_t kNoteWordBytesMax = 100;  // of a carrier or a tracking number

enum class Reader { buyer, staff };

// Empty: neither a carrier nor a number was named. `rejected`: what cannot stand in a note.
base::Result<std::string> tracking_note(const ShipRequest& request);
std::string cancel_note(CancelReason reason);
// Whether an answered note is this one; markup that a plug-in put around it does not count.
bool is_note(const common::Json& note, std::string_view text, Reader reader);

}  // namespace connectors::provincial
