#pragma once
// Makes the models of an item: the first ones of an item that has none, and more of them later.
//
// Killed or unanswered between two steps, nothing is lost and nothing doubled: an item gets its
// models in one call, models are looked up by SKU before they are made, and an option without a
// model is used again. Errors: Client's; unknown_outcome when a call may have taken effect and a
// look did not settle it. Threads: one.
// Source: Open Platform API v2, "wait at least 5 seconds after add_item".
#include <chrono>
#include <span>
#include <string>
#include <vector>

#include "connectors/common/rate_limiter.h"
#include "connectors/shopee/client.h"
#include "connectors/shopee/locations.h"
#include "connectors/shopee/reads.h"
#include "connectors/shopee/variants.h"

namespace connectors::shopee {

inline constexpr std::chrono::milliseconds kTierPause{5'500};
inline constexpr int kInitTurnsMax = 3;

class ModelMaker {
 public:
  ModelMaker(Client& client, Reads& reads, Locations& locations, common::Waiter& waiter)
      : client_(client), reads_(reads), locations_(locations), waiter_(waiter) {}

  // Gives an item without models all of them.
  base::Result<Variants> init(const std::string& item_id, std::span<const Pack> packs);
  // Adds to `now` what it has not; gives all that are there then.
  base::Result<Variants> add(const std::string& item_id, const Variants& now,
                             std::span<const Pack> packs);
  // False: asked to stop.
  bool pause_after_create() { return waiter_.wait(kTierPause); }

 private:
  base::Result<Variants> settled(const std::string& item_id, std::span<const Pack> packs,
                                 const base::Error& error);

  Client& client_;
  Reads& reads_;
  Locations& locations_;
  common::Waiter& waiter_;
};

// The dearest of these prices is more than kPriceSpreadMax times the cheapest.
bool too_far_apart(std::span<const std::int64_t> prices);
bool has_all(const Variants& variants, std::span<const Pack> packs);

}  // namespace connectors::shopee
