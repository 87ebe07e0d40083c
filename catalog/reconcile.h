#pragma once
// Desired against observed: one pure function behind dry-run, publish, nightly repair and "why is
// it not on Shopee?". Allocation-free while nothing differs. Threads: safe.
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "catalog/ids.h"
#include "catalog/listing.h"

namespace catalog {

// One listing with what was last observed. Views live as long as the row they come from.
struct ListingView {
  std::string_view account;
  std::string_view sku;
  ListingState state = ListingState::wanted;
  std::string_view content_hash;
  std::string_view sent_content_hash;
  std::string_view held_reason;
  std::int64_t price = 0;         // wanted, đồng
  std::int64_t stock_target = 0;  // wanted shown, packs
  bool seen = false;              // the rest is meaningless when not
  std::int64_t seen_price = 0;
  std::int64_t seen_stock = 0;
  // Stock that a person typed in falls by every sale after it and nobody reports that: what is
  // shown is then what we reckon, not what was last said.
  bool stock_is_reckoned = false;
  std::int64_t reckoned_stock = 0;
  bool seen_visible = false;
};

enum class DifferenceKind {
  missing,      // wanted, not on the channel
  unconfirmed,  // declared on a worksheet, no person has confirmed
  held,         // a person must act
  content,      // text, pictures, papers
  price,
  stock,
  visibility,  // hidden though wanted
  unwanted,    // shown though withdrawn
};
std::string_view to_string(DifferenceKind kind);

struct Difference {
  DifferenceKind kind = DifferenceKind::missing;
  AccountId account;
  Sku sku;
  std::string wanted;  // as people read it; empty when it says nothing
  std::string seen;

  bool operator==(const Difference&) const = default;
};

void differences(const ListingView& view, const std::function<void(Difference)>& found);

}  // namespace catalog
