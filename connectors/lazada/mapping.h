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

namespace connectors::lazada {

inline constexpr std::size_t kTitleBytesMax = 255;
inline constexpr std::size_t kDescriptionMax = 20'000;  // code points, before the HTML around them
inline constexpr std::size_t kImagesMax = 8;

// What product/create cannot do without; nothing when the content has it all.
std::optional<base::Error> problem_with(const ListingContent& content);

std::string create_xml(const ListingContent& content, std::span<const std::string> image_urls,
                       const Options& options);
std::string update_xml(const ListingContent& content, std::span<const std::string> image_urls,
                       const Options& options);
std::string hide_xml(const catalog::Binding& binding);

// One SKU of a stock or price call.
struct SkuRow {
  std::size_t index = 0;  // in the caller's batch
  catalog::Binding binding;
  catalog::Sku sku;
  std::int64_t amount = 0;  // units, signed change or đồng, as the call means it
};
std::string sku_rows_xml(SkuWrite write, std::span<const SkuRow> rows);

// What `detail` says of the rows of a refused call, by position in `rows`. `complete` is false when
// a row of `detail` fits none of them, or several: then nothing is known of the others.
struct Refusals {
  std::vector<std::pair<std::size_t, base::Error>> rows;
  bool complete = false;
};
Refusals refusals(const common::Json& answer, std::span<const SkuRow> rows);

// Empty when the answer names none.
catalog::Binding created_binding(const common::Json& answer, const catalog::Sku& sku);
std::string uploaded_url(const common::Json& answer);

// products/get and product/item/get; deleted SKUs are left out.
std::vector<RemoteListing> listings(const common::Json& answer);
struct ProductCount {
  std::size_t shown = 0;  // products in this answer
  std::optional<std::size_t> total;
};
ProductCount product_count(const common::Json& answer);

// orders/get: everything but the lines.
struct OrderHead {
  catalog::Order order;
  std::optional<base::Error> problem;  // the order cannot be used
};
std::vector<OrderHead> order_heads(const common::Json& answer);
std::optional<std::int64_t> order_total_count(const common::Json& answer);

// orders/items/get: adds the lines of every order it answers for. One row is one unit; rows of one
// SKU and price are one line, "<sku_id>@<price>", which no cancellation renames.
void read_items(const common::Json& answer, std::span<OrderHead> heads,
                std::vector<base::Error>& unreadable);

}  // namespace connectors::lazada
