#pragma once
// MyVNPost's shapes and ours, both ways. Pure; nothing here throws. Threads: safe.
//
// Places are codes, texts with leading zeros; a two-level address has the district "VNPOST". The
// weight is text. Collection and declared value are add-on services. Times are dd/MM/yyyy HH:mm:ss,
// dd-MM-yyyy or ISO without a zone, all +07:00.
// Errors: `protocol` for an answer without what it must hold; `unknown_outcome` for a create's.
// Source: public clients that quote my-uat.vnpost.vn/static, read 2026-11-24.
#include <optional>
#include <string>
#include <vector>

#include "connectors/carriers/carrier.h"
#include "connectors/common/json.h"

namespace connectors::carriers::vnpost {

// Two scales of states are in use at the same host; which account has which is not published.
enum class Scale { to_29, to_100 };

struct Contract {
  std::string customer_code;
  std::string contract_code;  // empty: none
  std::string service;        // of a create that names none
};

common::Json charge_body(const ShipmentRequest& request, const Contract& contract);
common::Json create_body(const ShipmentRequest& request, const Contract& contract);

base::Result<std::vector<FeeOffer>> offers(const common::Json& answer);
base::Result<Booking> booking(const common::Json& answer);
// The parcels of getOrder, [{"results":[…]}], and of GetListOrder, {"results":[…]}.
std::vector<common::Json> parcels(const common::Json& answer);
// The parcel under our reference: one that was not cancelled when there is one.
std::optional<Booking> booked_under(const std::string& reference,
                                    const std::vector<common::Json>& rows, Scale scale);
std::vector<Place> places(const common::Json& answer, PlaceScheme scheme, PlaceLevel level,
                          const std::string& parent);
base::Result<Label> label_of(const common::Json& answer);

catalog::ShipmentState state_of(std::string_view code, Scale scale);
// GetStatusHistoryOrder, oldest first; rows without a readable time are left out.
std::vector<catalog::ShipmentEvent> history(const common::Json& answer,
                                            const std::string& tracking_no, Scale scale);
// What is signed, and the event of the one order that is: a message may hold more.
std::string signed_text(const common::Json& message);
base::Result<CallbackReading> read_message(const common::Json& message, Scale scale);

}  // namespace connectors::carriers::vnpost
