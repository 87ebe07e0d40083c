#include <algorithm>

#include "sandbox/shopee/handlers.h"

namespace sandbox::shopee {
namespace {

constexpr std::int64_t kAddress = 1'005'001;
constexpr std::int64_t kDay_s = 86'400;
constexpr int kSlots = 3;
constexpr std::size_t kDocumentsMax = 50;

Reply no_order() {
  return fail("logistics.error_not_found", "Wrong parameters, detail: the order is not found.");
}

bool shippable(const Order& order) {
  return order.status == "READY_TO_SHIP" || order.status == "RETRY_SHIP";
}

// The pickup days on offer: the next three, named by the day they begin.
std::string slot_id(const Shop& shop, int ahead) {
  return std::to_string((shop.now_s() / kDay_s + 1 + ahead) * kDay_s);
}

Json address_json(const Shop& shop) {
  std::vector<Json> slots;
  for (int i = 0; i < kSlots; ++i) {
    const auto id = slot_id(shop, i);
    std::vector<std::string> flags;
    if (i == 0) flags.emplace_back("recommended");
    slots.push_back(object({{"date", wire::to_integer(id).value_or(0)},
                            {"pickup_time_id", id},
                            {"time_text", "08:00 - 18:00"},
                            {"flags", wire::texts(flags)}}));
  }
  return object({{"address_id", kAddress},
                 {"region", "VN"},
                 {"state", "Long An"},
                 {"city", "Huyện Châu Thành"},
                 {"district", "Xã Dương Xuân Hội"},
                 {"town", ""},
                 {"address", "Kho hợp tác xã"},
                 {"zipcode", ""},
                 {"address_flag", wire::texts({"default_address", "pickup_address"})},
                 {"time_slot_list", wire::array(std::move(slots))}});
}

// The orders that a document call names, at most 50.
std::vector<Json> document_rows(Shop& shop, const Call& call, Json (*row)(const Order&)) {
  std::vector<Json> rows;
  auto wanted = wire::list(call.body, "order_list");
  if (wanted.size() > kDocumentsMax) wanted.resize(kDocumentsMax);
  for (const auto& one : wanted) {
    const auto sn = wire::text(one, "order_sn");
    const auto* order = shop.order(sn);
    if (order != nullptr && order->arranged_s != 0) {
      rows.push_back(row(*order));
    } else {
      rows.push_back(object({{"order_sn", sn},
                             {"fail_error", "logistics.error_status_limit"},
                             {"fail_message", "The order has no arranged shipment."}}));
    }
  }
  return rows;
}

Json document_row(const Order& order) {
  return object({{"order_sn", order.sn}, {"package_number", order.package_number}});
}

Json document_parameter_row(const Order& order) {
  auto row = document_row(order);
  row["suggest_shipping_document_type"] = Json::string("NORMAL_AIR_WAYBILL");
  row["selectable_shipping_document_type"] = wire::texts({"NORMAL_AIR_WAYBILL"});
  return row;
}

Json document_result_row(const Order& order) {
  auto row = document_row(order);
  row["status"] = Json::string(order.tracking.empty() ? "PROCESSING" : "READY");
  return row;
}

// A small but whole PDF with one line of text per parcel.
std::string label_pdf(const std::string& text) {
  const auto stream = "BT /F1 14 Tf 40 380 Td (" + text + ") Tj ET";
  const std::string objects[] = {
      "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 298 420] /Contents 4 0 R /Resources << /Font "
      "<< /F1 5 0 R >> >> >>",
      "<< /Length " + std::to_string(stream.size()) + " >>\nstream\n" + stream + "\nendstream",
      "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"};
  std::string pdf = "%PDF-1.4\n";
  std::string table = "xref\n0 6\n0000000000 65535 f \n";
  int number = 1;
  for (const auto& one : objects) {
    const auto offset = std::to_string(pdf.size());
    table += std::string(10 - offset.size(), '0') + offset + " 00000 n \n";
    pdf += std::to_string(number++) + " 0 obj\n" + one + "\nendobj\n";
  }
  const auto start = std::to_string(pdf.size());
  return pdf + table + "trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n" + start + "\n%%EOF\n";
}

std::optional<Reply> refuse_pickup(const Shop& shop, const Json& pickup) {
  if (!wire::has(pickup, "address_id") || !wire::has(pickup, "pickup_time_id")) {
    return fail("logistics.ship_order_need_address_pickup_time",
                "address_id and pickup_time_id are required.");
  }
  if (wire::integer(pickup, "address_id") != kAddress) {
    return fail("logistics.ship_order_address_invalid", "address_id is invalid.");
  }
  const auto wanted = wire::text(pickup, "pickup_time_id");
  for (int i = 0; i < kSlots; ++i) {
    if (wanted == slot_id(shop, i)) return std::nullopt;
  }
  return fail("logistics.ship_order_pickup_time_invalid", "pickup_time_id is invalid.");
}

}  // namespace

Reply shipping_parameter(Shop& shop, const Call& call) {
  const auto* order = shop.order(call.text("order_sn"));
  if (order == nullptr) return no_order();
  if (!shippable(*order)) {
    return fail("logistics.ship_order_not_ready_to_ship", "The order is not ready to ship.");
  }
  return ok(
      object({{"info_needed", object({{"pickup", wire::texts({"address_id", "pickup_time_id"})},
                                      {"dropoff", Json::array()}})},
              {"pickup", object({{"address_list", wire::array({address_json(shop)})}})},
              {"dropoff", object({{"branch_list", Json::null()}, {"slug_list", Json::null()}})}}));
}

Reply ship_order(Shop& shop, const Call& call) {
  auto* order = shop.order(call.text("order_sn"));
  if (order == nullptr) return no_order();
  if (order->arranged_s != 0 && order->status != "RETRY_SHIP") {
    return fail("logistics.package_already_shipped", "The package is already arranged.");
  }
  if (!shippable(*order)) {
    return fail("logistics.ship_order_not_ready_to_ship", "The order is not ready to ship.");
  }
  const auto package = wire::member(call.body, "package_number");
  if (!package.is_null() && wire::as_text(package) != order->package_number) {
    return wrong_parameter("package_number is invalid.");
  }
  int ways = 0;
  for (const auto* way : {"pickup", "dropoff", "non_integrated"}) {
    ways += wire::member(call.body, way).is_object() ? 1 : 0;
  }
  if (ways != 1 || wire::has(call.body, "non_integrated")) {
    return fail("logistics.ship_order_only_support_one_type",
                "Exactly one of pickup and dropoff is supported.");
  }
  if (wire::has(call.body, "pickup")) {
    if (auto refusal = refuse_pickup(shop, wire::member(call.body, "pickup"))) return *refusal;
  }
  order->arranged_s = shop.now_s();
  become(shop, *order, "PROCESSED", order->arranged_s);
  return done();
}

Reply tracking_number(Shop& shop, const Call& call) {
  const auto* order = shop.order(call.text("order_sn"));
  if (order == nullptr) return no_order();
  const auto* hint = order->tracking.empty() ? "The carrier has not answered yet." : "";
  return ok(object({{"tracking_number", order->tracking},
                    {"plp_number", ""},
                    {"first_mile_tracking_number", ""},
                    {"last_mile_tracking_number", ""},
                    {"hint", hint},
                    {"pickup_code", ""}}));
}

Reply tracking_info(Shop& shop, const Call& call) {
  const auto* order = shop.order(call.text("order_sn"));
  if (order == nullptr) return no_order();
  std::vector<Json> steps;
  const auto step = [&](std::int64_t at_s, const char* text, const char* status) {
    if (at_s == 0) return;
    steps.push_back(
        object({{"update_time", at_s}, {"description", text}, {"logistics_status", status}}));
  };
  step(order->delivered_s, "Giao hàng thành công", "DELIVERED");
  step(order->shipped_s, "Đã lấy hàng", "PICKED_UP");
  step(order->arranged_s, "Người gửi đang chuẩn bị hàng", "ORDER_CREATED");
  const auto latest = steps.empty() ? "ORDER_INIT" : wire::text(steps.front(), "logistics_status");
  return ok(object({{"order_sn", order->sn},
                    {"package_number", order->package_number},
                    {"logistics_status", latest},
                    {"tracking_info", wire::array(std::move(steps))}}));
}

Reply document_parameter(Shop& shop, const Call& call) {
  auto rows = document_rows(shop, call, document_parameter_row);
  return ok(object({{"result_list", wire::array(std::move(rows))}}));
}

Reply create_document(Shop& shop, const Call& call) {
  auto rows = document_rows(shop, call, document_row);
  return ok(object({{"result_list", wire::array(std::move(rows))}}));
}

Reply document_result(Shop& shop, const Call& call) {
  auto rows = document_rows(shop, call, document_result_row);
  return ok(object({{"result_list", wire::array(std::move(rows))}}));
}

Reply download_document(Shop& shop, const Call& call) {
  std::string text;
  for (const auto& one : wire::list(call.body, "order_list")) {
    const auto* order = shop.order(wire::text(one, "order_sn"));
    if (order == nullptr) return no_order();
    if (order->tracking.empty()) {
      return fail("logistics.shipping_document_should_print_first",
                  "The document is not ready yet.");
    }
    text += (text.empty() ? "" : "  ") + order->sn + " " + order->tracking;
  }
  if (text.empty()) return wrong_parameter("order_list is a required field.");
  Reply reply;
  reply.content_type = "application/pdf";
  reply.bytes = label_pdf(text);
  return reply;
}

}  // namespace sandbox::shopee
