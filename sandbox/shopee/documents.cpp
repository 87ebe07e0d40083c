// The label of a parcel: parameter, create, result, download.
#include "sandbox/shopee/handlers.h"

namespace sandbox::shopee {
namespace {

constexpr std::size_t kDocumentsMax = 50;

Json failed_row(const std::string& sn, const char* error, const char* message) {
  return object({{"order_sn", sn}, {"fail_error", error}, {"fail_message", message}});
}

// One row per order that the call names, at most 50; a row that fails says why.
Reply document_rows(Shop& shop, const Call& call, Json (*row)(Shop&, Order&)) {
  const auto wanted = wire::list(call.body, "order_list");
  if (wanted.empty() || wanted.size() > kDocumentsMax) {
    return wrong_parameter("order_list must contain 1 to 50 orders.");
  }
  std::vector<Json> rows;
  std::size_t failed = 0;
  for (const auto& one : wanted) {
    auto* order = shop.order(wire::text(one, "order_sn"));
    if (order == nullptr || order->arranged_s == 0) {
      rows.push_back(failed_row(wire::text(one, "order_sn"), "logistics.error_status_limit",
                                "The order has no arranged shipment."));
    } else {
      rows.push_back(row(shop, *order));
    }
    failed += wire::has(rows.back(), "fail_error") ? 1 : 0;
  }
  const bool all_failed = failed == rows.size();
  auto response = object({{"result_list", wire::array(std::move(rows))}});
  if (all_failed) {
    return fail("common.batch_api_all_failed", "All orders failed, see result_list.",
                std::move(response));
  }
  return ok(std::move(response));
}

Json document_row(const Order& order) {
  return object({{"order_sn", order.sn}, {"package_number", order.package_number}});
}

Json parameter_row(Shop&, Order& order) {
  auto row = document_row(order);
  row["suggest_shipping_document_type"] = Json::string("NORMAL_AIR_WAYBILL");
  row["selectable_shipping_document_type"] =
      wire::texts({"NORMAL_AIR_WAYBILL", "THERMAL_AIR_WAYBILL"});
  return row;
}

// A label needs the tracking number; asking twice changes nothing.
Json create_row(Shop& shop, Order& order) {
  if (order.tracking.empty()) {
    return failed_row(order.sn, "logistics.tracking_number_invalid",
                      "The tracking number is not known yet.");
  }
  if (order.document_s == 0) order.document_s = shop.now_s();
  return document_row(order);
}

bool ready(const Shop& shop, const Order& order) {
  return order.document_s != 0 && order.document_s + shop.rules.document_after_s <= shop.now_s();
}

Json result_row(Shop& shop, Order& order) {
  if (order.document_s == 0) {
    return failed_row(order.sn, "logistics.shipping_document_should_print_first",
                      "The document was never asked for.");
  }
  auto row = document_row(order);
  row["status"] = Json::string(ready(shop, order) ? "READY" : "PROCESSING");
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

}  // namespace

Reply document_parameter(Shop& shop, const Call& call) {
  return document_rows(shop, call, parameter_row);
}

Reply create_document(Shop& shop, const Call& call) {
  return document_rows(shop, call, create_row);
}

Reply document_result(Shop& shop, const Call& call) {
  return document_rows(shop, call, result_row);
}

Reply download_document(Shop& shop, const Call& call) {
  const auto wanted = wire::list(call.body, "order_list");
  if (wanted.empty() || wanted.size() > kDocumentsMax) {
    return wrong_parameter("order_list must contain 1 to 50 orders.");
  }
  std::string text;
  for (const auto& one : wanted) {
    const auto* order = shop.order(wire::text(one, "order_sn"));
    if (order == nullptr) {
      return fail("logistics.error_not_found", "Wrong parameters, detail: the order is not found.");
    }
    if (!ready(shop, *order)) {
      return fail("logistics.shipping_document_should_print_first",
                  "The document is not ready yet.");
    }
    text += (text.empty() ? "" : "  ") + order->sn + " " + order->tracking;
  }
  Reply reply;
  reply.content_type = "application/pdf";
  reply.bytes = label_pdf(text);
  return reply;
}

}  // namespace sandbox::shopee
