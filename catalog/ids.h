#pragma once
// The names of things in the catalogue. Text ids are chosen by people and stay for good; row ids
// belong to our own tables.
#include "base/ids.h"

namespace catalog {

using ProducerId = base::TextId<struct ProducerTag>;
using ProductId = base::TextId<struct ProductTag>;
using PoolId = base::TextId<struct PoolTag>;
using Sku = base::TextId<struct SkuTag>;  // one Variant; at most 64 ASCII characters
using PlaceId = base::TextId<struct PlaceTag>;
using AccountId = base::TextId<struct AccountTag>;

inline constexpr std::size_t kIdBytesMax = 64;

}  // namespace catalog
