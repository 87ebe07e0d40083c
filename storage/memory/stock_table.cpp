#include "storage/memory/stock_table.h"

#include <algorithm>

namespace storage::memory {

bool StockTable::append(const catalog::Movement& movement) {
  auto& state = transaction_.changing();
  require(state.pools.contains(movement.pool), "unknown pool: " + movement.pool.text);
  require(!movement.source.empty() && !movement.event_key.empty(),
          "a movement needs a source and an event key");
  const EventKey event{movement.source, movement.event_key, movement.pool, movement.kind};
  if (state.events.contains(event)) return false;
  auto& undo = transaction_.undo();
  undo.assign(state.events, event, {});
  undo.push_back(state.movements[movement.pool], movement);
  BalanceRow balance = find(state.balances, movement.pool).value_or(BalanceRow{});
  balance.on_hand += movement.on_hand_delta;
  balance.reserved += movement.reserved_delta;
  undo.assign(state.balances, movement.pool, balance);
  return true;
}

catalog::PoolBalance StockTable::balance(const catalog::PoolId& pool, std::string_view local_day) {
  catalog::PoolBalance out;
  if (const auto row = find(transaction_.state().balances, pool)) {
    out.on_hand = row->on_hand;
    out.reserved = row->reserved;
  }
  for (const auto& lot : lots(pool)) {
    if (!lot.expires_on.empty() && lot.expires_on < local_day) out.expired += lot.quantity;
  }
  return out;
}

std::vector<catalog::Movement> StockTable::movements(const catalog::PoolId& pool,
                                                     std::size_t rows_max) {
  const auto& all = transaction_.state().movements;
  const auto found = all.find(pool);
  if (found == all.end()) return {};
  const auto& rows = found->second;
  const auto count = static_cast<std::ptrdiff_t>(std::min(rows_max, rows.size()));
  return {rows.rbegin(), rows.rbegin() + count};
}

std::optional<catalog::Lot> StockTable::lot(const catalog::PoolId& pool, std::string_view code) {
  return find(transaction_.state().lots, {pool, std::string(code)});
}

std::vector<catalog::Lot> StockTable::lots(const catalog::PoolId& pool) {
  const auto& all = transaction_.state().lots;
  std::vector<catalog::Lot> out;
  for (auto row = all.lower_bound({pool, ""}); row != all.end() && row->first.first == pool;
       ++row) {
    out.push_back(row->second);
  }
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) {
    if (a.expires_on.empty() != b.expires_on.empty()) return b.expires_on.empty();
    return a.expires_on < b.expires_on;
  });
  return out;
}

void StockTable::put(const catalog::Lot& lot) {
  auto& state = transaction_.changing();
  require(state.pools.contains(lot.pool), "unknown pool: " + lot.pool.text);
  require(lot.quantity >= 0, "a lot cannot hold less than nothing");
  transaction_.undo().assign(state.lots, {lot.pool, lot.code}, lot);
}

void StockTable::append(const catalog::StockIncident& incident) {
  auto& state = transaction_.changing();
  transaction_.undo().push_back(state.incidents, incident);
}

std::vector<catalog::StockIncident> StockTable::incidents(std::size_t rows_max) {
  const auto& rows = transaction_.state().incidents;
  const auto count = static_cast<std::ptrdiff_t>(std::min(rows_max, rows.size()));
  return {rows.rbegin(), rows.rbegin() + count};
}

std::vector<catalog::PoolId> StockTable::mismatches() {
  const auto& state = transaction_.state();
  std::map<catalog::PoolId, BalanceRow> sums;
  for (const auto& [pool, rows] : state.movements) {
    for (const auto& row : rows) {
      sums[pool].on_hand += row.on_hand_delta;
      sums[pool].reserved += row.reserved_delta;
    }
  }
  std::vector<catalog::PoolId> out;
  for (const auto& [pool, balance] : state.balances) {
    const auto sum = sums[pool];
    if (sum.on_hand != balance.on_hand || sum.reserved != balance.reserved) out.push_back(pool);
  }
  return out;
}

}  // namespace storage::memory
