#include "connectors/lazada/return_mapping.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

namespace connectors::lazada {

namespace {

using catalog::ReturnStatus;
using common::Json;

struct StatusRow {
  std::string_view word;
  ReturnStatus status;
};
// Words of the reverse line, as answers and as push messages spell them.
constexpr auto kStatuses = std::to_array<StatusRow>({
    {"REQUEST_INITIATE", ReturnStatus::requested},
    {"RTM_INIT", ReturnStatus::requested},
    {"RTW_INIT", ReturnStatus::requested},
    {"REFUND_INIT", ReturnStatus::requested},
    {"REQUEST_REJECT", ReturnStatus::refused},
    {"REFUND_REJECTED", ReturnStatus::refused},
    {"REFUND_REJECT", ReturnStatus::refused},
    {"REQUEST_CANCEL", ReturnStatus::cancelled},
    {"RTM_CANCELED", ReturnStatus::cancelled},
    {"RTW_CANCELED", ReturnStatus::cancelled},
    {"CANCEL_SUCCESS", ReturnStatus::cancelled},
    {"REFUND_PENDING", ReturnStatus::accepted},
    {"REFUND_AUTHORIZED", ReturnStatus::accepted},
    {"RTM_SHIPPING_BACK", ReturnStatus::sent_back},
    {"RTW_SHIPPING_BACK", ReturnStatus::sent_back},
    {"RTM_RECEIVE_ITEM", ReturnStatus::sent_back},
    {"RTW_RECEIVE_ITEM", ReturnStatus::sent_back},
    {"REFUND_SUCCESS", ReturnStatus::refunded},
    {"REFUND_SUCCEED", ReturnStatus::refunded},
    {"CANCEL_REFUND_ISSUED", ReturnStatus::refunded},
});

bool is_open(ReturnStatus status) {
  return status != ReturnStatus::refunded && status != ReturnStatus::refused &&
         status != ReturnStatus::cancelled;
}

// The line that a person must look at first stands for the case; among ends, money paid back.
int rank(ReturnStatus status) {
  switch (status) {
    case ReturnStatus::requested:
      return 0;
    case ReturnStatus::disputed:
      return 1;
    case ReturnStatus::accepted:
      return 2;
    case ReturnStatus::sent_back:
      return 3;
    case ReturnStatus::refunded:
      return 4;
    case ReturnStatus::refused:
      return 5;
    case ReturnStatus::cancelled:
      return 6;
  }
  return 0;
}

std::optional<base::Instant> time_at(const Json& row, std::string_view name) {
  constexpr std::int64_t kSecondsMax = 100'000'000'000;
  const auto number = common::integer(row, name);
  if (!number || *number <= 0) return std::nullopt;
  return *number > kSecondsMax ? base::from_unix_ms(*number) : base::from_unix_s(*number);
}

ReverseLine read_line(const Json& row) {
  ReverseLine line;
  line.id = common::text(row, "reverse_order_line_id");
  line.status = common::text(row, "reverse_status");
  line.ofc_status = common::text(row, "ofc_status");
  line.reason = common::text(row, "reason_text");
  auto sku = common::text(row, "seller_sku_id");
  if (sku.empty()) sku = common::text_at(row, "product", "product_sku");
  line.sku = catalog::Sku{std::move(sku)};
  line.refund = common::money_vnd(row, "refund_amount").value_or(0);
  line.dispute = common::flag(row, "is_dispute").value_or(false);
  line.created_at = time_at(row, "return_order_line_gmt_create");
  line.updated_at = time_at(row, "return_order_line_gmt_modified");
  return line;
}

std::string joined(const std::set<std::string>& words) {
  std::string out;
  for (const auto& word : words) {
    if (!word.empty()) out += (out.empty() ? "" : ",") + word;
  }
  return out;
}

}  // namespace

ReverseOrder read_reverse_order(const Json& row) {
  ReverseOrder order;
  order.id = common::text(row, "reverse_order_id");
  order.order_id = common::text(row, "trade_order_id");
  order.type = common::text(row, "request_type");
  for (const auto* name : {"reverse_order_lines", "reverseOrderLineDTOList"}) {
    for (const Json& line : common::items(row, name)) order.lines.push_back(read_line(line));
  }
  return order;
}

ReturnStatus return_status(const ReverseLine& line) {
  const auto row = std::find_if(kStatuses.begin(), kStatuses.end(),
                                [&](const StatusRow& known) { return known.word == line.status; });
  // A word that is new to us is a case that a person must look at.
  const auto status = row == kStatuses.end() ? ReturnStatus::requested : row->status;
  if (!is_open(status)) return status;
  if (line.dispute) return ReturnStatus::disputed;
  const auto& where = line.ofc_status;
  const bool under_way = where.find("SHIPPING_BACK") != std::string::npos ||
                         where.find("RECEIVE") != std::string::npos;
  return status == ReturnStatus::accepted && under_way ? ReturnStatus::sent_back : status;
}

catalog::ReturnCase return_case(const ReverseOrder& order) {
  catalog::ReturnCase one;
  one.remote_id = order.id;
  one.order_id = order.order_id;
  std::set<std::string> words;
  std::set<std::string> reasons;
  bool first = true;
  for (const auto& line : order.lines) {
    const auto status = return_status(line);
    if (first || rank(status) < rank(one.status)) one.status = status;
    if (line.created_at && (first || *line.created_at < one.created_at)) {
      one.created_at = *line.created_at;
    }
    first = false;
    if (line.updated_at) one.updated_at = std::max(one.updated_at, *line.updated_at);
    one.refund = one.refund + catalog::Money{line.refund};
    one.lines.push_back({line.id, line.sku, 1});
    words.insert(line.status);
    reasons.insert(line.reason);
  }
  one.updated_at = std::max(one.updated_at, one.created_at);
  one.remote_status = joined(words);
  one.reason = joined(reasons);
  return one;
}

}  // namespace connectors::lazada
