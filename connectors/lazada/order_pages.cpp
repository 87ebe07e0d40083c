#include "connectors/lazada/order_pages.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace connectors::lazada {

namespace {

using base::Error;
using base::ErrorCode;

struct Seen {
  std::string order_id;
  std::int64_t updated_s = 0;
};

struct Place {
  std::int64_t from_s = 0;
  std::size_t offset = 0;
  std::vector<Seen> seen;  // given out already and changed at from_s or later
};

std::string to_text(const Place& place) {
  std::string text = std::to_string(place.from_s) + ":" + std::to_string(place.offset) + ":";
  for (const auto& seen : place.seen) {
    if (text.back() != ':') text += ',';
    text += seen.order_id + "." + std::to_string(seen.updated_s);
  }
  return text;
}

// The part of `rest` before `mark`; both are cut off.
std::string_view take(std::string_view& rest, char mark) {
  const std::size_t at = std::min(rest.find(mark), rest.size());
  const auto part = rest.substr(0, at);
  rest.remove_prefix(std::min(at + 1, rest.size()));
  return part;
}

template <typename Number>
bool read_number(std::string_view digits, Number& number) {
  const char* end = digits.data() + digits.size();
  const auto [stop, failure] = std::from_chars(digits.data(), end, number);
  return failure == std::errc{} && stop == end;
}

base::Result<Place> read_place(const OrderQuery& query) {
  Place place;
  if (query.page_cursor.empty()) {
    // Whether Lazada counts the bound itself is not documented: one second earlier covers both.
    place.from_s = base::to_unix_s(query.from) - 1;
    return place;
  }
  std::string_view rest = query.page_cursor;
  bool good = read_number(take(rest, ':'), place.from_s);
  good = read_number(take(rest, ':'), place.offset) && good;
  while (good && !rest.empty()) {
    std::string_view pair = take(rest, ',');
    Seen seen{std::string{take(pair, '.')}, 0};
    good = read_number(pair, seen.updated_s);
    place.seen.push_back(std::move(seen));
  }
  if (!good) return Error{ErrorCode::invalid, "Lazada: the page cursor cannot be read", {}, {}};
  return place;
}

bool contains(const std::vector<Seen>& seen, const OrderHead& head) {
  const Seen wanted{head.order.remote_id, base::to_unix_s(head.order.updated_at)};
  return std::any_of(seen.begin(), seen.end(), [&](const Seen& known) {
    return known.order_id == wanted.order_id && known.updated_s >= wanted.updated_s;
  });
}

// Where the page after this one starts.
Place next_place(Place place, std::span<const OrderHead> heads) {
  std::int64_t last_s = place.from_s;
  for (const auto& head : heads) {
    const Seen row{head.order.remote_id, base::to_unix_s(head.order.updated_at)};
    last_s = std::max(last_s, row.updated_s);
    if (!contains(place.seen, head)) place.seen.push_back(row);
  }
  if (last_s - 1 > place.from_s) {
    place.from_s = last_s - 1;
    place.offset = 0;
  } else {
    place.offset += heads.size();
  }
  std::erase_if(place.seen, [&](const Seen& seen) { return seen.updated_s < place.from_s; });
  if (place.seen.size() > kSeenMax) {
    const auto surplus = static_cast<std::ptrdiff_t>(place.seen.size() - kSeenMax);
    place.seen.erase(place.seen.begin(), place.seen.begin() + surplus);
  }
  return place;
}

}  // namespace

base::Result<OrderPage> OrderPages::pull(const OrderQuery& query) {
  const auto place = read_place(query);
  if (!place) return place.error();
  const std::size_t limit = client_.options().page_size;
  if (place.value().offset + limit >= kOffsetEnd) {
    return Error{ErrorCode::protocol, "Lazada: too many orders changed in one second", {}, {}};
  }
  const auto answer =
      client_.orders(base::from_unix_s(place.value().from_s), query.to + std::chrono::seconds{1},
                     place.value().offset, limit);
  if (!answer) return answer.error();

  auto heads = order_heads(answer.value());
  std::string next_cursor;
  const auto total = order_total_count(answer.value());
  const auto reached = static_cast<std::int64_t>(place.value().offset + heads.size());
  const bool more = heads.size() >= limit || (total && reached < *total);
  if (!heads.empty() && more) next_cursor = to_text(next_place(place.value(), heads));

  std::erase_if(heads, [&](const OrderHead& head) { return contains(place.value().seen, head); });
  auto filled = with_lines(std::move(heads));
  if (filled) filled.value().next_cursor = std::move(next_cursor);
  return filled;
}

base::Result<OrderPage> OrderPages::fetch(std::span<const std::string> order_ids) {
  std::vector<OrderHead> heads;
  for (const auto& id : order_ids) {
    if (id.empty() || id.find_first_not_of("0123456789") != std::string::npos) continue;
    const auto answer = client_.order(id);
    if (!answer && answer.error().code == ErrorCode::not_found) continue;
    if (!answer) return answer.error();
    if (auto head = order_head(answer.value())) heads.push_back(std::move(*head));
  }
  return with_lines(std::move(heads));
}

base::Result<OrderPage> OrderPages::with_lines(std::vector<OrderHead> heads) {
  OrderPage page;
  for (std::size_t i = 0; i < heads.size(); i += kOrdersPerItemsCall) {
    const std::size_t count = std::min(kOrdersPerItemsCall, heads.size() - i);
    const auto read = read_lines(std::span{heads}.subspan(i, count), page.unreadable);
    if (!read) return read.error();
  }
  for (auto& head : heads) {
    if (!head.problem && head.order.lines.empty()) {
      head.problem = Error{
          ErrorCode::protocol, "Lazada: order " + head.order.remote_id + ": no lines", {}, {}};
    }
    if (head.problem) {
      page.unreadable.push_back(std::move(*head.problem));
    } else {
      page.orders.push_back(std::move(head.order));
    }
  }
  return page;
}

// One order that Lazada no longer knows fails its whole group: halve until it stands alone.
base::Status OrderPages::read_lines(std::span<OrderHead> heads,
                                    std::vector<base::Error>& unreadable) {
  std::vector<std::string> ids;
  for (const auto& head : heads) {
    if (!head.order.remote_id.empty()) ids.push_back(head.order.remote_id);
  }
  if (ids.empty()) return base::Done{};
  const auto answer = client_.order_items(ids);
  if (!answer && answer.error().code == ErrorCode::not_found) {
    if (heads.size() == 1) {
      heads.front().problem = answer.error();
      return base::Done{};
    }
    const std::size_t half = heads.size() / 2;
    if (const auto first = read_lines(heads.first(half), unreadable); !first) return first;
    return read_lines(heads.subspan(half), unreadable);
  }
  if (!answer) return answer.error();
  read_items(answer.value(), heads, unreadable);
  return base::Done{};
}

}  // namespace connectors::lazada
