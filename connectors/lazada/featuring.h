#pragma once
// What Lazada can do for a chosen product: a special price inside a window, shown as a discount.
// Nothing pins a product on the storefront.
//
// An item without a special price needs nothing on Lazada and is accepted as it is; rank 0 ends the
// window now. Items that are left out keep their window, which ends by itself: their special price
// may be the seller's own. Times are minutes, Vietnam's.
// Errors: rejected per item (price not below the everyday one, window reversed, a campaign).
// Threads: one. Source: Lazada Open Platform, "Inventory management" (SalePrice), 2025-12.
#include "connectors/featuring.h"
#include "connectors/lazada/client.h"
#include "connectors/lazada/sku_batches.h"

namespace connectors::lazada {

inline constexpr std::size_t kFeaturedMax = 500;

class LazadaFeaturing final : public Featuring {
 public:
  LazadaFeaturing(Client& client, SkuBatches& batches) : client_(client), batches_(batches) {}

  std::string what_it_does_vi() const override;
  std::string what_it_does_en() const override;
  std::size_t items_max() const override { return kFeaturedMax; }
  PushReport feature(std::span<const FeaturedItem> items) override;

 private:
  Client& client_;
  SkuBatches& batches_;
};

}  // namespace connectors::lazada
