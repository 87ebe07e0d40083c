// Stock levels that are not what we want shown. The value is read here, at send time: a thousand
// changes during an outage are one push. The bound is raised and committed before each call
// (catalog/exposure.h); a second open attempt for one listing is never made.
#include "catalog/stock_service.h"
#include "jobs/handlers/common.h"
#include "jobs/handlers/handlers.h"

namespace jobs {
namespace {

using catalog::Answer;
using catalog::ListingStock;
using catalog::StepKind;

constexpr std::size_t kRowsPerBatch = 2;  // looked at first, for each place in a batch

class StockPush {
 public:
  StockPush(JobContext& context, RetryPolicy& policy)
      : context_(context),
        policy_(policy),
        channel_(context.channel),
        capabilities_(channel_.connector->capabilities()) {}

  Outcome run() {
    context_.services.store.write([&](Tables& tables) { prepare(tables); });
    for (int batch = 0;; ++batch) {
      if (updates_.empty()) {
        // An attempt that a crash left open is no longer dirty: only a read settles it.
        context_.services.store.write([&](Tables& tables) { ask_for_reads(tables); });
        return Done{};
      }
      const auto report = channel_.connector->push_stock(updates_);
      const auto end = end_after(report, batch);
      turn_over(report, end ? Then::rest : Then::prepare);
      if (end) return *end;
    }
  }

 private:
  enum class Then { rest, prepare };

  base::Instant now() const { return context_.services.clock.now(); }

  // What becomes of the job now; nothing when another batch may go out.
  std::optional<Outcome> end_after(const connectors::PushReport& report, int batch) {
    if (report.stopped_by) return policy_.decide(*report.stopped_by, context_.job.attempt);
    if (context_.stopping()) return Snooze{base::Millis{0}, "stopping"};
    if (!context_.keep_alive()) return Cancel{"lease lost"};
    if (batch + 1 == kBatchesPerRunMax) return Snooze{base::Millis{0}, "more batches"};
    return std::nullopt;
  }

  // Opens the attempts of one batch. Most often the first dirty rows fill it. Rows that must wait
  // stay dirty and may stand before others: all are looked at before there is nothing to send.
  void prepare(Tables& tables) {
    updates_.clear();
    sent_.clear();
    closed_ = false;
    for (const auto rows_max : {kRowsPerBatch * capabilities_.stock_batch_max, kDirtyRowsMax}) {
      const auto dirty = tables.catalog.listings.dirty_stock(channel_.account, rows_max);
      take(tables, dirty);
      if (is_full() || dirty.size() < rows_max) return;
    }
  }

  bool is_full() const { return closed_ || updates_.size() >= capabilities_.stock_batch_max; }

  using Rows = std::vector<ListingStock>;

  // Dirty rows by item of the channel, those of an item that lie further on included: where the
  // channel takes one item a call, an item that is split over two batches costs two.
  std::vector<Rows> by_item(Tables& tables, const Rows& dirty) const {
    std::vector<Rows> groups;
    std::set<catalog::Sku> seen;
    for (const auto& stock : dirty) {
      if (seen.size() >= dirty.size()) break;
      if (!seen.insert(stock.sku).second) continue;
      groups.push_back({stock});
      if (!capabilities_.groups_variants) continue;
      for (auto& other : dirty_sisters(tables, stock.sku)) {
        if (seen.insert(other.sku).second) groups.back().push_back(std::move(other));
      }
    }
    return groups;
  }

  Rows dirty_sisters(Tables& tables, const catalog::Sku& sku) const {
    Rows out;
    auto& listings = tables.catalog.listings;
    const auto variant = tables.catalog.products.variant(sku);
    const auto listing = listings.listing(channel_.account, sku);
    if (!variant || !listing || listing->binding.empty()) return out;
    for (const auto& other : tables.catalog.products.variants_of(variant->product)) {
      if (other.sku == sku) continue;
      auto stock = listings.stock(channel_.account, other.sku);
      if (!stock || !stock->dirty() || stock->attempt != catalog::Attempt::none) continue;
      const auto theirs = listings.listing(channel_.account, other.sku);
      const bool same = theirs && theirs->binding.item_id == listing->binding.item_id;
      if (same) out.push_back(std::move(*stock));
    }
    return out;
  }

  void take(Tables& tables, const std::vector<ListingStock>& dirty) {
    auto items = by_item(tables, dirty);
    std::set<catalog::PoolId> pools;
    for (const auto& rows : items) {
      for (const auto& stock : rows) pools.merge(pools_of(tables, stock.sku));
    }
    auto group = catalog::load_group(tables.catalog, pools, now());
    std::map<catalog::Sku, catalog::PlannedListing*> mine;
    for (auto& planned : group.listings) {
      if (planned.stock.account == channel_.account) mine[planned.stock.sku] = &planned;
    }
    for (auto& rows : items) {
      const bool fits = updates_.size() + rows.size() <= capabilities_.stock_batch_max;
      closed_ = closed_ || (!fits && !updates_.empty());
      for (auto& stock : rows) {
        if (is_full()) return;
        const auto planned = mine.find(stock.sku);
        if (planned == mine.end()) {
          settle(tables, stock);
        } else {
          step(tables, group, *planned->second);
        }
      }
    }
  }

  void step(Tables& tables, catalog::PlanGroup& group, catalog::PlannedListing& planned) {
    auto& stock = planned.stock;
    const auto listing = tables.catalog.listings.listing(channel_.account, stock.sku);
    if (!listing || listing->binding.empty()) {
      settle(tables, stock);  // a create will carry the stock
      return;
    }
    const auto next = catalog::next_step(stock, group.room_for(planned), capabilities_.stock_write);
    if (next.kind == StepKind::wait) return;
    if (next.kind == StepKind::none) {
      stock.target = stock.shown;
      settle(tables, stock);
      return;
    }
    const auto exposure_before = stock.exposure;
    catalog::open_attempt(stock, next, now());
    group.exposure_changed(planned, stock.exposure - exposure_before);
    tables.catalog.listings.put(stock);
    sent_.push_back(stock.sku);
    updates_.push_back({stock.sku, listing->binding, next.kind == StepKind::delta, next.value});
  }

  static void settle(Tables& tables, ListingStock& stock) {
    stock.done_version = stock.want_version;
    tables.catalog.listings.put(stock);
  }

  // What the channel said and, unless the job rests, the attempts of the next batch: one commit, so
  // that a batch costs one. Killed before it, the attempts stay `sent` and a read settles them.
  void turn_over(const connectors::PushReport& report, Then then) {
    const auto rest = report.stopped_by ? answer_of(*report.stopped_by) : Answer::unknown;
    std::vector<Answer> answers(updates_.size(), rest);
    for (const auto index : report.accepted) answers[index] = Answer::accepted;
    std::vector<const base::Error*> reasons(updates_.size(), nullptr);
    for (const auto& rejection : report.rejected) {
      answers[rejection.index] = Answer::refused;
      reasons[rejection.index] = &rejection.error;
    }
    std::int64_t accepted = 0;
    const auto sent = sent_;
    context_.services.store.write([&](Tables& tables) {
      accepted = 0;
      for (std::size_t i = 0; i < sent.size(); ++i) {
        if (answers[i] == Answer::accepted) ++accepted;
        close(tables, sent[i], answers[i], reasons[i]);
      }
      ask_for_reads(tables);
      if (then == Then::prepare) prepare(tables);
    });
    if (accepted > 0) context_.services.observer.moved(channel_.account, "stock", accepted);
    for (const auto* reason : reasons) {
      if (reason != nullptr) context_.services.observer.notice(channel_.account, *reason);
    }
  }

  void close(Tables& tables, const catalog::Sku& sku, Answer answer, const base::Error* reason) {
    auto stock = tables.catalog.listings.stock(channel_.account, sku);
    if (!stock || stock->attempt != catalog::Attempt::sent) return;
    catalog::close_attempt(*stock, answer);
    if (reason != nullptr) {
      // Not repeated unchanged: the next read, or the next change of ours, decides.
      stock->done_version = stock->want_version;
    }
    tables.catalog.listings.put(*stock);
    if (answer != Answer::accepted) return;
    auto seen =
        tables.catalog.listings.observed(channel_.account, sku).value_or(catalog::Observed{});
    seen.stock = stock->shown;
    seen.at = now();
    seen.source = "set";
    tables.catalog.listings.put_observed(channel_.account, sku, seen);
  }

  void ask_for_reads(Tables& tables) {
    const auto open = tables.catalog.listings.unanchored_stock(channel_.account, 1);
    if (open.empty()) return;
    const bool unanswered = open.front().attempt != catalog::Attempt::none;
    const auto at = unanswered
                        ? catalog::readable_from(open.front(), channel_.timing.write_lands_within)
                        : now() + base::Millis{1};
    enqueue(tables, channel_, JobKind::read_back, at, now());
  }

  JobContext& context_;
  RetryPolicy& policy_;
  const Channel& channel_;
  const connectors::Capabilities capabilities_;
  std::vector<connectors::StockUpdate> updates_;
  std::vector<catalog::Sku> sent_;
  bool closed_ = false;  // the next item goes whole into the next batch
};

}  // namespace

Outcome run_push_stock(JobContext& context, RetryPolicy& policy) {
  return StockPush(context, policy).run();
}

}  // namespace jobs
