// Returns: the buyer asks, the seller confirms, offers or disputes, the platform judges. Nothing
// here restocks anything: that is the seller's decision.
#include <algorithm>

#include "sandbox/shopee/handlers.h"
#include "sandbox/shopee/pushes.h"

namespace sandbox::shopee {
namespace {

constexpr std::int64_t kWindowMax_s = 15 * 86'400;
constexpr std::int64_t kAnswerWithin_s = 2 * 86'400;  // then the return is granted
constexpr std::int64_t kCloseAfter_s = 3 * 86'400;
constexpr std::int64_t kOfferLimit = 3;

Json items_json(const Order& order) {
  std::vector<Json> items;
  for (const auto& line : order.lines) {
    items.push_back(object({{"item_id", line.item_id},
                            {"model_id", line.model_id},
                            {"name", line.item_name},
                            {"images", wire::texts({"https://cf.shopee.vn/file/" + line.image})},
                            {"amount", line.quantity},
                            {"item_price", line.price},
                            {"is_add_on_deal", false},
                            {"is_main_item", false},
                            {"add_on_deal_id", 0},
                            {"item_sku", line.item_sku},
                            {"variation_sku", line.model_sku}}));
  }
  return wire::array(std::move(items));
}

std::string negotiation_status(const Return& one) {
  if (one.offer.empty()) return "PENDING_RESPOND";
  return one.status == "REQUESTED" ? "ONGOING" : "TERMINATED";
}

Json return_json(Shop& shop, const Return& one) {
  const auto* order = shop.order(one.order_sn);
  return object({{"return_sn", one.sn},
                 {"order_sn", one.order_sn},
                 {"status", one.status},
                 {"reason", "DAMAGED_OTHERS"},
                 {"text_reason", ""},
                 {"refund_amount", one.refund},
                 {"amount_before_discount", order->total()},
                 {"currency", "VND"},
                 {"create_time", one.created_s},
                 {"update_time", one.updated_s},
                 {"due_date", one.created_s + kAnswerWithin_s},
                 {"return_seller_due_date", one.created_s + kAnswerWithin_s},
                 {"return_ship_due_date", 0},
                 {"needs_logistics", false},
                 {"tracking_number", ""},
                 {"return_solution", 1},
                 {"return_refund_type", "RRAOC"},
                 {"item", items_json(*order)},
                 {"image", Json::array()},
                 {"user", object({{"username", "khachhang" + std::to_string(order->buyer)},
                                  {"email", ""},
                                  {"portrait", ""}})},
                 {"negotiation_status", negotiation_status(one)},
                 {"seller_proof_status", "NOT_NEEDED"},
                 {"seller_compensation_status", "NOT_APPLICABLE"}});
}

Return* find_return(Shop& shop, const Call& call) {
  const auto found = shop.returns.find(call.text("return_sn"));
  return found == shop.returns.end() ? nullptr : &found->second;
}

Reply no_return() {
  return fail("error_not_found", "Wrong parameters, detail: the return is not found.");
}

Reply wrong_status() {
  return fail("returns.error_status", "The return is not waiting for the seller.");
}

void settle(Shop& shop, Return& one, const std::string& status) {
  one.status = status;
  one.updated_s = shop.now_s();
  tell_return(shop, one);
  auto* order = shop.order(one.order_sn);
  if (order != nullptr && order->status == "TO_RETURN") {
    become(shop, *order, "COMPLETED", shop.now_s());
  }
}

bool in_windows(const Call& call, const Return& one) {
  const auto inside = [&](const char* from, const char* to, std::int64_t at_s) {
    return at_s >= call.integer(from).value_or(at_s) && at_s <= call.integer(to).value_or(at_s);
  };
  return inside("create_time_from", "create_time_to", one.created_s) &&
         inside("update_time_from", "update_time_to", one.updated_s);
}

}  // namespace

base::Status open_return(Shop& shop, Order& order) {
  const auto sn = "R" + order.sn;
  Return made;
  made.sn = sn;
  made.order_sn = order.sn;
  made.status = "REQUESTED";
  made.created_s = shop.now_s();
  made.updated_s = made.created_s;
  made.refund = order.total();
  const auto [entry, fresh] = shop.returns.try_emplace(sn, made);
  if (!fresh) return base::Done{};
  become(shop, order, "TO_RETURN", shop.now_s());
  tell_return(shop, entry->second);
  return base::Done{};
}

void let_returns_pass(Shop& shop) {
  for (auto& [sn, one] : shop.returns) {
    if (one.status == "REQUESTED" && one.created_s + kAnswerWithin_s <= shop.now_s()) {
      settle(shop, one, "ACCEPTED");
    } else if (one.status == "ACCEPTED" && one.updated_s + kCloseAfter_s <= shop.now_s()) {
      one.status = "CLOSED";
      one.updated_s += kCloseAfter_s;
      tell_return(shop, one);
    }
  }
}

std::string judge_return(Shop& shop, const std::string& sn, const std::string& status) {
  const auto found = shop.returns.find(sn);
  if (found == shop.returns.end()) return "no return " + sn;
  const auto& now = found->second.status;
  if (now != "REQUESTED" && now != "SELLER_DISPUTE") return "the return is " + now;
  settle(shop, found->second, status);
  return {};
}

Reply return_list(Shop& shop, const Call& call) {
  for (const auto& [low, high] : {std::pair{"create_time_from", "create_time_to"},
                                  std::pair{"update_time_from", "update_time_to"}}) {
    const auto from = call.integer(low);
    const auto to = call.integer(high);
    if (from && to && (*to < *from || *to - *from > kWindowMax_s)) {
      return wrong_parameter("the time range must be within 15 days.");
    }
  }
  std::int64_t from = 0;
  std::int64_t size = 0;
  if (auto refusal = read_page_no(call, from, size)) return *refusal;
  const auto status = call.text("status");
  std::vector<Json> rows;
  std::int64_t matches = 0;
  for (const auto& [sn, one] : shop.returns) {
    if ((!status.empty() && one.status != status) || !in_windows(call, one)) continue;
    if (matches >= from && matches < from + size) rows.push_back(return_json(shop, one));
    ++matches;
  }
  return ok(object({{"more", from + size < matches}, {"return", wire::array(std::move(rows))}}));
}

Reply return_detail(Shop& shop, const Call& call) {
  const auto* one = find_return(shop, call);
  if (one == nullptr) return no_return();
  auto row = return_json(shop, *one);
  row["negotiation"] = object({{"negotiation_status", negotiation_status(*one)},
                               {"latest_solution", one->offer},
                               {"latest_offer_amount", one->refund},
                               {"latest_offer_creator", one->offered_by},
                               {"counter_limit", kOfferLimit},
                               {"offer_due_date", one->created_s + kAnswerWithin_s}});
  row["seller_proof"] =
      object({{"seller_proof_status", "NOT_NEEDED"}, {"seller_evidence_deadline", 0}});
  row["seller_compensation"] = object({{"seller_compensation_status", "NOT_APPLICABLE"},
                                       {"seller_compensation_due_date", 0},
                                       {"compensation_amount", 0}});
  row["reverse_logistics_status"] = Json::string("LOGISTICS_NOT_STARTED");
  return ok(std::move(row));
}

Reply return_confirm(Shop& shop, const Call& call) {
  auto* one = find_return(shop, call);
  if (one == nullptr) return no_return();
  if (one->status != "REQUESTED") return wrong_status();
  settle(shop, *one, "ACCEPTED");
  return ok(object({{"return_sn", one->sn}}));
}

Reply return_dispute(Shop& shop, const Call& call) {
  auto* one = find_return(shop, call);
  if (one == nullptr) return no_return();
  if (call.text("email").find('@') == std::string::npos) {
    return wrong_parameter("email is a required field.");
  }
  const auto reason = call.integer("dispute_reason_id");
  if (!reason) return wrong_parameter("dispute_reason_id is a required field.");
  if (one->status != "REQUESTED") return wrong_status();
  one->dispute_reason = *reason;
  one->status = "SELLER_DISPUTE";
  one->updated_s = shop.now_s();
  tell_return(shop, *one);
  return ok(object({{"return_sn", one->sn}, {"msg", ""}}));
}

Reply return_solutions(Shop& shop, const Call& call) {
  const auto* one = find_return(shop, call);
  if (one == nullptr) return no_return();
  const bool open = one->status == "REQUESTED";
  const auto solution = [&] {
    return object({{"eligibility", open},
                   {"refund_amount_adjustable", open},
                   {"min_refund_amount", 1'000},
                   {"max_refund_amount", shop.order(one->order_sn)->total()}});
  };
  return ok(object(
      {{"return_sn", one->sn}, {"offer_return_refund", solution()}, {"offer_refund", solution()}}));
}

Reply return_offer(Shop& shop, const Call& call) {
  auto* one = find_return(shop, call);
  if (one == nullptr) return no_return();
  const auto solution = call.text("proposed_solution");
  if (solution != "RETURN_REFUND" && solution != "REFUND") {
    return wrong_parameter("proposed_solution is invalid.");
  }
  const auto total = shop.order(one->order_sn)->total();
  const auto amount = call.integer("proposed_adjusted_refund_amount").value_or(total);
  if (amount < 1 || amount > total) {
    return wrong_parameter("proposed_adjusted_refund_amount is invalid.");
  }
  if (one->status != "REQUESTED") return wrong_status();
  one->offer = solution;
  one->offered_by = "SELLER";
  one->refund = amount;
  one->updated_s = shop.now_s();
  tell_return(shop, *one);
  return ok(object({{"return_sn", one->sn}}));
}

// Takes what the buyer offered last.
Reply return_accept_offer(Shop& shop, const Call& call) {
  auto* one = find_return(shop, call);
  if (one == nullptr) return no_return();
  if (one->status != "REQUESTED" || one->offered_by != "BUYER") return wrong_status();
  settle(shop, *one, "ACCEPTED");
  return ok(object({{"return_sn", one->sn}}));
}

}  // namespace sandbox::shopee
