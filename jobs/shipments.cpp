#include "jobs/shipments.h"

#include "catalog/stock_service.h"
#include "connectors/fulfilment.h"
#include "jobs/handlers/common.h"

namespace jobs {
namespace {

using catalog::OrderStatus;
using catalog::Shipment;
using catalog::ShipmentChange;
using catalog::ShipmentState;

std::optional<OrderStatus> meaning(ShipmentState state) {
  switch (state) {
    case ShipmentState::picked_up:
    case ShipmentState::in_transit:
    case ShipmentState::delivering:
    case ShipmentState::returning:
      return OrderStatus::shipped;
    case ShipmentState::delivered:
      return OrderStatus::delivered;
    case ShipmentState::returned:
      return OrderStatus::returned;
    case ShipmentState::created:
    case ShipmentState::lost:
    case ShipmentState::cancelled:
    case ShipmentState::unknown:
      return std::nullopt;
  }
  return std::nullopt;
}

void move_order(Tables& tables, const Services& services, const Shipment& shipment,
                base::Instant now) {
  const auto* channel = services.channel(shipment.account);
  const auto status = meaning(shipment.state);
  if (channel == nullptr || !status || shipment.held) return;
  const bool typed = channel->connector->capabilities().delivery == connectors::Delivery::worksheet;
  auto order = tables.catalog.orders.order(shipment.account, shipment.order_id);
  if (!typed || !order || catalog::rank(*status) <= catalog::rank(order->status)) return;
  order->status = *status;
  const auto mark = tables.cursors.mark(shipment.account).value_or(OrderMark{now, {}, {}});
  const auto taken = ingest_orders(tables, *channel, {*order}, mark.through, now);
  if (!taken.pools.empty()) catalog::replan(tables.catalog, taken.pools, now);
}

// Once per number: the channel's own call is repeatable, but there is no need.
void tell_channel(Tables& tables, const Services& services, const CarrierAccount& account,
                  const Shipment& shipment, base::Instant now) {
  const auto* channel = services.channel(shipment.account);
  if (channel == nullptr || shipment.tracking_no.empty()) return;
  if (channel->connector->capabilities().own_shipping) return;
  if (channel->connector->fulfilment() == nullptr) return;
  catalog::OrderRequest request;
  request.account = shipment.account;
  request.order_id = shipment.order_id;
  request.action = catalog::OrderAction::ship;
  request.carrier = account.name;
  request.tracking_number = shipment.tracking_no;
  request.asked_at = now;
  for (const auto& before :
       tables.catalog.fulfilment.requests(shipment.account, shipment.order_id)) {
    const bool same = before.action == request.action &&
                      before.tracking_number == request.tracking_number &&
                      before.state != catalog::RequestState::refused;
    if (same) return;
  }
  tables.catalog.fulfilment.put(request);
  tables.jobs.enqueue({JobKind::fulfil_order, shipment.account, shipment.order_id, now}, now);
}

}  // namespace

void note_booking(Tables& tables, const Services& services, const CarrierAccount& account,
                  Shipment& shipment, base::Instant now) {
  tables.catalog.shipments.put(shipment);
  if (auto request = tables.catalog.shipments.request(shipment.carrier, shipment.reference)) {
    request->booking = catalog::BookingState::booked;
    request->sealed.clear();
    request->problem.clear();
    tables.catalog.shipments.put(*request);
  }
  tell_channel(tables, services, account, shipment, now);
}

ShipmentChange hear(Tables& tables, const Services& services, const CarrierAccount& account,
                    const catalog::ShipmentEvent& event, base::Instant now) {
  auto& table = tables.catalog.shipments;
  auto shipment = table.tracked(account.id, event.tracking_no);
  if (!shipment) shipment = table.shipment(account.id, event.reference);
  if (!shipment) return ShipmentChange::none;
  const bool numberless = shipment->tracking_no.empty();
  const auto change = catalog::apply(*shipment, event);
  if (change == ShipmentChange::none) return change;
  if (numberless && !shipment->tracking_no.empty()) {
    note_booking(tables, services, account, *shipment, now);
  } else {
    table.put(*shipment);
  }
  if (change == ShipmentChange::moved) move_order(tables, services, *shipment, now);
  if (change == ShipmentChange::held) {
    services.observer.notice(
        account.id,
        {base::ErrorCode::conflict,
         "parcel " + shipment->reference + " has two ends that contradict: nongsan shipment settle",
         {},
         {}});
  }
  return change;
}

bool settle_shipment(Tables& tables, const Services& services, Shipment shipment,
                     ShipmentState state, std::string_view who, base::Instant now) {
  if (!catalog::settle(shipment, state, who, now)) return false;
  tables.catalog.shipments.put(shipment);
  move_order(tables, services, shipment, now);
  return true;
}

}  // namespace jobs
