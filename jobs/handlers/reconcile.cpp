// The nightly proof: reads everything the shop shows, notes it, and lets the ordinary handlers
// repair what differs. A reply that is empty or far shorter than what we have bound changes nothing
// and is reported: an outage must not look like "everything was delisted".
#include <algorithm>
#include <map>

#include "catalog/stock_service.h"
#include "connectors/webhooks.h"
#include "jobs/content.h"
#include "jobs/handlers/common.h"
#include "jobs/handlers/handlers.h"

namespace jobs {
namespace {

constexpr int kPagesMax = 10'000;
// Fewer than this share of the bound listings in the reply: not believed.
constexpr std::size_t kShareMinPercent = 50;

class Reconcile {
 public:
  Reconcile(JobContext& context, RetryPolicy& policy)
      : context_(context), policy_(policy), channel_(context.channel) {}

  Outcome run() {
    expect();
    if (expected_.empty()) return Done{};
    if (auto stop = read_all()) return *stop;
    if (seen_.size() * 100 < expected_.size() * kShareMinPercent) {
      const base::Error brake{base::ErrorCode::rejected,
                              "the shop shows " + std::to_string(seen_.size()) + " of " +
                                  std::to_string(expected_.size()) +
                                  " listings of ours; nothing was changed, a person must look",
                              {},
                              {}};
      context_.services.observer.notice(channel_.account, brake);
      return Done{};
    }
    note();
    return Done{};
  }

 private:
  base::Instant now() const { return context_.services.clock.now(); }

  void expect() {
    context_.services.store.read([&](Tables& tables) {
      catalog::Sku after;
      for (;;) {
        const auto page = tables.catalog.listings.listings(channel_.account, after, kDirtyRowsMax);
        for (const auto& listing : page) {
          if (listing.state == catalog::ListingState::live) {
            expected_[listing.binding.item_id + "/" + listing.binding.unit_id] = listing.sku;
          }
        }
        if (page.size() < kDirtyRowsMax) return;
        after = page.back().sku;
      }
    });
  }

  std::optional<Outcome> read_all() {
    std::string cursor;
    asked_at_ = now();
    for (int page = 0; page < kPagesMax; ++page) {
      auto reply = channel_.connector->list(cursor);
      if (!reply) return policy_.decide(reply.error(), context_.job.attempt);
      for (auto& remote : reply.value().listings) {
        const auto found = expected_.find(remote.binding.item_id + "/" + remote.binding.unit_id);
        if (found != expected_.end()) {
          seen_.emplace(found->second, remote);
        } else if (!remote.sku.empty()) {
          strays_.emplace(remote.sku, remote);
        }
      }
      cursor = reply.value().next_cursor;
      if (cursor.empty()) break;
      if (!context_.keep_alive()) return Cancel{"lease lost"};
    }
    bind_strays();
    return std::nullopt;
  }

  // Ours by its SKU, under ids that we do not know, and nowhere under those that we do: the channel
  // gave it others and we died before noting them.
  void bind_strays() {
    context_.services.store.write([&](Tables& tables) {
      for (const auto& [key, sku] : expected_) {
        const auto stray = strays_.find(sku);
        if (stray == strays_.end() || seen_.contains(sku)) continue;
        rebind(tables, channel_, sku, stray->second.binding, now());
        seen_.emplace(sku, stray->second);
      }
    });
  }

  void note() {
    context_.services.store.write([&](Tables& tables) {
      std::set<catalog::PoolId> pools;
      for (const auto& [key, sku] : expected_) {
        const auto found = seen_.find(sku);
        if (found != seen_.end()) note_one(tables, sku, found->second);
        pools.merge(pools_of(tables, sku));
        refresh_listings(tables, sku, now());
      }
      catalog::replan(tables.catalog, pools, now());  // lots expire by themselves
      tables.catalog.outbox.announce(catalog::ChangeKind::price, channel_.account, now());
      const auto at = now() + channel_.timing.lag + channel_.timing.settle;
      enqueue(tables, channel_, JobKind::pull_orders, at, now());
    });
    context_.services.observer.moved(channel_.account, "checked",
                                     static_cast<std::int64_t>(seen_.size()));
  }

  void note_one(Tables& tables, const catalog::Sku& sku, const connectors::RemoteListing& remote) {
    catalog::Observed seen;
    seen.stock = remote.stock;
    seen.price = catalog::Money{remote.price};
    seen.visible = remote.visible;
    seen.name = remote.title;
    seen.at = asked_at_;
    seen.source = "read";
    tables.catalog.listings.put_observed(channel_.account, sku, seen);
    auto stock = tables.catalog.listings.stock(channel_.account, sku);
    if (stock && stock->attempt == catalog::Attempt::none && stock->shown != remote.stock) {
      catalog::begin_anchor(*stock, remote.stock, asked_at_);
      tables.catalog.listings.put(*stock);
    }
    if (remote.visible) return;
    if (auto listing = tables.catalog.listings.listing(channel_.account, sku)) {
      listing->sent_content_hash.clear();  // hidden though wanted: send it again
      tables.catalog.listings.put(*listing);
      tables.catalog.outbox.announce(catalog::ChangeKind::content, channel_.account, now());
    }
  }

  JobContext& context_;
  RetryPolicy& policy_;
  const Channel& channel_;
  std::map<std::string, catalog::Sku> expected_;
  std::map<catalog::Sku, connectors::RemoteListing> seen_;
  std::map<catalog::Sku, connectors::RemoteListing> strays_;  // under ids that are not bound
  base::Instant asked_at_;
};

// A channel that stopped telling us is no reason to stop checking.
void mend_messages(JobContext& context) {
  const auto& channel = context.channel;
  auto* port = channel.connector->webhooks();
  if (port == nullptr || channel.hook_url.empty()) return;
  const auto mended = port->mend(channel.hook_url);
  if (!mended) {
    context.services.observer.notice(channel.account, mended.error());
  } else if (mended.value() > 0) {
    context.services.observer.moved(channel.account, "messages switched on again", mended.value());
  }
}

}  // namespace

Outcome run_reconcile(JobContext& context, RetryPolicy& policy) {
  mend_messages(context);
  return Reconcile(context, policy).run();
}

}  // namespace jobs
