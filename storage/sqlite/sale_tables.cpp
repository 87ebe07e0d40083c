#include "storage/sqlite/sale_tables.h"

#include "storage/sqlite/query.h"

namespace storage::sqlite {
namespace {

using catalog::Put;

#define REQUEST_COLUMNS                                                                           \
  "account, order_id, action, state, handover, carrier, tracking_number, reason, file, problem, " \
  "asked_at "
constexpr const char* kRequests =
    "SELECT " REQUEST_COLUMNS
    "FROM order_request WHERE account = ? AND order_id = ? ORDER BY asked_at, action";
constexpr const char* kPutRequest = "INSERT OR REPLACE INTO order_request (" REQUEST_COLUMNS
                                    ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
#undef REQUEST_COLUMNS
constexpr const char* kParcels =
    "SELECT account, order_id, package_id, carrier, tracking_number, remote_status FROM parcel "
    "WHERE account = ? AND order_id = ? ORDER BY package_id";
constexpr const char* kPutParcel =
    "INSERT OR REPLACE INTO parcel (account, order_id, package_id, carrier, tracking_number, "
    "remote_status) VALUES (?, ?, ?, ?, ?, ?)";

#define CASE_COLUMNS \
  "account, remote_id, order_id, status, remote_status, reason, refund, created_at, updated_at "
constexpr const char* kReturn =
    "SELECT " CASE_COLUMNS "FROM return_case WHERE account = ? AND remote_id = ?";
constexpr const char* kReturns = "SELECT " CASE_COLUMNS
                                 "FROM return_case WHERE ?1 = '' OR account = ?1 "
                                 "ORDER BY updated_at DESC, account, remote_id LIMIT ?2";
constexpr const char* kPutReturn =
    "INSERT INTO return_case (" CASE_COLUMNS
    ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (account, remote_id) DO UPDATE SET "
    "order_id = excluded.order_id, status = excluded.status, "
    "remote_status = excluded.remote_status, reason = excluded.reason, refund = excluded.refund, "
    "created_at = excluded.created_at, updated_at = excluded.updated_at";
#undef CASE_COLUMNS
constexpr const char* kReturnLines =
    "SELECT remote_line_id, sku, quantity FROM return_line WHERE account = ? AND remote_id = ? "
    "ORDER BY position";
constexpr const char* kDropReturnLines =
    "DELETE FROM return_line WHERE account = ? AND remote_id = ?";
constexpr const char* kAddReturnLine =
    "INSERT INTO return_line (account, remote_id, position, remote_line_id, sku, quantity) "
    "VALUES (?, ?, ?, ?, ?, ?)";

constexpr const char* kSettlement =
    "SELECT account, remote_id, order_id, paid_at, net FROM settlement "
    "WHERE account = ? AND remote_id = ?";
constexpr const char* kSettlements =
    "SELECT account, remote_id, order_id, paid_at, net FROM settlement "
    "WHERE ?1 = '' OR account = ?1 ORDER BY paid_at DESC, account, remote_id LIMIT ?2";
constexpr const char* kPutSettlement =
    "INSERT INTO settlement (account, remote_id, order_id, paid_at, net) VALUES (?, ?, ?, ?, ?) "
    "ON CONFLICT (account, remote_id) DO UPDATE SET order_id = excluded.order_id, "
    "paid_at = excluded.paid_at, net = excluded.net";
constexpr const char* kSettlementLines =
    "SELECT kind, remote_name, amount FROM settlement_line WHERE account = ? AND remote_id = ? "
    "ORDER BY position";
constexpr const char* kDropSettlementLines =
    "DELETE FROM settlement_line WHERE account = ? AND remote_id = ?";
constexpr const char* kAddSettlementLine =
    "INSERT INTO settlement_line (account, remote_id, position, kind, remote_name, amount) "
    "VALUES (?, ?, ?, ?, ?, ?)";

catalog::OrderRequest read_request(Query& row) {
  catalog::OrderRequest out;
  out.account.text = row.view();
  out.order_id = row.view();
  out.action = known(catalog::order_action_from(row.view()));
  out.state = known(catalog::request_state_from(row.view()));
  out.handover = row.view();
  out.carrier = row.view();
  out.tracking_number = row.view();
  out.reason = row.view();
  out.file = row.view();
  out.problem = row.view();
  out.asked_at = row.instant();
  return out;
}

catalog::Parcel read_parcel(Query& row) {
  catalog::Parcel out;
  out.account.text = row.view();
  out.order_id = row.view();
  out.package_id = row.view();
  out.carrier = row.view();
  out.tracking_number = row.view();
  out.remote_status = row.view();
  return out;
}

catalog::ReturnCase read_return(Database& database, Query& row) {
  catalog::ReturnCase out;
  out.account.text = row.view();
  out.remote_id = row.view();
  out.order_id = row.view();
  out.status = known(catalog::return_status_from(row.view()));
  out.remote_status = row.view();
  out.reason = row.view();
  out.refund = row.money();
  out.created_at = row.instant();
  out.updated_at = row.instant();
  Query lines(database, kReturnLines);
  lines.bind(out.account, out.remote_id);
  while (lines.step()) {
    auto& line = out.lines.emplace_back();
    line.remote_line_id = lines.view();
    line.sku.text = lines.view();
    line.quantity = lines.integer();
  }
  return out;
}

catalog::Settlement read_settlement(Database& database, Query& row) {
  catalog::Settlement out;
  out.account.text = row.view();
  out.remote_id = row.view();
  out.order_id = row.view();
  out.paid_at = row.instant();
  out.net = row.money();
  Query lines(database, kSettlementLines);
  lines.bind(out.account, out.remote_id);
  while (lines.step()) {
    auto& line = out.lines.emplace_back();
    line.kind = known(catalog::settlement_kind_from(lines.view()));
    line.remote_name = lines.view();
    line.amount = lines.money();
  }
  return out;
}

void drop_lines(Database& database, const char* sql, const catalog::AccountId& account,
                const std::string& remote_id) {
  Query query(database, sql);
  query.bind(account, remote_id);
  query.run();
}

std::optional<catalog::ReturnCase> find_return(Database& database,
                                               const catalog::ReturnCase& wanted) {
  Query query(database, kReturn);
  query.bind(wanted.account, wanted.remote_id);
  if (!query.step()) return std::nullopt;
  return read_return(database, query);
}

std::optional<catalog::Settlement> find_settlement(Database& database,
                                                   const catalog::Settlement& wanted) {
  Query query(database, kSettlement);
  query.bind(wanted.account, wanted.remote_id);
  if (!query.step()) return std::nullopt;
  return read_settlement(database, query);
}

}  // namespace

Put FulfilmentTable::put(const catalog::OrderRequest& request) {
  auto verdict = Put::inserted;
  for (const auto& before : requests(request.account, request.order_id)) {
    if (before == request) return Put::unchanged;
    if (before.action == request.action) verdict = Put::updated;
  }
  Query query(database_, kPutRequest);
  query.bind(request.account, request.order_id, word(request.action), word(request.state),
             request.handover, request.carrier, request.tracking_number, request.reason,
             request.file, request.problem, request.asked_at);
  query.run();
  return verdict;
}

std::vector<catalog::OrderRequest> FulfilmentTable::requests(const catalog::AccountId& account,
                                                             std::string_view order_id) {
  const std::string wanted(order_id);
  Query query(database_, kRequests);
  query.bind(account, wanted);
  std::vector<catalog::OrderRequest> out;
  while (query.step()) out.push_back(read_request(query));
  return out;
}

Put FulfilmentTable::put(const catalog::Parcel& parcel) {
  auto verdict = Put::inserted;
  for (const auto& before : parcels(parcel.account, parcel.order_id)) {
    if (before == parcel) return Put::unchanged;
    if (before.package_id == parcel.package_id) verdict = Put::updated;
  }
  Query query(database_, kPutParcel);
  query.bind(parcel.account, parcel.order_id, parcel.package_id, parcel.carrier,
             parcel.tracking_number, parcel.remote_status);
  query.run();
  return verdict;
}

std::vector<catalog::Parcel> FulfilmentTable::parcels(const catalog::AccountId& account,
                                                      std::string_view order_id) {
  const std::string wanted(order_id);
  Query query(database_, kParcels);
  query.bind(account, wanted);
  std::vector<catalog::Parcel> out;
  while (query.step()) out.push_back(read_parcel(query));
  return out;
}

Put AfterSaleTable::put(const catalog::ReturnCase& found) {
  const auto before = find_return(database_, found);
  if (before && (*before == found || before->updated_at > found.updated_at)) return Put::unchanged;
  {
    Query query(database_, kPutReturn);
    query.bind(found.account, found.remote_id, found.order_id, word(found.status),
               found.remote_status, found.reason, found.refund, found.created_at, found.updated_at);
    query.run();
  }
  drop_lines(database_, kDropReturnLines, found.account, found.remote_id);
  for (std::size_t i = 0; i < found.lines.size(); ++i) {
    const auto& line = found.lines[i];
    Query query(database_, kAddReturnLine);
    query.bind(found.account, found.remote_id, i, line.remote_line_id, line.sku, line.quantity);
    query.run();
  }
  return before ? Put::updated : Put::inserted;
}

Put AfterSaleTable::put(const catalog::Settlement& settlement) {
  const auto before = find_settlement(database_, settlement);
  if (before && *before == settlement) return Put::unchanged;
  {
    Query query(database_, kPutSettlement);
    query.bind(settlement.account, settlement.remote_id, settlement.order_id, settlement.paid_at,
               settlement.net);
    query.run();
  }
  drop_lines(database_, kDropSettlementLines, settlement.account, settlement.remote_id);
  for (std::size_t i = 0; i < settlement.lines.size(); ++i) {
    const auto& line = settlement.lines[i];
    Query query(database_, kAddSettlementLine);
    query.bind(settlement.account, settlement.remote_id, i, word(line.kind), line.remote_name,
               line.amount);
    query.run();
  }
  return before ? Put::updated : Put::inserted;
}

std::vector<catalog::ReturnCase> AfterSaleTable::returns(const catalog::AccountId& account,
                                                         std::size_t rows_max) {
  Query query(database_, kReturns);
  query.bind(account, rows_max);
  std::vector<catalog::ReturnCase> out;
  while (query.step()) out.push_back(read_return(database_, query));
  return out;
}

std::vector<catalog::Settlement> AfterSaleTable::settlements(const catalog::AccountId& account,
                                                             std::size_t rows_max) {
  Query query(database_, kSettlements);
  query.bind(account, rows_max);
  std::vector<catalog::Settlement> out;
  while (query.step()) out.push_back(read_settlement(database_, query));
  return out;
}

}  // namespace storage::sqlite
