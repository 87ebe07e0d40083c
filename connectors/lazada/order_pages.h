#pragma once
// Walks the orders of a time range by the time of their last change, oldest first.
//
// Offsets shift when an order changes while pages are read, and the one behind it would be lost. So
// every page starts anew one second before the last change seen, and what was given out already is
// skipped by number; an offset is used only inside that second. The cursor is text and holds all
// the state: "<from, Unix s>:<offset>:<order id>.<Unix s>,…". Threads: one.
#include <string>
#include <vector>

#include "connectors/connector.h"
#include "connectors/lazada/client.h"
#include "connectors/lazada/mapping.h"

namespace connectors::lazada {

inline constexpr std::size_t kOrdersPerItemsCall = 50;
inline constexpr std::size_t kOffsetEnd = 5'000;  // offset + limit must stay below
inline constexpr std::size_t kSeenMax = 1'000;    // beyond it an order may be given out twice

class OrderPages {
 public:
  explicit OrderPages(Client& client) : client_(client) {}

  base::Result<OrderPage> pull(const OrderQuery& query);
  // These orders as they are now; ones that Lazada does not know are left out.
  base::Result<OrderPage> fetch(std::span<const std::string> order_ids);

 private:
  base::Result<OrderPage> with_lines(std::vector<OrderHead> heads);
  base::Status read_lines(std::span<OrderHead> heads, std::vector<base::Error>& unreadable);

  Client& client_;
};

}  // namespace connectors::lazada
