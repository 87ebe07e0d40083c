#include "connectors/shopee/models.h"

#include <algorithm>

#include "connectors/shopee/ids.h"

namespace connectors::shopee {

namespace {

using base::Error;
using base::ErrorCode;

constexpr std::string_view kInit = "product/init_tier_variation";
constexpr std::string_view kAdd = "product/add_model";
constexpr std::string_view kUpdateTiers = "product/update_tier_variation";

bool is_taken(const Variants& now, std::size_t place) {
  return std::any_of(now.models.begin(), now.models.end(), [&](const Model& model) {
    return !model.tier_index.empty() && model.tier_index[0] == static_cast<std::int64_t>(place);
  });
}

// Where the packs go: an option of that name that has no model (left behind by an earlier try), or
// a new one.
struct Seats {
  std::vector<std::size_t> places;
  std::vector<std::string> new_options;
};

Seats seats_for(const Variants& now, std::span<const Pack> packs) {
  Seats seats;
  auto names = options_of(now);
  const std::size_t known = names.size();
  for (const auto& pack : packs) {
    const auto free = [&](std::size_t place) {
      const bool given =
          std::find(seats.places.begin(), seats.places.end(), place) != seats.places.end();
      return !given && names[place] == pack.option && !is_taken(now, place);
    };
    std::size_t place = 0;
    while (place < known && !free(place)) ++place;
    if (place == known) {
      place = names.size();
      names.push_back(option_names({&pack, 1}, names).front());
      seats.new_options.push_back(names.back());
    }
    seats.places.push_back(place);
  }
  return seats;
}

}  // namespace

bool too_far_apart(std::span<const std::int64_t> prices) {
  std::int64_t low = 0;
  std::int64_t high = 0;
  for (const auto price : prices) {
    if (price <= 0) continue;  // not read
    low = low == 0 ? price : std::min(low, price);
    high = std::max(high, price);
  }
  return high > low * kPriceSpreadMax;
}

bool has_all(const Variants& variants, std::span<const Pack> packs) {
  return std::all_of(packs.begin(), packs.end(), [&](const Pack& pack) {
    return variants.by_sku(catalog::Sku{pack.sku}) != nullptr;
  });
}

// After an error of a call that may have taken effect: what the item says.
base::Result<Variants> ModelMaker::settled(const std::string& item_id, std::span<const Pack> packs,
                                           const Error& error) {
  if (error.code != ErrorCode::unknown_outcome) return error;
  auto now = reads_.variants(item_id);
  if (now && has_all(now.value(), packs)) return now;
  return error;
}

base::Result<Variants> ModelMaker::init(const std::string& item_id, std::span<const Pack> packs) {
  const auto location = locations_.id();
  if (!location) return location.error();
  const auto body = init_tier_body(item_id, packs, location.value());
  for (int turn = 1;; ++turn) {
    const auto answer = client_.write(kInit, body, Nature::write_once);
    if (answer) {
      auto made = variants_of(answer.value());
      return has_all(made, packs) ? base::Result<Variants>{std::move(made)}
                                  : reads_.variants(item_id);
    }
    auto now = settled(item_id, packs, answer.error());
    if (now) return now;
    // Shopee answered "busy": nothing of ours is on its way, and the item has no models.
    const bool busy =
        now.error().code == ErrorCode::unknown_outcome && !now.error().vendor_code.empty();
    if (!busy || turn == kInitTurnsMax || !waiter_.wait(kTierPause)) return now;
  }
}

base::Result<Variants> ModelMaker::add(const std::string& item_id, const Variants& now,
                                       std::span<const Pack> packs) {
  const auto location = locations_.id();
  if (!location) return location.error();
  const Seats seats = seats_for(now, packs);
  if (!seats.new_options.empty()) {
    const auto body = add_options_body(item_id, now, seats.new_options);
    const auto answer = client_.write(kUpdateTiers, body, Nature::write_again);
    if (!answer) return answer.error();
  }
  const auto body = add_models_body(item_id, packs, seats.places, location.value());
  const auto answer = client_.write(kAdd, body, Nature::write_once);
  if (!answer) return settled(item_id, packs, answer.error());
  auto made = variants_of(answer.value());
  return has_all(made, packs) ? base::Result<Variants>{std::move(made)} : reads_.variants(item_id);
}

}  // namespace connectors::shopee
