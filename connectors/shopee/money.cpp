#include "connectors/shopee/money.h"

#include <algorithm>
#include <array>

#include "connectors/shopee/ids.h"

namespace connectors::shopee {

namespace {

using base::ErrorCode;
using catalog::Money;
using catalog::ReturnStatus;
using catalog::SettlementKind;
using common::Json;

struct StatusRow {
  std::string_view word;
  ReturnStatus status;
};
constexpr auto kReturnStatuses = std::to_array<StatusRow>({
    {"REQUESTED", ReturnStatus::requested},
    {"PROCESSING", ReturnStatus::accepted},  // agreed, the refund or the way back is under way
    {"ACCEPTED", ReturnStatus::accepted},
    {"JUDGING", ReturnStatus::disputed},
    {"SELLER_DISPUTE", ReturnStatus::disputed},
    {"REFUND_PAID", ReturnStatus::refunded},
    {"CLOSED", ReturnStatus::refused},  // ended without a refund from the seller
    {"CANCELLED", ReturnStatus::cancelled},
});

enum class Sign { gained, kept };
struct AmountRow {
  std::string_view name;
  SettlementKind kind;
  Sign sign;
};
// Of order_income. What Shopee pays for the buyer (its vouchers, coins, discounts) is in the goods.
constexpr auto kAmounts = std::to_array<AmountRow>({
    {"voucher_from_seller", SettlementKind::voucher, Sign::kept},
    {"buyer_paid_shipping_fee", SettlementKind::shipping, Sign::gained},
    {"shopee_shipping_rebate", SettlementKind::shipping, Sign::gained},
    {"actual_shipping_fee", SettlementKind::shipping, Sign::kept},
    {"reverse_shipping_fee", SettlementKind::shipping, Sign::kept},
    {"commission_fee", SettlementKind::commission, Sign::kept},
    {"service_fee", SettlementKind::service, Sign::kept},
    {"seller_transaction_fee", SettlementKind::service, Sign::kept},
    {"campaign_fee", SettlementKind::service, Sign::kept},
    {"seller_order_processing_fee", SettlementKind::service, Sign::kept},
    {"withholding_vat_tax", SettlementKind::tax, Sign::kept},
    {"withholding_pit_tax", SettlementKind::tax, Sign::kept},
    {"withholding_cit_tax", SettlementKind::tax, Sign::kept},
    {"drc_adjustable_refund", SettlementKind::refund, Sign::kept},
    {"total_adjustment_amount", SettlementKind::other, Sign::gained},
});

void add_line(catalog::Settlement& settlement, SettlementKind kind, std::string_view name,
              std::int64_t amount) {
  if (amount != 0) settlement.lines.push_back({kind, std::string{name}, Money{amount}});
}

// The first of these that is there: the newer name and the older one.
std::optional<std::pair<std::string_view, std::int64_t>> first_amount(
    const Json& income, std::initializer_list<std::string_view> names) {
  for (const auto name : names) {
    if (const auto amount = common::money_vnd(income, name)) return std::pair{name, *amount};
  }
  return std::nullopt;
}

catalog::ReturnLine return_line(const Json& item) {
  catalog::ReturnLine line;
  const auto model = common::text(item, "model_id");
  line.remote_line_id = common::text(item, "item_id") + "-" + (model.empty() ? "0" : model);
  auto sku = common::text(item, "variation_sku");
  if (sku.empty()) sku = common::text(item, "item_sku");
  line.sku = catalog::Sku{std::move(sku)};
  line.quantity = common::integer(item, "amount").value_or(0);
  return line;
}

}  // namespace

std::optional<ReturnStatus> return_status(std::string_view word) {
  const auto row = std::find_if(kReturnStatuses.begin(), kReturnStatuses.end(),
                                [&](const StatusRow& known) { return known.word == word; });
  if (row == kReturnStatuses.end()) return std::nullopt;
  return row->status;
}

void read_return(const Json& row, ReturnPage& page) {
  catalog::ReturnCase one;
  one.remote_id = common::text(row, "return_sn");
  one.order_id = common::text(row, "order_sn");
  const auto created = common::integer(row, "create_time");
  if (one.remote_id.empty() || one.order_id.empty() || !created || *created <= 0) {
    page.unreadable.push_back(
        failed(ErrorCode::protocol, "return " + one.remote_id + ": no number, order or time"));
    return;
  }
  one.remote_status = common::text(row, "status");
  const auto status = return_status(one.remote_status);
  one.status = status.value_or(ReturnStatus::requested);
  if (!status) {
    page.unreadable.push_back(
        failed(ErrorCode::protocol,
               "return " + one.remote_id + ": unknown status \"" + one.remote_status + "\""));
  }
  one.reason = common::text(row, "reason");
  one.refund = Money{common::money_vnd(row, "refund_amount").value_or(0)};
  one.created_at = base::from_unix_s(*created);
  one.updated_at =
      base::from_unix_s(std::max(*created, common::integer(row, "update_time").value_or(*created)));
  for (const Json& item : common::items(row, "item")) {
    auto line = return_line(item);
    if (line.quantity > 0) one.lines.push_back(std::move(line));
  }
  page.cases.push_back(std::move(one));
}

std::vector<Payout> payouts(const Json& answer) {
  std::vector<Payout> out;
  const Json* response = payload(answer);
  if (response == nullptr) return out;
  for (const Json& row : common::items(*response, "escrow_list")) {
    Payout payout;
    payout.order_sn = common::text(row, "order_sn");
    payout.released_s = common::integer(row, "escrow_release_time").value_or(0);
    payout.amount = common::money_vnd(row, "payout_amount");
    if (!payout.order_sn.empty()) out.push_back(std::move(payout));
  }
  return out;
}

std::optional<catalog::Settlement> settlement(const Payout& payout, const Json& answer) {
  const Json* income = common::child(answer, "response", "order_income");
  if (income == nullptr) return std::nullopt;
  const auto stated = first_amount(*income, {"escrow_amount_after_adjustment", "escrow_amount"});
  const auto goods = first_amount(*income, {"order_original_price", "original_price"});
  if (!goods || (!stated && !payout.amount)) return std::nullopt;
  catalog::Settlement out;
  out.remote_id = payout.order_sn;
  out.order_id = payout.order_sn;
  out.paid_at = base::from_unix_s(payout.released_s);
  out.net = Money{payout.amount.value_or(stated ? stated->second : 0)};
  add_line(out, SettlementKind::goods, goods->first, goods->second);
  if (const auto off = first_amount(*income, {"order_seller_discount", "seller_discount"})) {
    add_line(out, SettlementKind::voucher, off->first, -off->second);
  }
  for (const auto& row : kAmounts) {
    const auto amount = common::money_vnd(*income, row.name).value_or(0);
    add_line(out, row.kind, row.name, row.sign == Sign::kept ? -amount : amount);
  }
  return out;
}

}  // namespace connectors::shopee
