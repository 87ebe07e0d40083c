#pragma once
// What the department chose to put in front of buyers for a while: an account's campaign file.
//
//   # Tết 2027
//   rank,sku,special_price_vnd,from,to
//   1,LA-TLD-5KG,159000,2027-01-25 00:00,2027-02-05 23:59
//   2,LA-CL-500G,,2027-01-25 00:00,2027-02-05 23:59
//
// Times are Vietnam's; a day without a time begins at 00:00. No special price: chosen, at its
// everyday price. A line whose window is over counts for nothing. Errors: `invalid`, with the line.
// Threads: values.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "catalog/ids.h"

namespace jobs {

struct Offer {
  int rank = 0;  // from 1
  catalog::Sku sku;
  std::optional<std::int64_t> special_price;  // đồng
  base::Instant from;
  base::Instant to;

  bool operator==(const Offer&) const = default;
};
inline constexpr std::size_t kOffersMax = 1'000;

enum class OfferPhase { coming, running, over };
OfferPhase phase_of(const Offer& offer, base::Instant now);
std::string_view to_string(OfferPhase phase);

// By rank, then as written. `file` is named in errors.
base::Result<std::vector<Offer>> parse_offers(const std::string& file, std::string_view text);

}  // namespace jobs
