#include "storage/sqlite/stock_table.h"

#include "storage/sqlite/query.h"

namespace storage::sqlite {
namespace {

constexpr const char* kAppend = R"sql(
INSERT INTO stock_movement (pool, kind, on_hand_delta, reserved_delta, source, event_key, note,
  actor, at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (source, event_key, pool, kind) DO NOTHING)sql";
constexpr const char* kMoveBalance = R"sql(
INSERT INTO stock_balance (pool, on_hand, reserved) VALUES (?, ?, ?)
ON CONFLICT (pool) DO UPDATE SET on_hand = stock_balance.on_hand + excluded.on_hand,
  reserved = stock_balance.reserved + excluded.reserved)sql";
constexpr const char* kBalance = "SELECT on_hand, reserved FROM stock_balance WHERE pool = ?";
constexpr const char* kExpired =
    "SELECT coalesce(sum(quantity), 0) FROM stock_lot "
    "WHERE pool = ? AND expires_on <> '' AND expires_on < ?";
constexpr const char* kMovements =
    "SELECT pool, kind, on_hand_delta, reserved_delta, source, event_key, note, actor, at "
    "FROM stock_movement WHERE pool = ? ORDER BY id DESC LIMIT ?";
constexpr const char* kPutLot = R"sql(
INSERT INTO stock_lot (pool, code, quantity, harvested_on, expires_on) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (pool, code) DO UPDATE SET quantity = excluded.quantity,
  harvested_on = excluded.harvested_on, expires_on = excluded.expires_on)sql";
constexpr const char* kLot =
    "SELECT pool, code, quantity, harvested_on, expires_on FROM stock_lot "
    "WHERE pool = ? AND code = ?";
constexpr const char* kLots =
    "SELECT pool, code, quantity, harvested_on, expires_on FROM stock_lot "
    "WHERE pool = ? ORDER BY expires_on = '', expires_on, code";
constexpr const char* kAppendIncident =
    "INSERT INTO stock_incident (kind, account, sku, pool, quantity, cause, at) "
    "VALUES (?, ?, ?, ?, ?, ?, ?)";
constexpr const char* kIncidents =
    "SELECT kind, account, sku, pool, quantity, cause, at FROM stock_incident "
    "ORDER BY id DESC LIMIT ?";
constexpr const char* kMismatches = R"sql(
SELECT p.id FROM stock_pool p
LEFT JOIN stock_balance b ON b.pool = p.id
LEFT JOIN (SELECT pool, sum(on_hand_delta) AS on_hand, sum(reserved_delta) AS reserved
           FROM stock_movement GROUP BY pool) m ON m.pool = p.id
WHERE coalesce(b.on_hand, 0) <> coalesce(m.on_hand, 0)
   OR coalesce(b.reserved, 0) <> coalesce(m.reserved, 0)
ORDER BY p.id)sql";

catalog::Lot read_lot(Query& row) {
  catalog::Lot out;
  out.pool.text = row.view();
  out.code = row.view();
  out.quantity = row.integer();
  out.harvested_on = row.view();
  out.expires_on = row.view();
  return out;
}

catalog::Movement read_movement(Query& row) {
  catalog::Movement out;
  out.pool.text = row.view();
  out.kind = known(catalog::movement_kind_from(row.view()));
  out.on_hand_delta = row.integer();
  out.reserved_delta = row.integer();
  out.source = row.view();
  out.event_key = row.view();
  out.note = row.view();
  out.actor = row.view();
  out.at = row.instant();
  return out;
}

}  // namespace

bool StockTable::append(const catalog::Movement& movement) {
  {
    Query query(database_, kAppend);
    query.bind(movement.pool, word(movement.kind), movement.on_hand_delta, movement.reserved_delta,
               movement.source, movement.event_key, movement.note, movement.actor, movement.at);
    if (query.run() == 0) return false;
  }
  Query query(database_, kMoveBalance);
  query.bind(movement.pool, movement.on_hand_delta, movement.reserved_delta);
  query.run();
  return true;
}

catalog::PoolBalance StockTable::balance(const catalog::PoolId& pool, std::string_view local_day) {
  catalog::PoolBalance out;
  {
    Query query(database_, kBalance);
    query.bind(pool);
    if (query.step()) {
      out.on_hand = query.integer();
      out.reserved = query.integer();
    }
  }
  const std::string day(local_day);
  Query query(database_, kExpired);
  query.bind(pool, day);
  if (query.step()) out.expired = query.integer();
  return out;
}

std::vector<catalog::Movement> StockTable::movements(const catalog::PoolId& pool,
                                                     std::size_t rows_max) {
  Query query(database_, kMovements);
  query.bind(pool, rows_max);
  std::vector<catalog::Movement> out;
  while (query.step()) out.push_back(read_movement(query));
  return out;
}

std::optional<catalog::Lot> StockTable::lot(const catalog::PoolId& pool, std::string_view code) {
  const std::string wanted(code);
  Query query(database_, kLot);
  query.bind(pool, wanted);
  if (!query.step()) return std::nullopt;
  return read_lot(query);
}

std::vector<catalog::Lot> StockTable::lots(const catalog::PoolId& pool) {
  Query query(database_, kLots);
  query.bind(pool);
  std::vector<catalog::Lot> out;
  while (query.step()) out.push_back(read_lot(query));
  return out;
}

void StockTable::put(const catalog::Lot& lot) {
  Query query(database_, kPutLot);
  query.bind(lot.pool, lot.code, lot.quantity, lot.harvested_on, lot.expires_on);
  query.run();
}

void StockTable::append(const catalog::StockIncident& incident) {
  Query query(database_, kAppendIncident);
  query.bind(incident.kind, incident.account, incident.sku, incident.pool, incident.quantity,
             incident.cause, incident.at);
  query.run();
}

std::vector<catalog::StockIncident> StockTable::incidents(std::size_t rows_max) {
  Query query(database_, kIncidents);
  query.bind(rows_max);
  std::vector<catalog::StockIncident> out;
  while (query.step()) {
    auto& incident = out.emplace_back();
    incident.kind = query.view();
    incident.account.text = query.view();
    incident.sku.text = query.view();
    incident.pool.text = query.view();
    incident.quantity = query.integer();
    incident.cause = query.view();
    incident.at = query.instant();
  }
  return out;
}

std::vector<catalog::PoolId> StockTable::mismatches() {
  Query query(database_, kMismatches);
  std::vector<catalog::PoolId> out;
  while (query.step()) out.emplace_back(query.text());
  return out;
}

}  // namespace storage::sqlite
