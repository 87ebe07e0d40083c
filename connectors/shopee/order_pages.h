#pragma once
// Walks the orders of a time range by the time of their last change.
//
// Shopee's cursor may be an offset, and its order of rows is undocumented: an order that changes
// while pages are read leaves the window and the one behind it would be lost. So a window is halved
// until one page holds it (a page is one answer, nothing shifts inside it) and grows again after;
// only within one second are pages turned. Whether a bound counts itself is undocumented too:
// windows share theirs, and what was given out there is skipped. The cursor is text and holds all
// the state: "<from, Unix s>:<seconds>:<order_sn>.<Unix s>,…:<Shopee's cursor>". Threads: one.
#include <span>
#include <string>
#include <vector>

#include "connectors/connector.h"
#include "connectors/shopee/client.h"

namespace connectors::shopee {

inline constexpr std::int64_t kWindowSecondsMax = 15 * 24 * 3600;
inline constexpr std::size_t kDetailsMax = 50;  // orders per get_order_detail
inline constexpr std::size_t kSeenMax = 1'000;  // beyond it an order may be given out twice

class OrderPages {
 public:
  explicit OrderPages(Client& client) : client_(client) {}

  base::Result<OrderPage> pull(const OrderQuery& query);
  // These orders as they are now; ones that Shopee does not know are left out.
  base::Result<OrderPage> fetch(std::span<const std::string> order_sns);

 private:
  // A number that was listed and is not shown is worth a word; one that was asked for is not.
  enum class Missing { is_reported, is_left_out };
  base::Status read_details(std::span<const std::string> order_sns, Missing missing,
                            OrderPage& page);

  Client& client_;
};

}  // namespace connectors::shopee
