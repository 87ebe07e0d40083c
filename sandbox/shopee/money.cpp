// Payout lines. Amounts are integer đồng; shares are in parts per ten thousand.
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
constexpr std::size_t kBatchMax = 50;
constexpr std::int64_t kPageMax = 100;
constexpr std::int64_t kPageDefault = 40;

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

std::vector<std::string> return_sns(const Shop& shop, const std::string& order_sn) {
  std::vector<std::string> out;
  for (const auto& [sn, one] : shop.returns) {
    if (one.order_sn == order_sn) out.push_back(sn);
  }
  return out;
}

// What returns that the seller or the platform granted took back from the payout.
std::int64_t refunded(const Shop& shop, const std::string& order_sn) {
  std::int64_t sum = 0;
  for (const auto& [sn, one] : shop.returns) {
    const bool granted = one.status == "ACCEPTED" || one.status == "CLOSED";
    if (granted && one.order_sn == order_sn) sum += one.refund;
  }
  return sum;
}

Json income(const Order& order, std::int64_t refund) {
  const auto payout = payout_of(order);
  const auto net = std::max<std::int64_t>(0, payout.net() - refund);
  auto out = object({{"escrow_amount", net},
                     {"seller_return_refund", -refund},
                     {"drc_adjustable_refund", refund},
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
                     {"escrow_amount_after_adjustment", net},
                     {"items", escrow_items(order)}});
  for (const auto* zero :
       {"order_seller_discount", "seller_discount", "shopee_discount", "voucher_from_seller",
        "voucher_from_shopee", "coins", "shopee_shipping_rebate", "seller_shipping_discount",
        "final_shipping_fee", "reverse_shipping_fee", "campaign_fee",
        "seller_order_processing_fee"}) {
    out[zero] = Json::number(0);
  }
  return out;
}

Json escrow_json(const Shop& shop, const Order& order) {
  return object({{"order_sn", order.sn},
                 {"buyer_user_name", "khachhang" + std::to_string(order.buyer)},
                 {"return_order_sn_list", wire::texts(return_sns(shop, order.sn))},
                 {"order_income", income(order, refunded(shop, order.sn))},
                 {"buyer_payment_info",
                  object({{"buyer_payment_method", order.cod() ? "Cash on Delivery" : "ShopeePay"},
                          {"merchant_subtotal", order.total()},
                          {"shipping_fee", kShippingFee},
                          {"buyer_total_amount", order.total() + kShippingFee}})}});
}

}  // namespace

std::optional<Reply> read_page_no(const Call& call, std::int64_t& from, std::int64_t& size) {
  size = call.integer("page_size").value_or(kPageDefault);
  const auto page = std::max<std::int64_t>(1, call.integer("page_no").value_or(1));
  if (size < 1 || size > kPageMax || page > 1'000'000) {
    return wrong_parameter("page_size must be between 1 and 100.");
  }
  from = (page - 1) * size;
  return std::nullopt;
}

Reply escrow_detail(Shop& shop, const Call& call) {
  const auto* order = shop.order(call.text("order_sn"));
  if (order == nullptr) return fail("order_not_found", "The order is not found.");
  return ok(escrow_json(shop, *order));
}

Reply escrow_batch(Shop& shop, const Call& call) {
  const auto sns = call.texts("order_sn_list");
  if (sns.empty() || sns.size() > kBatchMax) {
    return wrong_parameter("order_sn_list must contain 1 to 50 orders.");
  }
  std::vector<Json> rows;
  for (const auto& sn : sns) {
    const auto* order = shop.order(sn);
    if (order == nullptr) return fail("order_not_found", "The order is not found.");
    rows.push_back(object({{"escrow_detail", escrow_json(shop, *order)}}));
  }
  return ok(wire::array(std::move(rows)));
}

Reply escrow_list(Shop& shop, const Call& call) {
  const auto released_from = call.integer("release_time_from");
  const auto released_to = call.integer("release_time_to");
  if (!released_from || !released_to || *released_from > *released_to) {
    return wrong_parameter("release_time_from and release_time_to are required fields.");
  }
  std::int64_t from = 0;
  std::int64_t size = 0;
  if (auto refusal = read_page_no(call, from, size)) return *refusal;
  std::vector<Json> rows;
  std::int64_t matches = 0;
  for (const auto& order : shop.orders) {
    const bool in_time = order.updated_s >= *released_from && order.updated_s <= *released_to;
    if (order.status != "COMPLETED" || !in_time) continue;
    if (matches >= from && matches < from + size) {
      rows.push_back(
          object({{"order_sn", order.sn},
                  {"payout_amount",
                   std::max<std::int64_t>(0, payout_of(order).net() - refunded(shop, order.sn))},
                  {"escrow_release_time", order.updated_s}}));
    }
    ++matches;
  }
  return ok(
      object({{"escrow_list", wire::array(std::move(rows))}, {"more", from + size < matches}}));
}

}  // namespace sandbox::shopee
