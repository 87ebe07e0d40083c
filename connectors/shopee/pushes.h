#pragma once
// Stock, prices and deletions by unit: one call per item holds up to kModelsMax of its models.
//
// Verdicts are read per unit, out of success_list and failure_list, whether or not the envelope
// complains; a unit in neither is unconfirmed, and the batch ends there with unknown_outcome.
// Errors: as Connector::push_stock. Threads: one.
#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "connectors/connector.h"
#include "connectors/shopee/client.h"
#include "connectors/shopee/locations.h"
#include "connectors/shopee/reads.h"

namespace connectors::shopee {

class Pushes {
 public:
  Pushes(Client& client, Reads& reads, Locations& locations)
      : client_(client), reads_(reads), locations_(locations) {}

  PushReport stock(std::span<const StockUpdate> batch);
  PushReport prices(std::span<const PriceUpdate> batch);
  PushReport erase(std::span<const catalog::Binding> bindings);

 private:
  base::Status erase_models(const std::string& item_id, std::span<const std::string> model_ids);

  Client& client_;
  Reads& reads_;
  Locations& locations_;
};

// Indexes of a batch by item, in order of first appearance; a unit appears once in a group.
std::vector<std::vector<std::size_t>> groups_of(std::span<const catalog::Binding> bindings);

// What one answer says of the units of one call, into the report. False: the batch ends here.
bool settle_units(PushReport& report, std::span<const std::size_t> indexes,
                  std::span<const catalog::Binding> bindings, const base::Result<Answer>& result);

}  // namespace connectors::shopee
