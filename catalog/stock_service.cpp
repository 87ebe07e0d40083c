#include "catalog/stock_service.h"

#include <algorithm>
#include <limits>
#include <stdexcept>

#include "base/time_text.h"

namespace catalog {
namespace {

bool takes_part(ListingState state, const Account& account) {
  if (account.status != ChannelStatus::active) return false;
  return state != ListingState::withdrawn && state != ListingState::held;
}

// Pools and SKUs reachable from each other; grows until it no longer does.
class Reach {
 public:
  Reach(Tables& tables, const std::set<PoolId>& pools) : tables_(tables) {
    for (const auto& pool : pools) add(pool);
    while (!open_.empty()) {
      const PoolId pool = open_.back();
      open_.pop_back();
      for (const auto& sku : tables_.products.skus_using(pool)) add(sku);
    }
  }
  const std::set<PoolId>& pools() const { return pools_; }
  const std::map<Sku, Variant>& variants() const { return variants_; }

 private:
  void add(const PoolId& pool) {
    if (pools_.insert(pool).second) open_.push_back(pool);
  }
  void add(const Sku& sku) {
    if (variants_.contains(sku)) return;
    auto variant = tables_.products.variant(sku);
    if (!variant) return;
    for (const auto& item : variant->recipe) add(item.pool);
    variants_.emplace(sku, std::move(*variant));
  }

  Tables& tables_;
  std::set<PoolId> pools_;
  std::map<Sku, Variant> variants_;
  std::vector<PoolId> open_;
};

// Takes `quantity` out of the lots, first-expired first; what no lot covers was never in a lot.
void draw_from_lots(Tables& tables, const PoolId& pool, std::int64_t quantity) {
  for (auto lot : tables.stock.lots(pool)) {
    if (quantity == 0) return;
    const auto drawn = std::min(lot.quantity, quantity);
    if (drawn == 0) continue;
    lot.quantity -= drawn;
    quantity -= drawn;
    tables.stock.put(lot);
  }
}

Movement movement(const LedgerEntry& entry, MovementKind kind, base::Instant now) {
  Movement out;
  out.pool = entry.pool;
  out.kind = kind;
  out.source = entry.source;
  out.event_key = entry.event_key;
  out.actor = entry.actor;
  out.note = entry.note;
  out.at = now;
  return out;
}

}  // namespace

PlannedListing* PlanGroup::find(const AccountId& account, const Sku& sku) {
  for (auto& listing : listings) {
    if (listing.stock.account == account && listing.stock.sku == sku) return &listing;
  }
  return nullptr;
}

std::int64_t PlanGroup::room_for(const PlannedListing& listing) const {
  if (listing.policy == StockPolicy::pooled) return std::numeric_limits<std::int64_t>::max();
  return room_packs(loads, listing.recipe);
}

void PlanGroup::exposure_changed(const PlannedListing& listing, std::int64_t packs) {
  if (listing.policy == StockPolicy::pooled) return;
  for (const auto& item : listing.recipe) loads[item.pool].exposed += packs * item.base_units;
}

PlanGroup load_group(Tables& tables, const std::set<PoolId>& pools, base::Instant now) {
  const Reach reach(tables, pools);
  std::map<AccountId, Account> accounts;
  for (auto& account : tables.listings.accounts()) accounts.emplace(account.id, account);

  PlanGroup group;
  for (const auto& [sku, variant] : reach.variants()) {
    for (auto& share : tables.listings.shares_of(sku)) {
      const auto account = accounts.find(share.stock.account);
      if (account == accounts.end()) continue;
      PlannedListing planned;
      planned.takes_part = takes_part(share.state, account->second);
      planned.share_weight = account->second.share_weight;
      planned.recipe = variant.recipe;
      planned.policy = variant.policy;
      planned.buffer_packs = variant.buffer_packs;
      planned.stock = std::move(share.stock);
      group.listings.push_back(std::move(planned));
      if (group.listings.size() > kPlanGroupListingsMax) {
        throw std::runtime_error("too many listings share one group of pools");
      }
    }
  }
  std::map<PoolId, PoolBalance> balances;
  const std::string today = base::local_date(now);
  for (const auto& pool : reach.pools()) balances[pool] = tables.stock.balance(pool, today);
  group.loads = pool_loads(balances, group.listings);
  return group;
}

int replan(Tables& tables, const std::set<PoolId>& pools, base::Instant now) {
  auto group = load_group(tables, pools, now);
  const auto targets = plan_targets(group.loads, group.listings);
  int changed = 0;
  for (std::size_t i = 0; i < targets.size(); ++i) {
    auto& stock = group.listings[i].stock;
    if (stock.target == targets[i]) continue;
    stock.target = targets[i];
    ++stock.want_version;
    tables.listings.put(stock);
    tables.outbox.announce(ChangeKind::stock, stock.account, now);
    ++changed;
  }
  return changed;
}

bool receive(Tables& tables, const LedgerEntry& entry, const Lot& lot, base::Instant now) {
  auto received = movement(entry, MovementKind::receive, now);
  received.on_hand_delta = lot.quantity;
  if (!tables.stock.append(received)) return false;
  Lot merged = lot;
  merged.pool = entry.pool;
  if (const auto present = tables.stock.lot(entry.pool, lot.code)) {
    merged.quantity += present->quantity;
  }
  tables.stock.put(merged);
  return true;
}

bool take(Tables& tables, const LedgerEntry& entry, std::int64_t quantity, base::Instant now) {
  auto taken = movement(entry, MovementKind::take, now);
  taken.on_hand_delta = -quantity;
  if (!tables.stock.append(taken)) return false;
  draw_from_lots(tables, entry.pool, quantity);
  return true;
}

bool set_on_hand(Tables& tables, const LedgerEntry& entry, std::int64_t quantity,
                 base::Instant now) {
  const auto before = tables.stock.balance(entry.pool, base::local_date(now));
  auto counted = movement(entry, MovementKind::count, now);
  counted.on_hand_delta = quantity - before.on_hand;
  if (!tables.stock.append(counted)) return false;
  if (counted.on_hand_delta < 0) draw_from_lots(tables, entry.pool, -counted.on_hand_delta);
  return true;
}

bool reserve(Tables& tables, const LedgerEntry& entry, std::int64_t quantity, base::Instant now) {
  auto reserved = movement(entry, MovementKind::reserve, now);
  reserved.reserved_delta = quantity;
  return tables.stock.append(reserved);
}

bool release(Tables& tables, const LedgerEntry& entry, std::int64_t quantity, base::Instant now) {
  auto released = movement(entry, MovementKind::release, now);
  released.reserved_delta = -quantity;
  return tables.stock.append(released);
}

bool ship(Tables& tables, const LedgerEntry& entry, std::int64_t quantity, base::Instant now) {
  auto shipped = movement(entry, MovementKind::ship, now);
  shipped.on_hand_delta = -quantity;
  shipped.reserved_delta = -quantity;
  if (!tables.stock.append(shipped)) return false;
  draw_from_lots(tables, entry.pool, quantity);
  return true;
}

}  // namespace catalog
