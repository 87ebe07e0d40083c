// One order a channel told us about: fetched as it is now and taken in like any other. What the
// message said is never used.
#include "catalog/stock_service.h"
#include "jobs/handlers/common.h"
#include "jobs/handlers/handlers.h"

namespace jobs {

Outcome run_fetch_order(JobContext& context, RetryPolicy& policy) {
  const auto& channel = context.channel;
  const std::string id = context.job.subject;
  const auto reply = channel.connector->fetch_orders({&id, 1});
  if (!reply) return policy.decide(reply.error(), context.job.attempt);
  for (const auto& problem : reply.value().unreadable) {
    context.services.observer.notice(channel.account, problem);
  }
  std::int64_t fresh = 0;
  context.services.store.write([&](Tables& tables) {
    const auto now = context.services.clock.now();
    const auto mark = tables.cursors.mark(channel.account).value_or(OrderMark{now, {}, {}});
    const auto ingested = ingest_orders(tables, channel, reply.value().orders, mark.through, now);
    fresh = ingested.fresh;
    if (!ingested.pools.empty()) catalog::replan(tables.catalog, ingested.pools, now);
  });
  if (fresh > 0) context.services.observer.moved(channel.account, "orders", fresh);
  return Done{};
}

}  // namespace jobs
