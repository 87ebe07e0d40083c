// The chosen goods of one account, put in front as far as the channel can.
#include <algorithm>

#include "connectors/featuring.h"
#include "jobs/handlers/common.h"
#include "jobs/handlers/handlers.h"

namespace jobs {
namespace {

constexpr base::Millis kWindow = std::chrono::hours{24};

std::vector<connectors::FeaturedItem> chosen(Tables& tables, const catalog::AccountId& account,
                                             base::Instant now) {
  std::vector<connectors::FeaturedItem> out;
  catalog::Sku after;
  for (;;) {
    const auto page = tables.catalog.listings.listings(account, after, kDirtyRowsMax);
    for (const auto& listing : page) {
      if (listing.featured_rank <= 0 || listing.state != catalog::ListingState::live) continue;
      connectors::FeaturedItem item;
      item.sku = listing.sku;
      item.binding = listing.binding;
      item.rank = listing.featured_rank;
      item.price = listing.price.minor;
      item.from = now;
      item.to = now + kWindow;
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
    items = chosen(tables, context.channel.account, context.services.clock.now());
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
