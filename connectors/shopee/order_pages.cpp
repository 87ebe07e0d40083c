#include "connectors/shopee/order_pages.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <utility>

#include "connectors/shopee/mapping.h"

namespace connectors::shopee {

namespace {

using base::Error;
using base::ErrorCode;

struct Seen {
  std::string order_sn;
  std::int64_t updated_s = 0;
};

struct Place {
  std::int64_t from_s = 0;
  std::int64_t seconds = kWindowSecondsMax;
  std::vector<Seen> seen;  // given out already and changed at from_s or later
  std::string cursor;
};

std::string to_text(const Place& place) {
  std::string text = std::to_string(place.from_s) + ":" + std::to_string(place.seconds) + ":";
  for (const auto& seen : place.seen) {
    if (text.back() != ':') text += ',';
    text += seen.order_sn + "." + std::to_string(seen.updated_s);
  }
  return text + ":" + place.cursor;
}

// The part of `rest` before `mark`; both are cut off.
std::string_view take(std::string_view& rest, char mark) {
  const std::size_t at = std::min(rest.find(mark), rest.size());
  const auto part = rest.substr(0, at);
  rest.remove_prefix(std::min(at + 1, rest.size()));
  return part;
}

bool read_number(std::string_view digits, std::int64_t& number) {
  const char* end = digits.data() + digits.size();
  const auto [stop, failure] = std::from_chars(digits.data(), end, number);
  return failure == std::errc{} && stop == end;
}

base::Result<Place> read_place(const OrderQuery& query) {
  Place place;
  if (query.page_cursor.empty()) {
    place.from_s = base::to_unix_s(query.from);
    return place;
  }
  std::string_view rest = query.page_cursor;
  bool good = std::count(rest.begin(), rest.end(), ':') >= 3;
  good = read_number(take(rest, ':'), place.from_s) && good;
  good = read_number(take(rest, ':'), place.seconds) && good;
  std::string_view list = take(rest, ':');
  while (good && !list.empty()) {
    std::string_view pair = take(list, ',');
    Seen seen{std::string{take(pair, '.')}, 0};
    good = read_number(pair, seen.updated_s);
    place.seen.push_back(std::move(seen));
  }
  place.cursor = rest;
  if (!good || place.seconds < 1 || place.seconds > kWindowSecondsMax) {
    return Error{ErrorCode::invalid, "Shopee: the page cursor cannot be read", {}, {}};
  }
  return place;
}

// Takes out what was given out before and notes what is given out now.
void skip_seen(Place& place, std::vector<catalog::Order>& orders) {
  std::erase_if(orders, [&](const catalog::Order& order) {
    return std::any_of(place.seen.begin(), place.seen.end(), [&](const Seen& seen) {
      return seen.order_sn == order.remote_id &&
             seen.updated_s == base::to_unix_s(order.updated_at);
    });
  });
  for (const auto& order : orders) {
    place.seen.push_back({order.remote_id, base::to_unix_s(order.updated_at)});
  }
}

void start_window(Place& place, std::int64_t from_s) {
  constexpr std::int64_t kGrowth = 2;
  place.from_s = from_s;
  place.seconds = std::min(place.seconds * kGrowth, kWindowSecondsMax);
  place.cursor.clear();
  std::erase_if(place.seen, [&](const Seen& seen) { return seen.updated_s < from_s; });
  if (place.seen.size() <= kSeenMax) return;
  const auto surplus = static_cast<std::ptrdiff_t>(place.seen.size() - kSeenMax);
  place.seen.erase(place.seen.begin(), place.seen.begin() + surplus);
}

// The first page of a window that one page can hold, or the next page of a single second.
base::Result<IdPage> list_window(Client& client, Place& place, std::int64_t end_s) {
  while (true) {
    place.seconds = std::min(place.seconds, end_s - place.from_s);
    const auto answer = client.order_list(place.from_s, place.from_s + place.seconds, place.cursor,
                                          client.options().page_size);
    if (!answer) return answer.error();
    IdPage page = order_sns(answer.value());
    const bool whole = page.next.empty() || !place.cursor.empty() || place.seconds == 1;
    if (whole) return page;
    place.seconds /= 2;
  }
}

}  // namespace

base::Result<OrderPage> OrderPages::pull(const OrderQuery& query) {
  auto start = read_place(query);
  if (!start) return start.error();
  Place place = std::move(start).value();
  const std::int64_t end_s = base::to_unix_s(query.to + std::chrono::milliseconds{999});
  if (place.from_s >= end_s) return OrderPage{};

  const auto ids = list_window(client_, place, end_s);
  if (!ids) return ids.error();
  OrderPage page;
  const std::span<const std::string> all{ids.value().ids};
  for (std::size_t i = 0; i < all.size(); i += kDetailsMax) {
    const auto read = read_details(all.subspan(i, std::min(kDetailsMax, all.size() - i)),
                                   Missing::is_reported, page);
    if (!read) return read.error();
  }
  skip_seen(place, page.orders);

  const std::int64_t to_s = place.from_s + place.seconds;
  const auto& next = ids.value().next;
  if (!next.empty() && next != place.cursor) {
    place.cursor = next;
  } else if (to_s < end_s) {
    start_window(place, to_s);
  } else {
    return page;
  }
  page.next_cursor = to_text(place);
  return page;
}

base::Result<OrderPage> OrderPages::fetch(std::span<const std::string> order_sns) {
  OrderPage page;
  for (std::size_t i = 0; i < order_sns.size(); i += kDetailsMax) {
    const auto chunk = order_sns.subspan(i, std::min(kDetailsMax, order_sns.size() - i));
    const auto read = read_details(chunk, Missing::is_left_out, page);
    if (!read) return read.error();
  }
  return page;
}

// One order that Shopee no longer knows fails its whole group: halve until it stands alone.
base::Status OrderPages::read_details(std::span<const std::string> order_sns, Missing missing,
                                      OrderPage& page) {
  const auto answer = client_.order_details(order_sns);
  if (!answer && answer.error().code == ErrorCode::not_found) {
    if (order_sns.size() == 1 && missing == Missing::is_left_out) return base::Done{};
    if (order_sns.size() == 1) {
      page.unreadable.push_back(answer.error());
      page.unreadable.back().message += " (order " + order_sns.front() + ")";
      return base::Done{};
    }
    const std::size_t half = order_sns.size() / 2;
    const auto first = read_details(order_sns.first(half), missing, page);
    if (!first) return first;
    return read_details(order_sns.subspan(half), missing, page);
  }
  if (!answer) return answer.error();

  auto read = orders(answer.value());
  std::move(read.orders.begin(), read.orders.end(), std::back_inserter(page.orders));
  std::move(read.unreadable.begin(), read.unreadable.end(), std::back_inserter(page.unreadable));
  if (missing == Missing::is_left_out) return base::Done{};
  for (const auto& order_sn : order_sns) {
    if (std::find(read.seen.begin(), read.seen.end(), order_sn) != read.seen.end()) continue;
    page.unreadable.push_back(
        {ErrorCode::not_found, "Shopee: order " + order_sn + " was listed but not shown", {}, {}});
  }
  return base::Done{};
}

}  // namespace connectors::shopee
