#include "connectors/shopee/after_sale.h"

#include "connectors/shopee/ids.h"
#include "connectors/shopee/money.h"
#include "connectors/shopee/windows.h"

namespace connectors::shopee {

namespace {

using base::ErrorCode;
using catalog::ReturnStatus;
using common::Json;

// Agreed already, or over.
bool is_settled(ReturnStatus status) {
  return status == ReturnStatus::accepted || status == ReturnStatus::refunded ||
         status == ReturnStatus::sent_back;
}

}  // namespace

base::Result<ReturnPage> ShopAfterSale::pull_returns(const OrderQuery& query) {
  const auto list = [&](std::int64_t from_s, std::int64_t to_s, std::int64_t page) {
    common::Query ask;
    // The reference names both 0 and 1 as the first page. 0 is the first under either reading:
    // windows are halved until it holds all there is.
    ask.add("page_no", static_cast<long long>(page));
    ask.add("page_size", static_cast<long long>(kAfterSalePage));
    ask.add("update_time_from", static_cast<long long>(from_s));
    ask.add("update_time_to", static_cast<long long>(to_s));
    return client_.get("returns/get_return_list", ask);
  };
  auto window = walk(query, list);
  if (!window) return window.error();
  ReturnPage page;
  if (!window.value()) return page;
  page.next_cursor = window.value()->next_cursor;
  const Json* response = payload(window.value()->answer);
  if (response == nullptr) return page;
  for (const Json& row : common::items(*response, "return")) read_return(row, page);
  return page;
}

base::Result<ReturnStatus> ShopAfterSale::status_of(const std::string& return_id) {
  const auto answer =
      client_.get("returns/get_return_detail", common::Query{}.add("return_sn", return_id));
  if (!answer) return answer.error();
  const auto word = common::text_at(answer.value(), "response", "status");
  const auto status = return_status(word);
  if (!status) return failed(ErrorCode::protocol, "return " + return_id + " is " + word);
  return *status;
}

base::Result<std::string> ShopAfterSale::answer_body(const std::string& return_id,
                                                     Decision decision) const {
  Json body = common::json_object({{"return_sn", common::json_string(return_id)}});
  if (decision == Decision::accept) return common::to_text(body);
  const auto& options = client_.options();
  if (options.dispute_email.empty() || options.dispute_reason_id <= 0) {
    return failed(ErrorCode::rejected,
                  "a return is disputed in Seller Centre, or with the options dispute_email and "
                  "dispute_reason_id");
  }
  body["email"] = common::json_string(options.dispute_email);
  body["dispute_reason_id"] = common::json_number(options.dispute_reason_id);
  return common::to_text(body);
}

base::Status ShopAfterSale::answer_return(const std::string& return_id, Decision decision) {
  const bool accept = decision == Decision::accept;
  const auto is_done = [&](ReturnStatus status) {
    return accept ? is_settled(status)
                  : status == ReturnStatus::disputed || status == ReturnStatus::refused;
  };
  const auto before = status_of(return_id);
  if (!before) return before.error();
  if (is_done(before.value())) return base::Done{};
  const auto body = answer_body(return_id, decision);
  if (!body) return body.error();
  const auto answer = client_.write(accept ? "returns/confirm" : "returns/dispute", body.value(),
                                    Nature::write_once);
  if (answer) return base::Done{};
  const auto after = status_of(return_id);
  if (after && is_done(after.value())) return base::Done{};
  return answer.error();
}

base::Result<SettlementPage> ShopAfterSale::pull_settlements(const OrderQuery& query) {
  const auto list = [&](std::int64_t from_s, std::int64_t to_s, std::int64_t page) {
    common::Query ask;
    ask.add("release_time_from", static_cast<long long>(from_s));
    ask.add("release_time_to", static_cast<long long>(to_s));
    ask.add("page_size", static_cast<long long>(kAfterSalePage));
    ask.add("page_no", static_cast<long long>(page + 1));
    return client_.get("payment/get_escrow_list", ask);
  };
  auto window = walk(query, list);
  if (!window) return window.error();
  SettlementPage page;
  if (!window.value()) return page;
  page.next_cursor = window.value()->next_cursor;
  for (const auto& payout : payouts(window.value()->answer)) {
    const auto answer =
        client_.get("payment/get_escrow_detail", common::Query{}.add("order_sn", payout.order_sn));
    if (!answer && answer.error().code != ErrorCode::not_found) return answer.error();
    auto read = answer ? settlement(payout, answer.value()) : std::nullopt;
    if (read) {
      page.settlements.push_back(std::move(*read));
    } else {
      page.unreadable.push_back(failed(
          ErrorCode::protocol, "payout of order " + payout.order_sn + " has no readable lines"));
    }
  }
  return page;
}

}  // namespace connectors::shopee
