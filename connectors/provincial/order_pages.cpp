#include "connectors/provincial/order_pages.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "base/time_text.h"

namespace connectors::provincial {
namespace {

using common::Json;

constexpr std::size_t kGivenMax =
    2'000;  // beyond it an order may come twice, which changes nothing

std::optional<std::int64_t> number(std::string_view text) {
  std::int64_t out = 0;
  const auto [stop, failure] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (failure != std::errc{} || stop != text.data() + text.size() || out < 0) return std::nullopt;
  return out;
}

std::string_view take_until(std::string_view& text, char mark) {
  const auto end = std::min(text.find(mark), text.size());
  const auto part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

std::optional<base::Instant> modified_at(const Json& row) {
  return base::parse_iso(common::text(row, "date_modified_gmt"), {});
}

void remember(OrderCursor& cursor, base::Instant modified, const std::string& id) {
  if (modified == cursor.second && cursor.given.size() < kGivenMax) cursor.given.insert(id);
}

}  // namespace

std::string to_text(const OrderCursor& cursor) {
  auto out = base::utc_iso_no_zone(cursor.second) + ";" + std::to_string(cursor.page) + ";" +
             std::to_string(cursor.total) + ";";
  for (const auto& id : cursor.given) {
    if (out.back() != ';') out += ',';
    out += id;
  }
  return out;
}

OrderCursor order_cursor(const std::string& text, base::Instant from) {
  const OrderCursor start{std::chrono::floor<std::chrono::seconds>(from), 1, 0, {}};
  std::string_view rest = text;
  const auto second = base::parse_iso(take_until(rest, ';'), {});
  const auto page = number(take_until(rest, ';'));
  const auto total = number(take_until(rest, ';'));
  if (!second || !page || !total || *page < 1) return start;
  OrderCursor cursor{*second, *page, *total, {}};
  while (!rest.empty()) cursor.given.emplace(take_until(rest, ','));
  return cursor;
}

TakenRows take_rows(const Json& rows, const Pages& pages, const OrderCursor& cursor) {
  TakenRows out;
  OrderCursor next = cursor;
  next.page = cursor.page + 1;
  next.total = pages.total;
  OrderCursor again = cursor;
  again.page = 1;
  again.total = 0;
  for (const auto& row : common::items_of(rows)) {
    const auto modified = modified_at(row).value_or(next.second);
    const auto id = common::text(row, "id");
    if (modified < cursor.second) continue;
    if (modified > next.second) next = {modified, 1, 0, {}};
    const bool known = modified == cursor.second && cursor.given.contains(id);
    if (!known) out.fresh.push_back(&row);
    remember(next, modified, id);
    remember(again, modified, id);
  }
  const bool shifted = cursor.total > pages.total;  // a row left the crowd: page by page loses one
  if (shifted) {
    out.next_cursor = to_text(again);
  } else if (cursor.page < pages.pages) {
    out.next_cursor = to_text(next);
  }
  return out;
}

}  // namespace connectors::provincial
