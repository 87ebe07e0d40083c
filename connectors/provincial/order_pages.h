#pragma once
// Where a pull of orders stands. Pages by number lose rows: an order that changes while the pages
// are read leaves the window and everything behind it moves up by one. So each page asks for what
// was modified in or after the last second read, and leaves out what it already gave.
//
//   "2026-11-24T01:02:03;1;0;15,17"    asked from this second; page and total of a crowd that fills
//                                      whole pages within one second; ids given of that second
// Pure. A text that is no cursor reads as the start. Threads: values.
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "base/clock.h"
#include "connectors/common/json.h"
#include "connectors/connector.h"

namespace connectors::provincial {

struct OrderCursor {
  base::Instant second;  // orders modified in this second or later
  std::int64_t page = 1;
  std::int64_t total = 0;  // X-WP-Total when the page before was read; 0: first page
  std::set<std::string> given;

  bool operator==(const OrderCursor&) const = default;
};

std::string to_text(const OrderCursor& cursor);
OrderCursor order_cursor(const std::string& text, base::Instant from);

struct Pages {
  std::int64_t total = 0;
  std::int64_t pages = 0;
};
// The rows of one answered page that were not given before, and the next cursor; empty: that was
// the last page. The rows point into `rows`.
struct TakenRows {
  std::vector<const common::Json*> fresh;
  std::string next_cursor;
};
TakenRows take_rows(const common::Json& rows, const Pages& pages, const OrderCursor& cursor);

}  // namespace connectors::provincial
