#pragma once
// Stock and price writes of many SKUs, in calls of bounded size.
//
// Lazada answers a batch with one verdict: "501" when any SKU fails, with the failed ones in
// `detail`. Whether the others were applied is not documented. A price may be sent again, so the
// others are. A stock level may not: the others stay unconfirmed (`unknown_outcome`), and a batch
// whose `detail` names nobody is sent one by one the next time. Threads: one.
#include <set>
#include <span>
#include <string>
#include <vector>

#include "connectors/connector.h"
#include "connectors/lazada/client.h"
#include "connectors/lazada/mapping.h"

namespace connectors::lazada {

class SkuBatches {
 public:
  explicit SkuBatches(Client& client) : client_(client) {}

  void push(SkuWrite write, std::span<const SkuRow> rows, PushReport& report);

 private:
  enum class Next { go_on, stop };
  Next send(SkuWrite write, std::span<const SkuRow> rows, PushReport& report);
  Next settle_refusal(SkuWrite write, std::span<const SkuRow> rows, const Answer& answer,
                      PushReport& report);

  Client& client_;
  std::set<std::string> alone_;  // SkuIds whose batch failed without naming anybody
};

}  // namespace connectors::lazada
