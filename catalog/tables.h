#pragma once
// The ports through which the catalogue is kept. storage/ implements them over SQLite and over
// memory; tests/contract runs one suite over both.
//
// Every method works inside the transaction of the `Store::write` or `Store::read` that handed the
// tables out (jobs/store.h); none of them commits. `put` is insert-or-update and reports what it
// did, so importing the same file twice is seen to change nothing. A failure of the database
// throws; rows that do not exist are nullopt. Lists come in id order unless they say otherwise.
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/account.h"
#include "catalog/exposure.h"
#include "catalog/listing.h"
#include "catalog/order.h"
#include "catalog/place.h"
#include "catalog/producer.h"
#include "catalog/product.h"
#include "catalog/put.h"
#include "catalog/reconcile.h"
#include "catalog/sale_tables.h"
#include "catalog/shipment_table.h"
#include "catalog/stock.h"

namespace catalog {

class ProductTable {
 public:
  virtual ~ProductTable() = default;
  virtual Put put(const Producer& producer) = 0;
  virtual Put put(const Product& product) = 0;  // also stores fold(name) for search
  virtual Put put(const StockPool& pool) = 0;
  virtual Put put(const Variant& variant) = 0;  // recipe included, replaced as a whole
  virtual std::optional<Producer> producer(const ProducerId& id) = 0;
  virtual std::optional<Product> product(const ProductId& id) = 0;
  virtual std::optional<StockPool> pool(const PoolId& id) = 0;
  virtual std::optional<Variant> variant(const Sku& sku) = 0;
  virtual std::vector<Producer> producers() = 0;
  virtual std::vector<Product> products() = 0;
  virtual std::vector<StockPool> pools() = 0;
  virtual std::vector<Variant> variants() = 0;
  virtual std::vector<Variant> variants_of(const ProductId& product) = 0;
  virtual std::vector<Sku> skus_using(const PoolId& pool) = 0;
  // Products whose folded names (vi or en), ids or SKUs contain the folded text.
  virtual std::vector<Product> search(std::string_view text, std::size_t rows_max) = 0;
};

class PlaceTable {
 public:
  virtual ~PlaceTable() = default;
  virtual Put put(const Place& place) = 0;  // specialities included, replaced as a whole
  virtual std::optional<Place> place(const PlaceId& id) = 0;
  virtual std::vector<Place> places() = 0;
};

class StockTable {
 public:
  virtual ~StockTable() = default;
  // Appends and moves the cached balance with it. False: this event is already in the ledger.
  virtual bool append(const Movement& movement) = 0;
  virtual PoolBalance balance(const PoolId& pool, std::string_view local_day) = 0;
  virtual std::vector<Movement> movements(const PoolId& pool,
                                          std::size_t rows_max) = 0;  // newest first
  virtual std::optional<Lot> lot(const PoolId& pool, std::string_view code) = 0;
  virtual std::vector<Lot> lots(const PoolId& pool) = 0;  // first-expired first, untracked last
  virtual void put(const Lot& lot) = 0;
  virtual void append(const StockIncident& incident) = 0;
  virtual std::vector<StockIncident> incidents(std::size_t rows_max) = 0;  // newest first
  // Pools whose cached balance differs from the sum of their movements; empty when all is well.
  virtual std::vector<PoolId> mismatches() = 0;
};

// What a plan needs to know of one listing.
struct ListingShare {
  ListingStock stock;
  ListingState state = ListingState::wanted;
};

class ListingTable {
 public:
  virtual ~ListingTable() = default;
  virtual Put put(const Account& account) = 0;
  virtual std::optional<Account> account(const AccountId& id) = 0;
  virtual std::vector<Account> accounts() = 0;

  virtual Put put(const Listing& listing) = 0;
  virtual std::optional<Listing> listing(const AccountId& account, const Sku& sku) = 0;
  virtual std::optional<Listing> listing_bound_to(const AccountId& account,
                                                  const Binding& binding) = 0;
  // Listings whose content or existence is not what we want: state wanted or creating, or live,
  // declared or withdrawn with content_hash != sent_content_hash. Held ones are not among them.
  virtual std::vector<Listing> listings_to_publish(const AccountId& account,
                                                   std::size_t rows_max) = 0;
  // Live listings whose wanted price is not the one last observed or set.
  virtual std::vector<Listing> listings_to_reprice(const AccountId& account,
                                                   std::size_t rows_max) = 0;
  virtual std::vector<Listing> listings(const AccountId& account, const Sku& after,
                                        std::size_t rows_max) = 0;

  virtual std::optional<Observed> observed(const AccountId& account, const Sku& sku) = 0;
  virtual void put_observed(const AccountId& account, const Sku& sku, const Observed& seen) = 0;

  virtual std::optional<ListingStock> stock(const AccountId& account, const Sku& sku) = 0;
  virtual void put(const ListingStock& stock) = 0;
  virtual std::vector<ListingStock> stock_of(const Sku& sku) = 0;
  virtual std::vector<ListingShare> shares_of(const Sku& sku) = 0;  // stock_of, with the states
  // Rows with want_version != done_version and no open attempt.
  virtual std::vector<ListingStock> dirty_stock(const AccountId& account, std::size_t rows_max) = 0;
  // Rows that only a read can settle (catalog::wants_anchor), or whose anchor waits.
  virtual std::vector<ListingStock> unanchored_stock(const AccountId& account,
                                                     std::size_t rows_max) = 0;
  // Every listing of the account (or of all, when empty) with what was last observed, in
  // (account, sku) order, streamed: the views die with each call.
  virtual void for_each_listing(const AccountId& account,
                                const std::function<void(const ListingView&)>& visit) = 0;
};

class OrderTable {
 public:
  virtual ~OrderTable() = default;
  virtual std::optional<Order> order(const AccountId& account, std::string_view remote_id) = 0;
  virtual void insert(const Order& order) = 0;  // must be new
  virtual void update(const Order& order) = 0;  // head and lines; must exist
  // Newest first; empty account: all.
  virtual std::vector<Order> orders(const AccountId& account, std::size_t rows_max) = 0;
  virtual std::int64_t count(const AccountId& account) = 0;
};

// What changed, told in the transaction of the change; jobs/ turns it into work.
enum class ChangeKind { content, stock, price };
std::string_view to_string(ChangeKind kind);
std::optional<ChangeKind> change_kind_from(std::string_view text);
class Outbox {
 public:
  virtual ~Outbox() = default;
  // Many announcements of the same (kind, account) before they are read are one.
  virtual void announce(ChangeKind kind, const AccountId& account, base::Instant at) = 0;
};

struct Tables {
  ProductTable& products;
  StockTable& stock;
  ListingTable& listings;
  OrderTable& orders;
  FulfilmentTable& fulfilment;
  AfterSaleTable& after_sale;
  PlaceTable& places;
  ShipmentTable& shipments;
  Outbox& outbox;
};

}  // namespace catalog
