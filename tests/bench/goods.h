#pragma once
// The goods of the benchmarks, each a function of its number: a product comes in 4 packs that share
// one pool of grams; every twentieth pack is a basket that takes from the next pool too. Pure.
#include <cstdint>
#include <string>

#include "base/clock.h"
#include "catalog/account.h"
#include "catalog/listing.h"
#include "catalog/product.h"
#include "catalog/tables.h"

namespace bench {

inline constexpr base::Instant kNow = base::from_unix_ms(1'795'000'000'000);

catalog::Variant variant_at(std::int64_t number);
catalog::Sku sku_at(std::int64_t number);
catalog::PoolId pool_at(std::int64_t number);
inline constexpr std::int64_t kPacksPerPool = 4;  // variant n takes from pool n / 4
// One producer, and the pools and products that variants 0 … variants-1 need.
void put_ground(catalog::Tables& tables, std::int64_t variants);

// Account `number`, 0 … 4.
catalog::AccountId account_at(int number);
void put_account(catalog::Tables& tables, int number, const std::string& channel);
// Live and as the channel shows it: nothing differs. `shown` packs are shown, wanted and covered.
void put_settled_listing(catalog::Tables& tables, const catalog::AccountId& account,
                         std::int64_t variant, std::int64_t shown);

}  // namespace bench
