// Asks the channel what it shows where only the answer can settle something: a write whose answer
// was lost, or a bound that a set left too high. The read becomes an anchor; it is applied once
// every order made before it (plus the channel's lag) is ingested.
#include <algorithm>

#include "jobs/handlers/common.h"
#include "jobs/handlers/handlers.h"

namespace jobs {
namespace {

class ReadBack {
 public:
  ReadBack(JobContext& context, RetryPolicy& policy)
      : context_(context), policy_(policy), channel_(context.channel) {}

  Outcome run() {
    collect();
    const auto batch_max = channel_.connector->capabilities().read_batch_max;
    for (std::size_t at = 0; at < wanted_.size(); at += batch_max) {
      const auto count = std::min(batch_max, wanted_.size() - at);
      const auto asked_at = now();
      const auto reply =
          channel_.connector->read(std::span<const catalog::Binding>(&bindings_[at], count));
      if (!reply) return policy_.decide(reply.error(), context_.job.attempt);
      auto remote = reply.value();
      if (auto stop = look_for_missing(at, count, remote)) return *stop;
      record(at, count, remote, asked_at);
      if (!context_.keep_alive()) return Cancel{"lease lost"};
    }
    ask_for_orders();
    if (later_) return Snooze{std::max(base::Millis{1}, *later_ - now()), "a write may still land"};
    return Done{};
  }

 private:
  base::Instant now() const { return context_.services.clock.now(); }

  void collect() {
    context_.services.store.write([&](Tables& tables) {
      wanted_.clear();
      bindings_.clear();
      later_.reset();
      for (auto& stock :
           tables.catalog.listings.unanchored_stock(channel_.account, kDirtyRowsMax)) {
        if (stock.anchor_at) continue;
        const auto listing = tables.catalog.listings.listing(channel_.account, stock.sku);
        if (!listing || listing->binding.empty()) continue;
        if (stock.attempt == catalog::Attempt::sent) {
          // One job per account runs at a time, so nobody waits for this answer any more.
          catalog::close_attempt(stock, catalog::Answer::unknown);
          tables.catalog.listings.put(stock);
        }
        const auto from = catalog::readable_from(stock, channel_.timing.write_lands_within);
        if (stock.attempt == catalog::Attempt::unknown && now() < from) {
          later_ = later_ ? std::min(*later_, from) : from;
          continue;
        }
        wanted_.push_back(stock.sku);
        bindings_.push_back(listing->binding);
      }
    });
  }

  // A binding that the read does not know may be an old one: the channel gave the pack other ids
  // and we died before noting them. Its SKU says where it is now.
  std::optional<Outcome> look_for_missing(std::size_t at, std::size_t count,
                                          std::vector<connectors::RemoteListing>& remote) {
    for (std::size_t i = at; i < at + count; ++i) {
      const bool known = std::any_of(remote.begin(), remote.end(), [&](const auto& candidate) {
        return candidate.binding == bindings_[i];
      });
      if (known) continue;
      auto found = channel_.connector->find(wanted_[i]);
      if (!found) return policy_.decide(found.error(), context_.job.attempt);
      if (!found.value()) continue;
      bindings_[i] = found.value()->binding;
      remote.push_back(std::move(*found.value()));
      context_.services.store.write(
          [&](Tables& tables) { rebind(tables, channel_, wanted_[i], bindings_[i], now()); });
    }
    return std::nullopt;
  }

  void record(std::size_t at, std::size_t count,
              const std::vector<connectors::RemoteListing>& remote, base::Instant asked_at) {
    context_.services.store.write([&](Tables& tables) {
      for (std::size_t i = at; i < at + count; ++i) {
        const auto found = std::find_if(remote.begin(), remote.end(), [&](const auto& candidate) {
          return candidate.binding == bindings_[i];
        });
        if (found == remote.end()) {
          gone(tables, wanted_[i], asked_at);
        } else {
          anchor(tables, wanted_[i], *found, asked_at);
        }
      }
    });
  }

  void anchor(Tables& tables, const catalog::Sku& sku, const connectors::RemoteListing& remote,
              base::Instant asked_at) {
    auto stock = tables.catalog.listings.stock(channel_.account, sku);
    if (!stock) return;
    if (remote.stock > stock->exposure) report_foreign_edit(tables, *stock, remote.stock);
    catalog::begin_anchor(*stock, remote.stock, asked_at);
    tables.catalog.listings.put(*stock);
    auto seen =
        tables.catalog.listings.observed(channel_.account, sku).value_or(catalog::Observed{});
    seen.stock = remote.stock;
    seen.price = catalog::Money{remote.price};
    seen.visible = remote.visible;
    seen.at = asked_at;
    seen.source = "read";
    tables.catalog.listings.put_observed(channel_.account, sku, seen);
  }

  void report_foreign_edit(Tables& tables, const catalog::ListingStock& stock, std::int64_t shown) {
    catalog::StockIncident incident;
    incident.kind = "foreign_edit";
    incident.account = channel_.account;
    incident.sku = stock.sku;
    incident.quantity = shown - stock.exposure;
    incident.cause = "the channel shows more than we ever set";
    incident.at = now();
    tables.catalog.stock.append(incident);
  }

  // The channel does not know the listing any more: nothing of it can be sold, a person decides.
  void gone(Tables& tables, const catalog::Sku& sku, base::Instant asked_at) {
    if (auto stock = tables.catalog.listings.stock(channel_.account, sku)) {
      catalog::begin_anchor(*stock, 0, asked_at);
      tables.catalog.listings.put(*stock);
    }
    if (auto listing = tables.catalog.listings.listing(channel_.account, sku)) {
      listing->state = catalog::ListingState::held;
      listing->held_reason = "the channel no longer has this listing";
      tables.catalog.listings.put(*listing);
    }
  }

  // Anchors are applied by the pull of orders that reaches past them.
  void ask_for_orders() {
    if (wanted_.empty()) return;
    context_.services.store.write([&](Tables& tables) {
      const auto at = now() + channel_.timing.lag + channel_.timing.settle;
      enqueue(tables, channel_, JobKind::pull_orders, at, now());
    });
  }

  JobContext& context_;
  RetryPolicy& policy_;
  const Channel& channel_;
  std::vector<catalog::Sku> wanted_;
  std::vector<catalog::Binding> bindings_;
  std::optional<base::Instant> later_;
};

}  // namespace

Outcome run_read_back(JobContext& context, RetryPolicy& policy) {
  return ReadBack(context, policy).run();
}

}  // namespace jobs
