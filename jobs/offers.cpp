#include "jobs/offers.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <utility>

#include "base/text.h"
#include "base/time_text.h"

namespace jobs {
namespace {

constexpr std::size_t kCells = 5;

base::Error bad(const std::string& file, std::size_t line, const std::string& what) {
  return {base::ErrorCode::invalid, file + ":" + std::to_string(line) + ": " + what, {}, {}};
}

std::vector<std::string> cells_of(std::string_view line) {
  std::vector<std::string> cells;
  for (;;) {
    const auto comma = line.find(',');
    cells.emplace_back(base::trim(line.substr(0, comma)));
    if (comma == std::string_view::npos) return cells;
    line.remove_prefix(comma + 1);
  }
}

std::optional<std::int64_t> whole(const std::string& text, std::int64_t least) {
  std::int64_t value = 0;
  const auto end = text.data() + text.size();
  const auto [stop, failure] = std::from_chars(text.data(), end, value);
  if (failure != std::errc{} || stop != end || value < least) return std::nullopt;
  return value;
}

// Nothing: `problem` says why.
std::optional<Offer> offer_of(const std::vector<std::string>& cells, std::string& problem) {
  constexpr std::int64_t kRankMax = 10'000;
  const auto rank = whole(cells[0], 1);
  const auto from = base::parse_local(cells[3]);
  const auto to = base::parse_local(cells[4]);
  Offer offer;
  if (!rank || *rank > kRankMax) problem = "rank must be a whole number from 1";
  if (cells[1].empty()) problem = "the SKU is missing";
  if (!cells[2].empty()) {
    offer.special_price = whole(cells[2], 1);
    if (!offer.special_price) problem = "special_price_vnd must be whole đồng, or empty";
  }
  if (!from || !to) {
    problem = "from and to must be like 2027-01-25 08:00";
  } else if (*to <= *from) {
    problem = "the window ends before it begins";
  }
  if (!problem.empty()) return std::nullopt;
  offer.rank = static_cast<int>(*rank);
  offer.sku.text = cells[1];
  offer.from = *from;
  offer.to = *to;
  return offer;
}

}  // namespace

OfferPhase phase_of(const Offer& offer, base::Instant now) {
  if (now >= offer.to) return OfferPhase::over;
  return now < offer.from ? OfferPhase::coming : OfferPhase::running;
}

std::string_view to_string(OfferPhase phase) {
  if (phase == OfferPhase::over) return "over";
  return phase == OfferPhase::coming ? "coming" : "running";
}

base::Result<std::vector<Offer>> parse_offers(const std::string& file, std::string_view text) {
  std::vector<Offer> offers;
  std::set<std::string> skus;
  bool heading = true;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  for (std::size_t number = 1; !text.empty(); ++number) {
    const auto end = text.find('\n');
    const auto line = base::trim(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.empty() || line.front() == '#') continue;
    if (std::exchange(heading, false)) continue;
    const auto cells = cells_of(line);
    if (cells.size() != kCells) return bad(file, number, "rank,sku,special_price_vnd,from,to");
    std::string problem;
    auto offer = offer_of(cells, problem);
    if (!offer) return bad(file, number, problem);
    if (!skus.insert(offer->sku.text).second) {
      return bad(file, number, offer->sku.text + " has two lines");
    }
    if (offers.size() == kOffersMax) return bad(file, number, "too many lines");
    offers.push_back(std::move(*offer));
  }
  std::stable_sort(offers.begin(), offers.end(),
                   [](const Offer& a, const Offer& b) { return a.rank < b.rank; });
  return offers;
}

}  // namespace jobs
