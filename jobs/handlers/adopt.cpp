// A real shop has listings before we come. Those with a seller SKU of ours are bound, so that no
// twin is ever created; a listing that only has the name of one of ours is a question for a person
// (subject "ITEM/UNIT=SKU" is the answer). What is there keeps its text until ours changes; its
// stock counts as exposed from the moment it was read.
#include <map>
#include <set>

#include "base/text.h"
#include "catalog/listing_content.h"
#include "catalog/stock_service.h"
#include "jobs/content.h"
#include "jobs/handlers/common.h"
#include "jobs/handlers/handlers.h"

namespace jobs {
namespace {

constexpr int kPagesMax = 10'000;

std::string key_of(const catalog::Binding& binding) {
  return binding.unit_id.empty() ? binding.item_id : binding.item_id + "/" + binding.unit_id;
}

class Adopt {
 public:
  Adopt(JobContext& context, RetryPolicy& policy)
      : context_(context), policy_(policy), channel_(context.channel) {}

  Outcome run() {
    if (channel_.connector->capabilities().delivery == connectors::Delivery::worksheet) {
      return Done{};
    }
    learn_names();
    std::string cursor;
    for (int page = 0; page < kPagesMax; ++page) {
      const auto asked_at = context_.services.clock.now();
      const auto reply = channel_.connector->list(cursor);
      if (!reply) return policy_.decide(reply.error(), context_.job.attempt);
      take(reply.value().listings, asked_at);
      cursor = reply.value().next_cursor;
      if (cursor.empty()) return finish();
      if (context_.stopping()) return Snooze{base::Millis{0}, "stopping"};
      if (!context_.keep_alive()) return Cancel{"lease lost"};
    }
    return finish();
  }

 private:
  void learn_names() {
    const auto& subject = context_.job.subject;
    if (const auto equals = subject.find('='); equals != std::string::npos) {
      answers_[subject.substr(0, equals)] = catalog::Sku{subject.substr(equals + 1)};
    }
    context_.services.store.read([&](Tables& tables) {
      account_ = tables.catalog.listings.account(channel_.account);
      for (const auto& variant : tables.catalog.products.variants()) {
        const auto product = tables.catalog.products.product(variant.product);
        if (!product) continue;
        names_[base::fold(catalog::title(product->name.vi, variant.name.vi))] = variant.sku;
        skus_.insert(variant.sku);
      }
    });
  }

  void take(const std::vector<connectors::RemoteListing>& page, base::Instant asked_at) {
    std::vector<base::Error> questions;
    std::int64_t bound = 0;
    context_.services.store.write([&](Tables& tables) {
      questions.clear();
      bound = 0;
      for (const auto& remote : page) {
        if (remote.health == connectors::ListingHealth::gone) continue;
        const auto sku = sku_of(remote);
        if (sku) {
          bound += bind(tables, *sku, remote, asked_at, questions) ? 1 : 0;
        } else if (const auto guess = names_.find(base::fold(remote.title));
                   guess != names_.end() && is_free(tables, guess->second)) {
          questions.push_back(question(remote, guess->second));
        }
      }
    });
    adopted_ += bound;
    for (const auto& problem : questions) {
      context_.services.observer.notice(channel_.account, problem);
    }
  }

  std::optional<catalog::Sku> sku_of(const connectors::RemoteListing& remote) const {
    if (const auto told = answers_.find(key_of(remote.binding)); told != answers_.end()) {
      return told->second;
    }
    if (skus_.contains(remote.sku)) return remote.sku;
    return std::nullopt;
  }

  bool is_free(Tables& tables, const catalog::Sku& sku) const {
    const auto listing = tables.catalog.listings.listing(channel_.account, sku);
    return !listing || listing->binding.empty();
  }

  bool bind(Tables& tables, const catalog::Sku& sku, const connectors::RemoteListing& remote,
            base::Instant asked_at, std::vector<base::Error>& questions) {
    if (!skus_.contains(sku)) {
      questions.push_back(
          {base::ErrorCode::invalid, "the catalogue has no SKU " + sku.text, {}, {}});
      return false;
    }
    auto& listings = tables.catalog.listings;
    const auto ours = listings.listing(channel_.account, sku);
    // A create of ours whose answer is open: publish looks it up and finishes what is half made.
    if (ours && ours->state == catalog::ListingState::creating) return false;
    if (!is_free(tables, sku)) {
      if (ours->binding != remote.binding) questions.push_back(twin(remote, *ours));
      return false;
    }
    want_listing(tables, *account_, sku, asked_at);
    auto listing = *listings.listing(channel_.account, sku);
    listing.state = catalog::ListingState::live;
    listing.binding = remote.binding;
    listing.sent_content_hash = listing.content_hash;
    listing.held_reason.clear();
    listings.put(listing);
    count_exposed(tables, sku, remote, asked_at);
    catalog::Observed seen;
    seen.stock = remote.stock;
    seen.price = catalog::Money{remote.price};
    seen.visible = remote.visible;
    seen.name = remote.title;
    seen.at = asked_at;
    seen.source = "read";
    listings.put_observed(channel_.account, sku, seen);
    pools_.merge(pools_of(tables, sku));
    return true;
  }

  // What buyers can buy there already is exposed, whether it is there or not.
  void count_exposed(Tables& tables, const catalog::Sku& sku,
                     const connectors::RemoteListing& remote, base::Instant asked_at) {
    auto stock =
        tables.catalog.listings.stock(channel_.account, sku).value_or(catalog::ListingStock{});
    stock.account = channel_.account;
    stock.sku = sku;
    if (stock.attempt != catalog::Attempt::none) {
      catalog::close_attempt(stock, catalog::Answer::unknown);
    }
    stock.exposure += std::max<std::int64_t>(remote.stock, 0);
    catalog::begin_anchor(stock, remote.stock, asked_at);
    tables.catalog.listings.put(stock);
  }

  base::Error question(const connectors::RemoteListing& remote, const catalog::Sku& guess) const {
    return {base::ErrorCode::conflict,
            "listing " + key_of(remote.binding) + " has the name of " + guess.text +
                " but not its SKU: set its seller SKU there, or run: channel adopt " +
                channel_.account.text + " --match " + key_of(remote.binding) + "=" + guess.text,
            {},
            {}};
  }
  base::Error twin(const connectors::RemoteListing& remote, const catalog::Listing& bound) const {
    return {base::ErrorCode::conflict,
            "listings " + key_of(bound.binding) + " and " + key_of(remote.binding) +
                " both carry SKU " + bound.sku.text + ": take one of them off the channel",
            {},
            {}};
  }

  Outcome finish() {
    context_.services.store.write([&](Tables& tables) {
      const auto now = context_.services.clock.now();
      if (!pools_.empty()) catalog::replan(tables.catalog, pools_, now);
      if (adopted_ > 0) {
        enqueue(tables, channel_, JobKind::pull_orders, now, now);
        tables.catalog.outbox.announce(catalog::ChangeKind::price, channel_.account, now);
      }
    });
    if (adopted_ > 0) context_.services.observer.moved(channel_.account, "adopted", adopted_);
    return Done{};
  }

  JobContext& context_;
  RetryPolicy& policy_;
  const Channel& channel_;
  std::optional<catalog::Account> account_;
  std::map<std::string, catalog::Sku> names_;
  std::set<catalog::Sku> skus_;
  std::map<std::string, catalog::Sku> answers_;
  std::set<catalog::PoolId> pools_;
  std::int64_t adopted_ = 0;
};

}  // namespace

Outcome run_adopt(JobContext& context, RetryPolicy& policy) {
  return Adopt(context, policy).run();
}

}  // namespace jobs
