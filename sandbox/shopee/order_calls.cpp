#include <algorithm>
#include <set>

#include "sandbox/shopee/handlers.h"

namespace sandbox::shopee {
namespace {

constexpr std::int64_t kWindowMax_s = 15 * 86'400;
constexpr std::int64_t kPageMax = 100;
constexpr std::size_t kDetailMax = 50;
constexpr std::int64_t kShipWithin_s = 2 * 86'400;

bool filter_status(const std::string& status) {
  static const std::set<std::string> kAll = {"UNPAID",    "READY_TO_SHIP",  "PROCESSED",
                                             "SHIPPED",   "COMPLETED",      "IN_CANCEL",
                                             "CANCELLED", "INVOICE_PENDING"};
  return kAll.contains(status);
}

// Masked as an app without approval for personal data sees it.
Json masked_address(std::int64_t buyer) {
  struct Place {
    const char* district;
    const char* city;
    const char* state;
  };
  static constexpr Place kPlaces[] = {{"Xã Tân Lập", "Huyện Mộc Châu", "Sơn La"},
                                      {"Phường Tân Phú", "Quận 7", "TP. Hồ Chí Minh"},
                                      {"Phường Dịch Vọng", "Quận Cầu Giấy", "Hà Nội"},
                                      {"Phường Hoà Cường Bắc", "Quận Hải Châu", "Đà Nẵng"}};
  static constexpr const char* kNames[] = {"N******h", "T******a", "P******n", "L******g"};
  const auto pick = static_cast<std::size_t>(buyer % 4);
  return object({{"name", kNames[static_cast<std::size_t>(buyer / 4 % 4)]},
                 {"phone", "******" + std::to_string(10 + buyer % 90)},
                 {"town", ""},
                 {"district", kPlaces[pick].district},
                 {"city", kPlaces[pick].city},
                 {"state", kPlaces[pick].state},
                 {"region", "VN"},
                 {"zipcode", ""},
                 {"full_address", "Số******"}});
}

Json line_json(const Order& order, const OrderLine& line) {
  const bool cancelled = order.status == "CANCELLED";
  return object(
      {{"item_id", line.item_id},
       {"item_name", line.item_name},
       {"item_sku", line.item_sku},
       {"model_id", line.model_id},
       {"model_name", line.model_name},
       {"model_sku", line.model_sku},
       {"model_quantity_purchased", line.quantity},
       {"model_original_price", line.price},
       {"model_discounted_price", line.price},
       {"wholesale", false},
       {"weight", line.weight},
       {"add_on_deal", false},
       {"main_item", false},
       {"add_on_deal_id", 0},
       {"promotion_type", ""},
       {"promotion_id", 0},
       {"promotion_list", Json::array()},
       {"order_item_id", line.line_id},
       {"line_item_id", line.line_id},
       {"promotion_group_id", 0},
       {"image_info", object({{"image_url", "https://cf.shopee.vn/file/" + line.image + "_tn"}})},
       {"product_location_id", wire::texts({"VNZ"})},
       {"is_prescription_item", false},
       {"is_b2c_owned_item", false},
       {"active_qty", cancelled ? std::int64_t{0} : line.quantity},
       {"cancel_requested_qty", 0},
       {"cancelled_qty", cancelled ? line.quantity : std::int64_t{0}},
       {"return_requested_qty", 0},
       {"returned_qty", 0}});
}

Json lines_json(const Order& order) {
  std::vector<Json> rows;
  for (const auto& line : order.lines) rows.push_back(line_json(order, line));
  return wire::array(std::move(rows));
}

const char* logistics_status(const Order& order) {
  if (order.status == "UNPAID") return "LOGISTICS_NOT_START";
  if (order.status == "READY_TO_SHIP") return "LOGISTICS_READY";
  if (order.status == "PROCESSED" || order.status == "IN_CANCEL") {
    return order.arranged_s != 0 ? "LOGISTICS_REQUEST_CREATED" : "LOGISTICS_READY";
  }
  if (order.status == "SHIPPED") return "LOGISTICS_PICKUP_DONE";
  if (order.status == "CANCELLED") {
    return order.arranged_s != 0 ? "LOGISTICS_REQUEST_CANCELED" : "LOGISTICS_INVALID";
  }
  return "LOGISTICS_DELIVERY_DONE";
}

Json packages_json(const Order& order) {
  std::vector<Json> rows;
  for (const auto& line : order.lines) {
    rows.push_back(object({{"item_id", line.item_id},
                           {"model_id", line.model_id},
                           {"model_quantity", line.quantity},
                           {"order_item_id", line.line_id},
                           {"promotion_group_id", 0},
                           {"product_location_id", "VNZ"}}));
  }
  return wire::array({object({{"package_number", order.package_number},
                              {"logistics_status", logistics_status(order)},
                              {"logistics_channel_id", 50'021},
                              {"shipping_carrier", "SPX Express"},
                              {"allow_self_design_awb", true},
                              {"group_shipment_id", Json::null()},
                              {"parcel_chargeable_weight_gram", 1000},
                              {"sorting_group", ""},
                              {"item_list", wire::array(std::move(rows))}})});
}

Json default_fields(const Order& order) {
  return object(
      {{"order_sn", order.sn},
       {"region", "VN"},
       {"currency", "VND"},
       {"cod", order.cod()},
       {"order_status", order.status},
       {"message_to_seller", ""},
       {"create_time", order.created_s},
       {"update_time", order.updated_s},
       {"days_to_ship", 2},
       {"ship_by_date", (order.paid_s != 0 ? order.paid_s : order.created_s) + kShipWithin_s}});
}

// Every field that must be asked for. `total_amount` is there only after payment.
Json optional_fields(const Order& order) {
  const bool paid = order.paid_s != 0;
  const auto buyer_cancelled = order.cancel_by == "buyer";
  auto all = object({{"buyer_user_id", 88'000'000 + order.buyer},
                     {"buyer_username", "khachhang" + std::to_string(order.buyer)},
                     {"estimated_shipping_fee", 16'500},
                     {"recipient_address", masked_address(order.buyer)},
                     {"actual_shipping_fee", 0},
                     {"actual_shipping_fee_confirmed", false},
                     {"goods_to_declare", false},
                     {"note", ""},
                     {"note_update_time", 0},
                     {"item_list", lines_json(order)},
                     {"pay_time", paid && !order.cod() ? Json::number(order.paid_s) : Json::null()},
                     {"dropshipper", Json::null()},
                     {"dropshipper_phone", Json::null()},
                     {"split_up", false},
                     {"buyer_cancel_reason", buyer_cancelled ? order.cancel_reason : ""},
                     {"cancel_by", order.cancel_by},
                     {"cancel_reason", order.cancel_reason},
                     {"buyer_cpf_id", Json::null()},
                     {"fulfillment_flag", "fulfilled_by_local_seller"},
                     {"pickup_done_time", order.shipped_s},
                     {"package_list", packages_json(order)},
                     {"shipping_carrier", "SPX Express"},
                     {"checkout_shipping_carrier", "Nhanh"},
                     {"payment_method", order.cod() ? "Cash on Delivery" : "ShopeePay"},
                     {"invoice_data", Json::null()},
                     {"order_chargeable_weight_gram", 1000},
                     {"reverse_shipping_fee", 0},
                     {"return_request_due_date", 0},
                     {"edt", object({{"edt_from", 0}, {"edt_to", 0}})},
                     {"payment_info", Json::array()},
                     {"international_label", false},
                     {"can_full_cancel_order", order.shipped_s == 0 && order.cancel_by.empty()},
                     {"can_partial_cancel_order", false}});
  if (paid) all["total_amount"] = Json::number(order.total());
  return all;
}

std::optional<Reply> refuse_window(const Call& call) {
  const auto field = call.text("time_range_field");
  if (field != "create_time" && field != "update_time") {
    return wrong_parameter("time_range_field is a required field.");
  }
  const auto from = call.integer("time_from");
  const auto to = call.integer("time_to");
  if (!from || !to) return wrong_parameter("time_from and time_to are required fields.");
  if (*from >= *to) {
    return fail("order.order_list_invalid_time", "Start time must be earlier than end time.");
  }
  if (*to - *from > kWindowMax_s) {
    return fail("order.order_list_invalid_time", "Start time and end time must be within 15 days.");
  }
  return std::nullopt;
}

struct OrderPage {
  std::int64_t offset = 0;
  std::int64_t size = 0;
};

std::optional<Reply> read_page(const Call& call, OrderPage& page) {
  const auto size = call.integer("page_size");
  if (!size || *size < 1 || *size > kPageMax) {
    return wrong_parameter("page_size must be between 1 and 100.");
  }
  const auto cursor = call.text("cursor");
  const auto offset = cursor.empty() ? 0 : wire::to_integer(cursor).value_or(-1);
  if (offset < 0) return wrong_parameter("cursor is invalid.");
  page = {offset, *size};
  return std::nullopt;
}

Json page_json(std::vector<Json> rows, const OrderPage& page, std::int64_t matches) {
  const bool more = page.offset + page.size < matches;
  return object({{"more", more},
                 {"next_cursor", more ? std::to_string(page.offset + page.size) : std::string{}},
                 {"order_list", wire::array(std::move(rows))}});
}

}  // namespace

Reply order_list(Shop& shop, const Call& call) {
  if (auto refusal = refuse_window(call)) return *refusal;
  OrderPage page;
  if (auto refusal = read_page(call, page)) return *refusal;
  const auto status = call.text("order_status");
  if (!status.empty() && !filter_status(status)) {
    return wrong_parameter("order_status is invalid.");
  }
  const bool by_update = call.text("time_range_field") == "update_time";
  const auto from = *call.integer("time_from");
  const auto to = *call.integer("time_to");
  const auto wanted = call.texts("response_optional_fields");
  const bool with_status = std::find(wanted.begin(), wanted.end(), "order_status") != wanted.end();
  std::vector<Json> rows;
  std::int64_t matches = 0;
  for (const auto& order : shop.orders) {
    const auto at_s = by_update ? order.updated_s : order.created_s;
    if (at_s < from || at_s > to) continue;
    if (!status.empty() && order.status != status) continue;
    if (matches >= page.offset && matches < page.offset + page.size) {
      auto row = object({{"order_sn", order.sn}});
      if (with_status) row["order_status"] = Json::string(order.status);
      rows.push_back(std::move(row));
    }
    ++matches;
  }
  return ok(page_json(std::move(rows), page, matches));
}

Reply shipment_list(Shop& shop, const Call& call) {
  OrderPage page;
  if (auto refusal = read_page(call, page)) return *refusal;
  std::vector<Json> rows;
  std::int64_t matches = 0;
  for (const auto& order : shop.orders) {
    if (order.status != "READY_TO_SHIP" && order.status != "RETRY_SHIP") continue;
    if (matches >= page.offset && matches < page.offset + page.size) {
      rows.push_back(object({{"order_sn", order.sn}, {"package_number", order.package_number}}));
    }
    ++matches;
  }
  return ok(page_json(std::move(rows), page, matches));
}

Reply order_detail(Shop& shop, const Call& call) {
  const auto sns = call.texts("order_sn_list");
  if (sns.empty()) return wrong_parameter("order_sn_list is a required field.");
  if (sns.size() > kDetailMax) return wrong_parameter("order_sn_list has more than 50 orders.");
  const auto wanted = call.texts("response_optional_fields");
  std::vector<Json> rows;
  for (const auto& sn : sns) {
    const auto* order = shop.order(sn);
    if (order == nullptr) continue;
    auto row = default_fields(*order);
    const auto all = optional_fields(*order);
    for (const auto& name : wanted) {
      const auto found = all.as_object().find(name);
      if (found != all.as_object().end()) row[name] = found->second;
    }
    rows.push_back(std::move(row));
  }
  if (rows.empty()) {
    return fail("error_not_found", "Wrong parameters, detail: the order is not found.");
  }
  auto reply = ok(object({{"order_list", wire::array(std::move(rows))}}));
  reply.body["warning"] = Json::array();
  return reply;
}

Reply order_cancel(Shop& shop, const Call& call) {
  auto* order = shop.order(call.text("order_sn"));
  if (order == nullptr) {
    return fail("error_not_found", "Wrong parameters, detail: the order is not found.");
  }
  const auto reason = call.text("cancel_reason");
  static const std::set<std::string> kReasons = {"OUT_OF_STOCK", "CUSTOMER_REQUEST",
                                                 "COD_NOT_SUPPORTED"};
  if (!kReasons.contains(reason)) return wrong_parameter("cancel_reason is invalid.");
  if (reason == "OUT_OF_STOCK" && wire::list(call.body, "item_list").empty()) {
    return wrong_parameter("item_list is a required field.");
  }
  if (order->status == "IN_CANCEL" || !cancel_order(shop, *order, "seller", reason).ok()) {
    return fail("order.error_limit", "Can not cancel this order");
  }
  return ok(object({{"update_time", order->updated_s}}));
}

Reply buyer_cancellation(Shop& shop, const Call& call) {
  auto* order = shop.order(call.text("order_sn"));
  if (order == nullptr) {
    return fail("error_not_found", "Wrong parameters, detail: the order is not found.");
  }
  const auto operation = call.text("operation");
  if (operation != "ACCEPT" && operation != "REJECT") {
    return wrong_parameter("operation is invalid.");
  }
  if (order->status != "IN_CANCEL") {
    return fail("order.order_status_invalid", "The order is not waiting for a cancellation.");
  }
  if (operation == "ACCEPT") {
    if (const auto cancelled = cancel_order(shop, *order, "buyer", order->cancel_reason);
        !cancelled) {
      return fail("order.cancel_order_invalid_status", cancelled.error().message);
    }
  } else {
    become(shop, *order, order->before_cancel, shop.now_s());
  }
  return ok(object({{"update_time", order->updated_s}}));
}

}  // namespace sandbox::shopee
