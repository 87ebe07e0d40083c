#pragma once
// A MemoryStore with a small catalogue for tests of the ledger and of orders: pool "rau" in grams,
// SKUs "BAG" (1 kg) and "BOX" (5 kg), account "shop" with a live listing of each.
// Threads: one per instance.
#include <gtest/gtest.h>

#include "catalog/order_intake.h"
#include "storage/memory/memory_store.h"

namespace catalog {

inline constexpr base::Instant kStart = base::from_unix_ms(1'795'000'000'000);
inline const AccountId kShop{"shop"};
inline const PoolId kPool{"rau"};
inline const Sku kBag{"BAG"};
inline const Sku kBox{"BOX"};

class CatalogStore {
 public:
  explicit CatalogStore(std::int64_t on_hand_g);

  void show(const Sku& sku, std::int64_t packs);  // as if it had been set and anchored
  Intake take(Order order);
  PoolBalance balance();
  ListingStock stock(const Sku& sku);
  std::vector<StockIncident> incidents();
  std::string incident_kinds();  // oldest first, "a b"
  bool ledger_is_whole();
  jobs::Store& store() { return store_; }
  IntakeContext context{.now = kStart, .ingested_through = kStart};

 private:
  storage::MemoryStore store_;
};

// `packs` of one SKU in line "1".
Order order_of(const std::string& remote_id, const Sku& sku, std::int64_t packs);

}  // namespace catalog
