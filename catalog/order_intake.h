#pragma once
// One order, from any channel, into the catalogue: once, whatever the number of times it is seen.
//
// In the caller's transaction: the order and its lines, the reservation of the goods, the fall of
// the account's exposure, and an incident where goods were sold that no rule of ours accounts for.
// The caller replans the returned pools (catalog/stock_service.h) once per page.
#include <set>

#include "catalog/exposure.h"
#include "catalog/tables.h"

namespace catalog {

enum class Intake {
  inserted,
  advanced,  // forward: a later status, more packs cancelled
  unchanged,
  backward,  // older news than ours; kept as it was
};

enum class StockEffect { counted, none };

struct IntakeContext {
  base::Instant now;
  Restock restock = Restock::channel_adds_back;
  base::Millis clock_skew{0};
  base::Millis lag{0};
  // Orders up to then were all ingested; a new order created before (less lag) surfaced late.
  base::Instant ingested_through;
  StockEffect stock_effect = StockEffect::counted;  // none: explicit backfill
};

struct IntakeResult {
  Intake intake = Intake::unchanged;
  std::set<PoolId> pools;  // whose reserved amount changed
  int lines_without_sku = 0;
};

IntakeResult ingest(Tables& tables, Order order, const IntakeContext& context);

}  // namespace catalog
