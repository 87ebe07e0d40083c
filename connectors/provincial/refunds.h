#pragma once
// What was paid back of an order, beside the order itself: the store lists refunds apart, each with
// the lines and packs it concerns, or with an amount alone. Pure.
//
// A refund of lines made before the order was completed takes those packs off the order: they will
// not be sent. Every other refund is a return case: money that went back for goods that had left,
// or an amount without goods. The store says nothing of whether it put the packs back on its shelf
// (it does so only when it was asked to); the reading back of stock tells. A refund's reason is
// text of a person and is left out. Threads: safe. Source: recordings of 9.3.3, REST API v3 "Order
// refunds" (2026-11).
#include <optional>
#include <span>
#include <string>

#include "base/result.h"
#include "catalog/order.h"
#include "catalog/return_case.h"
#include "connectors/common/json.h"

namespace connectors::provincial {

// Whether the order's own answer names refunds.
bool has_refunds(const common::Json& order);
// Takes the packs off `order` that will not be sent.
void take_refunds(catalog::Order& order, const common::Json& order_json,
                  std::span<const common::Json> refunds);
// Nullopt: it is no return but takes packs off the order. `protocol`: it cannot be read.
base::Result<std::optional<catalog::ReturnCase>> return_case(const common::Json& order_json,
                                                             const common::Json& refund);

}  // namespace connectors::provincial
