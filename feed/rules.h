#pragma once
// The documented rules of feed values, as pure functions. Lengths count code points.
// Threads: safe. Nothing throws. Source: see item.h.
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "feed/item.h"

namespace feed {

inline constexpr std::size_t kIdMax = 50;
inline constexpr std::size_t kTitleMax = 150;
inline constexpr std::size_t kDescriptionMax = 5'000;
inline constexpr std::size_t kLinkMax = 2'000;
inline constexpr std::size_t kBrandMax = 70;
inline constexpr std::size_t kProductTypeMax = 750;
inline constexpr std::size_t kLabelMax = 100;
inline constexpr std::size_t kLabelsMax = 5;
inline constexpr std::size_t kMoreImagesMax = 10;
// A later day is not given: it says nothing that the feed of tomorrow will not say better.
inline constexpr std::chrono::hours kExpirationAhead{30 * 24};

// NFC, no markup, no control characters, white space folded to single spaces, cut at a word.
std::string plain_text(std::string_view text, std::size_t code_points_max);
// GTIN-8, -12, -13 or -14 whose check digit holds and whose prefix is not for use inside a shop.
bool is_gtin(std::string_view digits);
// "125000 VND"
std::string price_text(catalog::Money price);

struct UnitPricing {
  std::string measure;  // "500 g"
  std::string base;     // "100 g" below a kilogram, else "1 kg"
};
std::optional<UnitPricing> unit_pricing(int net_weight_g);
// "0.55 kg"; empty for 0.
std::string weight_text(int grams);
// The end of that local day, when it is ahead and not further than kExpirationAhead; else empty.
std::string expiration(std::string_view local_day, base::Instant now);

// Why buyers could not use the item: it is left out. Pairs of a Vietnamese and an English sentence.
struct Flaw {
  std::string vi;
  std::string en;
  bool operator==(const Flaw&) const = default;
};
std::optional<Flaw> flaw_of(const Item& item);

}  // namespace feed
