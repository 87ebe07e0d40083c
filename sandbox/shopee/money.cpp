// Payout lines and returns. Amounts are integer đồng; shares are in parts per ten thousand.
#include <algorithm>

#include "sandbox/shopee/handlers.h"

namespace sandbox::shopee {
namespace {

constexpr std::int64_t kCommission = 800;  // of 10 000
constexpr std::int64_t kTransaction = 400;
constexpr std::int64_t kService = 300;
constexpr std::int64_t kVat = 100;
constexpr std::int64_t kPit = 50;
constexpr std::int64_t kShippingFee = 16'500;
constexpr std::int64_t kPageMax = 100;
constexpr std::int64_t kPageDefault = 40;
constexpr std::int64_t kWindowMax_s = 15 * 86'400;

struct Payout {
  std::int64_t goods = 0;
  std::int64_t commission = 0;
  std::int64_t transaction = 0;
  std::int64_t service = 0;
  std::int64_t vat = 0;
  std::int64_t pit = 0;
  std::int64_t net() const { return goods - commission - transaction - service - vat - pit; }
};

std::int64_t share(std::int64_t amount, std::int64_t rate) {
  return (amount * rate + 5'000) / 10'000;
}

Payout payout_of(const Order& order) {
  Payout out;
  out.goods = order.status == "CANCELLED" ? 0 : order.total();
  out.commission = share(out.goods, kCommission);
  out.transaction = share(out.goods, kTransaction);
  out.service = share(out.goods, kService);
  out.vat = share(out.goods, kVat);
  out.pit = share(out.goods, kPit);
  return out;
}

Json escrow_items(const Order& order) {
  std::vector<Json> rows;
  for (const auto& line : order.lines) {
    const auto subtotal = line.price * line.quantity;
    rows.push_back(object({{"item_id", line.item_id},
                           {"item_name", line.item_name},
                           {"item_sku", line.item_sku},
                           {"model_id", line.model_id},
                           {"model_name", line.model_name},
                           {"model_sku", line.model_sku},
                           {"line_item_id", line.line_id},
                           {"quantity_purchased", line.quantity},
                           {"original_price", subtotal},
                           {"selling_price", subtotal},
                           {"discounted_price", subtotal},
                           {"seller_discount", 0},
                           {"shopee_discount", 0},
                           {"activity_type", ""},
                           {"activity_id", 0}}));
  }
  return wire::array(std::move(rows));
}

Json income(const Order& order) {
  const auto payout = payout_of(order);
  auto out = object({{"escrow_amount", payout.net()},
                     {"buyer_total_amount", payout.goods + kShippingFee},
                     {"original_price", payout.goods},
                     {"order_original_price", payout.goods},
                     {"order_discounted_price", payout.goods},
                     {"order_selling_price", payout.goods},
                     {"buyer_paid_shipping_fee", kShippingFee},
                     {"actual_shipping_fee", kShippingFee},
                     {"estimated_shipping_fee", kShippingFee},
                     {"commission_fee", payout.commission},
                     {"service_fee", payout.service},
                     {"seller_transaction_fee", payout.transaction},
                     {"withholding_vat_tax", payout.vat},
                     {"withholding_pit_tax", payout.pit},
                     {"withholding_cit_tax", 0},
                     {"tax_registration_code", ""},
                     {"order_adjustment", Json::array()},
                     {"total_adjustment_amount", 0},
                     {"escrow_amount_after_adjustment", payout.net()},
                     {"items", escrow_items(order)}});
  for (const auto* zero :
       {"order_seller_discount", "seller_discount", "shopee_discount", "voucher_from_seller",
        "voucher_from_shopee", "coins", "shopee_shipping_rebate", "seller_shipping_discount",
        "final_shipping_fee", "reverse_shipping_fee", "campaign_fee", "seller_order_processing_fee",
        "drc_adjustable_refund"}) {
    out[zero] = Json::number(0);
  }
  return out;
}

Json return_json(Shop& shop, const Return& one) {
  const auto* order = shop.order(one.order_sn);
  std::vector<Json> items;
  for (const auto& line : order->lines) {
    items.push_back(object({{"item_id", line.item_id},
                            {"model_id", line.model_id},
                            {"name", line.item_name},
                            {"amount", line.quantity},
                            {"item_price", line.price},
                            {"item_sku", line.item_sku},
                            {"variation_sku", line.model_sku}}));
  }
  return object({{"return_sn", one.sn},
                 {"order_sn", one.order_sn},
                 {"status", one.status},
                 {"reason", "DAMAGED_OTHERS"},
                 {"text_reason", ""},
                 {"refund_amount", order->total()},
                 {"currency", "VND"},
                 {"create_time", one.created_s},
                 {"update_time", one.updated_s},
                 {"due_date", one.created_s + 2 * 86'400},
                 {"needs_logistics", false},
                 {"return_solution", 1},
                 {"return_refund_type", "RRAOC"},
                 {"item", wire::array(std::move(items))},
                 {"negotiation_status", ""},
                 {"seller_proof_status", ""}});
}

std::optional<Reply> read_page(const Call& call, std::int64_t& from, std::int64_t& size) {
  size = call.integer("page_size").value_or(kPageDefault);
  const auto page = std::max<std::int64_t>(1, call.integer("page_no").value_or(1));
  if (size < 1 || size > kPageMax || page > 1'000'000) {
    return wrong_parameter("page_size must be between 1 and 100.");
  }
  from = (page - 1) * size;
  return std::nullopt;
}

}  // namespace

Reply escrow_detail(Shop& shop, const Call& call) {
  const auto* order = shop.order(call.text("order_sn"));
  if (order == nullptr) return fail("order_not_found", "The order is not found.");
  return ok(
      object({{"order_sn", order->sn},
              {"buyer_user_name", "khachhang" + std::to_string(order->buyer)},
              {"return_order_sn_list", Json::array()},
              {"order_income", income(*order)},
              {"buyer_payment_info",
               object({{"buyer_payment_method", order->cod() ? "Cash on Delivery" : "ShopeePay"},
                       {"merchant_subtotal", order->total()},
                       {"shipping_fee", kShippingFee},
                       {"buyer_total_amount", order->total() + kShippingFee}})}}));
}

Reply escrow_list(Shop& shop, const Call& call) {
  const auto released_from = call.integer("release_time_from");
  const auto released_to = call.integer("release_time_to");
  if (!released_from || !released_to || *released_from > *released_to) {
    return wrong_parameter("release_time_from and release_time_to are required fields.");
  }
  std::int64_t from = 0;
  std::int64_t size = 0;
  if (auto refusal = read_page(call, from, size)) return *refusal;
  std::vector<Json> rows;
  std::int64_t matches = 0;
  for (const auto& order : shop.orders) {
    const bool in_time = order.updated_s >= *released_from && order.updated_s <= *released_to;
    if (order.status != "COMPLETED" || !in_time) continue;
    if (matches >= from && matches < from + size) {
      rows.push_back(object({{"order_sn", order.sn},
                             {"payout_amount", payout_of(order).net()},
                             {"escrow_release_time", order.updated_s}}));
    }
    ++matches;
  }
  return ok(
      object({{"escrow_list", wire::array(std::move(rows))}, {"more", from + size < matches}}));
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
  if (auto refusal = read_page(call, from, size)) return *refusal;
  const auto status = call.text("status");
  std::vector<Json> rows;
  std::int64_t matches = 0;
  for (const auto& [sn, one] : shop.returns) {
    if (!status.empty() && one.status != status) continue;
    const auto created_from = call.integer("create_time_from").value_or(0);
    const auto created_to = call.integer("create_time_to").value_or(one.created_s);
    const auto updated_from = call.integer("update_time_from").value_or(0);
    const auto updated_to = call.integer("update_time_to").value_or(one.updated_s);
    if (one.created_s < created_from || one.created_s > created_to) continue;
    if (one.updated_s < updated_from || one.updated_s > updated_to) continue;
    if (matches >= from && matches < from + size) rows.push_back(return_json(shop, one));
    ++matches;
  }
  return ok(object({{"more", from + size < matches}, {"return", wire::array(std::move(rows))}}));
}

Reply return_detail(Shop& shop, const Call& call) {
  const auto found = shop.returns.find(call.text("return_sn"));
  if (found == shop.returns.end()) return fail("error_not_found", "The return is not found.");
  return ok(return_json(shop, found->second));
}

Reply return_confirm(Shop& shop, const Call& call) {
  const auto found = shop.returns.find(call.text("return_sn"));
  if (found == shop.returns.end()) return fail("error_not_found", "The return is not found.");
  if (found->second.status != "REQUESTED") {
    return fail("returns.error_status", "The return is not waiting for the seller.");
  }
  found->second.status = "ACCEPTED";
  found->second.updated_s = shop.now_s();
  return ok(object({{"return_sn", found->first}}));
}

}  // namespace sandbox::shopee
