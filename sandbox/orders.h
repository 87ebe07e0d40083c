#pragma once
// Orders and listings as the sandbox itself knows them: its truth, apart from how a channel prints
// them. Threads: values.
#include <cpprest/json.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "sandbox/channel.h"

namespace sandbox {

struct OrderedLine {
  std::string sku;
  std::string name;
  std::int64_t item_id = 0;
  std::int64_t quantity = 0;
  std::int64_t price = 0;
  std::int64_t parent_id = 0;  // the product of which item_id is a variation; 0: it is none
};

struct PlacedOrder {
  std::string id;
  std::string status;  // the channel's own word
  base::Instant created_at;
  base::Instant updated_at;
  std::vector<OrderedLine> lines;
  std::optional<base::Instant> completed_at = std::nullopt;
  std::int64_t total() const;
};

web::json::value to_json(const std::vector<Shown>& listings);
web::json::value to_json(const PlacedOrder& order);  // the shape of GET /truth
web::json::value to_json(const std::vector<PlacedOrder>& orders);
std::vector<PlacedOrder> orders_from(const web::json::value& list);
// {"<sku>": units}, orders in status `cancelled_word` left out.
web::json::value sold_by_sku(const std::vector<PlacedOrder>& orders,
                             const std::string& cancelled_word);

}  // namespace sandbox
