// Returns and refunds as a seller reads and answers them.
#include <algorithm>
#include <set>

#include "base/text.h"
#include "sandbox/lazada/handlers.h"

namespace sandbox::lazada {
namespace {

constexpr std::int64_t kPageMax = 100;
constexpr std::int64_t kPagesMax = 1'000'000;
constexpr std::int64_t kRefuseReason = 20'001;

const Unit* unit_of(const Order& order, std::int64_t unit_id) {
  for (const auto& unit : order.units) {
    if (unit.id == unit_id) return &unit;
  }
  return nullptr;
}

// Members that the list and the detail share.
Json line_json(const Reverse& reverse, const ReverseLine& line, const Order& order,
               const Unit& unit) {
  return object({{"reverse_order_line_id", line.id},
                 {"trade_order_line_id", unit.id},
                 {"reverse_status", line.status},
                 {"ofc_status", line.ofc_status},
                 {"trade_order_gmt_create", order.created_ms / 1000},
                 {"refund_amount", line.refund},
                 {"item_unit_price", unit.price},
                 {"reason_text", reverse.reason},
                 {"reason_code", reverse.reason_code},
                 {"refund_payment_method", line.refunded_ms != 0 ? "Original payment method" : ""},
                 {"whqc_decision", ""},
                 {"return_order_line_gmt_create", reverse.created_ms / 1000},
                 {"return_order_line_gmt_modified", reverse.updated_ms / 1000},
                 {"is_dispute", line.dispute},
                 {"seller_sku_id", unit.seller_sku},
                 {"platform_sku_id", std::to_string(unit.sku_id)},
                 {"tracking_number", line.tracking},
                 {"sla", reverse.trigger_ms}});
}

Json listed_line(const Reverse& reverse, const ReverseLine& line, const Order& order,
                 const Unit& unit) {
  auto row = line_json(reverse, line, order, unit);
  row["is_need_refund"] = Json::string(reverse.type == "CANCEL" ? "false" : "true");
  row["product"] = object({{"product_id", unit.item_id}, {"product_sku", unit.seller_sku}});
  row["buyer"] = object({{"buyer_id", 200'000 + order.buyer}});
  row["receiver_address"] = Json::string("");
  return row;
}

Json detailed_line(const Reverse& reverse, const ReverseLine& line, const Order& order,
                   const Unit& unit) {
  auto row = line_json(reverse, line, order, unit);
  row["is_need_refund"] = Json::boolean(reverse.type != "CANCEL");
  row["productDTO"] = object({{"product_id", unit.item_id}, {"sku", std::to_string(unit.sku_id)}});
  row["buyer"] = object({{"user_id", 200'000 + order.buyer}});
  return row;
}

Json reverse_json(const Reverse& reverse, const Order& order, const char* lines_name,
                  Json (*line_of)(const Reverse&, const ReverseLine&, const Order&, const Unit&)) {
  std::vector<Json> lines;
  for (const auto& line : reverse.lines) {
    if (const auto* unit = unit_of(order, line.unit_id)) {
      lines.push_back(line_of(reverse, line, order, *unit));
    }
  }
  return object({{"reverse_order_id", reverse.id},
                 {"trade_order_id", reverse.order_id},
                 {"request_type", reverse.type},
                 {"is_rtm", reverse.type == "RETURN"},
                 {"shipping_type", reverse.type == "RETURN" ? "PICK_UP" : ""},
                 {lines_name, wire::array(std::move(lines))}});
}

struct Filter {
  std::set<std::string> types, statuses, ofc_statuses;
  std::string return_to, dispute;
  std::int64_t order_id, reverse_id;
  std::optional<std::int64_t> ordered_from, ordered_to, made_from, made_to, changed_from,
      changed_to;
};

Filter read_filter(const Call& call) {
  const auto set_of = [&](const char* name) {
    const auto texts = call.texts(name);
    return std::set<std::string>(texts.begin(), texts.end());
  };
  return {set_of("request_type_list"),
          set_of("reverse_status_list"),
          set_of("ofc_status_list"),
          call.text("return_to_type"),
          call.text("dispute_in_progress"),
          call.integer("trade_order_id").value_or(0),
          call.integer("reverse_order_id").value_or(0),
          call.integer("TradeOrderLineCreatedTimeRangeStart"),
          call.integer("TradeOrderLineCreatedTimeRangeEnd"),
          call.integer("ReverseOrderLineTimeRangeStart"),
          call.integer("ReverseOrderLineTimeRangeEnd"),
          call.integer("ReverseOrderLineModifiedTimeRangeStart"),
          call.integer("ReverseOrderLineModifiedTimeRangeEnd")};
}

bool inside(std::int64_t at, std::optional<std::int64_t> from, std::optional<std::int64_t> to) {
  return (!from || at >= *from) && (!to || at <= *to);
}

bool passes(const Filter& filter, const Reverse& reverse, const Order& order) {
  const auto any_line = [&](auto&& wanted) {
    return std::any_of(reverse.lines.begin(), reverse.lines.end(), wanted);
  };
  if (!filter.types.empty() && !filter.types.contains(reverse.type)) return false;
  if (!filter.statuses.empty() &&
      !any_line([&](const auto& line) { return filter.statuses.contains(line.status); })) {
    return false;
  }
  if (!filter.ofc_statuses.empty() &&
      !any_line([&](const auto& line) { return filter.ofc_statuses.contains(line.ofc_status); })) {
    return false;
  }
  if (filter.return_to == "RTW" || (filter.return_to == "RTM" && reverse.type != "RETURN")) {
    return false;
  }
  if (filter.dispute == "true" && !any_line([](const auto& line) { return line.dispute; })) {
    return false;
  }
  return (filter.order_id == 0 || filter.order_id == reverse.order_id) &&
         (filter.reverse_id == 0 || filter.reverse_id == reverse.id) &&
         inside(order.created_ms, filter.ordered_from, filter.ordered_to) &&
         inside(reverse.created_ms, filter.made_from, filter.made_to) &&
         inside(reverse.updated_ms, filter.changed_from, filter.changed_to);
}

Reverse* holder_of_line(Shop& shop, std::int64_t line_id) {
  for (auto& [id, reverse] : shop.reverses) {
    if (reverse.line(line_id) != nullptr) return &reverse;
  }
  return nullptr;
}

// What one action makes of a line; `problem` is the code of a refusal.
struct Step {
  const char* action;
  const char* from;      // status
  const char* from_ofc;  // "" : any
  const char* to;
  const char* to_ofc;  // "" : as it was
};
constexpr Step kSteps[] = {
    {"instantRefund", "REQUEST_INITIATE", "", "REFUND_SUCCESS", ""},
    {"agreeReturn", "REQUEST_INITIATE", "", "REFUND_PENDING", "RETURN_SHIPPING_BACK"},
    {"refuseReturn", "REQUEST_INITIATE", "", "REQUEST_REJECT", "RETURN_CANCELED"},
    {"confirmDelivery", "REFUND_PENDING", "RETURN_SHIPPING_BACK", "REFUND_PENDING",
     "RETURN_RECEIVED"},
    {"agreeRefund", "REFUND_PENDING", "RETURN_RECEIVED", "REFUND_SUCCESS", ""},
    {"refuseRefund", "REFUND_PENDING", "RETURN_RECEIVED", "REFUND_REJECTED", ""},
};

const Step* step_of(const std::string& action, const ReverseLine& line) {
  for (const auto& step : kSteps) {
    const std::string from_ofc = step.from_ofc;
    if (step.action == action && line.status == step.from &&
        (from_ofc.empty() || from_ofc == line.ofc_status)) {
      return &step;
    }
  }
  return nullptr;
}

bool known_action(const std::string& action) {
  return std::any_of(std::begin(kSteps), std::end(kSteps),
                     [&](const Step& step) { return step.action == action; });
}

std::optional<Reply> refuse_refusal(const Call& call, const std::string& action,
                                    std::size_t lines) {
  if (action != "refuseReturn" && action != "refuseRefund") return std::nullopt;
  if (lines > 1) return reverse_fail("111", "one line at a time when it is refused");
  if (call.integer("reason_id").value_or(0) == 0) return reverse_fail("108", "reason is empty");
  if (!call.has("comment")) return reverse_fail("109", "comment is empty");
  if (action == "refuseRefund" && call.text("image_info").size() < 3) {
    return reverse_fail("110", "image is empty");
  }
  return std::nullopt;
}

// The reverse order and its lines that a decision names.
std::optional<Reply> find_lines(Shop& shop, const Call& call, const char* type, Reverse** reverse,
                                std::vector<ReverseLine*>& lines) {
  const auto ids = call.integers("reverse_order_item_ids");
  if (ids.empty()) return reverse_fail("100", "reverse order list is empty");
  const auto found = shop.reverses.find(call.integer("reverse_order_id").value_or(0));
  if (found == shop.reverses.end()) return reverse_fail("112", "no reverse order found");
  if (found->second.type != type) {
    return reverse_fail("114", "this reverse does not support this action");
  }
  *reverse = &found->second;
  for (const auto id : ids) {
    lines.push_back(found->second.line(id));
    if (lines.back() == nullptr) return reverse_fail("126", "invalid reverse order lines");
  }
  return std::nullopt;
}

Json updated_json(const Order& order, const Reverse& reverse,
                  const std::vector<ReverseLine*>& lines) {
  std::vector<Json> rows;
  std::int64_t total = 0;
  for (const auto* line : lines) {
    const auto* unit = unit_of(order, line->unit_id);
    if (unit == nullptr) continue;
    total += line->refund;
    rows.push_back(object({{"reverse_order_line_id", line->id},
                           {"reason_id", reverse.reason_code},
                           {"reason_name", reverse.reason},
                           {"refund_amount", line->refund},
                           {"is_cancel", false},
                           {"order_id", order.id},
                           {"order_line_id", unit->id},
                           {"seller_sku", unit->seller_sku},
                           {"paid_price", unit->price},
                           {"apply_reason", reverse.reason}}));
  }
  return object({{"reverse_order_id", reverse.id},
                 {"reverse_order_line", wire::array(std::move(rows))},
                 {"reason_info", Json::array()},
                 {"total_refund", std::to_string(total)}});
}

}  // namespace

Reply reverse_fail(const std::string& code, const std::string& message) {
  return fail("ISP", code, "E0" + code + ": " + message);
}

Reply reverse_orders(Shop& shop, const Call& call) {
  const auto page = call.integer("page_no").value_or(0);
  const auto size = call.integer("page_size").value_or(0);
  if (size < 1 || size > kPageMax) return reverse_fail("120", "page size invalid");
  if (page < 1 || page > kPagesMax) return reverse_fail("121", "page number invalid");
  const auto filter = read_filter(call);
  std::vector<Json> rows;
  std::int64_t total = 0;
  for (const auto& [id, one] : shop.reverses) {
    const auto* order = shop.order(one.order_id);
    if (order == nullptr || !passes(filter, one, *order)) continue;
    if (total >= (page - 1) * size && total < page * size) {
      rows.push_back(reverse_json(one, *order, "reverse_order_lines", listed_line));
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

Reply reverse_detail(Shop& shop, const Call& call) {
  const auto id = call.integer("reverse_order_id").value_or(0);
  if (id == 0) return reverse_fail("105", "reverse order id is empty or invalid");
  const auto found = shop.reverses.find(id);
  const auto* order = found != shop.reverses.end() ? shop.order(found->second.order_id) : nullptr;
  if (order == nullptr) return reverse_fail("106", "ROC internal error");
  return data(reverse_json(found->second, *order, "reverseOrderLineDTOList", detailed_line));
}

Reply reverse_history(Shop& shop, const Call& call) {
  const auto line_id = call.integer("reverse_order_line_id").value_or(0);
  if (line_id == 0) return reverse_fail("103", "reverse order line id is empty");
  const auto size = call.has("page_size") ? call.integer("page_size").value_or(0) : 10;
  const auto page = call.has("page_number") ? call.integer("page_number").value_or(0) : 1;
  if (size < 1 || size > kPageMax) return reverse_fail("120", "page size invalid");
  if (page < 1 || page > kPagesMax) return reverse_fail("121", "page number invalid");
  const auto* reverse = holder_of_line(shop, line_id);
  if (reverse == nullptr) return reverse_fail("106", "ROC internal error");
  std::vector<Json> rows;
  std::int64_t total = 0;
  for (const auto& step : reverse->history) {
    if (step.line_id != line_id) continue;
    if (total >= (page - 1) * size && total < page * size) {
      rows.push_back(object(
          {{"operator", step.operator_name}, {"picture", Json::array()}, {"time", step.at_ms}}));
    }
    ++total;
  }
  return data(
      object({{"list", wire::array(std::move(rows))},
              {"page_info",
               object({{"page_size", size}, {"current_page_number", page}, {"total", total}})}}));
}

Reply reverse_reasons(Shop& shop, const Call& call) {
  const auto line_id = call.integer("reverse_order_line_id").value_or(0);
  if (line_id == 0) return reverse_fail("103", "reverse order line id is empty");
  if (holder_of_line(shop, line_id) == nullptr) return reverse_fail("106", "ROC internal error");
  return data(wire::array({object({{"reason_id", kRefuseReason},
                                   {"muti_language_text", "Hàng trả lại không đúng"},
                                   {"text", "The returned goods are not those sent"}}),
                           object({{"reason_id", kRefuseReason + 1},
                                   {"muti_language_text", "Hàng đã qua sử dụng"},
                                   {"text", "The goods have been used"}})}));
}

Reply return_update(Shop& shop, const Call& call) {
  const auto action = call.text("action");
  if (!known_action(action)) return reverse_fail("107", "invalid action");
  Reverse* reverse = nullptr;
  std::vector<ReverseLine*> lines;
  if (auto refusal = find_lines(shop, call, "RETURN", &reverse, lines)) return *refusal;
  if (auto refusal = refuse_refusal(call, action, lines.size())) return *refusal;
  for (const auto* line : lines) {
    if (step_of(action, *line) == nullptr) {
      return reverse_fail("114", "this reverse does not support this action");
    }
  }
  for (auto* line : lines) {
    const auto* step = step_of(action, *line);
    if (std::string(step->to_ofc) == "RETURN_SHIPPING_BACK") {
      line->tracking = "LEXVNR" + std::to_string(line->id);
    }
    if (std::string(step->to_ofc) != "") line->ofc_status = step->to_ofc;
    settle_line(shop, *reverse, *line, step->to, "seller");
  }
  const bool open = std::any_of(reverse->lines.begin(), reverse->lines.end(),
                                [](const auto& one) { return one.status == "REQUEST_INITIATE"; });
  if (!open) reverse->trigger_ms = 0;
  return data(updated_json(*shop.order(reverse->order_id), *reverse, lines));
}

Reply only_refund_decide(Shop& shop, const Call& call) {
  const auto action = call.text("action");
  if (action != "agreeRefund" && action != "startDispute") {
    return reverse_fail("107", "invalid action");
  }
  Reverse* reverse = nullptr;
  std::vector<ReverseLine*> lines;
  if (auto refusal = find_lines(shop, call, "ONLY_REFUND", &reverse, lines)) return *refusal;
  if (lines.size() > 1) return reverse_fail("133", "do not support batch operation");
  auto& line = *lines.front();
  if (line.status != "REQUEST_INITIATE") {
    return reverse_fail("114", "this reverse does not support this action");
  }
  if (action == "agreeRefund") {
    settle_line(shop, *reverse, line, "REFUND_SUCCESS", "seller");
    return data(Json::null());
  }
  if (!call.has("comment")) return reverse_fail("109", "comment can't be empty if startDispute");
  if (call.text("image_info_list").size() < 3) {
    return reverse_fail("110", "image can't be empty if startDispute");
  }
  line.dispute = true;
  reverse->trigger_ms = shop.now_ms() + shop.rules.return_decide_s * 1000;
  settle_line(shop, *reverse, line, "REFUND_PENDING", "seller");
  return data(Json::null());
}

}  // namespace sandbox::lazada
