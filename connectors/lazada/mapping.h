#pragma once
// Lazada's XML and JSON and our types, both ways. Pure: no clock, no network, no state.
//
//   item_id   Binding::item_id; sku_id (SkuId) is Binding::unit_id
//   stock     sellable units: what buyers can buy now
//   price     list price, whole đồng
//   time      "2026-11-20 08:14:05 +0700" or ISO; without a zone it is Vietnam's
// Scalars are read from numbers or strings alike. What cannot be read is left out and named in the
// result, never guessed. Nothing here throws. Threads: safe.
// Source: Lazada Open Platform, API pages as of 2026-04-21.
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "connectors/common/json.h"
#include "connectors/connector.h"
#include "connectors/lazada/client.h"
#include "connectors/lazada/drafts.h"

namespace connectors::lazada {

inline constexpr std::size_t kImagesMax = 8;

// What product/create cannot do without; nothing when the content has it all.
std::optional<base::Error> problem_with(const ListingContent& content);

// The bindings that product/create gave these SKUs; an empty one for a SKU that it does not name.
std::vector<catalog::Binding> created_bindings(const common::Json& answer,
                                               std::span<const catalog::Sku> skus);
std::string uploaded_url(const common::Json& answer);

// products/get and product/item/get; deleted SKUs are left out.
std::vector<RemoteListing> listings(const common::Json& answer);
struct ProductCount {
  std::size_t shown = 0;  // products in this answer
  std::optional<std::size_t> total;
};
ProductCount product_count(const common::Json& answer);
// Units of the SKU that campaigns running at `now` have locked: its stock may not fall below them.
std::int64_t campaign_floor(const common::Json& answer, const catalog::Binding& binding,
                            base::Instant now);

// What a product that is there tells its packs apart by; no name when it has nothing of the kind.
struct KnownSku {
  catalog::Sku sku;
  std::string sku_id;
  std::string variant;
};
struct KnownProduct {
  std::string item_id;
  Variation variation;
  std::vector<KnownSku> skus;
};
std::optional<KnownProduct> known_product(const common::Json& answer);

// orders/get: everything but the lines.
struct OrderHead {
  catalog::Order order;
  std::optional<base::Error> problem;  // the order cannot be used
};
std::vector<OrderHead> order_heads(const common::Json& answer);
std::optional<OrderHead> order_head(const common::Json& answer);  // of order/get
std::optional<std::int64_t> order_total_count(const common::Json& answer);

// orders/items/get: adds the lines of every order it answers for. One row is one unit; rows of one
// SKU and price are one line, "<sku_id>@<price>", which no cancellation renames.
void read_items(const common::Json& answer, std::span<OrderHead> heads,
                std::vector<base::Error>& unreadable);

}  // namespace connectors::lazada
