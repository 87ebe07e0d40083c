// A store whose orders change while their pages are read must lose none.
#include "connectors/provincial/order_pages.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <map>
#include <random>

#include "base/time_text.h"
#include "connectors/provincial/mapping.h"

namespace connectors::provincial {
namespace {

using common::Json;
using namespace std::chrono_literals;

constexpr base::Instant kFrom = base::from_unix_s(1'795'500'000);

Json order_row(int id, base::Instant modified) {
  return common::json_object(
      {{"id", common::json_number(id)},
       {"status", common::json_string("processing")},
       {"currency", common::json_string("VND")},
       {"date_created_gmt", common::json_string(base::utc_iso_no_zone(kFrom))},
       {"date_modified_gmt", common::json_string(base::utc_iso_no_zone(modified))},
       {"total", common::json_string("0")},
       {"shipping_total", common::json_string("0")}});
}

// The part of the store that matters here: a window, an order of rows, pages by number.
class PagedStore {
 public:
  PagedStore(base::Instant to, std::size_t page_size) : to_(to), page_size_(page_size) {}

  void put(int id, base::Instant modified) { modified_[id] = modified; }
  void remove(int id) { modified_.erase(id); }
  const std::map<int, base::Instant>& all() const { return modified_; }

  OrderPage answer(const std::string& text) const {
    const auto cursor = order_cursor(text, kFrom);
    std::vector<std::pair<base::Instant, int>> rows;
    for (const auto& [id, modified] : modified_) {
      if (modified > cursor.second - 1s && modified < to_ + 1s) rows.emplace_back(modified, id);
    }
    std::sort(rows.begin(), rows.end());
    std::vector<Json> page;
    const auto first = static_cast<std::size_t>(cursor.page - 1) * page_size_;
    for (auto i = first; i < std::min(rows.size(), first + page_size_); ++i) {
      page.push_back(order_row(rows[i].second, rows[i].first));
    }
    OrderPage out;
    const auto total = static_cast<std::int64_t>(rows.size());
    const auto size = static_cast<std::int64_t>(page_size_);
    const auto json = common::json_array(std::move(page));
    const auto taken = take_rows(json, {total, (total + size - 1) / size}, cursor);
    for (const auto* row : taken.fresh) {
      auto order = to_order(*row);
      if (order && order.value()) out.orders.push_back(*std::move(order).value());
    }
    out.next_cursor = taken.next_cursor;
    return out;
  }

 private:
  const base::Instant to_;
  const std::size_t page_size_;
  std::map<int, base::Instant> modified_;
};

std::map<std::string, int> pull(const PagedStore& store, const std::function<void()>& meanwhile) {
  constexpr int kPagesMax = 2'000;
  std::map<std::string, int> times;
  std::string cursor;
  for (int pages = 0; pages < kPagesMax; ++pages) {
    const auto page = store.answer(cursor);
    EXPECT_TRUE(page.unreadable.empty());
    for (const auto& order : page.orders) ++times[order.remote_id];
    cursor = page.next_cursor;
    if (cursor.empty()) return times;
    meanwhile();
  }
  ADD_FAILURE() << "the pages do not end";
  return times;
}

TEST(OrderPages, ACursorReadsBackAsItWasWritten) {
  const OrderCursor cursor{kFrom + 5s, 3, 120, {"15", "17"}};

  EXPECT_EQ(to_text(cursor), "2026-11-24T06:00:05;3;120;15,17");
  EXPECT_EQ(order_cursor(to_text(cursor), kFrom), cursor);
  for (const char* text : {"", "2/120", "x;1;0;", "2026-11-24T06:00:05;0;0;"}) {
    EXPECT_EQ(order_cursor(text, kFrom + 300ms), (OrderCursor{kFrom, 1, 0, {}})) << text;
  }
}

TEST(OrderPages, AQuietStoreGivesEachOrderOnce) {
  for (const std::size_t page_size : {1, 2, 10, 100}) {
    PagedStore store(kFrom + 60s, page_size);
    for (int id = 1; id <= 90; ++id) store.put(id, kFrom + std::chrono::seconds{id / 25});

    const auto times = pull(store, [] {});

    EXPECT_EQ(times.size(), 90U) << page_size;
    for (const auto& [id, count] : times) EXPECT_EQ(count, 1) << id;
  }
}

TEST(OrderPages, OrdersThatChangeWhilePagesAreReadHideNoOther) {
  const char* given = std::getenv("NONGSAN_TEST_SEED");
  const unsigned seed =
      given != nullptr ? static_cast<unsigned>(std::atoi(given)) : std::random_device{}();
  SCOPED_TRACE("NONGSAN_TEST_SEED=" + std::to_string(seed));
  std::mt19937 dice(seed);
  const auto roll = [&](int most) { return std::uniform_int_distribution<>(0, most)(dice); };

  for (int round = 0; round < 200; ++round) {
    PagedStore store(kFrom + 60s, 1 + static_cast<std::size_t>(roll(9)));
    const int orders = 20 + roll(60);
    for (int id = 1; id <= orders; ++id) store.put(id, kFrom + std::chrono::seconds{roll(40)});
    std::map<int, base::Instant> untouched = store.all();

    const auto times = pull(store, [&] {
      for (int changes = roll(3); changes > 0; --changes) {
        const int id = 1 + roll(orders - 1);
        untouched.erase(id);
        if (roll(4) == 0) {
          store.remove(id);
        } else {
          store.put(id, kFrom + 3'600s);  // out of the window: the next one has it
        }
      }
    });

    for (const auto& [id, modified] : untouched) {
      EXPECT_TRUE(times.contains(std::to_string(id))) << "round " << round << ", order " << id;
    }
  }
}

}  // namespace
}  // namespace connectors::provincial
