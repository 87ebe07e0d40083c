#include "connectors/lazada/after_sale.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/time_text.h"
#include "connectors/lazada/money_mapping.h"
#include "connectors/lazada/parcel_calls.h"

namespace connectors::lazada {

namespace {

using base::Done;
using base::Error;
using base::ErrorCode;
using common::Json;

constexpr auto kDay = std::chrono::hours{24};
constexpr std::string_view kUnknownReverse = "106";

Error bad_cursor() {
  return {ErrorCode::invalid, "Lazada: the page cursor cannot be read", {}, {}};
}

std::optional<std::size_t> page_of(const std::string& cursor) {
  if (cursor.empty()) return 1;
  std::size_t page = 0;
  const char* end = cursor.data() + cursor.size();
  const auto [stop, failure] = std::from_chars(cursor.data(), end, page);
  if (failure != std::errc{} || stop != end || page < 1 || page > kReturnPagesMax) {
    return std::nullopt;
  }
  return page;
}

common::Query returns_query(const OrderQuery& query, std::size_t page) {
  common::Query out;
  out.add("page_no", static_cast<long long>(page));
  out.add("page_size", static_cast<long long>(kReturnPageSize));
  out.add("request_type_list", R"(["RETURN","ONLY_REFUND"])");
  out.add("ReverseOrderLineModifiedTimeRangeStart",
          static_cast<long long>(base::to_unix_ms(query.from)));
  out.add("ReverseOrderLineModifiedTimeRangeEnd",
          static_cast<long long>(base::to_unix_ms(query.to)));
  return out;
}

Error by_hand(const ReverseOrder& order, const std::string& why) {
  return {ErrorCode::rejected, "Lazada: return " + order.id + ": " + why, {}, {}};
}

}  // namespace

base::Result<ReturnPage> LazadaAfterSale::pull_returns(const OrderQuery& query) {
  const auto page = page_of(query.page_cursor);
  if (!page) return bad_cursor();
  const auto answer =
      client_.read("/reverse/getreverseordersforseller", returns_query(query, *page));
  if (!answer) return answer.error();
  if (auto error = inner_failure(answer.value(), client_.now())) return *error;
  ReturnPage out;
  const Json* result = common::child(answer.value(), "result");
  const auto rows = result == nullptr ? std::span<const Json>{} : common::items(*result, "items");
  for (const Json& row : rows) {
    const auto order = read_reverse_order(row);
    if (order.type == "CANCEL") continue;
    if (order.id.empty() || order.lines.empty()) {
      out.unreadable.push_back({ErrorCode::protocol,
                                "Lazada: return " + order.id + " has no number or no lines",
                                {},
                                {}});
      continue;
    }
    out.cases.push_back(return_case(order));
  }
  const auto total = common::integer_at(answer.value(), "result", "total").value_or(0);
  const bool more = static_cast<std::int64_t>(*page * kReturnPageSize) < total && !rows.empty();
  if (more) out.next_cursor = std::to_string(*page + 1);
  return out;
}

base::Result<ReverseOrder> LazadaAfterSale::reverse_order(const std::string& return_id) {
  if (return_id.empty() || return_id.find_first_not_of("0123456789") != std::string::npos) {
    return Error{ErrorCode::invalid, "Lazada: a return's id is digits", {}, {}};
  }
  common::Query query;
  query.add("reverse_order_id", return_id);
  const auto answer = client_.read("/order/reverse/return/detail/list", query);
  if (!answer) {
    auto error = answer.error();
    if (error.vendor_code == kUnknownReverse) error.code = ErrorCode::not_found;
    return error;
  }
  const Json* data = common::child(answer.value(), "data");
  auto order = data == nullptr ? ReverseOrder{} : read_reverse_order(*data);
  if (order.lines.empty()) {
    return Error{ErrorCode::protocol, "Lazada: return " + return_id + " has no lines", {}, {}};
  }
  if (order.id.empty()) order.id = return_id;
  return order;
}

base::Status LazadaAfterSale::answer_return(const std::string& return_id, Decision decision) {
  const auto order = reverse_order(return_id);
  if (!order) return order.error();
  for (const auto& line : order.value().lines) {
    if (const auto done = decide(order.value(), line, decision); !done) return done;
  }
  return Done{};
}

// One line, as far as it still waits for us. What was decided before stays as it was, unless it is
// the opposite of what is wanted now.
base::Status LazadaAfterSale::decide(const ReverseOrder& order, const ReverseLine& line,
                                     Decision decision) {
  using catalog::ReturnStatus;
  const bool accept = decision == Decision::accept;
  const auto status = return_status(line);
  const bool waits = line.status == "REQUEST_INITIATE";
  const bool arrived = line.ofc_status.find("RECEIVE") != std::string::npos;
  if (waits && order.type == "ONLY_REFUND") {
    if (accept) return act(order, line, "agreeRefund");
    return by_hand(order, "a dispute needs a comment and photographs: Seller Center");
  }
  if (waits) return act(order, line, accept ? "agreeReturn" : "refuseReturn");
  if (status == ReturnStatus::sent_back && arrived && order.type == "RETURN") {
    if (accept) return act(order, line, "agreeRefund");
    return by_hand(order, "refusing goods that came back needs photographs: Seller Center");
  }
  const bool ended_well = status == ReturnStatus::refunded || status == ReturnStatus::accepted ||
                          status == ReturnStatus::sent_back;
  const bool ended_badly = status == ReturnStatus::refused || status == ReturnStatus::cancelled ||
                           status == ReturnStatus::disputed;
  if (accept ? ended_well : ended_badly) return Done{};
  return by_hand(order, "was decided the other way: " + line.status);
}

base::Status LazadaAfterSale::act(const ReverseOrder& order, const ReverseLine& line,
                                  std::string_view action) {
  common::Query query;
  query.add("action", action);
  query.add("reverse_order_id", order.id);
  query.add("reverse_order_item_ids", id_list({&line.id, 1}));
  if (action == "refuseReturn") {
    const auto reason = refusal_reason(line);
    if (!reason) return reason.error();
    query.add("reason_id", reason.value());
    query.add("comment", "Người bán từ chối / refused by the seller");
  }
  const char* path = order.type == "ONLY_REFUND" ? "/order/reverse/onlyrefund/seller/decide"
                                                 : "/order/reverse/return/update";
  // A second arrival is refused: nothing happens twice.
  const auto answer = client_.change(Verb::get, path, query, Nature::write_again);
  if (!answer) return answer.error();
  if (answer.value().error) return *answer.value().error;
  if (auto error = inner_failure(answer.value().body, client_.now())) return *error;
  return Done{};
}

base::Result<std::string> LazadaAfterSale::refusal_reason(const ReverseLine& line) {
  common::Query query;
  query.add("reverse_order_line_id", line.id);
  const auto answer = client_.read("/order/reverse/reason/list", query);
  if (!answer) return answer.error();
  for (const Json& row : common::items(answer.value(), "data")) {
    if (auto id = common::text(row, "reason_id"); !id.empty()) return id;
  }
  return Error{ErrorCode::rejected, "Lazada offers no reason to refuse this return", {}, {}};
}

// A page is a day: an order's transactions of that day come together.
base::Result<SettlementPage> LazadaAfterSale::pull_settlements(const OrderQuery& query) {
  const auto from = base::parse_local(query.page_cursor.empty() ? base::local_date(query.from)
                                                                : query.page_cursor);
  if (!from) return bad_cursor();
  if (query.to - *from > kDay * kSettlementDaysMax) {
    return Error{ErrorCode::invalid, "Lazada: the range of settlements is too long", {}, {}};
  }
  const auto day = base::local_date(*from);
  SettlementPage out;
  for (std::size_t page = 0;; ++page) {
    if (page >= kTransactionPagesMax) {
      return Error{ErrorCode::protocol, "Lazada: too many transactions in one day", {}, {}};
    }
    common::Query ask;
    ask.add("start_time", day);
    ask.add("end_time", day);
    ask.add("offset", static_cast<long long>(page * kTransactionPageSize));
    ask.add("limit", static_cast<long long>(kTransactionPageSize));
    ask.add("trans_type", "-1");
    const auto answer = client_.read("/finance/transaction/details/get", ask);
    if (!answer) return answer.error();
    add_transactions(answer.value(), out.settlements, out.unreadable);
    if (transaction_count(answer.value()) < kTransactionPageSize) break;
  }
  const auto next = *from + kDay;
  if (next <= query.to) out.next_cursor = base::local_date(next);
  return out;
}

}  // namespace connectors::lazada
