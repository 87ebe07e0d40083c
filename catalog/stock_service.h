#pragma once
// The stock ledger and the plan that follows from it, over the ports of tables.h. Every function
// works inside the caller's transaction: movement, balance, lots, targets and the announcement
// commit together or not at all. Errors: what the tables throw. Threads: one per transaction.
#include <map>
#include <set>
#include <string>
#include <vector>

#include "catalog/stock_plan.h"
#include "catalog/tables.h"

namespace catalog {

// Every listing and pool that one change can reach: pools share variants, variants share pools.
struct PlanGroup {
  std::vector<PlannedListing> listings;
  PoolLoads loads;

  PlannedListing* find(const AccountId& account, const Sku& sku);
  // Packs that may be added to this listing's exposure; unlimited for a pooled variant.
  std::int64_t room_for(const PlannedListing& listing) const;
  // To be called when `listing.stock.exposure` grew or fell by `packs`.
  void exposure_changed(const PlannedListing& listing, std::int64_t packs);
};
inline constexpr std::size_t kPlanGroupListingsMax = 20'000;
// Throws std::runtime_error when a group is larger than kPlanGroupListingsMax.
PlanGroup load_group(Tables& tables, const std::set<PoolId>& pools, base::Instant now);

// Shares the goods of the pools out anew where the plan no longer stands, and announces it.
// Returns the number of listings whose target changed.
int replan(Tables& tables, const std::set<PoolId>& pools, base::Instant now);

struct LedgerEntry {
  PoolId pool;
  std::string source;
  std::string event_key;
  std::string actor;
  std::string note;
};
// Each returns false, and changes nothing, when the event is already in the ledger.
// Quantities are base units, > 0 but for set_on_hand (>= 0).
bool receive(Tables& tables, const LedgerEntry& entry, const Lot& lot, base::Instant now);
bool take(Tables& tables, const LedgerEntry& entry, std::int64_t quantity, base::Instant now);
bool set_on_hand(Tables& tables, const LedgerEntry& entry, std::int64_t quantity,
                 base::Instant now);

bool reserve(Tables& tables, const LedgerEntry& entry, std::int64_t quantity, base::Instant now);
bool release(Tables& tables, const LedgerEntry& entry, std::int64_t quantity, base::Instant now);
// Goods of a reserved order leave: on hand and reserved both fall, lots first-expired first.
bool ship(Tables& tables, const LedgerEntry& entry, std::int64_t quantity, base::Instant now);

}  // namespace catalog
