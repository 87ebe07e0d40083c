// Parcels under way: asked about where the carrier answers; where it only calls back, and has been
// silent for a day, asked to call once more. What comes of it is taken in like any callback.
#include "jobs/handlers/handlers.h"
#include "jobs/shipments.h"

namespace jobs {
namespace {

constexpr std::size_t kParcelsPerRunMax = 500;
constexpr base::Millis kSilence = std::chrono::hours{24};

class Following {
 public:
  Following(CarrierContext& context, RetryPolicy& policy) : context_(context), policy_(policy) {}

  Outcome run() {
    const auto traits = context_.account.carrier->traits();
    std::vector<catalog::Shipment> parcels;
    context_.services.store.read([&](Tables& tables) {
      parcels = tables.catalog.shipments.under_way(context_.account.id, kParcelsPerRunMax);
    });
    for (const auto& parcel : parcels) {
      if (context_.stopping() || !context_.keep_alive()) return Done{};
      if (auto stop = follow(parcel, traits)) return *stop;
    }
    if (moved_ > 0) context_.services.observer.moved(context_.account.id, "parcel_states", moved_);
    return Done{};
  }

 private:
  base::Instant now() const { return context_.services.clock.now(); }

  std::optional<Outcome> follow(const catalog::Shipment& parcel,
                                const connectors::carriers::Traits& traits) {
    if (parcel.tracking_no.empty()) {
      if (silent(parcel)) missing_number(parcel);
      return std::nullopt;
    }
    if (traits.answers_status) return ask(parcel);
    if (traits.repeats_callbacks && silent(parcel)) return ask_to_repeat(parcel);
    return std::nullopt;
  }

  // Neither heard of nor asked about for a day.
  bool silent(const catalog::Shipment& parcel) {
    auto last = parcel.state_at;
    context_.services.store.read([&](Tables& tables) {
      const auto request = tables.catalog.shipments.request(parcel.carrier, parcel.reference);
      if (request) last = std::max({last, request->asked_at, request->followed_at});
    });
    return now() - last >= kSilence;
  }

  std::optional<Outcome> ask(const catalog::Shipment& parcel) {
    const auto told = context_.account.carrier->status(parcel.tracking_no);
    if (!told) return trouble(parcel, told.error());
    context_.services.store.write([&](Tables& tables) {
      for (const auto& event : told.value()) {
        const auto change = hear(tables, context_.services, context_.account, event, now());
        if (change == catalog::ShipmentChange::moved) ++moved_;
      }
      mark_followed(tables, parcel);
    });
    return std::nullopt;
  }

  std::optional<Outcome> ask_to_repeat(const catalog::Shipment& parcel) {
    const auto asked = context_.account.carrier->repeat_callbacks(parcel.tracking_no);
    if (!asked) return trouble(parcel, asked.error());
    context_.services.store.write([&](Tables& tables) { mark_followed(tables, parcel); });
    return std::nullopt;
  }

  void missing_number(const catalog::Shipment& parcel) {
    context_.services.store.write([&](Tables& tables) { mark_followed(tables, parcel); });
    notice(parcel, {base::ErrorCode::rejected,
                    "has had no tracking number for a day; look into the carrier's portal",
                    {},
                    {}});
  }

  // One parcel that the carrier does not know stops nothing; a carrier in trouble does.
  std::optional<Outcome> trouble(const catalog::Shipment& parcel, const base::Error& error) {
    auto outcome = policy_.decide(error, context_.job.attempt);
    const bool ours = error.code == base::ErrorCode::unauthorized;
    if (!std::holds_alternative<Discard>(outcome) || ours) return outcome;
    context_.services.store.write([&](Tables& tables) { mark_followed(tables, parcel); });
    notice(parcel, error);
    return std::nullopt;
  }

  void mark_followed(Tables& tables, const catalog::Shipment& parcel) {
    auto request = tables.catalog.shipments.request(parcel.carrier, parcel.reference);
    if (!request) return;
    request->followed_at = now();
    tables.catalog.shipments.put(*request);
  }

  void notice(const catalog::Shipment& parcel, base::Error error) {
    error.message = parcel.reference + ": " + error.message;
    context_.services.observer.notice(context_.account.id, error);
  }

  CarrierContext& context_;
  RetryPolicy& policy_;
  std::int64_t moved_ = 0;
};

}  // namespace

Outcome run_follow_parcels(CarrierContext& context, RetryPolicy& policy) {
  return Following(context, policy).run();
}

}  // namespace jobs
