// What the seller earns: per unit a credit of its price when it is delivered, Lazada's fees, the
// shipping fee in and out again, and the way back when it is refunded. Statements run over
// `payout_every_days` local days; one that has ended is paid. Tax that is withheld stands in
// WHT_amount, apart from `amount`; a statement has no member of its own for it and counts it among
// its fees.
#include <algorithm>
#include <map>

#include "base/time_text.h"
#include "sandbox/lazada/handlers.h"

namespace sandbox::lazada {
namespace {

constexpr std::int64_t kCommission = 700;  // of 10 000
constexpr std::int64_t kPayment = 400;
constexpr std::int64_t kDetailsMax = 500;
constexpr std::int64_t kDay_ms = 86'400'000;
constexpr std::int64_t kRangeMax_ms = 180 * kDay_ms;
constexpr std::int64_t kLocalShift_ms = 7LL * 3'600'000;

std::string day_month_year(std::int64_t unix_ms) {
  static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto text = base::local_date(base::from_unix_ms(unix_ms));
  const auto month = static_cast<std::size_t>(std::stoi(text.substr(5, 2)) - 1);
  return text.substr(8, 2) + " " + kMonths[month] + " " + text.substr(0, 4);
}

struct Period {
  std::int64_t from_ms = 0;
  std::int64_t to_ms = 0;  // the first instant behind it
  bool ended(const Shop& shop) const { return to_ms <= shop.now_ms(); }
  std::string text() const { return day_month_year(from_ms) + " - " + day_month_year(to_ms - 1); }
};

Period period_of(const Shop& shop, std::int64_t at_ms) {
  const auto length_ms = std::max<std::int64_t>(1, shop.rules.payout_every_days) * kDay_ms;
  const auto from_ms = (at_ms + kLocalShift_ms) / length_ms * length_ms - kLocalShift_ms;
  return {from_ms, from_ms + length_ms};
}

struct Kind {
  std::int64_t fee_type;
  const char* fee_name;
  const char* type;
};
constexpr Kind kCredit = {13, "Item Price Credit", "Orders-Sales"};
constexpr Kind kReversal = {14, "Reversal Item Price", "Refunds-Item Charges"};
constexpr Kind kCommissionFee = {16, "Commission", "Orders-Lazada Fees"};
constexpr Kind kCommissionBack = {15, "Reversal Commission", "Refunds-Lazada Fees"};
constexpr Kind kPaymentFee = {3, "Payment Fee", "Orders-Lazada Fees"};
constexpr Kind kShippingIn = {8, "Shipping Fee (Paid By Customer)", "Orders-Logistics"};
constexpr Kind kShippingOut = {7, "Shipping Fee Paid by Seller", "Orders-Logistics"};

struct Entry {
  const Order* order;
  const Unit* unit;
  const Kind* kind;
  std::int64_t at_ms;
  std::int64_t amount;    // signed
  std::int64_t withheld;  // signed
};

Json entry_json(const Shop& shop, const Entry& entry) {
  const auto unit = std::to_string(entry.unit->id);
  const auto period = period_of(shop, entry.at_ms);
  return object({{"transaction_date", day_month_year(entry.at_ms)},
                 {"transaction_number", unit + "-" + std::to_string(entry.kind->fee_type)},
                 {"transaction_type", entry.kind->type},
                 {"fee_name", entry.kind->fee_name},
                 {"fee_type", std::to_string(entry.kind->fee_type)},
                 {"amount", money(entry.amount)},
                 {"VAT_in_amount", "0.00"},
                 {"WHT_amount", money(entry.withheld)},
                 {"WHT_included_in_amount", "No"},
                 {"statement", period.text()},
                 {"paid_status", period.ended(shop) ? "Paid" : "Not paid"},
                 {"order_no", std::to_string(entry.order->id)},
                 {"orderItem_no", unit},
                 {"orderItem_status", entry.unit->status},
                 {"seller_sku", entry.unit->seller_sku},
                 {"lazada_sku", std::to_string(entry.unit->item_id) + "_VNAMZ-" +
                                    std::to_string(entry.unit->sku_id)},
                 {"shipping_provider", entry.unit->provider},
                 {"shipping_speed", "Standard"},
                 {"shipment_type", "Dropshipping"},
                 {"reference", ""},
                 {"details", entry.unit->name},
                 {"comment", ""},
                 {"payment_ref_id", ""}});
}

std::int64_t share(std::int64_t amount, std::int64_t rate) {
  return (amount * rate + 5'000) / 10'000;
}

void earned(const Shop& shop, const Order& order, const Unit& unit, std::vector<Entry>& out) {
  const auto at_ms = order.delivered_ms;
  const auto shipping = shipping_share(order);
  out.push_back({&order, &unit, &kCredit, at_ms, unit.price,
                 -share(unit.price, shop.rules.withheld_per_10000)});
  out.push_back({&order, &unit, &kCommissionFee, at_ms, -share(unit.price, kCommission), 0});
  out.push_back({&order, &unit, &kPaymentFee, at_ms, -share(unit.price, kPayment), 0});
  out.push_back({&order, &unit, &kShippingIn, at_ms, shipping, 0});
  out.push_back({&order, &unit, &kShippingOut, at_ms, -shipping, 0});
}

void refunded(const Shop& shop, const Order& order, const Unit& unit, std::vector<Entry>& out) {
  const auto found = shop.reverses.find(unit.reverse_id);
  if (found == shop.reverses.end() || found->second.type == "CANCEL") return;
  for (const auto& line : found->second.lines) {
    if (line.unit_id != unit.id || line.status != "REFUND_SUCCESS") continue;
    out.push_back({&order, &unit, &kReversal, line.refunded_ms, -line.refund,
                   share(line.refund, shop.rules.withheld_per_10000)});
    out.push_back(
        {&order, &unit, &kCommissionBack, line.refunded_ms, share(line.refund, kCommission), 0});
  }
}

std::vector<Entry> entries_of(const Shop& shop, std::int64_t from_ms, std::int64_t to_ms) {
  std::vector<Entry> all;
  for (const auto& order : shop.orders) {
    if (order.delivered_ms == 0) continue;
    for (const auto& unit : order.units) {
      if (unit.status != "delivered" && unit.status != "confirmed" && unit.status != "returned") {
        continue;
      }
      earned(shop, order, unit, all);
      refunded(shop, order, unit, all);
    }
  }
  std::erase_if(all, [&](const Entry& one) { return one.at_ms < from_ms || one.at_ms >= to_ms; });
  return all;
}

struct Sums {
  std::int64_t revenue = 0;
  std::int64_t shipping_in = 0;
  std::int64_t shipping_out = 0;  // positive
  std::int64_t fees = 0;          // positive, tax withheld among them
  std::int64_t refunds = 0;       // positive
  std::int64_t fees_back = 0;
};

void add(Sums& sums, const Entry& entry) {
  if (entry.kind == &kCredit) sums.revenue += entry.amount;
  if (entry.kind == &kReversal) sums.refunds -= entry.amount;
  if (entry.kind == &kCommissionBack) sums.fees_back += entry.amount;
  if (entry.kind == &kShippingIn) sums.shipping_in += entry.amount;
  if (entry.kind == &kShippingOut) sums.shipping_out -= entry.amount;
  if (entry.kind == &kCommissionFee || entry.kind == &kPaymentFee) sums.fees -= entry.amount;
  sums.fees -= entry.withheld;
}

Json statement_json(const Shop& shop, const Period& period, const Sums& sums) {
  const auto first = sums.revenue + sums.shipping_in - sums.shipping_out - sums.fees;
  const auto second = first - sums.refunds + sums.fees_back;
  const auto number = "VN1HTXNS-" + base::local_date(base::from_unix_ms(period.from_ms));
  const auto made = stamp(period.from_ms).substr(0, 19);
  const auto touched_ms = std::min(period.to_ms, shop.now_ms());
  return object({{"statement_number", number},
                 {"created_at", made},
                 {"updated_at", stamp(touched_ms).substr(0, 19)},
                 {"opening_balance", "0.00"},
                 {"item_revenue", money(sums.revenue)},
                 {"shipment_fee", money(sums.shipping_out)},
                 {"shipment_fee_credit", money(sums.shipping_in)},
                 {"other_revenue_total", money(sums.shipping_in - sums.shipping_out)},
                 {"fees_total", money(sums.fees)},
                 {"subtotal1", money(first)},
                 {"refunds", money(sums.refunds)},
                 {"fees_on_refunds_total", money(sums.fees_back)},
                 {"subtotal2", money(second)},
                 {"closing_balance", money(second)},
                 {"guarantee_deposit", "0.00"},
                 {"payout", money(second) + " VND"},
                 {"paid", period.ended(shop) ? "1" : "0"}});
}

}  // namespace

Reply transaction_details(Shop& shop, const Call& call) {
  const auto start = base::parse_local(call.text("start_time"));
  const auto end = base::parse_local(call.text("end_time"));
  if (!start || !end) return fail("ISP", "17", "E017: Invalid Date Format");
  const auto from_ms = base::to_unix_ms(*start);
  const auto to_ms = base::to_unix_ms(*end) + kDay_ms;  // the last day counts
  if (to_ms <= from_ms || to_ms - from_ms >= kRangeMax_ms) {
    return fail("ISP", "1000012", "E1000012: The range must be below 180 days");
  }
  const auto offset = call.has("offset") ? call.integer("offset").value_or(-1) : 0;
  const auto limit = call.has("limit") ? call.integer("limit").value_or(-1) : kDetailsMax;
  if (offset < 0) return fail("ISP", "14", "E014: Invalid Offset");
  if (limit < 1 || limit > kDetailsMax) return fail("ISP", "19", "E019: Invalid Limit");
  const auto type = call.integer("trans_type").value_or(-1);
  const auto order_id = call.integer("trade_order_id").value_or(0);
  const auto unit_id = call.integer("trade_order_line_id").value_or(0);
  std::vector<Json> rows;
  std::int64_t at = 0;
  for (const auto& entry : entries_of(shop, from_ms, to_ms)) {
    if (type != -1 && entry.kind->fee_type != type) continue;
    if (order_id != 0 && entry.order->id != order_id) continue;
    if (unit_id != 0 && entry.unit->id != unit_id) continue;
    if (at >= offset && at < offset + limit) rows.push_back(entry_json(shop, entry));
    ++at;
  }
  return data(wire::array(std::move(rows)));
}

Reply payout_status(Shop& shop, const Call& call) {
  const auto after = base::parse_local(call.text("created_after"));
  if (!after) return fail("ISP", "17", "E017: Invalid Date Format");
  std::map<std::int64_t, std::pair<Period, Sums>> statements;
  for (const auto& entry : entries_of(shop, 0, shop.now_ms() + 1)) {
    const auto period = period_of(shop, entry.at_ms);
    auto& [known, sums] = statements[period.from_ms];
    known = period;
    add(sums, entry);
  }
  std::vector<Json> rows;
  for (const auto& [from_ms, one] : statements) {
    if (one.first.to_ms <= base::to_unix_ms(*after)) continue;
    rows.push_back(statement_json(shop, one.first, one.second));
  }
  return data(wire::array(std::move(rows)));
}

}  // namespace sandbox::lazada
