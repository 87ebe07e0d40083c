// Returns and money paid out, window by window, each page in one transaction with its mark: killed
// anywhere, the same page is asked for again and changes nothing the second time.
#include "base/log.h"
#include "connectors/after_sale.h"
#include "jobs/handlers/common.h"
#include "jobs/handlers/handlers.h"

namespace jobs {
namespace {

constexpr base::Millis kFirstLookBack = std::chrono::hours{24 * 30};

// `Page` has next_cursor and unreadable; `fetch` asks, `keep` puts its rows and counts the new
// ones.
template <typename Fetch, typename Keep>
class Walk {
 public:
  Walk(JobContext& context, RetryPolicy& policy, Stream stream, Fetch fetch, Keep keep)
      : context_(context), policy_(policy), stream_(stream), fetch_(fetch), keep_(keep) {}

  Outcome run() {
    open_window();
    for (int pages = 0; pages < kBatchesPerRunMax; ++pages) {
      const auto& timing = context_.channel.timing;
      const auto page = fetch_(connectors::OrderQuery{mark_.through - timing.overlap,
                                                      *mark_.window_to, mark_.page_cursor});
      if (!page) return policy_.decide(page.error(), context_.job.attempt);
      for (const auto& problem : page.value().unreadable) {
        context_.services.observer.notice(context_.channel.account, problem);
      }
      take(page.value());
      if (!mark_.window_to) return Done{};
      if (context_.stopping()) return Snooze{base::Millis{0}, "stopping"};
      if (!context_.keep_alive()) return Cancel{"lease lost"};
    }
    return Snooze{base::Millis{0}, "more pages"};
  }

 private:
  void open_window() {
    const auto& account = context_.channel.account;
    context_.services.store.write([&](Tables& tables) {
      const auto now = context_.services.clock.now();
      mark_ =
          tables.cursors.mark(account, stream_).value_or(OrderMark{now - kFirstLookBack, {}, {}});
      if (mark_.window_to) return;
      mark_.window_to = std::max(mark_.through, now - context_.channel.timing.settle);
      mark_.page_cursor.clear();
      tables.cursors.put(account, stream_, mark_);
    });
  }

  template <typename Page>
  void take(const Page& page) {
    std::int64_t fresh = 0;
    OrderMark next = mark_;
    context_.services.store.write([&](Tables& tables) {
      fresh = keep_(tables, page);
      next = mark_;
      next.page_cursor = page.next_cursor;
      if (page.next_cursor.empty()) next = OrderMark{*mark_.window_to, {}, {}};
      tables.cursors.put(context_.channel.account, stream_, next);
    });
    mark_ = next;
    if (fresh > 0) {
      context_.services.observer.moved(context_.channel.account, std::string(to_string(stream_)),
                                       fresh);
    }
  }

  JobContext& context_;
  RetryPolicy& policy_;
  const Stream stream_;
  Fetch fetch_;
  Keep keep_;
  OrderMark mark_;
};

template <typename Row>
std::int64_t keep_rows(Tables& tables, const catalog::AccountId& account, std::vector<Row> rows) {
  std::int64_t fresh = 0;
  for (auto& row : rows) {
    row.account = account;
    if (tables.catalog.after_sale.put(row) == catalog::Put::inserted) ++fresh;
  }
  return fresh;
}

}  // namespace

Outcome run_pull_returns(JobContext& context, RetryPolicy& policy) {
  auto* port = context.channel.connector->after_sale();
  if (port == nullptr) return Done{};
  const auto fetch = [&](const connectors::OrderQuery& query) { return port->pull_returns(query); };
  const auto keep = [&](Tables& tables, const connectors::ReturnPage& page) {
    return keep_rows(tables, context.channel.account, page.cases);
  };
  return Walk(context, policy, Stream::returns, fetch, keep).run();
}

Outcome run_pull_settlements(JobContext& context, RetryPolicy& policy) {
  auto* port = context.channel.connector->after_sale();
  if (port == nullptr) return Done{};
  const auto fetch = [&](const connectors::OrderQuery& query) {
    return port->pull_settlements(query);
  };
  const auto keep = [&](Tables& tables, const connectors::SettlementPage& page) {
    if (!page.note.empty()) {
      base::log_event(base::Level::info, "settlements",
                      {{"account", context.channel.account.text}, {"note", page.note}});
    }
    return keep_rows(tables, context.channel.account, page.settlements);
  };
  return Walk(context, policy, Stream::settlements, fetch, keep).run();
}

}  // namespace jobs
