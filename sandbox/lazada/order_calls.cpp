#include <algorithm>
#include <set>

#include "base/time_text.h"
#include "sandbox/lazada/handlers.h"

namespace sandbox::lazada {
namespace {

constexpr std::int64_t kPageMax = 100;
constexpr std::int64_t kReachMax = 5'000;  // offset + limit stays below
constexpr std::size_t kOrdersMax = 50;
constexpr std::int64_t kShippingFee = 16'500;

// Masked as an app without approval for personal data sees it.
Json masked_address(const Order& order, const char* district_key) {
  struct Place {
    const char* province;
    const char* district;
    const char* ward;
  };
  static constexpr Place kPlaces[] = {{"Hồ Chí Minh", "Quận 7", "Phường Tân Phú"},
                                      {"Hà Nội", "Quận Cầu Giấy", "Phường Dịch Vọng"},
                                      {"Đà Nẵng", "Quận Hải Châu", "Phường Hoà Cường Bắc"},
                                      {"Quảng Ngãi", "Huyện Mộ Đức", "Xã Đức Nhuận"}};
  const auto& place = kPlaces[static_cast<std::size_t>(order.buyer % 4)];
  return object({{"first_name", "N**********h"},
                 {"last_name", ""},
                 {"phone", "84******" + std::to_string(10 + order.buyer % 90)},
                 {"phone2", ""},
                 {"address1", "1********************p"},
                 {"address2", ""},
                 {"address3", place.province},
                 {"address4", place.district},
                 {"address5", place.ward},
                 {district_key, place.district},
                 {"city", place.district},
                 {"post_code", ""},
                 {"country", "Vietnam"}});
}

// The statuses that a filter value stands for; empty when the value is unknown.
std::set<std::string> filter_of(const std::string& wanted) {
  if (wanted == "topack") return {"pending", "repacked"};
  if (wanted == "toship") return {"packed", "ready_to_ship"};
  if (wanted == "shipping") return {"shipped"};
  if (wanted == "canceled" || wanted == "cancelled") return {"canceled"};
  static const std::set<std::string> kPlain = {
      "unpaid",        "pending",          "packed",
      "ready_to_ship", "delivered",        "returned",
      "shipped",       "failed",           "lost",
      "lost_by_3pl",   "damaged_by_3pl",   "failed_delivery",
      "shipped_back",  "confirmed",        "shipped_back_success",
      "repacked",      "package_scrapped", "shipped_back_failed"};
  return kPlain.contains(wanted) ? std::set<std::string>{wanted} : std::set<std::string>{};
}

struct Query {
  std::optional<std::int64_t> created_after, created_before, updated_after, updated_before;
  std::set<std::string> statuses;  // empty: all
  bool by_update = false;
  bool descending = false;
  std::int64_t offset = 0;
  std::int64_t limit = kPageMax;
};

std::optional<Reply> read_times(const Call& call, Query& query) {
  bool bad = false;
  const auto read = [&](const char* name) -> std::optional<std::int64_t> {
    const auto text = call.text(name);
    if (text.empty()) return std::nullopt;
    const auto instant = base::parse_iso(text, base::kVietnamOffset);
    bad = bad || !instant;
    if (!instant) return std::nullopt;
    return base::to_unix_ms(*instant);
  };
  query.created_after = read("created_after");
  query.created_before = read("created_before");
  query.updated_after = read("update_after");
  query.updated_before = read("update_before");
  if (bad) return fail("ISP", "17", "E017: \"date\" Invalid Date Format");
  if (!query.created_after && !query.updated_after) {
    return fail("ISP", "1", "E001: Parameter created_after or update_after is mandatory");
  }
  return std::nullopt;
}

std::optional<Reply> read_query(const Call& call, Query& query) {
  if (auto refusal = read_times(call, query)) return refusal;
  const auto status = call.text("status");
  if (!status.empty() && status != "all") {
    query.statuses = filter_of(status);
    if (query.statuses.empty()) return fail("ISP", "36", "E036: Invalid status filter");
  }
  const auto direction = call.text("sort_direction");
  if (!direction.empty() && direction != "ASC" && direction != "DESC") {
    return fail("ISP", "74", "E074: Invalid sort direction");
  }
  query.descending = direction == "DESC";
  const auto sort = call.text("sort_by");
  if (!sort.empty() && sort != "created_at" && sort != "updated_at") {
    return fail("ISP", "75", "E075: Invalid sort filter");
  }
  query.by_update = sort == "updated_at";
  if (call.has("offset")) query.offset = call.integer("offset").value_or(-1);
  if (call.has("limit")) query.limit = call.integer("limit").value_or(-1);
  if (query.offset < 0) return fail("ISP", "14", "E014: \"offset\" Invalid Offset");
  if (query.limit < 1 || query.limit > kPageMax) {
    return fail("ISP", "19", "E019: \"limit\" Invalid Limit");
  }
  if (query.offset + query.limit >= kReachMax) {
    return fail("ISP", "97",
                "E097: Offset and limit sum " + std::to_string(query.offset + query.limit) +
                    " must be less than 5000");
  }
  return std::nullopt;
}

bool matches(const Order& order, const Query& query) {
  const auto inside = [](std::int64_t at, std::optional<std::int64_t> from,
                         std::optional<std::int64_t> to) {
    return (!from || at >= *from) && (!to || at <= *to);
  };
  // Times on the wire are whole seconds: an order of 12:00:00.700 belongs to 12:00:00.
  const auto created = order.created_ms / 1000 * 1000;
  const auto updated = order.updated_ms / 1000 * 1000;
  if (!inside(created, query.created_after, query.created_before)) return false;
  if (!inside(updated, query.updated_after, query.updated_before)) return false;
  if (query.statuses.empty()) return true;
  return std::any_of(order.units.begin(), order.units.end(),
                     [&](const Unit& unit) { return query.statuses.contains(unit.status); });
}

Json units_json(const Order& order) {
  std::vector<Json> rows;
  for (const auto& unit : order.units) rows.push_back(unit_json(order, unit));
  return wire::array(std::move(rows));
}

Reply bad_order(const std::string& id) {
  return fail("ISP", "16", "E016: \"" + id + "\" Invalid Order ID");
}

}  // namespace

std::int64_t shipping_share(const Order& order) {
  return kShippingFee / std::max<std::int64_t>(1, static_cast<std::int64_t>(order.units.size()));
}

Json order_json(const Order& order, const char* district_key) {
  const auto address = masked_address(order, district_key);
  const auto asked = std::any_of(order.units.begin(), order.units.end(),
                                 [](const Unit& unit) { return unit.cancel_trigger_ms != 0; });
  return object({{"order_id", order.id},
                 {"order_number", order.id},
                 {"created_at", stamp(order.created_ms)},
                 {"updated_at", stamp(order.updated_ms)},
                 {"address_updated_at", ""},
                 {"price", money(order.total())},
                 {"shipping_fee", kShippingFee},
                 {"shipping_fee_original", kShippingFee},
                 {"shipping_fee_discount_seller", 0},
                 {"shipping_fee_discount_platform", 0},
                 {"voucher", 0},
                 {"voucher_seller", 0},
                 {"voucher_platform", 0},
                 {"voucher_code", ""},
                 {"payment_method", order.payment},
                 {"items_count", static_cast<std::int64_t>(order.units.size())},
                 {"statuses", wire::texts(order.statuses())},
                 {"warehouse_code", "dropshipping"},
                 {"buyer_note", ""},
                 {"remarks", ""},
                 {"gift_option", false},
                 {"gift_message", ""},
                 {"delivery_info", ""},
                 {"promised_shipping_times", ""},
                 {"tax_code", ""},
                 {"branch_number", ""},
                 {"national_registration_number", ""},
                 {"extra_attributes", ""},
                 {"customer_first_name", "N**********h"},
                 {"customer_last_name", ""},
                 {"address_shipping", address},
                 {"address_billing", address},
                 {"need_cancel_confirm", asked},
                 {"is_cancel_pending", asked}});
}

Json unit_json(const Order& order, const Unit& unit) {
  const auto item = std::to_string(unit.item_id);
  const auto sku = std::to_string(unit.sku_id);
  const auto share = shipping_share(order);
  const bool asked = unit.cancel_trigger_ms != 0;
  const auto sla_ms = order.created_ms + 2 * 86'400'000;
  auto row = object(
      {{"order_item_id", unit.id},
       {"order_id", order.id},
       {"name", unit.name},
       {"sku", unit.seller_sku},
       {"sku_id", sku},
       {"product_id", item},
       {"shop_sku", item + "_VNAMZ-" + sku},
       {"shop_id", "Nông sản Hợp tác xã"},
       {"variation", unit.variation},
       {"status", unit.status},
       {"item_price", unit.price},
       {"paid_price", unit.price},
       {"tax_amount", 0},
       {"currency", "VND"},
       {"shipping_amount", share},
       {"shipping_fee_original", share},
       {"shipping_type", "Dropshipping"},
       {"shipping_provider_type", order.own_fleet ? "seller_own_fleet" : "standard"},
       {"shipment_provider", unit.provider},
       {"package_id", unit.package_id},
       {"tracking_code", unit.tracking},
       {"sla_time_stamp", base::local_iso(base::from_unix_ms(sla_ms)).substr(0, 19) + "+07:00"},
       {"warehouse_code", "dropshipping"},
       {"order_type", "Normal"},
       {"order_flag", "NORMAL"},
       {"product_main_image", unit.image},
       {"product_detail_url", "https://www.lazada.vn/products/i" + item + "-s" + sku + ".html"},
       {"reason", unit.reason},
       {"reason_detail", unit.reason_detail},
       {"return_status", unit.return_status},
       {"invoice_number", unit.invoice},
       {"cancel_return_initiator", unit.initiator.empty() ? "null-null" : unit.initiator},
       {"need_cancel_confirm", asked},
       {"is_cancel_pending", asked},
       {"cancel_trigger_time", asked ? std::to_string(unit.cancel_trigger_ms) : std::string{}},
       {"reverse_order_id", unit.reverse_id != 0 ? std::to_string(unit.reverse_id) : std::string{}},
       {"buyer_id", std::to_string(200'000 + order.buyer)},
       {"created_at", stamp(order.created_ms)},
       {"updated_at", stamp(order.updated_ms)}});
  row["delivery_option_sof"] = Json::number(order.own_fleet ? 1 : 0);
  for (const auto* zero :
       {"voucher_amount", "voucher_seller", "voucher_platform", "shipping_fee_discount_seller",
        "shipping_fee_discount_platform", "shipping_service_cost", "wallet_credits", "is_digital",
        "is_fbl", "is_reroute"}) {
    row[zero] = Json::number(0);
  }
  for (const auto* blank :
       {"voucher_code", "voucher_code_seller", "voucher_code_platform", "tracking_code_pre",
        "promised_shipping_time", "stage_pay_status", "digital_delivery_info", "purchase_order_id",
        "purchase_order_number", "extra_attributes"}) {
    row[blank] = Json::string("");
  }
  return row;
}

Reply orders_get(Shop& shop, const Call& call) {
  Query query;
  if (auto refusal = read_query(call, query)) return *refusal;
  std::vector<const Order*> found;
  for (const auto& order : shop.orders) {
    if (matches(order, query)) found.push_back(&order);
  }
  std::stable_sort(found.begin(), found.end(), [&](const Order* a, const Order* b) {
    const auto left = query.by_update ? a->updated_ms : a->created_ms;
    const auto right = query.by_update ? b->updated_ms : b->created_ms;
    return query.descending ? left > right : left < right;
  });
  const auto total = static_cast<std::int64_t>(found.size());
  std::vector<Json> page;
  for (auto i = query.offset; i < std::min(total, query.offset + query.limit); ++i) {
    page.push_back(order_json(*found[static_cast<std::size_t>(i)], "addressDsitrict"));
  }
  const auto count = static_cast<std::int64_t>(page.size());
  return data(
      object({{"count", count}, {"countTotal", total}, {"orders", wire::array(std::move(page))}}));
}

Reply order_get(Shop& shop, const Call& call) {
  if (!call.has("order_id")) return missing("order_id");
  const auto* order = shop.order(call.integer("order_id").value_or(0));
  if (order == nullptr) return bad_order(call.text("order_id"));
  return data(order_json(*order, "addressDistrict"));
}

Reply order_items_get(Shop& shop, const Call& call) {
  if (!call.has("order_id")) return missing("order_id");
  const auto* order = shop.order(call.integer("order_id").value_or(0));
  if (order == nullptr) return bad_order(call.text("order_id"));
  return data(units_json(*order));
}

Reply orders_items_get(Shop& shop, const Call& call) {
  if (!call.has("order_ids")) return fail("ISP", "39", "E039: No order id was given");
  const auto ids = call.integers("order_ids");
  if (ids.empty()) return fail("ISP", "56", "E056: Invalid OrdersIdList format, use [1,2]");
  if (ids.size() > kOrdersMax) return fail("ISP", "38", "E038: Too many orders were requested");
  std::vector<Json> rows;
  for (const auto id : ids) {
    const auto* order = shop.order(id);
    if (order == nullptr) return fail("ISP", "37", "E037: One or more order ids are incorrect");
    rows.push_back(object({{"order_id", order->id},
                           {"order_number", order->id},
                           {"order_items", units_json(*order)}}));
  }
  return data(wire::array(std::move(rows)));
}

}  // namespace sandbox::lazada
