// What people asked for one order, in the order they asked: each request is in the store before its
// call, every call is repeatable, and its end is noted after the answer. Killed between the two,
// the next run sends it again and the channel answers with what it did before.
#include <algorithm>

#include "base/replace_file.h"
#include "connectors/fulfilment.h"
#include "jobs/handlers/common.h"
#include "jobs/handlers/handlers.h"

namespace jobs {
namespace {

using catalog::OrderAction;
using catalog::OrderRequest;
using catalog::RequestState;

constexpr base::Millis kTrackingWait{10'000};
constexpr base::Millis kTrackingPatience = std::chrono::hours{24};

class Fulfil {
 public:
  Fulfil(JobContext& context, RetryPolicy& policy)
      : context_(context), policy_(policy), channel_(context.channel) {}

  Outcome run() {
    auto* port = channel_.connector->fulfilment();
    if (port == nullptr) {
      for (const auto& request : open_requests()) end(request, cannot());
      return Done{};
    }
    for (const auto& request : open_requests()) {
      const auto answer = send(*port, request);
      if (answer) {
        close(request, std::nullopt);
        continue;
      }
      auto outcome = policy_.decide(answer.error(), context_.job.attempt);
      if (!std::holds_alternative<Discard>(outcome)) return outcome;
      close(request, answer.error());
      context_.services.observer.notice(channel_.account, answer.error());
    }
    return follow_up(*port);
  }

 private:
  base::Instant now() const { return context_.services.clock.now(); }
  const std::string& order_id() const { return context_.job.subject; }

  std::vector<OrderRequest> open_requests() {
    std::vector<OrderRequest> open;
    context_.services.store.read([&](Tables& tables) {
      for (auto& request : tables.catalog.fulfilment.requests(channel_.account, order_id())) {
        if (request.state == RequestState::asked) open.push_back(std::move(request));
      }
    });
    return open;
  }

  base::Status send(connectors::Fulfilment& port, const OrderRequest& request) {
    using connectors::Decision;
    switch (request.action) {
      case OrderAction::ship:
        return take(port.ship(
            {request.order_id, {}, request.handover, request.carrier, request.tracking_number}));
      case OrderAction::label: {
        const auto label = port.label(request.order_id);
        if (!label) return label.error();
        return base::replace_file(request.file, label.value().bytes, base::Readers::owner);
      }
      case OrderAction::cancel:
        return port.cancel(request.order_id, {},
                           connectors::cancel_reason_from(request.reason)
                               .value_or(connectors::CancelReason::cannot_deliver));
      case OrderAction::accept_cancellation:
        return port.answer_cancellation(request.order_id, Decision::accept);
      case OrderAction::refuse_cancellation:
        return port.answer_cancellation(request.order_id, Decision::refuse);
    }
    return base::Done{};
  }

  base::Status take(const base::Result<std::vector<connectors::Parcel>>& parcels) {
    if (!parcels) return parcels.error();
    context_.services.store.write([&](Tables& tables) {
      for (const auto& parcel : parcels.value()) {
        tables.catalog.fulfilment.put(
            catalog::Parcel{channel_.account, order_id(), parcel.package_id, parcel.carrier,
                            parcel.tracking_number, parcel.remote_status});
      }
    });
    context_.services.observer.moved(channel_.account, "parcels",
                                     static_cast<std::int64_t>(parcels.value().size()));
    return base::Done{};
  }

  static base::Error cannot() {
    return {base::ErrorCode::rejected,
            "this channel takes no shipments or cancellations from us",
            {},
            {}};
  }

  // Nobody was asked: there is nothing new to fetch.
  void end(OrderRequest request, const base::Error& refusal) {
    request.state = RequestState::refused;
    request.problem = refusal.message;
    context_.services.store.write([&](Tables& tables) { tables.catalog.fulfilment.put(request); });
  }

  // The order is fetched afterwards: the book follows the channel, not our wish.
  void close(OrderRequest request, const std::optional<base::Error>& refusal) {
    request.state = refusal ? RequestState::refused : RequestState::done;
    request.problem = refusal ? refusal->message : "";
    context_.services.store.write([&](Tables& tables) {
      tables.catalog.fulfilment.put(request);
      tables.jobs.enqueue({JobKind::fetch_order, channel_.account, request.order_id, now()}, now());
    });
  }

  // Some channels give the tracking number out later; a day after it was asked for a person must
  // look.
  Outcome follow_up(connectors::Fulfilment& port) {
    std::vector<catalog::Parcel> parcels;
    context_.services.store.read([&](Tables& tables) {
      parcels = tables.catalog.fulfilment.parcels(channel_.account, order_id());
    });
    const bool waits = std::any_of(parcels.begin(), parcels.end(), [](const auto& parcel) {
      return parcel.tracking_number.empty();
    });
    if (!waits) return Done{};
    const auto fresh = port.parcels(order_id());
    if (!fresh) return policy_.decide(fresh.error(), context_.job.attempt);
    const auto still =
        std::any_of(fresh.value().begin(), fresh.value().end(),
                    [](const auto& parcel) { return parcel.tracking_number.empty(); });
    if (const auto taken = take(fresh); !taken) return Discard{taken.error()};
    if (!still) return Done{};
    if (now() - context_.job.created_at < kTrackingPatience) {
      return Snooze{kTrackingWait, "the channel has given no tracking number yet"};
    }
    context_.services.observer.notice(
        channel_.account, {base::ErrorCode::rejected,
                           "order " + order_id() + " has had no tracking number for a day",
                           {},
                           {}});
    return Done{};
  }

  JobContext& context_;
  RetryPolicy& policy_;
  const Channel& channel_;
};

}  // namespace

Outcome run_fulfil_order(JobContext& context, RetryPolicy& policy) {
  return Fulfil(context, policy).run();
}

}  // namespace jobs
