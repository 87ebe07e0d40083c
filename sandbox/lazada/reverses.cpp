// Cancellations, returns and refunds as they run. A line is REQUEST_INITIATE until it is decided;
// then CANCEL_SUCCESS or REQUEST_REJECT for a cancellation, REFUND_PENDING (goods or a dispute on
// their way), REFUND_SUCCESS, REFUND_REJECTED or REQUEST_REJECT for the others. What nobody decides
// in time the platform decides for the buyer. A return puts nothing back into the stock.
#include <algorithm>

#include "sandbox/lazada/handlers.h"

namespace sandbox::lazada {
namespace {

constexpr std::int64_t kReverseBase = 590'000'000'000'000;
constexpr std::int64_t kReverseStep = 10'000;  // more than one order has units
constexpr std::size_t kHistoryMax = 1'000;

Unit* unit_of(Order& order, std::int64_t unit_id) {
  for (auto& unit : order.units) {
    if (unit.id == unit_id) return &unit;
  }
  return nullptr;
}

bool undecided(const ReverseLine& line) {
  return line.status == "REQUEST_INITIATE";
}

// The parcel left before the seller answered: the wish to cancel lapses.
void lapse(Shop& shop, Reverse& reverse) {
  auto* order = shop.order(reverse.order_id);
  for (auto& line : reverse.lines) {
    auto* unit = order != nullptr ? unit_of(*order, line.unit_id) : nullptr;
    if (unit == nullptr || cancellable(*unit) || !undecided(line)) continue;
    const bool gone = unit->status == "canceled";
    unit->cancel_trigger_ms = 0;
    settle_line(shop, reverse, line, gone ? "CANCEL_SUCCESS" : "REQUEST_REJECT", "system");
  }
  const auto open = std::any_of(reverse.lines.begin(), reverse.lines.end(), undecided);
  if (!open) reverse.trigger_ms = 0;
}

void decide_late(Shop& shop, Reverse& reverse) {
  reverse.trigger_ms = 0;
  if (reverse.type == "CANCEL") return decide_cancel(shop, reverse, "system", "CANCEL_SUCCESS");
  for (auto& line : reverse.lines) {
    if (undecided(line) && reverse.type == "RETURN") {
      line.ofc_status = "RETURN_SHIPPING_BACK";
      settle_line(shop, reverse, line, "REFUND_PENDING", "system");
    } else if (undecided(line) || line.dispute) {
      settle_line(shop, reverse, line, "REFUND_SUCCESS", "system");
    }
  }
}

}  // namespace

ReverseLine* Reverse::line(std::int64_t line_id) {
  for (auto& one : lines) {
    if (one.id == line_id) return &one;
  }
  return nullptr;
}

Reverse& open_reverse(Shop& shop, const Order& order, const std::string& type,
                      const std::vector<Unit*>& units) {
  Reverse reverse;
  reverse.id = kReverseBase + kReverseStep * shop.next_serial++;
  reverse.order_id = order.id;
  reverse.type = type;
  reverse.created_ms = shop.now_ms();
  reverse.updated_ms = reverse.created_ms;
  for (auto* unit : units) {
    ReverseLine line;
    line.id = reverse.id + 1 + static_cast<std::int64_t>(reverse.lines.size());
    line.unit_id = unit->id;
    line.status = "REQUEST_INITIATE";
    line.refund = unit->price;
    unit->reverse_id = reverse.id;
    if (type != "CANCEL") unit->return_status = line.status;
    reverse.history.push_back({line.id, reverse.created_ms, "buyer", "REQUEST_INITIATE"});
    reverse.lines.push_back(std::move(line));
  }
  const auto id = reverse.id;
  return shop.reverses.insert_or_assign(id, std::move(reverse)).first->second;
}

void settle_line(Shop& shop, Reverse& reverse, ReverseLine& line, const std::string& status,
                 const std::string& by) {
  line.status = status;
  reverse.updated_ms = shop.now_ms();
  if (status == "REFUND_SUCCESS" || status == "CANCEL_SUCCESS") line.refunded_ms = shop.now_ms();
  if (reverse.history.size() < kHistoryMax) {
    reverse.history.push_back({line.id, shop.now_ms(), by, status});
  }
  auto* order = shop.order(reverse.order_id);
  auto* unit = order != nullptr ? unit_of(*order, line.unit_id) : nullptr;
  if (unit == nullptr || reverse.type == "CANCEL") return;
  unit->return_status = status;
  if (status == "REFUND_SUCCESS" && reverse.type == "RETURN") unit->status = "returned";
  order->updated_ms = shop.now_ms();
}

void decide_cancel(Shop& shop, Reverse& reverse, const std::string& by, const std::string& answer) {
  auto* order = shop.order(reverse.order_id);
  if (order == nullptr) return;
  reverse.trigger_ms = 0;
  std::vector<std::int64_t> units;
  for (auto& line : reverse.lines) {
    if (!undecided(line)) continue;
    units.push_back(line.unit_id);
    auto* unit = unit_of(*order, line.unit_id);
    if (unit != nullptr) unit->cancel_trigger_ms = 0;
    settle_line(shop, reverse, line, answer, by);
  }
  order->updated_ms = shop.now_ms();
  if (answer != "CANCEL_SUCCESS" || units.empty()) return;
  static_cast<void>(
      cancel_units(shop, *order, units, {reverse.reason, "", "cancellation-customer"}));
}

void let_reverses_pass(Shop& shop) {
  const auto now_ms = shop.now_ms();
  for (auto& [id, reverse] : shop.reverses) {
    if (reverse.trigger_ms == 0) continue;
    if (reverse.type == "CANCEL") lapse(shop, reverse);
    if (reverse.trigger_ms != 0 && reverse.trigger_ms <= now_ms) decide_late(shop, reverse);
  }
}

}  // namespace sandbox::lazada
