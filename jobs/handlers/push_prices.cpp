// Prices that are not the wanted ones. Absolute and safe to repeat: an unanswered push is simply
// still wanted, because the observed price did not change.
#include <algorithm>
#include <cstdlib>
#include <map>
#include <span>

#include "jobs/handlers/common.h"
#include "jobs/handlers/handlers.h"

namespace jobs {
namespace {

bool jumps(std::int64_t from, std::int64_t to, int percent_max) {
  return from > 0 && std::abs(to - from) * 100 > from * percent_max;
}

class PricePush {
 public:
  PricePush(JobContext& context, RetryPolicy& policy)
      : context_(context), policy_(policy), channel_(context.channel) {}

  Outcome run() {
    collect();
    sort();
    for (std::size_t at = 0; at < updates_.size();) {
      const auto batch = std::span(updates_).subspan(at, batch_length(at));
      at += batch.size();
      const auto report = channel_.connector->push_prices(batch);
      record(batch, report);
      if (report.stopped_by) return policy_.decide(*report.stopped_by, context_.job.attempt);
      if (context_.stopping()) return Snooze{base::Millis{0}, "stopping"};
      if (!context_.keep_alive()) return Cancel{"lease lost"};
    }
    return Done{};
  }

 private:
  // As many as a batch takes, but no item of the channel split over two: where it takes one item a
  // call, that would cost two.
  std::size_t batch_length(std::size_t at) const {
    const auto most = channel_.connector->capabilities().price_batch_max;
    const auto left = updates_.size() - at;
    if (left <= most) return left;
    const auto item_at = [&](std::size_t i) { return updates_[at + i].binding.item_id; };
    auto length = most;
    while (length > 0 && item_at(length - 1) == item_at(most)) --length;
    return length == 0 ? most : length;
  }

  // Packs of one item side by side, else by SKU.
  void sort() {
    std::map<std::string, std::size_t> places;
    for (const auto& update : updates_) places.try_emplace(update.binding.item_id, places.size());
    std::stable_sort(updates_.begin(), updates_.end(), [&](const auto& a, const auto& b) {
      return places.at(a.binding.item_id) < places.at(b.binding.item_id);
    });
  }

  void collect() {
    std::vector<base::Error> held;
    context_.services.store.read([&](Tables& tables) {
      const auto account = tables.catalog.listings.account(channel_.account);
      const int jump_max = account ? account->price_rule.jump_percent_max : 0;
      for (const auto& listing :
           tables.catalog.listings.listings_to_reprice(channel_.account, kDirtyRowsMax)) {
        if (listing.binding.empty()) continue;
        const auto seen = tables.catalog.listings.observed(channel_.account, listing.sku);
        if (seen && jump_max > 0 && jumps(seen->price.minor, listing.price.minor, jump_max)) {
          held.push_back({base::ErrorCode::rejected,
                          listing.sku.text + ": price would move from " +
                              std::to_string(seen->price.minor) + " to " +
                              std::to_string(listing.price.minor) + ", more than " +
                              std::to_string(jump_max) + " %; held (price_jump_percent_max)",
                          {},
                          {}});
          continue;
        }
        updates_.push_back({listing.sku, listing.binding, listing.price.minor});
      }
    });
    for (const auto& notice : held) context_.services.observer.notice(channel_.account, notice);
  }

  void record(std::span<const connectors::PriceUpdate> batch,
              const connectors::PushReport& report) {
    const auto now = context_.services.clock.now();
    context_.services.store.write([&](Tables& tables) {
      for (const auto index : report.accepted) {
        const auto& update = batch[index];
        auto seen = tables.catalog.listings.observed(channel_.account, update.sku)
                        .value_or(catalog::Observed{});
        seen.price = catalog::Money{update.price};
        seen.at = now;
        seen.source = "set";
        tables.catalog.listings.put_observed(channel_.account, update.sku, seen);
      }
      for (const auto& rejection : report.rejected) {
        auto listing =
            tables.catalog.listings.listing(channel_.account, batch[rejection.index].sku);
        if (!listing) continue;
        listing->state = catalog::ListingState::held;
        listing->held_reason = rejection.error.message;
        tables.catalog.listings.put(*listing);
      }
    });
    for (const auto& rejection : report.rejected) {
      context_.services.observer.notice(channel_.account, rejection.error);
    }
    if (!report.accepted.empty()) {
      context_.services.observer.moved(channel_.account, "prices",
                                       static_cast<std::int64_t>(report.accepted.size()));
    }
  }

  JobContext& context_;
  RetryPolicy& policy_;
  const Channel& channel_;
  std::vector<connectors::PriceUpdate> updates_;
};

}  // namespace

Outcome run_push_prices(JobContext& context, RetryPolicy& policy) {
  return PricePush(context, policy).run();
}

}  // namespace jobs
