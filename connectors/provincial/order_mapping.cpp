// The order half of mapping.h.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "base/time_text.h"
#include "connectors/provincial/mapping.h"

namespace connectors::provincial {
namespace {

using base::Error;
using base::ErrorCode;
using catalog::Money;
using catalog::OrderStatus;
using common::Json;

struct StatusRow {
  std::string_view word;
  OrderStatus status;
};
constexpr auto kStatuses = std::to_array<StatusRow>({
    {"pending", OrderStatus::unpaid},
    {"on-hold", OrderStatus::unpaid},  // awaits a transfer: taken, not to be packed
    {"failed", OrderStatus::unpaid},   // the buyer may pay once more; staff cancels it for good
    {"processing", OrderStatus::to_ship},
    {"completed", OrderStatus::completed},
    {"refunded", OrderStatus::returned},
    {"cancelled", OrderStatus::cancelled},
    {"trash", OrderStatus::cancelled},
});
constexpr std::array<std::string_view, 3> kBaskets = {"checkout-draft", "auto-draft", "draft"};

Error unreadable(const std::string& order, const std::string& what) {
  return {ErrorCode::protocol, "order " + order + ": " + what, {}, {}};
}

std::string id_unless_zero(const Json& item, std::string_view name) {
  auto id = common::text(item, name);
  return id == "0" ? std::string{} : id;
}

// An answer without the member says nothing of it.
bool never_completed(const Json& order) {
  const auto* completed = common::child(order, "date_completed_gmt");
  return completed != nullptr && completed->is_null();
}

struct PricedLine {
  catalog::OrderLine line;
  std::int64_t total = 0;
};

base::Result<PricedLine> to_line(const Json& item, const std::string& order) {
  PricedLine out;
  const auto quantity = common::integer(item, "quantity");
  const auto total = common::money_vnd(item, "total");
  if (!quantity || *quantity <= 0) return unreadable(order, "a line without a whole quantity");
  if (!total || *total < 0) return unreadable(order, "a line total that is not whole đồng");
  out.line.remote_line_id = common::text(item, "id");
  if (out.line.remote_line_id.empty()) return unreadable(order, "a line without an id");
  out.line.remote_item_id = id_unless_zero(item, "product_id");
  out.line.remote_unit_id = id_unless_zero(item, "variation_id");
  out.line.sku = catalog::Sku{common::text(item, "sku")};
  out.line.name = base::normalise(common::text(item, "name"));
  out.line.quantity = *quantity;
  out.line.unit_price = Money{*total / *quantity};
  out.total = *total;
  return out;
}

// The lines, and their exact sum: a line's total need not divide by its packs.
std::optional<Error> add_lines(catalog::Order& order, const Json& json) {
  const auto lines = common::items(json, "line_items");
  if (lines.size() > catalog::kOrderLinesMax) {
    return unreadable(order.remote_id, "more lines than we take");
  }
  for (const auto& item : lines) {
    auto read = to_line(item, order.remote_id);
    if (!read) return read.error();
    auto& [line, total] = read.value();
    if (order.status == OrderStatus::cancelled) {
      line.cancelled = line.quantity;
    } else {
      order.goods = order.goods + Money{total};
    }
    order.lines.push_back(std::move(line));
  }
  return std::nullopt;
}

}  // namespace

OrderStatus to_status(std::string_view remote, std::string_view shipped_status) {
  if (remote == shipped_status && remote != kSentStatus) return OrderStatus::shipped;
  const auto row = std::find_if(kStatuses.begin(), kStatuses.end(),
                                [&](const StatusRow& known) { return known.word == remote; });
  return row == kStatuses.end() ? OrderStatus::to_ship : row->status;
}

base::Result<std::optional<catalog::Order>> to_order(const Json& json,
                                                     std::string_view shipped_status) {
  catalog::Order order;
  order.remote_id = common::text(json, "id");
  order.remote_status = common::text(json, "status");
  if (std::find(kBaskets.begin(), kBaskets.end(), order.remote_status) != kBaskets.end()) {
    return std::optional<catalog::Order>{};
  }
  if (order.remote_id.empty() || order.remote_status.empty()) {
    return unreadable(order.remote_id, "no id or no status");
  }
  order.status = to_status(order.remote_status, shipped_status);
  if (order.status == OrderStatus::returned && never_completed(json)) {
    order.status = OrderStatus::cancelled;
  }
  const auto created = base::parse_iso(common::text(json, "date_created_gmt"), {});
  const auto updated = base::parse_iso(common::text(json, "date_modified_gmt"), {});
  if (!created || !updated) return unreadable(order.remote_id, "a time that cannot be read");
  order.created_at = *created;
  order.updated_at = std::max(*created, *updated);
  if (const auto currency = common::text(json, "currency"); currency != "VND") {
    return unreadable(order.remote_id, "its currency is not VND but " + currency);
  }
  const auto total = common::money_vnd(json, "total");
  const auto shipping = common::money_vnd(json, "shipping_total");
  if (!total || !shipping) {
    return unreadable(order.remote_id, "an amount that is not whole đồng");
  }
  order.total = Money{*total};
  order.shipping = Money{*shipping};
  if (auto problem = add_lines(order, json)) return *std::move(problem);
  return std::optional<catalog::Order>{std::move(order)};
}

}  // namespace connectors::provincial
