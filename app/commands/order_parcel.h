#pragma once
// The parcel of an order at a carrier of our own: asked for, labelled, cancelled, shown. A request
// is in the store before the carrier hears of it; the job of the parcel does the rest. Threads:
// one.
#include <optional>
#include <vector>

#include "app/commands/support.h"
#include "catalog/carrier_request.h"

namespace app {

struct ShownParcel {
  catalog::Shipment shipment;
  catalog::CarrierRequest request;
};

// --carrier names an account at a carrier, and no number of another one is given.
bool wants_carrier(const Invocation& in);
int ship_with_carrier(Invocation& in);

// The newest parcel of the order in words 0 and 1 that is neither refused nor cancelled.
std::optional<ShownParcel> parcel_of_order(Invocation& in);
std::vector<ShownParcel> parcels_of_order(jobs::Tables& tables, const catalog::AccountId& account,
                                          const std::string& order);
int label_parcel(Invocation& in, const ShownParcel& parcel);
// Asks the carrier to take the parcel back; exit_ok when it did, or waits for approval.
int cancel_parcel(Invocation& in, const ShownParcel& parcel);

cc::Json to_json(const ShownParcel& parcel);
// "NS-1a2b  Viettel Post 103…  delivering 24/11/2026 08:02"
std::string one_line(Invocation& in, const ShownParcel& parcel);
void show_history(Invocation& in, const ShownParcel& parcel);

}  // namespace app
