// The chosen goods of one account, put in front as far as the channel can.
#include <algorithm>

#include "connectors/featuring.h"
#include "jobs/handlers/common.h"
#include "jobs/handlers/handlers.h"

namespace jobs {
namespace {

constexpr base::Millis kWindow = std::chrono::hours{24};

// An offer of the campaign file: its own window, before it begins as well.
void offer_it(connectors::FeaturedItem& item, const std::vector<Offer>& offers, base::Instant now) {
  const auto offer = std::find_if(offers.begin(), offers.end(), [&](const Offer& one) {
    return one.sku == item.sku && phase_of(one, now) != OfferPhase::over;
  });
  if (offer == offers.end()) return;
  item.rank = offer->rank;
  item.special_price = offer->special_price;
  item.from = offer->from;
  item.to = offer->to;
}

std::vector<connectors::FeaturedItem> chosen(Tables& tables, const Channel& channel,
                                             base::Instant now) {
  const auto& account = channel.account;
  std::vector<connectors::FeaturedItem> out;
  catalog::Sku after;
  for (;;) {
    const auto page = tables.catalog.listings.listings(account, after, kDirtyRowsMax);
    for (const auto& listing : page) {
      if (listing.state != catalog::ListingState::live) continue;
      connectors::FeaturedItem item;
      item.sku = listing.sku;
      item.binding = listing.binding;
      item.rank = listing.featured_rank;
      item.price = listing.price.minor;
      item.from = now;
      item.to = now + kWindow;
      offer_it(item, channel.offers, now);
      if (item.rank <= 0) continue;
      out.push_back(std::move(item));
    }
    if (page.size() < kDirtyRowsMax) break;
    after = page.back().sku;
  }
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) {
    return a.rank != b.rank ? a.rank < b.rank : a.sku < b.sku;
  });
  return out;
}

}  // namespace

Outcome run_push_featured(JobContext& context, RetryPolicy& policy) {
  auto* port = context.channel.connector->featuring();
  if (port == nullptr) return Done{};
  std::vector<connectors::FeaturedItem> items;
  context.services.store.read([&](Tables& tables) {
    items = chosen(tables, context.channel, context.services.clock.now());
  });
  if (items.size() > port->items_max()) items.resize(port->items_max());
  const auto report = port->feature(items);
  for (const auto& rejection : report.rejected) {
    context.services.observer.notice(context.channel.account, rejection.error);
  }
  if (report.stopped_by) return policy.decide(*report.stopped_by, context.job.attempt);
  context.services.observer.moved(context.channel.account, "featured",
                                  static_cast<std::int64_t>(report.accepted.size()));
  return Done{};
}

}  // namespace jobs
