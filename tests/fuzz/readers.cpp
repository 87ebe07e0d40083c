#include "tests/fuzz/readers.h"

#include <cstdio>
#include <cstdlib>

#include "base/text.h"
#include "connectors/common/sheet/open_rows.h"
#include "connectors/common/worksheet/confirmed_rows.h"
#include "connectors/common/worksheet/order_file.h"
#include "connectors/common/xml.h"

namespace fuzz {
namespace {

namespace cc = connectors::common;

void promise(bool kept, const char* what) {
  if (kept) return;
  std::fprintf(stderr, "broken promise: %s\n", what);
  std::abort();
}

void check_rows(const std::string& bytes) {
  auto rows = cc::open_rows(bytes, {});
  if (!rows) return promise(!rows.error().message.empty(), "an error says why");
  int above = 0;
  for (cc::Row row;;) {
    const auto more = rows.value()->next(row);
    if (!more || !more.value()) {
      const auto again = rows.value()->next(row);
      return promise(more.ok() == again.ok(), "the end stays the end");
    }
    promise(row.line > above, "row numbers rise");
    above = row.line;
    promise(row.cells.size() == row.marks.size(), "a mark for each cell");
    promise(row.cells.size() <= cc::kColumnsMax, "no more columns than the cap");
    for (const auto& cell : row.cells) promise(base::is_utf8(cell), "cells are UTF-8");
  }
}

}  // namespace

void read_order_bytes(const std::string& bytes, Outcome& out) {
  static const auto words = cc::common_order_words();
  check_rows(bytes);
  const auto read = cc::parse_order_file("orders", bytes, words, base::from_unix_s(1'795'500'000));
  promise(read.has_orders || !read.problems.empty(), "orders or a reason");
  promise(read.problems.size() <= cc::kFileProblemsMax, "no more problems than the cap");
  for (const auto& order : read.orders) {
    promise(!order.remote_id.empty() && !order.lines.empty(), "an order has a code and lines");
    for (const auto& line : order.lines) {
      promise(line.quantity > 0 && line.unit_price.minor >= 0, "a line has packs and a price");
      promise(!line.sku.text.empty(), "a line has a SKU");
    }
  }
  out.orders = out.orders || !read.orders.empty();
}

void read_ticked_bytes(const std::string& bytes, Outcome& out) {
  const auto read = cc::parse_confirmed("sheet", bytes);
  if (!read) return promise(!read.error().message.empty(), "an error says why");
  for (const auto& sku : read.value().ticked) promise(!sku.text.empty(), "a tick has a SKU");
  out.ticks = out.ticks || !read.value().ticked.empty();
}

void read_xml_bytes(const std::string& bytes, Outcome& out) {
  auto pull = cc::XmlPull::from_text(bytes);
  if (!pull) return promise(!pull.error().message.empty(), "an error says why");
  for (;;) {
    const auto more = pull.value().next();
    if (!more) return;
    if (!more.value()) break;
    promise(base::is_utf8(pull.value().text()), "text is UTF-8");
  }
  out.xml = true;
}

}  // namespace fuzz
