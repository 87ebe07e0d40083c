// Orders seen three times, in any order, leave what a clean run leaves.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <random>

#include "tests/catalog/catalog_store.h"

namespace catalog {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t kPlenty = 100'000'000;

// The life of one order as the channel tells it: each event is the whole order at that time.
std::vector<Order> history(int index) {
  auto order = order_of("o" + std::to_string(index), *rc::gen::element(kBag, kBox),
                        *rc::gen::inRange<std::int64_t>(1, 9));
  std::vector<Order> events = {order};
  const auto steps = *rc::gen::inRange(0, 5);
  for (int i = 0; i < steps && order.status < OrderStatus::shipped; ++i) {
    order.updated_at += 60s;
    auto& line = order.lines[0];
    const auto what = *rc::gen::inRange(0, 4);
    if (what == 0 && line.cancelled < line.quantity) {
      line.cancelled += *rc::gen::inRange<std::int64_t>(1, line.quantity - line.cancelled + 1);
    } else if (what == 1) {
      order.status = OrderStatus::cancelled;
      line.cancelled = line.quantity;
      events.push_back(order);
      break;
    } else {
      order.status = static_cast<OrderStatus>(static_cast<int>(order.status) + 1);
    }
    events.push_back(order);
  }
  return events;
}

struct Left {
  PoolBalance balance;
  std::int64_t bags = 0;
  std::int64_t boxes = 0;
  bool operator==(const Left&) const = default;
};

Left after(const std::vector<Order>& events) {
  CatalogStore world(kPlenty);
  world.show(kBag, 1'000);
  world.show(kBox, 1'000);
  for (const auto& event : events) world.take(event);
  RC_ASSERT(world.ledger_is_whole());
  return {world.balance(), world.stock(kBag).exposure, world.stock(kBox).exposure};
}

std::ostream& operator<<(std::ostream& out, const Left& left) {
  return out << "on hand " << left.balance.on_hand << ", reserved " << left.balance.reserved
             << ", bags " << left.bags << ", boxes " << left.boxes;
}

RC_GTEST_PROP(OrderHistory, ShuffledTriplesLeaveWhatACleanRunLeaves, ()) {
  std::vector<Order> clean;
  const auto orders = *rc::gen::inRange(1, 8);
  for (int i = 0; i < orders; ++i) {
    const auto events = history(i);
    clean.insert(clean.end(), events.begin(), events.end());
  }
  std::vector<Order> mixed;
  for (int copy = 0; copy < 3; ++copy) mixed.insert(mixed.end(), clean.begin(), clean.end());
  std::mt19937_64 random(*rc::gen::arbitrary<std::uint64_t>());
  std::shuffle(mixed.begin(), mixed.end(), random);

  RC_ASSERT(after(mixed) == after(clean));
}

}  // namespace
}  // namespace catalog
