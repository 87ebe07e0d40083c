#pragma once
// One function per kind of work. Each is safe to run twice: what it did is in the store, what it
// sends is read there at send time. A handler returns what becomes of its job; it never throws for
// a channel's sake (the store may throw, the worker loop catches).
#include "jobs/retry_policy.h"
#include "jobs/services.h"

namespace jobs {

Outcome run_pull_orders(JobContext& context, RetryPolicy& policy);
Outcome run_push_stock(JobContext& context, RetryPolicy& policy);
Outcome run_push_prices(JobContext& context, RetryPolicy& policy);
Outcome run_publish_listings(JobContext& context, RetryPolicy& policy);
Outcome run_read_back(JobContext& context, RetryPolicy& policy);
Outcome run_reconcile(JobContext& context, RetryPolicy& policy);
Outcome run_fetch_order(JobContext& context, RetryPolicy& policy);
Outcome run_fulfil_order(JobContext& context, RetryPolicy& policy);
Outcome run_push_featured(JobContext& context, RetryPolicy& policy);
Outcome run_pull_returns(JobContext& context, RetryPolicy& policy);
Outcome run_pull_settlements(JobContext& context, RetryPolicy& policy);
Outcome run_check_maps(JobContext& context, RetryPolicy& policy);
Outcome run_adopt(JobContext& context, RetryPolicy& policy);
// Publishing, stock and prices of a channel that people type into: one worksheet.
Outcome run_declare_worksheet(JobContext& context, RetryPolicy& policy);

// Of a carrier's account.
Outcome run_ship_parcel(CarrierContext& context, RetryPolicy& policy);
Outcome run_follow_parcels(CarrierContext& context, RetryPolicy& policy);

// Picks the function for the job's kind and the channel's way of delivery.
Outcome run_job(JobContext& context, RetryPolicy& policy);
Outcome run_carrier_job(CarrierContext& context, RetryPolicy& policy);

}  // namespace jobs
