#pragma once
// WooCommerce REST v3 JSON <-> our types; pure.
//   prices      strings of whole đồng; a fraction is refused
//   times       `_gmt` members are UTC without a zone
//   weight      kilograms, dimensions centimetres, both as text
// Threads: safe. Source: recordings of 9.3.3, developer.woocommerce.com REST API v3 (2026-11).
#include <optional>
#include <string>
#include <string_view>

#include "connectors/common/json.h"
#include "connectors/connector.h"

namespace connectors::provincial {

// A product that sells without counting shows this many.
inline constexpr std::int64_t kUncountedStock = 1'000'000;

// What of the content the store would take but not understand: it stores nonsense and says nothing.
std::optional<base::Error> problem_with(const ListingContent& content);

struct Pictures {
  std::vector<std::string> urls;  // empty: the product's pictures stay as they are
  std::string fingerprint;        // kept in the product, so that unchanged ones are not sent again
};

// One element of a batch's `create` (empty binding) or `update`.
common::Json product_json(const ListingContent& content, const Pictures& pictures);
common::Json stock_json(const StockUpdate& update);
common::Json price_json(const PriceUpdate& update);

// What the answered product shows, against what was sent; nothing when it is as wanted.
std::optional<std::string> difference(const ListingContent& content, const common::Json& product);
std::string picture_fingerprint(const common::Json& product);

RemoteListing to_listing(const common::Json& product);

inline constexpr std::string_view kSentStatus = "completed";
// Nullopt: a basket at the checkout, no order yet. `protocol`: one that cannot be read whole.
// What was refunded is not in it: see refunds.h. An order refunded whole that was never completed
// did not leave: it is cancelled.
base::Result<std::optional<catalog::Order>> to_order(const common::Json& order,
                                                     std::string_view shipped_status = kSentStatus);
// A plug-in's own status is `to_ship`, unless it is the one that means sent; the word itself is
// kept in Order::remote_status.
catalog::OrderStatus to_status(std::string_view remote,
                               std::string_view shipped_status = kSentStatus);

}  // namespace connectors::provincial
