#pragma once
// An order, normalised from every channel. Unique by (account, remote id); a line by (order, remote
// line id). Statuses move forward only. A buyer's name, phone and address are not part of it.
// Threads: values.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "catalog/ids.h"
#include "catalog/money.h"

namespace catalog {

enum class OrderStatus {
  unpaid,
  to_ship,
  packed,
  shipped,
  delivered,
  completed,
  returned,
  cancelled
};
std::string_view to_string(OrderStatus status);
std::optional<OrderStatus> order_status_from(std::string_view text);
// Forward is a greater rank; `cancelled` and `returned` are ends.
int rank(OrderStatus status);
// The goods have left the cooperative.
bool has_shipped(OrderStatus status);

struct OrderLine {
  std::string remote_line_id;
  std::string remote_item_id;
  std::string remote_unit_id;
  Sku sku;                     // as the channel names it; empty: unknown to it
  std::string name;            // the product's, as shown to the buyer
  std::int64_t quantity = 0;   // packs, > 0
  std::int64_t cancelled = 0;  // packs, never decreases
  Money unit_price;            // paid per pack after seller discounts

  bool operator==(const OrderLine&) const = default;
};
inline constexpr std::size_t kOrderLinesMax = 500;

struct Order {
  AccountId account;
  std::string remote_id;
  OrderStatus status = OrderStatus::to_ship;
  std::string remote_status;  // the channel's own word
  base::Instant created_at;   // by the channel's clock
  base::Instant updated_at;
  std::vector<OrderLine> lines;
  Money goods;     // sum of the lines, less cancelled packs
  Money shipping;  // paid by the buyer
  Money total;     // as the channel states it

  bool operator==(const Order&) const = default;
};

}  // namespace catalog
