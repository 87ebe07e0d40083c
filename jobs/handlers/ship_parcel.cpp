// One parcel at a carrier, as a person asked for it: booked, and cancelled when that was asked too.
// `sent` is committed before the call leaves; from then on only create_once repeats it, so that a
// kill between the call and our record of its answer makes no second parcel. The buyer's data is
// unsealed for the call alone and leaves the store with the answer.
#include "base/log.h"
#include "connectors/carriers/create_once.h"
#include "connectors/carriers/request_text.h"
#include "jobs/handlers/handlers.h"
#include "jobs/shipments.h"

namespace jobs {
namespace {

using base::ErrorCode;
using catalog::BookingState;
using catalog::CancelState;
using catalog::CarrierRequest;
using catalog::Shipment;

constexpr base::Millis kNumberWait = std::chrono::minutes{10};
constexpr base::Millis kNumberPatience = std::chrono::hours{24};

// No parcel came of it, whatever was sent.
bool is_refusal(ErrorCode code) {
  return code == ErrorCode::invalid || code == ErrorCode::rejected || code == ErrorCode::not_found;
}

class Shipping {
 public:
  Shipping(CarrierContext& context, RetryPolicy& policy) : context_(context), policy_(policy) {}

  Outcome run() {
    if (!load()) return Cancel{"there is no parcel " + context_.job.subject};
    if (request_.booking == BookingState::asked && request_.cancel == CancelState::asked) {
      return forget();
    }
    if (request_.booking == BookingState::asked || request_.booking == BookingState::sent) {
      if (auto stop = book()) return *stop;
    }
    if (request_.booking == BookingState::booked && request_.cancel == CancelState::asked) {
      return cancel();
    }
    return Done{};
  }

 private:
  base::Instant now() const { return context_.services.clock.now(); }
  connectors::carriers::Carrier& carrier() { return *context_.account.carrier; }

  bool load() {
    bool found = false;
    context_.services.store.read([&](Tables& tables) { found = load(tables); });
    return found;
  }

  bool load(Tables& tables) {
    const auto& id = context_.account.id;
    auto request = tables.catalog.shipments.request(id, context_.job.subject);
    auto shipment = tables.catalog.shipments.shipment(id, context_.job.subject);
    if (!request || !shipment) return false;
    request_ = std::move(*request);
    shipment_ = std::move(*shipment);
    return true;
  }

  void change(const std::function<void(Tables&)>& how) {
    context_.services.store.write([&](Tables& tables) {
      if (!load(tables)) return;  // a callback may have come meanwhile
      how(tables);
      tables.catalog.shipments.put(request_);
    });
  }

  // Cancelled before anything left.
  Outcome forget() {
    change([&](Tables& tables) {
      request_.booking = BookingState::refused;
      request_.cancel = CancelState::done;
      request_.sealed.clear();
      shipment_.state = catalog::ShipmentState::cancelled;
      shipment_.state_at = now();
      tables.catalog.shipments.put(shipment_);
    });
    return Done{};
  }

  // Nothing to say when the carrier has the parcel.
  std::optional<Outcome> book() {
    namespace carriers = connectors::carriers;
    const auto asked = unseal();
    if (!asked) return refuse(asked.error());
    const bool first = request_.booking == BookingState::asked;
    if (first) {
      change([&](Tables&) { request_.booking = BookingState::sent; });
    }
    const auto attempt = first ? carriers::Attempt::first : carriers::Attempt::again;
    const auto booking = carriers::create_once(carrier(), asked.value(), attempt, now());
    if (booking) {
      note(booking.value());
      return std::nullopt;
    }
    const auto& error = booking.error();
    const bool by_callback = carrier().traits().lookup == connectors::carriers::Lookup::by_callback;
    if (error.code == ErrorCode::conflict && by_callback) {
      note({});  // the callback that names our reference brings the number
      return std::nullopt;
    }
    if (is_refusal(error.code)) return refuse(error);
    auto outcome = policy_.decide(error, context_.job.attempt);
    if (std::holds_alternative<Discard>(outcome)) tell(error);
    return outcome;
  }

  base::Result<connectors::carriers::ShipmentRequest> unseal() const {
    const auto* sealer = context_.services.sealer;
    const auto about = context_.account.id.text + "/" + request_.reference;
    const auto plain = sealer == nullptr ? std::nullopt : sealer->open(about, request_.sealed);
    if (!plain) {
      return base::Error{ErrorCode::invalid,
                         "the receiver's data is no longer kept; ask for the parcel again",
                         {},
                         {}};
    }
    return connectors::carriers::request_from(*plain);
  }

  void note(const connectors::carriers::Booking& booking) {
    context_.services.store.write([&](Tables& tables) {
      if (!load(tables)) return;
      if (shipment_.tracking_no.empty()) shipment_.tracking_no = booking.tracking_no;
      if (!booking.remote_id.empty()) shipment_.remote_id = booking.remote_id;
      if (booking.fee > 0) shipment_.fee = catalog::Money{booking.fee};
      note_booking(tables, context_.services, context_.account, shipment_, now());
      load(tables);
    });
    context_.services.observer.moved(context_.account.id, "parcels", 1);
  }

  Outcome refuse(const base::Error& error) {
    change([&](Tables&) {
      if (request_.booking == BookingState::booked) return;  // a callback knows better
      request_.booking = BookingState::refused;
      request_.sealed.clear();
      request_.problem = error.message;
    });
    if (request_.booking == BookingState::refused) tell(error);
    return Done{};
  }

  Outcome cancel() {
    if (shipment_.tracking_no.empty()) {
      if (now() - request_.asked_at < kNumberPatience) {
        return Snooze{kNumberWait, "the carrier has not named the parcel's number yet"};
      }
      return refuse_cancel(
          {ErrorCode::rejected, "the parcel has had no number for a day; ask the carrier", {}, {}});
    }
    const auto answer = carrier().cancel(
        {shipment_.tracking_no, shipment_.remote_id, shipment_.fee.minor}, "nongsan");
    if (!answer) {
      auto outcome = policy_.decide(answer.error(), context_.job.attempt);
      if (!std::holds_alternative<Discard>(outcome)) return outcome;
      return refuse_cancel(answer.error());
    }
    const bool done = answer.value() == connectors::carriers::Cancellation::done;
    change([&](Tables& tables) {
      request_.cancel = done ? CancelState::done : CancelState::awaiting;
      if (!done) return;
      // Ours, not the carrier's: its own word comes later and agrees, or the parcel is held.
      hear(tables, context_.services, context_.account,
           {"cancelled-by-us", shipment_.tracking_no, shipment_.reference,
            catalog::ShipmentState::cancelled, "", now()},
           now());
    });
    return Done{};
  }

  Outcome refuse_cancel(const base::Error& error) {
    change([&](Tables&) {
      request_.cancel = CancelState::refused;
      request_.problem = error.message;
    });
    tell(error);
    return Done{};
  }

  void tell(base::Error error) {
    error.message = shipment_.reference + ": " + error.message;
    context_.services.observer.notice(context_.account.id, error);
  }

  CarrierContext& context_;
  RetryPolicy& policy_;
  CarrierRequest request_;
  Shipment shipment_;
};

}  // namespace

Outcome run_ship_parcel(CarrierContext& context, RetryPolicy& policy) {
  return Shipping(context, policy).run();
}

}  // namespace jobs
