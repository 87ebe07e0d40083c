#pragma once
// Runs each contract test over a fresh store of every kind, with a small catalogue to stand on.
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>

#include "base/clock.h"
#include "jobs/store.h"
#include "storage/error.h"

namespace contract {

enum class StoreKind { memory, sqlite };
std::string kind_name(const ::testing::TestParamInfo<StoreKind>& kind);

class StoreContract : public ::testing::TestWithParam<StoreKind> {
 protected:
  StoreContract();
  ~StoreContract() override;

  void write(const std::function<void(jobs::Tables&)>& change) { store_->write(change); }
  template <typename Look>
  auto read(const Look& look) {
    decltype(look(std::declval<jobs::Tables&>())) out{};
    store_->read([&](jobs::Tables& tables) { out = look(tables); });
    return out;
  }
  // Producer "htx", product "p", pool "pool", variants "SKU-1".."SKU-3" (1 pool unit each),
  // accounts "a1", "a2".
  void fill();

  static constexpr base::Instant kNow = base::from_unix_ms(1'795'000'000'000);

  base::ManualClock clock_{kNow};
  std::filesystem::path folder_;
  std::unique_ptr<jobs::Store> store_;
};

catalog::Producer make_producer(const std::string& id);
catalog::Product make_product(const std::string& id);
catalog::StockPool make_pool(const std::string& id);
catalog::Variant make_variant(const std::string& sku);
catalog::Account make_account(const std::string& id);
catalog::Listing make_listing(const std::string& account, const std::string& sku);
catalog::ListingStock make_stock(const std::string& account, const std::string& sku);
catalog::Order make_order(const std::string& account, const std::string& remote_id);
catalog::Movement make_movement(const std::string& event_key, std::int64_t on_hand);

template <typename Rows>
std::string skus(const Rows& rows) {
  std::string out;
  for (const auto& row : rows) out += (out.empty() ? "" : " ") + row.sku.text;
  return out;
}

}  // namespace contract
