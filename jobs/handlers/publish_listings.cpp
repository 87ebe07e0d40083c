// Listings that are not on the channel as we want them. A create is announced to the store before
// it is sent (state `creating`, exposure raised); when its answer is lost, or we died before noting
// it, the SKU is looked up before anything else, so no twin is ever made. A shop's first publish
// binds what the shop holds already before it creates anything.
#include <algorithm>
#include <map>
#include <set>

#include "catalog/stock_service.h"
#include "jobs/content.h"
#include "jobs/handlers/common.h"
#include "jobs/handlers/handlers.h"
#include "jobs/variant_groups.h"

namespace jobs {
namespace {

using catalog::Answer;
using catalog::Listing;
using catalog::ListingState;

class Publish {
 public:
  Publish(JobContext& context, RetryPolicy& policy)
      : context_(context),
        policy_(policy),
        channel_(context.channel),
        capabilities_(channel_.connector->capabilities()) {}

  Outcome run() {
    if (auto stop = settle_unanswered_creates()) return *stop;
    for (int batch = 0; batch < kBatchesPerRunMax; ++batch) {
      if (!prepare()) return finish();
      const auto report = channel_.connector->publish(contents_);
      record(report);
      if (report.stopped_by) return policy_.decide(*report.stopped_by, context_.job.attempt);
      if (context_.stopping()) return Snooze{base::Millis{0}, "stopping"};
      if (!context_.keep_alive()) return Cancel{"lease lost"};
    }
    return Snooze{base::Millis{0}, "more batches"};
  }

 private:
  base::Instant now() const { return context_.services.clock.now(); }

  // Creates whose answer is not known: found means bound, absent after Dmax means never made.
  std::optional<Outcome> settle_unanswered_creates() {
    std::vector<Listing> open;
    context_.services.store.read([&](Tables& tables) {
      for (auto& listing :
           tables.catalog.listings.listings_to_publish(channel_.account, kDirtyRowsMax)) {
        if (listing.state == ListingState::creating) open.push_back(listing);
      }
    });
    for (const auto& listing : open) {
      const auto asked_at = now();
      const auto found = channel_.connector->find(listing.sku);
      if (!found) return policy_.decide(found.error(), context_.job.attempt);
      if (auto wait = settle_create(listing, found.value(), asked_at)) return wait;
    }
    return std::nullopt;
  }

  std::optional<Outcome> settle_create(const Listing& open,
                                       const std::optional<connectors::RemoteListing>& remote,
                                       base::Instant asked_at) {
    std::optional<Outcome> wait;
    context_.services.store.write([&](Tables& tables) {
      wait.reset();
      auto listing = open;
      auto stock = tables.catalog.listings.stock(channel_.account, listing.sku);
      const bool attempted = stock && stock->attempt != catalog::Attempt::none;
      if (remote) {
        listing.state = ListingState::live;
        listing.binding = remote->binding;
        listing.sent_content_hash.clear();  // what it shows is not proven: sent once more
        if (attempted) {
          if (stock->attempt == catalog::Attempt::sent) {
            catalog::close_attempt(*stock, Answer::unknown);
          }
          catalog::begin_anchor(*stock, remote->stock, asked_at);
        }
        observe(tables, listing.sku, *remote, asked_at);
      } else {
        const auto readable =
            attempted ? catalog::readable_from(*stock, channel_.timing.write_lands_within)
                      : asked_at;
        if (asked_at < readable) {
          wait = Snooze{readable - asked_at, "a create is unanswered"};
          return;
        }
        listing.state = ListingState::wanted;
        if (attempted) catalog::close_attempt(*stock, Answer::refused);
      }
      if (stock) tables.catalog.listings.put(*stock);
      tables.catalog.listings.put(listing);
      if (remote) enqueue(tables, channel_, JobKind::pull_orders, now(), now());
    });
    return wait;
  }

  void observe(Tables& tables, const catalog::Sku& sku, const connectors::RemoteListing& remote,
               base::Instant at) {
    catalog::Observed seen;
    seen.stock = remote.stock;
    seen.price = catalog::Money{remote.price};
    seen.visible = remote.visible;
    seen.name = remote.title;
    seen.at = at;
    seen.source = "read";
    tables.catalog.listings.put_observed(channel_.account, sku, seen);
  }

  bool prepare() {
    std::vector<base::Error> problems;
    context_.services.store.write([&](Tables& tables) {
      contents_.clear();
      listings_.clear();
      problems.clear();
      for (auto& listing : next_batch(tables)) {
        auto content = build_content(tables, channel_, context_.services, listing, now());
        if (!content) {
          problems.push_back(content.error());
          hold(tables, listing, content.error());
          continue;
        }
        listing.content_hash = with_map_part(listing.content_hash, content.value());
        if (listing.binding.empty()) start_create(tables, listing, content.value());
        contents_.push_back(std::move(content).value());
        listings_.push_back(listing);
      }
      if (capabilities_.groups_variants) join_siblings(tables);
    });
    for (const auto& problem : problems) {
      context_.services.observer.notice(channel_.account, problem);
    }
    return !contents_.empty();
  }

  // Packs that are new on the channel go where other packs of their product are shown.
  void join_siblings(Tables& tables) {
    std::map<catalog::ProductId, std::vector<Listing>> newcomers;
    for (std::size_t i = 0; i < contents_.size(); ++i) {
      if (contents_[i].binding.empty()) newcomers[contents_[i].product].push_back(listings_[i]);
    }
    for (auto& content : contents_) {
      if (!content.binding.empty()) continue;
      content.sibling_item_id =
          sibling_item(tables, content.product, newcomers[content.product], capabilities_);
    }
  }

  // What goes out together: as many listings as the channel takes, and where packs are variations
  // of one listing, all waiting packs of a product side by side.
  std::vector<Listing> next_batch(Tables& tables) const {
    std::vector<Listing> waiting;
    for (auto& listing :
         tables.catalog.listings.listings_to_publish(channel_.account, kDirtyRowsMax)) {
      if (listing.state != ListingState::creating) waiting.push_back(std::move(listing));
    }
    if (!capabilities_.groups_variants) {
      if (waiting.size() > capabilities_.publish_batch_max) {
        waiting.resize(capabilities_.publish_batch_max);
      }
      return waiting;
    }
    std::vector<Listing> batch;
    std::set<catalog::Sku> passed;  // a product's packs for another listing wait for the next batch
    for (const auto& listing : waiting) {
      if (passed.contains(listing.sku)) continue;
      const auto whole = same_product(tables, listing, waiting);
      auto group = together(whole, capabilities_);
      const bool fits = batch.size() + group.size() <= capabilities_.publish_batch_max;
      if (!batch.empty() && !fits) break;
      for (const auto& pack : whole) passed.insert(pack.sku);
      std::move(group.begin(), group.end(), std::back_inserter(batch));
    }
    return batch;
  }

  static std::vector<Listing> same_product(Tables& tables, const Listing& first,
                                           const std::vector<Listing>& waiting) {
    const auto variant = tables.catalog.products.variant(first.sku);
    if (!variant) return {first};
    std::set<catalog::Sku> packs;
    for (const auto& pack : tables.catalog.products.variants_of(variant->product)) {
      packs.insert(pack.sku);
    }
    std::vector<Listing> out;
    std::copy_if(waiting.begin(), waiting.end(), std::back_inserter(out),
                 [&](const Listing& listing) { return packs.contains(listing.sku); });
    return out;
  }

  static void hold(Tables& tables, Listing& listing, const base::Error& error) {
    listing.state = ListingState::held;
    listing.held_reason = error.message;
    tables.catalog.listings.put(listing);
  }

  // The stock a new listing starts with is an attempt like any other.
  void start_create(Tables& tables, Listing& listing, connectors::ListingContent& content) {
    catalog::replan(tables.catalog, pools_of(tables, listing.sku), now());
    auto group = catalog::load_group(tables.catalog, pools_of(tables, listing.sku), now());
    if (auto* planned = group.find(channel_.account, listing.sku)) {
      auto& stock = planned->stock;
      content.initial_stock =
          std::max<std::int64_t>(0, std::min(stock.target, group.room_for(*planned)));
      catalog::open_attempt(stock, {catalog::StepKind::set, content.initial_stock}, now());
      tables.catalog.listings.put(stock);
    }
    listing.state = ListingState::creating;
    tables.catalog.listings.put(listing);
  }

  void record(const connectors::PublishReport& report) {
    context_.services.store.write([&](Tables& tables) {
      std::vector<bool> settled(listings_.size(), false);
      for (const auto& accepted : report.accepted) {
        settled[accepted.index] = true;
        accept(tables, listings_[accepted.index], contents_[accepted.index], accepted.binding);
      }
      for (const auto& moved : report.rebound) {
        if (auto other = tables.catalog.listings.listing(channel_.account, moved.sku)) {
          other->binding = moved.binding;
          tables.catalog.listings.put(*other);
        }
      }
      for (const auto& rejection : report.rejected) {
        settled[rejection.index] = true;
        reject(tables, listings_[rejection.index], rejection.error);
      }
      for (std::size_t i = 0; i < listings_.size(); ++i) {
        if (!settled[i]) leave_open(tables, listings_[i], report.stopped_by);
      }
    });
    for (const auto& rejection : report.rejected) {
      context_.services.observer.notice(channel_.account, rejection.error);
    }
    if (!report.accepted.empty()) {
      context_.services.observer.moved(channel_.account, "listings",
                                       static_cast<std::int64_t>(report.accepted.size()));
    }
  }

  void accept(Tables& tables, Listing listing, const connectors::ListingContent& content,
              const catalog::Binding& binding) {
    const bool created = listing.binding.empty();
    if (!binding.empty()) listing.binding = binding;
    listing.sent_content_hash = listing.content_hash;
    if (listing.state != ListingState::withdrawn) listing.state = ListingState::live;
    tables.catalog.listings.put(listing);
    auto seen = tables.catalog.listings.observed(channel_.account, listing.sku)
                    .value_or(catalog::Observed{});
    seen.visible = content.visible;
    seen.name = content.title.vi;
    seen.at = now();
    seen.source = "set";
    if (created) {
      seen.price = listing.price;
      seen.stock = content.initial_stock;
      close_create(tables, listing.sku, Answer::accepted);
    }
    tables.catalog.listings.put_observed(channel_.account, listing.sku, seen);
  }

  void close_create(Tables& tables, const catalog::Sku& sku, Answer answer) {
    auto stock = tables.catalog.listings.stock(channel_.account, sku);
    if (!stock || stock->attempt == catalog::Attempt::none) return;
    catalog::close_attempt(*stock, answer);
    if (answer == Answer::accepted) mark_if_off_target(tables, *stock, now());
    tables.catalog.listings.put(*stock);
  }

  void reject(Tables& tables, Listing listing, const base::Error& error) {
    if (listing.binding.empty()) close_create(tables, listing.sku, Answer::refused);
    const bool exists = listing.binding.empty() && error.code == base::ErrorCode::conflict;
    if (exists) {
      listing.state = ListingState::creating;  // somebody made it: look it up and bind
      tables.catalog.listings.put(listing);
      enqueue(tables, channel_, JobKind::publish_listings, now(), now());
      return;
    }
    hold(tables, listing, error);
  }

  // Not answered: a create stays `creating` when it may have happened, an update is repeated.
  void leave_open(Tables& tables, Listing listing, const std::optional<base::Error>& stopped_by) {
    if (!listing.binding.empty()) return;
    const auto answer = stopped_by ? answer_of(*stopped_by) : Answer::unknown;
    close_create(tables, listing.sku, answer);
    listing.state = answer == Answer::refused ? ListingState::wanted : ListingState::creating;
    tables.catalog.listings.put(listing);
  }

  Outcome finish() {
    context_.services.store.write([&](Tables& tables) {
      if (!tables.catalog.listings.unanchored_stock(channel_.account, 1).empty()) {
        enqueue(tables, channel_, JobKind::read_back, now() + base::Millis{1}, now());
      }
    });
    return Done{};
  }

  JobContext& context_;
  RetryPolicy& policy_;
  const Channel& channel_;
  const connectors::Capabilities capabilities_;
  std::vector<connectors::ListingContent> contents_;
  std::vector<Listing> listings_;
};

// Nothing of the shop is bound: what it holds from before us must be known, or a create would make
// a twin of it.
bool is_first(JobContext& context) {
  bool first = true;
  context.services.store.read([&](Tables& tables) {
    catalog::Sku after;
    while (first) {
      const auto page =
          tables.catalog.listings.listings(context.channel.account, after, kDirtyRowsMax);
      first = std::none_of(page.begin(), page.end(),
                           [](const Listing& listing) { return !listing.binding.empty(); });
      if (page.size() < kDirtyRowsMax) return;
      after = page.back().sku;
    }
  });
  return first;
}

}  // namespace

Outcome run_publish_listings(JobContext& context, RetryPolicy& policy) {
  apply_maps(context.services, context.channel);
  if (is_first(context)) {
    auto outcome = run_adopt(context, policy);
    if (!std::holds_alternative<Done>(outcome)) return outcome;
  }
  return Publish(context, policy).run();
}

}  // namespace jobs
