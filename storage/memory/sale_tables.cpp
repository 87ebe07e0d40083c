#include "storage/memory/sale_tables.h"

#include <algorithm>

namespace storage::memory {
namespace {

void check(const State& state, const catalog::AccountId& account, const std::string& id) {
  require(state.accounts.contains(account), "unknown account: " + account.text);
  require(!id.empty(), "a row needs its remote id");
}

template <typename Map, typename At>
std::vector<typename Map::mapped_type> newest(const Map& map, const catalog::AccountId& account,
                                              std::size_t rows_max, At at) {
  std::vector<typename Map::mapped_type> out;
  for (const auto& [key, row] : map) {
    if (account.empty() || key.first == account) out.push_back(row);
  }
  std::stable_sort(out.begin(), out.end(),
                   [&](const auto& a, const auto& b) { return at(a) > at(b); });
  if (out.size() > rows_max) out.resize(rows_max);
  return out;
}

}  // namespace

catalog::Put FulfilmentTable::put(const catalog::OrderRequest& request) {
  auto& state = transaction_.changing();
  check(state, request.account, request.order_id);
  return put_row(transaction_, state.requests, {request.account, request.order_id, request.action},
                 request);
}

std::vector<catalog::OrderRequest> FulfilmentTable::requests(const catalog::AccountId& account,
                                                             std::string_view order_id) {
  std::vector<catalog::OrderRequest> out;
  for (const auto& [key, request] : transaction_.state().requests) {
    if (std::get<0>(key) == account && std::get<1>(key) == order_id) out.push_back(request);
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const auto& a, const auto& b) { return a.asked_at < b.asked_at; });
  return out;
}

catalog::Put FulfilmentTable::put(const catalog::Parcel& parcel) {
  auto& state = transaction_.changing();
  check(state, parcel.account, parcel.order_id);
  return put_row(transaction_, state.parcels, {parcel.account, parcel.order_id, parcel.package_id},
                 parcel);
}

std::vector<catalog::Parcel> FulfilmentTable::parcels(const catalog::AccountId& account,
                                                      std::string_view order_id) {
  std::vector<catalog::Parcel> out;
  for (const auto& [key, parcel] : transaction_.state().parcels) {
    if (std::get<0>(key) == account && std::get<1>(key) == order_id) out.push_back(parcel);
  }
  return out;
}

catalog::Put AfterSaleTable::put(const catalog::ReturnCase& found) {
  auto& state = transaction_.changing();
  check(state, found.account, found.remote_id);
  for (const auto& line : found.lines) {
    require(line.quantity > 0, "impossible quantity in return " + found.remote_id);
  }
  const std::pair key{found.account, found.remote_id};
  const auto before = find(state.returns, key);
  if (before && before->updated_at > found.updated_at) return catalog::Put::unchanged;
  return put_row(transaction_, state.returns, key, found);
}

catalog::Put AfterSaleTable::put(const catalog::Settlement& settlement) {
  auto& state = transaction_.changing();
  check(state, settlement.account, settlement.remote_id);
  return put_row(transaction_, state.settlements, {settlement.account, settlement.remote_id},
                 settlement);
}

std::vector<catalog::ReturnCase> AfterSaleTable::returns(const catalog::AccountId& account,
                                                         std::size_t rows_max) {
  return newest(transaction_.state().returns, account, rows_max,
                [](const auto& row) { return row.updated_at; });
}

std::vector<catalog::Settlement> AfterSaleTable::settlements(const catalog::AccountId& account,
                                                             std::size_t rows_max) {
  return newest(transaction_.state().settlements, account, rows_max,
                [](const auto& row) { return row.paid_at; });
}

}  // namespace storage::memory
