#pragma once
// Prices of many SKUs, with Lazada's rule in mind that a price which moves by more than
// kPriceJumpPercent at once may send the product back to review. By the account's option such a
// move goes in steps that each stay within the rule, is rejected, or is sent as it is; never
// silently. What a SKU costs now is read once per call and kept for a quarter of an hour.
// Killed between two steps: the price is on its way, and the next push goes on from there.
// Threads: one.
#include <cstdint>
#include <map>
#include <span>
#include <string>

#include "connectors/connector.h"
#include "connectors/lazada/client.h"
#include "connectors/lazada/sku_batches.h"

namespace connectors::lazada {

inline constexpr base::Millis kPriceLife = std::chrono::minutes{15};
inline constexpr std::size_t kPricesKnownMax = 100'000;
inline constexpr int kPriceStepsMax = 40;  // 1 đồng to a billion takes 36

bool price_jumps(std::int64_t from, std::int64_t to);
// The next price on the way, `to` when it is within reach.
std::int64_t price_step(std::int64_t from, std::int64_t to);

class PriceSteps {
 public:
  PriceSteps(Client& client, SkuBatches& batches) : client_(client), batches_(batches) {}

  void push(std::span<const PriceUpdate> batch, PushReport& report);
  void remember(std::span<const RemoteListing> shown);

 private:
  struct Known {
    std::int64_t price = 0;
    base::Instant at;
  };
  base::Status look_up(std::span<const SkuRow> rows);
  // Nothing: unknown, so nothing can be said about a jump.
  const Known* known(const SkuRow& row) const;
  void reject_jumps(std::vector<SkuRow>& rows, PushReport& report);
  bool walk(std::vector<SkuRow>& rows, PushReport& report);

  Client& client_;
  SkuBatches& batches_;
  std::map<std::string, Known> known_;  // by SkuId
};

}  // namespace connectors::lazada
