#include <algorithm>
#include <chrono>
#include <cstdio>

#include "base/time_text.h"
#include "sandbox/lazada/handlers.h"

namespace sandbox::lazada {
namespace {

constexpr std::int64_t kOutOfStock = 15;
constexpr std::int64_t kWrongPrice = 16;
constexpr std::int64_t kCommission = 700;  // of 10 000
constexpr std::int64_t kPayment = 400;
constexpr std::int64_t kDetailsMax = 500;
constexpr std::int64_t kRangeMax_ms = 180LL * 86'400'000;
constexpr std::int64_t kReversePageMax = 100;

struct Reason {
  std::int64_t id;
  const char* name;
};
constexpr Reason kReasons[] = {{kOutOfStock, "Out of Stock"},
                               {kWrongPrice, "Wrong Price or Pricing Error"},
                               {10, "Delivery to this area is not possible"},
                               {21, "Customer asked to cancel"}};

Reply reverse_fail(const char* code, const char* message) {
  return fail("ISP", code, std::string("E0") + code + ": " + message);
}

// "Out of Stock" and "Wrong Price" empty the shelf of every cancelled SKU.
void empty_shelves(Shop& shop, const Order& order, const std::vector<std::int64_t>& unit_ids) {
  for (const auto& unit : order.units) {
    if (unit.status != "canceled") continue;
    if (std::find(unit_ids.begin(), unit_ids.end(), unit.id) == unit_ids.end()) continue;
    Item* holder = nullptr;
    if (auto* sku = shop.find_sku(unit.item_id, unit.sku_id, "", &holder)) sku->stock.sellable = 0;
  }
}

std::string day_month_year(std::int64_t unix_ms) {
  static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto text = base::local_date(base::from_unix_ms(unix_ms));
  const auto month = static_cast<std::size_t>(std::stoi(text.substr(5, 2)) - 1);
  return text.substr(8, 2) + " " + kMonths[month] + " " + text.substr(0, 4);
}

struct Entry {
  const Order* order;
  const Unit* unit;
  std::int64_t fee_type;
  const char* fee_name;
  std::int64_t amount;  // signed
};

Json entry_json(const Entry& entry) {
  const auto unit = std::to_string(entry.unit->id);
  return object({{"transaction_date", day_month_year(entry.order->delivered_ms)},
                 {"transaction_number", unit + "-" + std::to_string(entry.fee_type)},
                 {"transaction_type", entry.amount >= 0 ? "Orders-Sales" : "Orders-Lazada Fees"},
                 {"fee_name", entry.fee_name},
                 {"fee_type", std::to_string(entry.fee_type)},
                 {"amount", money(entry.amount)},
                 {"VAT_in_amount", "0.00"},
                 {"WHT_amount", "0.00"},
                 {"WHT_included_in_amount", "No"},
                 {"statement", day_month_year(entry.order->delivered_ms)},
                 {"paid_status", "Not paid"},
                 {"order_no", std::to_string(entry.order->id)},
                 {"orderItem_no", unit},
                 {"orderItem_status", entry.unit->status},
                 {"seller_sku", entry.unit->seller_sku},
                 {"lazada_sku", std::to_string(entry.unit->item_id) + "_VNAMZ-" +
                                    std::to_string(entry.unit->sku_id)},
                 {"shipping_provider", "LEX VN"},
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

// Delivered units of the period, three entries each.
std::vector<Entry> entries_of(const Shop& shop, std::int64_t from_ms, std::int64_t to_ms,
                              std::int64_t order_id) {
  std::vector<Entry> out;
  for (const auto& order : shop.orders) {
    if (order.delivered_ms < from_ms || order.delivered_ms >= to_ms) continue;
    if (order_id != 0 && order.id != order_id) continue;
    for (const auto& unit : order.units) {
      if (unit.status != "delivered" && unit.status != "confirmed") continue;
      out.push_back({&order, &unit, 13, "Item Price Credit", unit.price});
      out.push_back({&order, &unit, 16, "Commission", -share(unit.price, kCommission)});
      out.push_back({&order, &unit, 3, "Payment Fee", -share(unit.price, kPayment)});
    }
  }
  return out;
}

}  // namespace

Reply cancel_validate(Shop& shop, const Call& call) {
  const auto* order = shop.order(call.integer("order_id").value_or(0));
  if (order == nullptr) return fail("ISP", "16", "E016: Invalid Order ID");
  std::vector<Json> options;
  for (const auto& reason : kReasons) {
    options.push_back(
        object({{"reason_id", std::to_string(reason.id)}, {"reason_name", reason.name}}));
  }
  return data(object({{"tip_type", "NORMAL"},
                      {"tip_content", ""},
                      {"reason_options", wire::array(std::move(options))}}));
}

Reply cancel_create(Shop& shop, const Call& call) {
  auto* order = shop.order(call.integer("order_id").value_or(0));
  if (order == nullptr) return fail("ISP", "16", "E016: Invalid Order ID");
  const auto units = call.integers("order_item_id_list");
  if (units.empty()) return reverse_fail("102", "order_item_id_list is mandatory");
  const auto reason = call.integer("reason_id").value_or(0);
  const auto* known = std::find_if(std::begin(kReasons), std::end(kReasons),
                                   [&](const Reason& one) { return one.id == reason; });
  if (known == std::end(kReasons)) return reverse_fail("104", "reason_id is invalid");
  if (!cancel_units(shop, *order, units, known->name).ok()) {
    return reverse_fail("114", "The action is not supported now");
  }
  if (reason == kOutOfStock || reason == kWrongPrice) empty_shelves(shop, *order, units);
  return data(object({{"tip_type", "SUCCESS"}, {"tip_content", ""}}));
}

Reply reverse_orders(Shop& shop, const Call& call) {
  const auto page = call.integer("page_no").value_or(0);
  const auto size = call.integer("page_size").value_or(0);
  if (page < 1 || page > 1'000'000) return reverse_fail("120", "page_no is invalid");
  if (size < 1 || size > kReversePageMax) return reverse_fail("121", "page_size is invalid");
  std::vector<Json> rows;
  std::int64_t total = 0;
  for (const auto& [id, one] : shop.reverses) {
    const auto* order = shop.order(one.order_id);
    if (order == nullptr) continue;
    if (total >= (page - 1) * size && total < page * size) {
      std::vector<Json> lines;
      for (const auto& unit : order->units) {
        lines.push_back(object({{"reverse_order_line_id", unit.id + 1'000'000},
                                {"trade_order_line_id", unit.id},
                                {"reverse_status", one.status},
                                {"refund_amount", unit.price},
                                {"item_unit_price", unit.price},
                                {"seller_sku_id", unit.seller_sku},
                                {"reason_text", "Hàng bị hỏng"},
                                {"return_order_line_gmt_create", one.created_ms / 1000},
                                {"return_order_line_gmt_modified", one.updated_ms / 1000}}));
      }
      rows.push_back(object({{"reverse_order_id", id},
                             {"trade_order_id", one.order_id},
                             {"request_type", "ONLY_REFUND"},
                             {"is_rtm", false},
                             {"shipping_type", ""},
                             {"reverse_order_lines", wire::array(std::move(lines))}}));
    }
    ++total;
  }
  Reply reply;
  reply.body["result"] = object({{"total", total},
                                 {"page_no", page},
                                 {"page_size", size},
                                 {"success", true},
                                 {"items", wire::array(std::move(rows))}});
  return reply;
}

Reply transaction_details(Shop& shop, const Call& call) {
  const auto start = base::parse_local(call.text("start_time"));
  const auto end = base::parse_local(call.text("end_time"));
  if (!start || !end) return fail("ISP", "17", "E017: Invalid Date Format");
  const auto from_ms = base::to_unix_ms(*start);
  const auto to_ms = base::to_unix_ms(*end) + 86'400'000;  // the last day counts
  if (to_ms <= from_ms || to_ms - from_ms >= kRangeMax_ms) {
    return fail("ISP", "1000012", "E1000012: The range must be below 180 days");
  }
  const auto offset = call.integer("offset").value_or(0);
  const auto limit = call.integer("limit").value_or(kDetailsMax);
  if (offset < 0 || limit < 1 || limit > kDetailsMax) {
    return fail("ISP", "19", "E019: Invalid Limit");
  }
  const auto type = call.integer("trans_type").value_or(-1);
  std::vector<Json> rows;
  std::int64_t at = 0;
  const auto order_id = call.integer("trade_order_id").value_or(0);
  for (const auto& entry : entries_of(shop, from_ms, to_ms, order_id)) {
    if (type != -1 && entry.fee_type != type) continue;
    if (at >= offset && at < offset + limit) rows.push_back(entry_json(entry));
    ++at;
  }
  return data(wire::array(std::move(rows)));
}

Reply payout_status(Shop& shop, const Call& call) {
  const auto after = base::parse_local(call.text("created_after"));
  if (!after) return fail("ISP", "17", "E017: Invalid Date Format");
  std::int64_t revenue = 0;
  std::int64_t fees = 0;
  for (const auto& entry : entries_of(shop, base::to_unix_ms(*after), shop.now_ms() + 1, 0)) {
    (entry.amount >= 0 ? revenue : fees) += entry.amount;
  }
  if (revenue == 0) return data(Json::array());
  const auto net = revenue + fees;
  const auto today = base::local_date(base::from_unix_ms(shop.now_ms()));
  return data(wire::array({object({{"statement_number", "VN1HTXNS-" + today},
                                   {"created_at", today},
                                   {"updated_at", today},
                                   {"opening_balance", "0.00"},
                                   {"item_revenue", money(revenue)},
                                   {"shipment_fee", "0.00"},
                                   {"shipment_fee_credit", "0.00"},
                                   {"other_revenue_total", "0.00"},
                                   {"fees_total", money(fees)},
                                   {"subtotal1", money(net)},
                                   {"refunds", "0.00"},
                                   {"fees_on_refunds_total", "0.00"},
                                   {"subtotal2", money(net)},
                                   {"closing_balance", money(net)},
                                   {"guarantee_deposit", "0.00"},
                                   {"payout", money(net) + " VND"},
                                   {"paid", "0"}})}));
}

}  // namespace sandbox::lazada
