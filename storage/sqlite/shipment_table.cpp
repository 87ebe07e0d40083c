#include "storage/sqlite/shipment_table.h"

#include "storage/sqlite/query.h"

namespace storage::sqlite {
namespace {

using catalog::Put;
using catalog::Shipment;

#define SHIPMENT_COLUMNS                                                                      \
  "s.carrier, s.reference, s.account, s.order_id, s.tracking_no, s.remote_id, s.cod, s.fee, " \
  "s.state, s.state_at, s.remote_state, s.held, s.settled_by "
#define WITH_REQUEST                                                                        \
  "FROM shipment s LEFT JOIN carrier_request r ON r.carrier = s.carrier AND r.reference = " \
  "s.reference "
constexpr const char* kShipment =
    "SELECT " SHIPMENT_COLUMNS "FROM shipment s WHERE s.carrier = ? AND s.reference = ?";
constexpr const char* kTracked = "SELECT " SHIPMENT_COLUMNS
                                 "FROM shipment s WHERE s.carrier = ? AND s.tracking_no = ? "
                                 "AND s.tracking_no <> ''";
constexpr const char* kOfOrder = "SELECT " SHIPMENT_COLUMNS WITH_REQUEST
                                 "WHERE s.account = ? AND s.order_id = ? "
                                 "ORDER BY coalesce(r.asked_at, 0), s.carrier, s.reference";
constexpr const char* kNewest =
    "SELECT " SHIPMENT_COLUMNS WITH_REQUEST
    "WHERE ?1 = '' OR s.carrier = ?1 "
    "ORDER BY coalesce(r.asked_at, 0) DESC, s.carrier, s.reference LIMIT ?2";
constexpr const char* kUnderWay =
    "SELECT " SHIPMENT_COLUMNS WITH_REQUEST
    "WHERE s.carrier = ? AND r.booking = 'booked' "
    "AND s.state NOT IN ('delivered', 'returned', 'lost', 'cancelled') "
    "ORDER BY r.followed_at, s.reference LIMIT ?";
#undef WITH_REQUEST
#undef SHIPMENT_COLUMNS
constexpr const char* kPutShipment =
    "INSERT INTO shipment (carrier, reference, account, order_id, tracking_no, remote_id, cod, "
    "fee, state, state_at, remote_state, held, settled_by) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
    "ON CONFLICT (carrier, reference) DO UPDATE SET account = excluded.account, "
    "order_id = excluded.order_id, tracking_no = excluded.tracking_no, "
    "remote_id = excluded.remote_id, cod = excluded.cod, fee = excluded.fee, "
    "state = excluded.state, state_at = excluded.state_at, "
    "remote_state = excluded.remote_state, held = excluded.held, "
    "settled_by = excluded.settled_by, revision = revision + 1";
constexpr const char* kEvents =
    "SELECT id, tracking_no, named_reference, state, remote_state, at FROM shipment_event "
    "WHERE carrier = ? AND reference = ? ORDER BY position";
constexpr const char* kDropEvents =
    "DELETE FROM shipment_event WHERE carrier = ? AND reference = ?";
constexpr const char* kAddEvent =
    "INSERT INTO shipment_event (carrier, reference, position, id, tracking_no, named_reference, "
    "state, remote_state, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr const char* kRequest =
    "SELECT carrier, reference, booking, cancel, sealed, problem, asked_at, followed_at "
    "FROM carrier_request WHERE carrier = ? AND reference = ?";
constexpr const char* kPutRequest =
    "INSERT INTO carrier_request (carrier, reference, booking, cancel, sealed, problem, asked_at, "
    "followed_at) VALUES (?, ?, ?, ?, CAST(? AS BLOB), ?, ?, ?) "
    "ON CONFLICT (carrier, reference) DO UPDATE SET booking = excluded.booking, "
    "cancel = excluded.cancel, sealed = excluded.sealed, problem = excluded.problem, "
    "asked_at = excluded.asked_at, followed_at = excluded.followed_at";
constexpr const char* kForget =
    "UPDATE carrier_request SET sealed = x'' WHERE sealed <> x'' AND asked_at < ?";

Shipment read_shipment(Database& database, Query& row) {
  Shipment out;
  out.carrier.text = row.view();
  out.reference = row.view();
  out.account.text = row.view();
  out.order_id = row.view();
  out.tracking_no = row.view();
  out.remote_id = row.view();
  out.cod = row.money();
  out.fee = row.money();
  out.state = known(catalog::shipment_state_from(row.view()));
  out.state_at = row.instant();
  out.remote_state = row.view();
  out.held = row.flag();
  out.settled_by = row.view();
  Query events(database, kEvents);
  events.bind(out.carrier, out.reference);
  while (events.step()) {
    auto& event = out.history.emplace_back();
    event.id = events.view();
    event.tracking_no = events.view();
    event.reference = events.view();
    event.state = known(catalog::shipment_state_from(events.view()));
    event.remote_state = events.view();
    event.at = events.instant();
  }
  return out;
}

std::vector<Shipment> read_all(Database& database, Query& query) {
  std::vector<Shipment> out;
  while (query.step()) out.push_back(read_shipment(database, query));
  return out;
}

}  // namespace

Put ShipmentTable::put(const Shipment& shipment) {
  const auto before = this->shipment(shipment.carrier, shipment.reference);
  if (before && *before == shipment) return Put::unchanged;
  {
    Query query(database_, kPutShipment);
    query.bind(shipment.carrier, shipment.reference, shipment.account, shipment.order_id,
               shipment.tracking_no, shipment.remote_id, shipment.cod, shipment.fee,
               word(shipment.state), shipment.state_at, shipment.remote_state, shipment.held,
               shipment.settled_by);
    query.run();
  }
  if (before && before->history == shipment.history) return Put::updated;
  {
    Query drop(database_, kDropEvents);
    drop.bind(shipment.carrier, shipment.reference);
    drop.run();
  }
  for (std::size_t i = 0; i < shipment.history.size(); ++i) {
    const auto& event = shipment.history[i];
    Query query(database_, kAddEvent);
    query.bind(shipment.carrier, shipment.reference, i, event.id, event.tracking_no,
               event.reference, word(event.state), event.remote_state, event.at);
    query.run();
  }
  return before ? Put::updated : Put::inserted;
}

Put ShipmentTable::put(const catalog::CarrierRequest& request) {
  const auto before = this->request(request.carrier, request.reference);
  if (before && *before == request) return Put::unchanged;
  Query query(database_, kPutRequest);
  query.bind(request.carrier, request.reference, word(request.booking), word(request.cancel),
             request.sealed, request.problem, request.asked_at, request.followed_at);
  query.run();
  return before ? Put::updated : Put::inserted;
}

std::optional<Shipment> ShipmentTable::shipment(const catalog::AccountId& carrier,
                                                std::string_view reference) {
  const std::string wanted(reference);
  Query query(database_, kShipment);
  query.bind(carrier, wanted);
  if (!query.step()) return std::nullopt;
  return read_shipment(database_, query);
}

std::optional<Shipment> ShipmentTable::tracked(const catalog::AccountId& carrier,
                                               std::string_view tracking_no) {
  const std::string wanted(tracking_no);
  Query query(database_, kTracked);
  query.bind(carrier, wanted);
  if (!query.step()) return std::nullopt;
  return read_shipment(database_, query);
}

std::optional<catalog::CarrierRequest> ShipmentTable::request(const catalog::AccountId& carrier,
                                                              std::string_view reference) {
  const std::string wanted(reference);
  Query query(database_, kRequest);
  query.bind(carrier, wanted);
  if (!query.step()) return std::nullopt;
  catalog::CarrierRequest out;
  out.carrier.text = query.view();
  out.reference = query.view();
  out.booking = known(catalog::booking_state_from(query.view()));
  out.cancel = known(catalog::cancel_state_from(query.view()));
  out.sealed = query.view();
  out.problem = query.view();
  out.asked_at = query.instant();
  out.followed_at = query.instant();
  return out;
}

std::vector<Shipment> ShipmentTable::of_order(const catalog::AccountId& account,
                                              std::string_view order_id) {
  const std::string wanted(order_id);
  Query query(database_, kOfOrder);
  query.bind(account, wanted);
  return read_all(database_, query);
}

std::vector<Shipment> ShipmentTable::shipments(const catalog::AccountId& carrier,
                                               std::size_t rows_max) {
  Query query(database_, kNewest);
  query.bind(carrier, rows_max);
  return read_all(database_, query);
}

std::vector<Shipment> ShipmentTable::under_way(const catalog::AccountId& carrier,
                                               std::size_t rows_max) {
  Query query(database_, kUnderWay);
  query.bind(carrier, rows_max);
  return read_all(database_, query);
}

int ShipmentTable::forget_people(base::Instant asked_before) {
  Query query(database_, kForget);
  query.bind(asked_before);
  return query.run();
}

}  // namespace storage::sqlite
