#include "jobs/handlers/common.h"

#include <algorithm>

#include "catalog/order_intake.h"
#include "catalog/stock_service.h"

namespace jobs {

void enqueue(Tables& tables, const Channel& channel, JobKind kind, base::Instant run_at,
             base::Instant now) {
  tables.jobs.enqueue({kind, channel.account, {}, run_at}, now);
}

catalog::Answer answer_of(const base::Error& error) {
  switch (error.code) {
    case base::ErrorCode::unknown_outcome:
    case base::ErrorCode::protocol:
      return catalog::Answer::unknown;
    default:
      return catalog::Answer::refused;
  }
}

std::set<catalog::PoolId> pools_of(Tables& tables, const catalog::Sku& sku) {
  std::set<catalog::PoolId> pools;
  if (const auto variant = tables.catalog.products.variant(sku)) {
    for (const auto& item : variant->recipe) pools.insert(item.pool);
  }
  return pools;
}

Ingested ingest_orders(Tables& tables, const Channel& channel,
                       const std::vector<catalog::Order>& orders, base::Instant through,
                       base::Instant now) {
  catalog::IntakeContext intake;
  intake.now = now;
  intake.restock = channel.connector->capabilities().on_cancel;
  intake.clock_skew = channel.timing.clock_skew;
  intake.lag = channel.timing.lag + channel.timing.overlap;
  intake.ingested_through = through;
  Ingested out;
  for (auto order : orders) {
    order.account = channel.account;
    auto result = catalog::ingest(tables.catalog, std::move(order), intake);
    if (result.intake == catalog::Intake::inserted) ++out.fresh;
    out.pools.merge(result.pools);
  }
  return out;
}

void rebind(Tables& tables, const Channel& channel, const catalog::Sku& sku,
            const catalog::Binding& binding, base::Instant now) {
  auto listing = tables.catalog.listings.listing(channel.account, sku);
  if (!listing) return;
  listing->binding = binding;
  tables.catalog.listings.put(*listing);
  if (auto stock = tables.catalog.listings.stock(channel.account, sku)) {
    mark_if_off_target(tables, *stock, now);
    tables.catalog.listings.put(*stock);
  }
}

void mark_if_off_target(Tables& tables, catalog::ListingStock& stock, base::Instant now) {
  if (stock.shown != stock.target && !stock.dirty()) ++stock.want_version;
  if (stock.dirty()) tables.catalog.outbox.announce(catalog::ChangeKind::stock, stock.account, now);
}

void finish_anchors(Tables& tables, const Channel& channel, base::Instant ingested_through,
                    base::Instant now) {
  std::set<catalog::PoolId> pools;
  const bool typed = channel.connector->capabilities().delivery == connectors::Delivery::worksheet;
  for (auto& stock : tables.catalog.listings.unanchored_stock(channel.account, kDirtyRowsMax)) {
    const auto shown_before = stock.shown;
    const bool waited = stock.anchor_at.has_value();
    if (!catalog::finish_anchor(stock, ingested_through, channel.timing.lag) &&
        (!waited || stock.anchor_at.has_value())) {
      continue;
    }
    // A person's "I typed it" bounds what is shown from above; our belief may already be lower.
    if (typed) stock.shown = std::min(shown_before, stock.shown);
    mark_if_off_target(tables, stock, now);
    tables.catalog.listings.put(stock);
    pools.merge(pools_of(tables, stock.sku));
  }
  if (!pools.empty()) catalog::replan(tables.catalog, pools, now);
}

}  // namespace jobs
