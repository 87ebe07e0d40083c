#include "storage/memory/order_table.h"

#include <algorithm>
#include <set>

namespace storage::memory {
namespace {

void check(const State& state, const catalog::Order& order) {
  require(state.accounts.contains(order.account), "unknown account: " + order.account.text);
  require(!order.remote_id.empty(), "an order needs its remote id");
  std::set<std::string> seen;
  for (const auto& line : order.lines) {
    require(seen.insert(line.remote_line_id).second,
            "two lines with one id in order " + order.remote_id);
    require(line.quantity > 0 && line.cancelled >= 0 && line.cancelled <= line.quantity,
            "impossible quantities in order " + order.remote_id);
  }
}

}  // namespace

std::optional<catalog::Order> OrderTable::order(const catalog::AccountId& account,
                                                std::string_view remote_id) {
  return find(transaction_.state().orders, {account, std::string(remote_id)});
}

void OrderTable::insert(const catalog::Order& order) {
  auto& state = transaction_.changing();
  check(state, order);
  const std::pair key{order.account, order.remote_id};
  require(!state.orders.contains(key), "the order is already there: " + order.remote_id);
  transaction_.undo().assign(state.orders, key, order);
}

void OrderTable::update(const catalog::Order& order) {
  auto& state = transaction_.changing();
  check(state, order);
  const std::pair key{order.account, order.remote_id};
  require(state.orders.contains(key), "no such order: " + order.remote_id);
  transaction_.undo().assign(state.orders, key, order);
}

std::vector<catalog::Order> OrderTable::orders(const catalog::AccountId& account,
                                               std::size_t rows_max) {
  std::vector<const catalog::Order*> found;
  for (const auto& [key, order] : transaction_.state().orders) {
    if (account.empty() || key.first == account) found.push_back(&order);
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto* a, const auto* b) { return a->created_at > b->created_at; });
  if (found.size() > rows_max) found.resize(rows_max);
  std::vector<catalog::Order> out;
  out.reserve(found.size());
  for (const auto* order : found) out.push_back(*order);
  return out;
}

std::int64_t OrderTable::count(const catalog::AccountId& account) {
  const auto& orders = transaction_.state().orders;
  return std::count_if(orders.begin(), orders.end(), [&](const auto& row) {
    return account.empty() || row.first.first == account;
  });
}

void Outbox::announce(catalog::ChangeKind kind, const catalog::AccountId& account,
                      base::Instant at) {
  auto& state = transaction_.changing();
  if (state.outbox.contains({kind, account})) return;
  transaction_.undo().assign(state.outbox, {kind, account}, at);
}

}  // namespace storage::memory
