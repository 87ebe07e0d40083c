#include "connectors/provincial/refunds.h"

#include <algorithm>
#include <map>

#include "base/time_text.h"

namespace connectors::provincial {
namespace {

using common::Json;

std::optional<base::Instant> time_of(const Json& row, std::string_view name) {
  return base::parse_iso(common::text(row, name), {});
}

// Refunded lines count in negative packs and name the line of the order in their meta data.
struct RefundedLine {
  std::string order_line_id;
  catalog::Sku sku;
  std::int64_t packs = 0;
};

std::vector<RefundedLine> lines_of(const Json& refund) {
  std::vector<RefundedLine> out;
  for (const auto& row : common::items(refund, "line_items")) {
    RefundedLine line;
    line.packs = std::abs(common::integer(row, "quantity").value_or(0));
    line.sku = catalog::Sku{common::text(row, "sku")};
    for (const auto& meta : common::items(row, "meta_data")) {
      if (common::text(meta, "key") == "_refunded_item_id") {
        line.order_line_id = common::text(meta, "value");
      }
    }
    if (line.packs > 0) out.push_back(std::move(line));
  }
  return out;
}

// Of lines, and before anything was sent.
bool takes_packs_off(const Json& order_json, const Json& refund) {
  if (lines_of(refund).empty()) return false;
  const auto completed = time_of(order_json, "date_completed_gmt");
  const auto refunded = time_of(refund, "date_created_gmt");
  return !completed || (refunded && *refunded < *completed);
}

}  // namespace

bool has_refunds(const Json& order) {
  return !common::items(order, "refunds").empty();
}

void take_refunds(catalog::Order& order, const Json& order_json, std::span<const Json> refunds) {
  std::map<std::string, std::int64_t> gone;
  for (const auto& refund : refunds) {
    if (!takes_packs_off(order_json, refund)) continue;
    for (const auto& line : lines_of(refund)) gone[line.order_line_id] += line.packs;
  }
  for (auto& line : order.lines) {
    const auto packs = gone.find(line.remote_line_id);
    if (packs == gone.end()) continue;
    const auto fewer = std::min(packs->second, line.quantity) - line.cancelled;
    if (fewer <= 0) continue;
    line.cancelled += fewer;
    order.goods = order.goods - catalog::Money{line.unit_price.minor * fewer};
  }
}

base::Result<std::optional<catalog::ReturnCase>> return_case(const Json& order_json,
                                                             const Json& refund) {
  catalog::ReturnCase out;
  out.remote_id = common::text(refund, "id");
  out.order_id = common::text(order_json, "id");
  const auto at = time_of(refund, "date_created_gmt");
  const auto amount = common::money_vnd(refund, "amount");
  if (out.remote_id.empty() || !at || !amount) {
    return base::Error{
        base::ErrorCode::protocol,
        "order " + out.order_id + ": a refund without a number, time or whole amount",
        {},
        {}};
  }
  if (takes_packs_off(order_json, refund)) return std::optional<catalog::ReturnCase>{};
  out.status = catalog::ReturnStatus::refunded;
  const bool paid_by_gateway = common::flag(refund, "refunded_payment").value_or(false);
  out.remote_status = paid_by_gateway ? "refunded" : "refunded by hand";
  out.refund = catalog::Money{*amount};
  out.created_at = *at;
  out.updated_at = *at;
  for (const auto& line : lines_of(refund)) {
    out.lines.push_back({line.order_line_id, line.sku, line.packs});
  }
  return std::optional(std::move(out));
}

}  // namespace connectors::provincial
