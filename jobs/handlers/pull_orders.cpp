// Orders of one account, window by window, each page in one transaction with the cursor that says
// so: killed anywhere, the next run asks for the same page again and finds every order known.
// Pools are planned anew once for several pages: an order moves what is reserved and the shop's own
// bound by the same amount, so the bounds hold meanwhile. A window that somebody else began may
// have left pools unplanned; at its end all of them are.
#include "catalog/stock_service.h"
#include "jobs/handlers/common.h"
#include "jobs/handlers/handlers.h"

namespace jobs {
namespace {

constexpr base::Millis kComeBackMin{100};
constexpr int kPagesPerPlan = 20;

class OrderPull {
 public:
  OrderPull(JobContext& context, RetryPolicy& policy)
      : context_(context), policy_(policy), channel_(context.channel) {}

  Outcome run() {
    open_window();
    auto outcome = read_pages();
    if (!unplanned_.empty()) {
      context_.services.store.write([&](Tables& tables) { plan(tables); });
    }
    return outcome;
  }

 private:
  Outcome read_pages() {
    for (int page = 0; page < kBatchesPerRunMax; ++page) {
      const auto reply = channel_.connector->pull_orders(
          {mark_.through - channel_.timing.overlap, *mark_.window_to, mark_.page_cursor});
      if (!reply) return policy_.decide(reply.error(), context_.job.attempt);
      for (const auto& problem : reply.value().unreadable) {
        context_.services.observer.notice(channel_.account, problem);
      }
      take_page(reply.value());
      if (!mark_.window_to) return Done{};
      if (context_.stopping()) return Snooze{base::Millis{0}, "stopping"};
      if (!context_.keep_alive()) return Cancel{"lease lost"};
    }
    return Snooze{base::Millis{0}, "more pages"};
  }

  base::Instant now() const { return context_.services.clock.now(); }

  void open_window() {
    context_.services.store.write([&](Tables& tables) {
      mark_ = tables.cursors.mark(channel_.account).value_or(OrderMark{now(), {}, {}});
      resumed_ = mark_.window_to.has_value();
      if (!resumed_) {
        mark_.window_to = std::max(mark_.through, now() - channel_.timing.settle);
        mark_.page_cursor.clear();
        tables.cursors.put(channel_.account, mark_);
      }
    });
  }

  void take_page(const connectors::OrderPage& page) {
    Ingested ingested;
    OrderMark next = mark_;
    const bool last = page.next_cursor.empty();
    const bool plans = last || ++pages_since_plan_ >= kPagesPerPlan;
    auto pools = unplanned_;
    context_.services.store.write([&](Tables& tables) {
      ingested = ingest_orders(tables, channel_, page.orders, mark_.through, now());
      pools = unplanned_;
      pools.insert(ingested.pools.begin(), ingested.pools.end());
      next = mark_;
      next.page_cursor = page.next_cursor;
      if (last && resumed_) add_all_pools(tables, pools);
      if (plans && !pools.empty()) catalog::replan(tables.catalog, pools, now());
      if (last) {
        auto through = *mark_.window_to;
        if (page.complete_through) through = std::min(through, *page.complete_through);
        next = OrderMark{std::max(mark_.through, through), {}, {}};
        finish_anchors(tables, channel_, next.through, now());
        come_back_for_anchors(tables, next.through);
      }
      tables.cursors.put(channel_.account, next);
    });
    mark_ = next;
    if (plans) pages_since_plan_ = 0;
    unplanned_ = plans ? std::set<catalog::PoolId>{} : std::move(pools);
    if (ingested.fresh > 0) {
      context_.services.observer.moved(channel_.account, "orders", ingested.fresh);
    }
  }

  void plan(Tables& tables) { catalog::replan(tables.catalog, unplanned_, now()); }

  static void add_all_pools(Tables& tables, std::set<catalog::PoolId>& pools) {
    for (const auto& pool : tables.catalog.products.pools()) pools.insert(pool.id);
  }

  // An anchor waits until orders are complete through t0 + lag: ask again when they can be.
  void come_back_for_anchors(Tables& tables, base::Instant through) {
    const auto delivery = channel_.connector->capabilities().delivery;
    if (delivery == connectors::Delivery::worksheet) return;  // the next export brings them
    for (const auto& stock :
         tables.catalog.listings.unanchored_stock(channel_.account, kDirtyRowsMax)) {
      if (!stock.anchor_at || *stock.anchor_at + channel_.timing.lag <= through) continue;
      const auto at = *stock.anchor_at + channel_.timing.lag + channel_.timing.settle;
      enqueue(tables, channel_, JobKind::pull_orders, std::max(at, now() + kComeBackMin), now());
      return;
    }
  }

  JobContext& context_;
  RetryPolicy& policy_;
  const Channel& channel_;
  OrderMark mark_;
  bool resumed_ = false;
  int pages_since_plan_ = 0;
  std::set<catalog::PoolId> unplanned_;  // touched by pages that are in the book
};

}  // namespace

Outcome run_pull_orders(JobContext& context, RetryPolicy& policy) {
  return OrderPull(context, policy).run();
}

}  // namespace jobs
