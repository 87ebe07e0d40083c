#pragma once
// Stock levels and prices: products many to a call, variations many to a call of their product.
// Every answered value is compared with the one sent. Private to this folder. Errors: as
// Connector::push_stock and push_prices. Threads: one.
#include <span>

#include "connectors/provincial/batch_size.h"
#include "connectors/provincial/client.h"
#include "connectors/provincial/mapping.h"

namespace connectors::provincial {

class Pushes {
 public:
  explicit Pushes(Client& client) : client_(client) {}

  PushReport stock(std::span<const StockUpdate> batch);
  PushReport prices(std::span<const PriceUpdate> batch);
  // A product goes with its last variation.
  PushReport erase(std::span<const catalog::Binding> bindings);
  // How many at once, whatever they are.
  std::size_t stock_batch_max() const { return stock_whole_.items(); }
  std::size_t price_batch_max() const { return price_whole_.items(); }

 private:
  template <typename Update, typename ToJson, typename Verdict>
  PushReport push(BatchSize& whole, std::span<const Update> batch, common::Repeatable repeatable,
                  const ToJson& to_json, const Verdict& verdict);
  // A product that became variable holds no count of its own: what was just written to it goes.
  std::optional<base::Error> undo_count(const std::string& item_id);
  std::optional<base::Error> erase_if_empty(const std::string& item_id);
  std::optional<base::Error> erase_part(const std::string& path,
                                        std::span<const catalog::Binding> bindings,
                                        std::span<const std::size_t> indexes, PushReport& report);

  Client& client_;
  BatchSize products_{kBatchMax};
  BatchSize variations_{kBatchMax};
  BatchSize stock_whole_{kBatchMax};
  BatchSize price_whole_{kBatchMax};
};

}  // namespace connectors::provincial
