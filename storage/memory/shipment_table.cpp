#include "storage/memory/shipment_table.h"

#include <algorithm>

namespace storage::memory {
namespace {

using catalog::AccountId;
using catalog::Shipment;

std::pair<AccountId, std::string> key_of(const AccountId& carrier, std::string_view reference) {
  return {carrier, std::string(reference)};
}

template <typename Keep>
std::vector<Shipment> chosen(const State& state, const Keep& keep) {
  std::vector<Shipment> out;
  for (const auto& [key, row] : state.shipments) {
    if (keep(row)) out.push_back(row);
  }
  return out;
}

catalog::CarrierRequest request_of(const State& state, const Shipment& row) {
  return find(state.carrier_requests, key_of(row.carrier, row.reference))
      .value_or(catalog::CarrierRequest{});
}

}  // namespace

catalog::Put ShipmentTable::put(const Shipment& shipment) {
  auto& state = transaction_.changing();
  require(state.accounts.contains(shipment.account), "unknown account: " + shipment.account.text);
  require(!shipment.carrier.empty() && !shipment.reference.empty() && !shipment.order_id.empty(),
          "a shipment needs its carrier, reference and order");
  require(shipment.state != catalog::ShipmentState::unknown, "a shipment is never unknown");
  if (!shipment.tracking_no.empty()) {
    const auto other = tracked(shipment.carrier, shipment.tracking_no);
    require(!other || other->reference == shipment.reference,
            "two shipments with the number " + shipment.tracking_no);
  }
  return put_row(transaction_, state.shipments, key_of(shipment.carrier, shipment.reference),
                 shipment);
}

catalog::Put ShipmentTable::put(const catalog::CarrierRequest& request) {
  auto& state = transaction_.changing();
  const auto key = key_of(request.carrier, request.reference);
  require(state.shipments.contains(key), "no shipment " + request.reference);
  const bool open = request.booking == catalog::BookingState::asked ||
                    request.booking == catalog::BookingState::sent;
  require(open || request.sealed.empty(), "a buyer's data kept too long: " + request.reference);
  return put_row(transaction_, state.carrier_requests, key, request);
}

std::optional<Shipment> ShipmentTable::shipment(const AccountId& carrier,
                                                std::string_view reference) {
  return find(transaction_.state().shipments, key_of(carrier, reference));
}

std::optional<Shipment> ShipmentTable::tracked(const AccountId& carrier,
                                               std::string_view tracking_no) {
  if (tracking_no.empty()) return std::nullopt;
  auto found = chosen(transaction_.state(), [&](const Shipment& row) {
    return row.carrier == carrier && row.tracking_no == tracking_no;
  });
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::optional<catalog::CarrierRequest> ShipmentTable::request(const AccountId& carrier,
                                                              std::string_view reference) {
  return find(transaction_.state().carrier_requests, key_of(carrier, reference));
}

std::vector<Shipment> ShipmentTable::of_order(const AccountId& account, std::string_view order_id) {
  const auto& state = transaction_.state();
  auto out = chosen(state, [&](const Shipment& row) {
    return row.account == account && row.order_id == order_id;
  });
  std::stable_sort(out.begin(), out.end(), [&](const auto& a, const auto& b) {
    return request_of(state, a).asked_at < request_of(state, b).asked_at;
  });
  return out;
}

std::vector<Shipment> ShipmentTable::shipments(const AccountId& carrier, std::size_t rows_max) {
  const auto& state = transaction_.state();
  auto out =
      chosen(state, [&](const Shipment& row) { return carrier.empty() || row.carrier == carrier; });
  std::stable_sort(out.begin(), out.end(), [&](const auto& a, const auto& b) {
    return request_of(state, a).asked_at > request_of(state, b).asked_at;
  });
  if (out.size() > rows_max) out.resize(rows_max);
  return out;
}

std::vector<Shipment> ShipmentTable::under_way(const AccountId& carrier, std::size_t rows_max) {
  const auto& state = transaction_.state();
  auto out = chosen(state, [&](const Shipment& row) {
    return row.carrier == carrier && !is_end(row.state) &&
           find(state.carrier_requests, key_of(row.carrier, row.reference)) &&
           request_of(state, row).booking == catalog::BookingState::booked;
  });
  std::stable_sort(out.begin(), out.end(), [&](const auto& a, const auto& b) {
    return request_of(state, a).followed_at < request_of(state, b).followed_at;
  });
  if (out.size() > rows_max) out.resize(rows_max);
  return out;
}

int ShipmentTable::forget_people(base::Instant asked_before) {
  auto& state = transaction_.changing();
  int forgotten = 0;
  for (const auto& [key, row] : std::map(state.carrier_requests)) {
    if (row.sealed.empty() || row.asked_at >= asked_before) continue;
    auto blank = row;
    blank.sealed.clear();
    transaction_.undo().assign(state.carrier_requests, key, std::move(blank));
    ++forgotten;
  }
  return forgotten;
}

}  // namespace storage::memory
