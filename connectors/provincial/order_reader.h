#pragma once
// Orders of one store with what was refunded of them: window by window, or by their ids.
//
//   window   `orders` modified in the window, oldest change first (order_pages.h)
//   by_id    `orders?include=`, and one by one what no list shows: an order in the trash
// An order that names refunds costs one call more. Errors: what the calls said; an order that
// cannot be read is named in `unreadable`. Threads: one. Source: WooCommerce REST API v3.
#include <functional>
#include <span>

#include "connectors/connector.h"
#include "connectors/provincial/client.h"

namespace connectors::provincial {

inline constexpr std::size_t kOrdersByIdMax = 100;  // of one call
inline constexpr int kRefundPagesMax = 20;

class OrderReader {
 public:
  explicit OrderReader(Client& client) : client_(client) {}

  base::Result<OrderPage> window(const OrderQuery& query);
  base::Result<OrderPage> by_id(std::span<const std::string> remote_ids);

  // The fresh rows of one page of a window; `take` may stop it by an error. The next cursor.
  base::Result<std::string> rows(const OrderQuery& query,
                                 const std::function<base::Status(const common::Json&)>& take);
  // Empty for an order that is gone meanwhile.
  base::Result<std::vector<common::Json>> refunds_of(const std::string& order_id);

 private:
  base::Status read(OrderPage& out, const common::Json& row);

  Client& client_;
};

}  // namespace connectors::provincial
