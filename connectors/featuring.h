#pragma once
// Putting the province's chosen goods in front. Threads: as Connector. Safe to repeat.
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "base/clock.h"
#include "connectors/messages.h"

namespace connectors {

// One chosen listing; `rank` counts from 1, 0 takes it out again.
struct FeaturedItem {
  catalog::Sku sku;
  catalog::Binding binding;
  int rank = 0;
  std::int64_t price = 0;                     // the everyday price
  std::optional<std::int64_t> special_price;  // during the window
  base::Instant from;
  base::Instant to;
};

class Featuring {
 public:
  virtual ~Featuring() = default;
  // What the channel does for a chosen product, in one plain sentence each.
  virtual std::string what_it_does_vi() const = 0;
  virtual std::string what_it_does_en() const = 0;
  virtual std::size_t items_max() const = 0;
  // All chosen listings of the account; those left out are taken out where the channel can.
  virtual PushReport feature(std::span<const FeaturedItem> items) = 0;
};

}  // namespace connectors
