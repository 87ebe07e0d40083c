#pragma once
// The stock ledger: append-only movements in integer base units.
//
// A balance is derived and checked, never edited; a correction is a new movement. Movements are
// unique by (source, event_key, pool, kind), so the same event counted twice changes nothing.
// Threads: values.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "catalog/ids.h"

namespace catalog {

enum class MovementKind {
  receive,  // goods came in
  take,     // goods went out outside the channels: own sale, damage
  count,    // a recount: the difference to what the ledger said
  reserve,  // an order took them; the goods are still here (on_hand unchanged)
  release,  // the order was cancelled
  ship,     // the goods of an order left: on_hand and reserved both fall
};
std::string_view to_string(MovementKind kind);
std::optional<MovementKind> movement_kind_from(std::string_view text);

struct Movement {
  PoolId pool;
  MovementKind kind = MovementKind::receive;
  std::int64_t on_hand_delta = 0;   // base units
  std::int64_t reserved_delta = 0;  // base units
  std::string source;               // "import", "cli", "order", …
  std::string event_key;            // unique within source, pool and kind
  std::string note;                 // shown to people; never a buyer's data
  std::string actor;
  base::Instant at;
};

// What one pool holds now, in base units. sellable = on_hand of lots not expired.
struct PoolBalance {
  std::int64_t on_hand = 0;
  std::int64_t reserved = 0;
  std::int64_t expired = 0;  // on hand, but in lots past their day

  std::int64_t sellable() const { return on_hand - expired; }
  bool operator==(const PoolBalance&) const = default;
};

// A harvest or batch inside a pool. Quantities fall first-expired-first-out as goods leave.
struct Lot {
  PoolId pool;
  std::string code;
  std::int64_t quantity = 0;  // base units left
  std::string harvested_on;   // local day or empty
  std::string expires_on;     // local day or empty: not tracked

  bool operator==(const Lot&) const = default;
};

// Something sold that was not there, or a number that no rule of ours explains. Kept for people.
struct StockIncident {
  std::string kind;  // "oversell", "foreign_sale", "foreign_edit", "late_order", "bound_exceeded"
  AccountId account;
  Sku sku;
  PoolId pool;
  std::int64_t quantity = 0;  // base units for a pool, packs for a SKU
  std::string cause;
  base::Instant at;
};

}  // namespace catalog
