#include "connectors/provincial/order_reader.h"

#include <algorithm>
#include <set>

#include "base/time_text.h"
#include "connectors/provincial/mapping.h"
#include "connectors/provincial/order_pages.h"
#include "connectors/provincial/refunds.h"

namespace connectors::provincial {
namespace {

using base::Done;
using base::Error;
using base::ErrorCode;
using common::Json;
using common::Query;
using std::chrono::seconds;

long long count(std::size_t items) {
  return static_cast<long long>(items);
}

}  // namespace

// The store's bounds are exclusive and count whole seconds.
base::Result<std::string> OrderReader::rows(const OrderQuery& query,
                                            const std::function<base::Status(const Json&)>& take) {
  const auto cursor = order_cursor(query.page_cursor, query.from);
  const auto page_size = client_.options().page_size;
  const auto page = client_.get(
      "/orders", Query{}
                     .add("modified_after", base::utc_iso_no_zone(cursor.second - seconds{1}))
                     .add("modified_before", base::utc_iso_no_zone(query.to + seconds{1}))
                     .add("dates_are_gmt", "true")
                     .add("orderby", "modified")
                     .add("order", "asc")
                     .add("status", "any")
                     .add("per_page", count(page_size))
                     .add("page", cursor.page));
  if (!page) return page.error();
  auto taken =
      take_rows(page.value().rows,
                {page.value().total, pages_of(page.value(), cursor.page, page_size)}, cursor);
  for (const auto* row : taken.fresh) {
    if (const auto read = take(*row); !read) return read.error();
  }
  return std::move(taken.next_cursor);
}

base::Result<std::vector<Json>> OrderReader::refunds_of(const std::string& order_id) {
  std::vector<Json> out;
  for (int number = 1; number <= kRefundPagesMax; ++number) {
    const auto page = client_.get("/orders/" + order_id + "/refunds",
                                  Query{}.add("per_page", count(kPageMax)).add("page", number));
    if (!page && page.error().code == ErrorCode::not_found) return out;
    if (!page) return page.error();
    const auto rows = common::items_of(page.value().rows);
    out.insert(out.end(), rows.begin(), rows.end());
    if (number >= pages_of(page.value(), number, kPageMax)) return out;
  }
  return Error{ErrorCode::protocol, "order " + order_id + ": more refunds than we take", {}, {}};
}

base::Status OrderReader::read(OrderPage& out, const Json& row) {
  auto order = to_order(row, client_.options().shipped_status);
  if (!order) {
    out.unreadable.push_back(order.error());
    return Done{};
  }
  if (!order.value()) return Done{};
  if (has_refunds(row)) {
    const auto refunds = refunds_of(order.value()->remote_id);
    if (!refunds) return refunds.error();
    take_refunds(*order.value(), row, refunds.value());
  }
  out.orders.push_back(*std::move(order).value());
  return Done{};
}

base::Result<OrderPage> OrderReader::window(const OrderQuery& query) {
  OrderPage out;
  auto next = rows(query, [&](const Json& row) { return read(out, row); });
  if (!next) return next.error();
  out.next_cursor = std::move(next).value();
  return out;
}

base::Result<OrderPage> OrderReader::by_id(std::span<const std::string> remote_ids) {
  std::set<std::string> wanted;
  for (const auto& id : remote_ids) {
    if (is_number(id)) wanted.insert(id);  // the store has no other ids
  }
  const std::vector<std::string> ids(wanted.begin(), wanted.end());
  OrderPage out;
  for (std::size_t at = 0; at < ids.size(); at += kOrdersByIdMax) {
    std::string list;
    for (std::size_t i = at; i < std::min(ids.size(), at + kOrdersByIdMax); ++i) {
      list += (list.empty() ? "" : ",") + ids[i];
    }
    const auto page = client_.get(
        "/orders",
        Query{}.add("include", list).add("status", "any").add("per_page", count(kOrdersByIdMax)));
    if (!page) return page.error();
    for (const auto& row : common::items_of(page.value().rows)) {
      if (wanted.erase(common::text(row, "id")) == 0) continue;
      if (const auto done = read(out, row); !done) return done.error();
    }
  }
  for (const auto& id : wanted) {
    const auto row = client_.get_one("/orders/" + id);
    if (!row && row.error().code == ErrorCode::not_found) continue;
    if (!row) return row.error();
    if (const auto done = read(out, row.value()); !done) return done.error();
  }
  return out;
}

}  // namespace connectors::provincial
