#pragma once
// One variant on one account: what we want shown (Listing), how the channel names it (Binding) and
// what the channel last told us (Observed). Their difference is catalog/reconcile.h.
// Threads: values.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "catalog/ids.h"
#include "catalog/money.h"

namespace catalog {

// Remote ids as the channel writes them. `unit_id` is Shopee's model or Lazada's SkuId; empty where
// the item is the unit.
struct Binding {
  std::string item_id;
  std::string unit_id;

  bool empty() const { return item_id.empty(); }
  bool operator==(const Binding&) const = default;
};

enum class ListingState {
  wanted,     // not on the channel yet
  creating,   // a create was sent and its answer is not known: look the SKU up first
  declared,   // on a worksheet, not confirmed by a person
  live,       // the channel (or a person) said it is there
  withdrawn,  // we no longer want it shown
  held,       // rejected by the channel: a person must act
};
std::string_view to_string(ListingState state);
std::optional<ListingState> listing_state_from(std::string_view text);

// Desired content; `content_hash` covers everything a buyer sees except price and stock.
struct Listing {
  AccountId account;
  Sku sku;
  ListingState state = ListingState::wanted;
  Binding binding;
  std::string content_hash;       // of what we want shown
  std::string sent_content_hash;  // of what was last accepted by the channel
  Money price;                    // wanted
  int featured_rank = 0;          // 0: not featured
  std::string held_reason;

  bool operator==(const Listing&) const = default;
};

inline constexpr std::string_view kConfirmed = "confirmed";

// What the channel last told us, from which answer and when.
struct Observed {
  std::int64_t stock = 0;
  Money price;
  bool visible = false;
  std::string name;
  base::Instant at;
  std::string source;  // "read", "set", or kConfirmed: a person's word

  bool operator==(const Observed&) const = default;
};

}  // namespace catalog
