#pragma once
// Never sell what is not there: the guarded stock protocol, pure (docs/adr/0007-guarded-stock.md).
//
// For one (account, SKU) let q be what the channel shows, u what it sold and we have not ingested.
// We keep a committed bound E ("exposure") with  q + u <= E  at every moment. For every pool the
// hub keeps, in base units,
//
//     sum over listings (E x pack)  +  reserved  +  buffer  <=  sellable                  (1)
//
// so everything any channel sold or can still sell exists. Rules (reference: escrow, O'Neil, TODS
// 11(4) 1986; demarcation, Barbará & Garcia-Molina, Princeton TR-320-91):
//   set v      allowed while (1) holds with E + v; E += v is committed BEFORE the call. The old E
//              stays: any of it may be sold already, and a set erases those decrements. 0 is free.
//   delta +d   E += d before the call.   delta -d   E stays until an anchor lowers it: some of the
//              d may be sold already, and the channel then stands at or below zero.
//   one open attempt per listing; an unanswered one closes only after Dmax, by a read.
//   ingest n   E -= n and reserved += n.
//   anchor     read q0 at t0; once every order created up to t0 + lag is ingested,
//              E := min(E, q0 - sold after t0 + cancels seen since t0).
// All quantities are packs; the pools' base units are the caller's (stock_plan.h).
// Nothing here throws. Threads: values.
#include <cstdint>
#include <optional>

#include "base/clock.h"
#include "catalog/ids.h"

namespace catalog {

enum class Attempt { none, sent, unknown };

struct ListingStock {
  AccountId account;
  Sku sku;
  std::int64_t exposure = 0;      // E
  std::int64_t target = 0;        // what we want shown
  std::int64_t shown = 0;         // what we believe is shown: last set or read, less ingested sales
  std::int64_t want_version = 0;  // grows with every change of target
  std::int64_t done_version = 0;  // the version the channel has
  Attempt attempt = Attempt::none;
  std::int64_t attempt_value = 0;  // the set value, or the delta
  bool attempt_is_delta = false;
  std::int64_t attempt_version = 0;
  base::Instant attempt_at;
  std::optional<base::Instant> anchor_at;  // t0 of a read not yet applied
  std::int64_t anchor_quantity = 0;        // q0
  std::int64_t sold_after_anchor = 0;
  std::int64_t cancelled_after_anchor = 0;

  bool dirty() const { return want_version != done_version; }
  bool inflated() const { return exposure > shown; }
  bool operator==(const ListingStock&) const = default;
};

enum class StepKind {
  none,   // shown is right, or right enough
  wait,   // an attempt is open, or room must come first
  set,    // absolute value
  delta,  // signed
};
struct Step {
  StepKind kind = StepKind::none;
  std::int64_t value = 0;
  bool operator==(const Step&) const = default;
};

enum class StockWrite { absolute, absolute_and_delta };

// What to do next. `room_packs`: packs that could be added to E without breaking (1).
Step next_step(const ListingStock& stock, std::int64_t room_packs, StockWrite can);

// Before the call. `step` must be set or delta and come from next_step in the same transaction.
void open_attempt(ListingStock& stock, const Step& step, base::Instant now);

enum class Answer { accepted, refused, unknown };
// After the call; `refused` means the channel certainly did not apply it.
void close_attempt(ListingStock& stock, Answer answer);

// An unanswered attempt may be read back once this instant has passed.
base::Instant readable_from(const ListingStock& stock, base::Millis write_lands_within);

// A read of the channel: q0 at t0, taken before the request was sent. Ignored when an attempt was
// open at or after t0. Returns whether it was taken.
bool begin_anchor(ListingStock& stock, std::int64_t quantity, base::Instant read_at);
// `ingested_through`: every order created up to then is ingested. Applies the anchor when
// ingested_through >= t0 + lag. Returns whether E or the belief changed.
bool finish_anchor(ListingStock& stock, base::Instant ingested_through, base::Millis lag);
// A bound or an attempt that only a read can settle: worth reading back. An attempt still `sent`
// counts too: after a crash nobody waits for its answer any more.
bool wants_anchor(const ListingStock& stock);

struct SaleEffect {
  std::int64_t beyond_exposure = 0;  // packs that E did not cover: an incident
};
SaleEffect apply_sale(ListingStock& stock, std::int64_t packs, base::Instant created_at,
                      base::Millis clock_skew);
enum class Restock { channel_adds_back, channel_does_not };
void apply_cancel(ListingStock& stock, std::int64_t packs, Restock restock);
// Packs of an order that were cancelled before we first saw it. E never counted them, but a restock
// after t0 of an order made before it is missing in q0.
void note_cancelled_unseen(ListingStock& stock, std::int64_t packs, base::Instant created_at,
                           base::Millis clock_skew, Restock restock);

}  // namespace catalog
