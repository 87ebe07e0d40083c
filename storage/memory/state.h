#pragma once
// What MemoryStore keeps, and the transaction its tables work in. Private to this folder.
// Threads: guarded by the store.
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "jobs/store.h"
#include "storage/error.h"
#include "storage/memory/undo_log.h"

namespace storage::memory {

struct ProductRow {
  catalog::Product product;
  std::string name_vi_folded;
  std::string name_en_folded;
};
struct ListingRow {
  catalog::Listing listing;
  std::optional<catalog::Observed> seen;
};
struct JobRow {
  jobs::Job job;
  base::Instant finished_at;
};
struct BalanceRow {
  std::int64_t on_hand = 0;
  std::int64_t reserved = 0;
};
using ListingKey = std::pair<catalog::AccountId, catalog::Sku>;
using EventKey = std::tuple<std::string, std::string, catalog::PoolId, catalog::MovementKind>;

struct State {
  std::map<catalog::ProducerId, catalog::Producer> producers;
  std::map<catalog::ProductId, ProductRow> products;
  std::map<catalog::PoolId, catalog::StockPool> pools;
  std::map<catalog::Sku, catalog::Variant> variants;
  std::map<catalog::PlaceId, catalog::Place> places;

  std::map<EventKey, std::monostate> events;
  std::map<catalog::PoolId, std::vector<catalog::Movement>> movements;
  std::map<catalog::PoolId, BalanceRow> balances;
  std::map<std::pair<catalog::PoolId, std::string>, catalog::Lot> lots;
  std::vector<catalog::StockIncident> incidents;

  std::map<catalog::AccountId, catalog::Account> accounts;
  std::map<ListingKey, ListingRow> listings;
  std::map<ListingKey, catalog::ListingStock> listing_stock;
  std::map<std::pair<catalog::AccountId, std::string>, catalog::Order> orders;

  std::map<std::tuple<catalog::AccountId, std::string, catalog::OrderAction>, catalog::OrderRequest>
      requests;
  std::map<std::tuple<catalog::AccountId, std::string, std::string>, catalog::Parcel> parcels;
  std::map<std::pair<catalog::AccountId, std::string>, catalog::ReturnCase> returns;
  std::map<std::pair<catalog::AccountId, std::string>, catalog::Settlement> settlements;

  std::map<std::pair<catalog::AccountId, std::string>, catalog::Shipment> shipments;
  std::map<std::pair<catalog::AccountId, std::string>, catalog::CarrierRequest> carrier_requests;

  std::map<std::pair<catalog::ChangeKind, catalog::AccountId>, base::Instant> outbox;
  std::map<jobs::JobId, JobRow> jobs;
  std::map<std::pair<catalog::AccountId, jobs::Stream>, jobs::OrderMark> marks;
  std::map<std::pair<catalog::AccountId, std::string>, base::Instant> messages;
  std::map<jobs::WorksheetId, jobs::Worksheet> worksheets;
  std::map<catalog::AccountId, std::string> sessions;
  std::map<std::string, connectors::common::BucketState> buckets;
  std::map<std::pair<catalog::AccountId, std::string>, connectors::common::BreakerState> breakers;
  std::map<std::pair<catalog::AccountId, std::string>, std::pair<std::string, base::Instant>>
      uploads;  // account and content -> remote name, since when
  std::map<catalog::AccountId, std::string> applied_maps;
  std::int64_t last_job_id = 0;
  std::int64_t last_worksheet_id = 0;
};

class Transaction {
 public:
  Transaction(State& state, UndoLog* undo) : state_(state), undo_(undo) {}

  const State& state() const { return state_; }
  // The state to be changed through undo(); throws in a read.
  State& changing() const {
    undo();
    return state_;
  }
  UndoLog& undo() const {
    if (undo_ == nullptr) throw StorageError(Fault::read_only, "a change inside a read");
    return *undo_;
  }

 private:
  State& state_;
  UndoLog* undo_;
};

inline void require(const bool holds, const std::string& broken_rule) {
  if (!holds) throw StorageError(Fault::constraint, broken_rule);
}

template <typename Map>
std::optional<typename Map::mapped_type> find(const Map& map, const typename Map::key_type& key) {
  const auto found = map.find(key);
  if (found == map.end()) return std::nullopt;
  return found->second;
}

// Insert or update; says which.
template <typename Map>
catalog::Put put_row(const Transaction& transaction, Map& map, const typename Map::key_type& key,
                     const typename Map::mapped_type& value) {
  const auto found = map.find(key);
  if (found != map.end() && found->second == value) return catalog::Put::unchanged;
  const auto put = found == map.end() ? catalog::Put::inserted : catalog::Put::updated;
  transaction.undo().assign(map, key, value);
  return put;
}

}  // namespace storage::memory
