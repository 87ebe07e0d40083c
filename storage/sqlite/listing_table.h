#pragma once
// catalog::ListingTable over SQLite. Contract: catalog/tables.h. Private to this folder. Threads:
// one transaction.
#include "catalog/tables.h"
#include "storage/sqlite/database.h"

namespace storage::sqlite {

class ListingTable final : public catalog::ListingTable {
 public:
  explicit ListingTable(Database& database) : database_(database) {}

  catalog::Put put(const catalog::Account& account) override;
  std::optional<catalog::Account> account(const catalog::AccountId& id) override;
  std::vector<catalog::Account> accounts() override;

  catalog::Put put(const catalog::Listing& listing) override;
  std::optional<catalog::Listing> listing(const catalog::AccountId& account,
                                          const catalog::Sku& sku) override;
  std::optional<catalog::Listing> listing_bound_to(const catalog::AccountId& account,
                                                   const catalog::Binding& binding) override;
  std::vector<catalog::Listing> listings_to_publish(const catalog::AccountId& account,
                                                    std::size_t rows_max) override;
  std::vector<catalog::Listing> listings_to_reprice(const catalog::AccountId& account,
                                                    std::size_t rows_max) override;
  std::vector<catalog::Listing> listings(const catalog::AccountId& account,
                                         const catalog::Sku& after, std::size_t rows_max) override;

  std::optional<catalog::Observed> observed(const catalog::AccountId& account,
                                            const catalog::Sku& sku) override;
  void put_observed(const catalog::AccountId& account, const catalog::Sku& sku,
                    const catalog::Observed& seen) override;

  std::optional<catalog::ListingStock> stock(const catalog::AccountId& account,
                                             const catalog::Sku& sku) override;
  void put(const catalog::ListingStock& stock) override;
  std::vector<catalog::ListingStock> stock_of(const catalog::Sku& sku) override;
  std::vector<catalog::ListingShare> shares_of(const catalog::Sku& sku) override;
  std::vector<catalog::ListingStock> dirty_stock(const catalog::AccountId& account,
                                                 std::size_t rows_max) override;
  std::vector<catalog::ListingStock> unanchored_stock(const catalog::AccountId& account,
                                                      std::size_t rows_max) override;
  void for_each_listing(const catalog::AccountId& account,
                        const std::function<void(const catalog::ListingView&)>& visit) override;

 private:
  Database& database_;
};

}  // namespace storage::sqlite
