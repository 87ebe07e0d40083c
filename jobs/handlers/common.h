#pragma once
// What handlers share: enqueueing follow-up work and reading the outcome of a write.
#include <set>

#include "catalog/exposure.h"
#include "jobs/services.h"

namespace jobs {

inline constexpr std::size_t kDirtyRowsMax = 5'000;
inline constexpr int kBatchesPerRunMax = 2'000;

void enqueue(Tables& tables, const Channel& channel, JobKind kind, base::Instant run_at,
             base::Instant now);

// What an error without a verdict of its own says about a write that was handed to the connector.
catalog::Answer answer_of(const base::Error& error);

// The pools that a variant's packs are made of.
std::set<catalog::PoolId> pools_of(Tables& tables, const catalog::Sku& sku);

// Applies every anchor of the account that ingestion has caught up with; replans and announces.
void finish_anchors(Tables& tables, const Channel& channel, base::Instant ingested_through,
                    base::Instant now);

struct Ingested {
  std::int64_t fresh = 0;           // orders that were not known
  std::set<catalog::PoolId> pools;  // to be planned anew by the caller
};
// Takes in the orders of one page. `through`: orders are complete up to there.
Ingested ingest_orders(Tables& tables, const Channel& channel,
                       const std::vector<catalog::Order>& orders, base::Instant through,
                       base::Instant now);

// The channel has given one of ours other ids. A write that the old ones were refused is due again.
void rebind(Tables& tables, const Channel& channel, const catalog::Sku& sku,
            const catalog::Binding& binding, base::Instant now);

// After a bound or a belief changed: marks the row for another push when it is not what we want.
void mark_if_off_target(Tables& tables, catalog::ListingStock& stock, base::Instant now);

}  // namespace jobs
