#pragma once
// catalog::ProductTable over SQLite. Contract: catalog/tables.h. Private to this folder. Threads:
// one transaction.
#include "catalog/tables.h"
#include "storage/sqlite/database.h"

namespace storage::sqlite {

class ProductTable final : public catalog::ProductTable {
 public:
  explicit ProductTable(Database& database) : database_(database) {}

  catalog::Put put(const catalog::Producer& producer) override;
  catalog::Put put(const catalog::Product& product) override;
  catalog::Put put(const catalog::StockPool& pool) override;
  catalog::Put put(const catalog::Variant& variant) override;
  std::optional<catalog::Producer> producer(const catalog::ProducerId& id) override;
  std::optional<catalog::Product> product(const catalog::ProductId& id) override;
  std::optional<catalog::StockPool> pool(const catalog::PoolId& id) override;
  std::optional<catalog::Variant> variant(const catalog::Sku& sku) override;
  std::vector<catalog::Producer> producers() override;
  std::vector<catalog::Product> products() override;
  std::vector<catalog::StockPool> pools() override;
  std::vector<catalog::Variant> variants() override;
  std::vector<catalog::Variant> variants_of(const catalog::ProductId& product) override;
  std::vector<catalog::Sku> skus_using(const catalog::PoolId& pool) override;
  std::vector<catalog::Product> search(std::string_view text, std::size_t rows_max) override;

 private:
  Database& database_;
};

}  // namespace storage::sqlite
