#pragma once
// Stock and price writes of many SKUs, in calls of bounded size.
//
// Lazada answers a batch with one verdict: "501" when any SKU fails, with the failed ones in
// `detail`; whether the others were applied is not documented.
//   levels   the others are read back: what shows the wanted level is done, the rest stays
//            unconfirmed (`unknown_outcome`), because a level must not arrive twice. When `detail`
//            names nobody, those go alone the next time.
//   changes  the others stay unconfirmed: nothing that can be read tells whether they arrived
//   prices   a price may be sent again: the others are, in halves while nobody is named
// A running campaign keeps its units on the shelf: a level below them becomes that floor, and is
// rejected with a reason that says so. A batch that was too much for Lazada (timeout, "too many
// SKUs") makes the next ones smaller. Threads: one.
#include <set>
#include <span>
#include <string>
#include <vector>

#include "connectors/connector.h"
#include "connectors/lazada/client.h"
#include "connectors/lazada/sku_rows.h"

namespace connectors::lazada {

inline constexpr std::size_t kCarefulBatch = 20;  // what Lazada advises

class SkuBatches {
 public:
  explicit SkuBatches(Client& client) : client_(client), limit_(client.options().stock_batch) {}

  void push(SkuWrite write, std::span<const SkuRow> rows, PushReport& report);

 private:
  enum class Next { go_on, stop };
  Next send(SkuWrite write, std::span<const SkuRow> rows, PushReport& report);
  Next settle_refusal(SkuWrite write, std::span<const SkuRow> rows, const Answer& answer,
                      PushReport& report);
  Next send_rest(SkuWrite write, std::span<const SkuRow> rows, const Refusals& named,
                 PushReport& report);
  void confirm(SkuWrite write, std::span<const SkuRow> rows, const Answer& answer,
               const Refusals& named, PushReport& report);
  base::Error refused(SkuWrite write, const SkuRow& row, const base::Error& error);
  base::Result<common::Json> read_back(std::span<const SkuRow> rows);

  Client& client_;
  std::size_t limit_;
  std::set<std::string> alone_;  // SkuIds whose batch failed without naming anybody
};

}  // namespace connectors::lazada
