#include "catalog/exposure.h"

#include <algorithm>
#include <cassert>

namespace catalog {
namespace {

// A raise that needs "sold out" on the way is taken only when it at least doubles what is shown: by
// what there will be room for, not by what is wanted, or it would be taken again and again.
constexpr std::int64_t kRaiseThroughZeroFactor = 2;

Step step_by_delta(const ListingStock& stock, std::int64_t room_packs) {
  const auto difference = stock.target - stock.shown;
  if (difference <= 0) return {StepKind::delta, difference};
  const auto possible = std::min(difference, room_packs);
  if (possible <= 0) return {StepKind::wait, 0};
  return {StepKind::delta, possible};
}

Step step_by_set(const ListingStock& stock, std::int64_t room_packs) {
  if (stock.target == 0 || room_packs >= stock.target) return {StepKind::set, stock.target};
  if (stock.inflated() && stock.shown <= stock.target) return {StepKind::wait, 0};
  if (stock.shown == 0) {
    // Part of it now: who keeps the rest may take days to say what he sold.
    if (room_packs <= 0) return {StepKind::wait, 0};
    return {StepKind::set, room_packs};
  }
  const bool must_fall = stock.target < stock.shown;
  const auto possible = std::min(stock.target, room_packs + stock.exposure);
  if (must_fall || stock.shown * kRaiseThroughZeroFactor <= possible) return {StepKind::set, 0};
  return {StepKind::none, 0};
}

void forget_anchor(ListingStock& stock) {
  stock.anchor_at.reset();
  stock.anchor_quantity = 0;
  stock.sold_after_anchor = 0;
  stock.cancelled_after_anchor = 0;
}

}  // namespace

Step next_step(const ListingStock& stock, std::int64_t room_packs, StockWrite can) {
  if (stock.attempt != Attempt::none) return {StepKind::wait, 0};
  if (stock.target == stock.shown) return {StepKind::none, 0};
  if (can == StockWrite::absolute_and_delta && stock.target != 0) {
    return step_by_delta(stock, room_packs);
  }
  return step_by_set(stock, room_packs);
}

void open_attempt(ListingStock& stock, const Step& step, base::Instant now) {
  assert(stock.attempt == Attempt::none);
  assert(step.kind == StepKind::set || step.kind == StepKind::delta);
  stock.attempt = Attempt::sent;
  stock.attempt_is_delta = step.kind == StepKind::delta;
  stock.attempt_value = step.value;
  stock.attempt_version = stock.want_version;
  stock.attempt_at = now;
  if (step.value > 0) stock.exposure += step.value;
  forget_anchor(stock);
}

void close_attempt(ListingStock& stock, Answer answer) {
  assert(stock.attempt != Attempt::none);
  if (answer == Answer::unknown) {
    stock.attempt = Attempt::unknown;
    return;
  }
  const auto value = stock.attempt_value;
  stock.attempt = Attempt::none;
  if (answer == Answer::refused) {
    if (value > 0) stock.exposure = std::max<std::int64_t>(0, stock.exposure - value);
    return;
  }
  if (stock.attempt_is_delta) {
    // A fall does not lower E: packs sold and not ingested yet may be among those taken away, and
    // the channel then stands at or below zero. The read that follows (inflated) lowers E.
    stock.shown = std::max<std::int64_t>(0, stock.shown + value);
  } else {
    stock.shown = value;
  }
  if (stock.shown == stock.target) {
    stock.done_version = std::max(stock.done_version, stock.attempt_version);
  }
}

base::Instant readable_from(const ListingStock& stock, base::Millis write_lands_within) {
  return stock.attempt_at + write_lands_within;
}

bool begin_anchor(ListingStock& stock, std::int64_t quantity, base::Instant read_at) {
  if (stock.attempt == Attempt::sent) return false;
  if (read_at <= stock.attempt_at) return false;
  stock.anchor_at = read_at;
  stock.anchor_quantity = std::max<std::int64_t>(0, quantity);
  stock.sold_after_anchor = 0;
  stock.cancelled_after_anchor = 0;
  if (stock.attempt == Attempt::unknown) stock.attempt = Attempt::none;
  return true;
}

bool finish_anchor(ListingStock& stock, base::Instant ingested_through, base::Millis lag) {
  if (!stock.anchor_at || ingested_through < *stock.anchor_at + lag) return false;
  const auto remaining = std::max<std::int64_t>(
      0, stock.anchor_quantity - stock.sold_after_anchor + stock.cancelled_after_anchor);
  const auto exposure_before = stock.exposure;
  const auto shown_before = stock.shown;
  stock.exposure = std::min(stock.exposure, remaining);
  stock.shown = remaining;
  forget_anchor(stock);
  return stock.exposure != exposure_before || stock.shown != shown_before;
}

bool wants_anchor(const ListingStock& stock) {
  return !stock.anchor_at && (stock.attempt != Attempt::none || stock.inflated());
}

SaleEffect apply_sale(ListingStock& stock, std::int64_t packs, base::Instant created_at,
                      base::Millis clock_skew) {
  const auto covered = std::min(stock.exposure, packs);
  stock.exposure -= covered;
  stock.shown = std::max<std::int64_t>(0, stock.shown - packs);
  stock.target = std::max<std::int64_t>(0, stock.target - packs);
  if (stock.anchor_at && created_at > *stock.anchor_at + clock_skew) {
    stock.sold_after_anchor += packs;
  }
  return {packs - covered};
}

void apply_cancel(ListingStock& stock, std::int64_t packs, Restock restock) {
  if (restock == Restock::channel_does_not) return;
  stock.exposure += packs;
  stock.shown += packs;
  stock.target += packs;
  if (stock.anchor_at) stock.cancelled_after_anchor += packs;
}

void note_cancelled_unseen(ListingStock& stock, std::int64_t packs, base::Instant created_at,
                           base::Millis clock_skew, Restock restock) {
  if (restock == Restock::channel_does_not || !stock.anchor_at) return;
  if (created_at <= *stock.anchor_at + clock_skew) stock.cancelled_after_anchor += packs;
}

}  // namespace catalog
