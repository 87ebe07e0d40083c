// Shipping labels: the current call by packages, the old one by order items, and the page that
// serves a PDF for ten minutes.
#include <algorithm>
#include <set>

#include "sandbox/lazada/handlers.h"
#include "sandbox/wire/label.h"

namespace sandbox::lazada {
namespace {

constexpr std::size_t kBatchMax = 20;
constexpr std::size_t kItemsMax = 100;
constexpr std::int64_t kPageLife_ms = 600'000;
constexpr std::size_t kPagesMax = 1'000;

bool printable(const Unit& unit) {
  return !unit.package_id.empty() && unit.status != "canceled";
}

// What a label says; empty when nothing of the package can be printed.
std::vector<std::string> label_lines(const Order& order, const std::string& package_id,
                                     bool with_items) {
  std::vector<std::string> lines;
  for (const auto& unit : order.units) {
    if (unit.package_id != package_id || !printable(unit)) continue;
    if (lines.empty()) {
      lines = {unit.provider + " " + unit.tracking, "Package " + package_id,
               "Order " + std::to_string(order.id)};
    }
    if (with_items) lines.push_back("1 x " + unit.seller_sku);
  }
  return lines;
}

struct Labels {
  std::vector<std::string> lines;
  std::optional<Reply> refusal;
};

Labels read_labels(Shop& shop, const Json& request) {
  Labels out;
  const bool with_items = wire::as_flag(wire::member(request, "print_item_list")).value_or(false);
  for (const auto& one : wire::list(request, "packages")) {
    const auto id = wire::text(one, "package_id");
    const auto* order = order_of_package(shop, id);
    if (order == nullptr) {
      out.refusal = fail("ISP", "600001", "E600001: package not found");
    } else if (order->own_fleet) {
      out.refusal = fail("ISP", "50008", "E50008: SOF order has no shipping label");
    } else {
      const auto lines = label_lines(*order, id, with_items);
      if (lines.empty()) out.refusal = fail("ISP", "700040", "E700040: nothing can be printed");
      out.lines.insert(out.lines.end(), lines.begin(), lines.end());
    }
    if (out.refusal) return out;
  }
  return out;
}

// A page for the label; the oldest are dropped when there are too many.
std::string pdf_page(Shop& shop, const std::string& host, const std::vector<std::string>& lines) {
  const auto now_ms = shop.now_ms();
  std::erase_if(shop.labels,
                [&](const auto& one) { return wire::integer(one.second, "until_ms") <= now_ms; });
  if (shop.labels.size() >= kPagesMax) shop.labels.erase(shop.labels.begin());
  const auto key = shop.context.dice.hex(24);
  shop.labels[key] = object({{"lines", wire::texts(lines)}, {"until_ms", now_ms + kPageLife_ms}});
  return "http://" + (host.empty() ? "127.0.0.1" : host) + "/label/awb.pdf?key=" + key;
}

}  // namespace

Reply package_document(Shop& shop, const Call& call) {
  const auto request = wire::parse(call.text("getDocumentReq"));
  const auto packages = request ? wire::list(*request, "packages") : std::vector<Json>{};
  if (packages.empty()) return fail("ISP", "700004", "E700004: getDocumentReq is illegal");
  if (packages.size() > kBatchMax) {
    return fail("ISP", "700022", "E700022: batch size out of limit");
  }
  const auto type = wire::text(*request, "doc_type");
  if (type != "PDF" && type != "HTML") return fail("ISP", "32", "E032: Invalid document type");
  auto labels = read_labels(shop, *request);
  if (labels.refusal) return *labels.refusal;
  auto answer = object({{"doc_type", type}});
  if (type == "PDF") {
    const auto url = pdf_page(shop, call.host, labels.lines);
    answer["pdf_url"] = Json::string(url);
    answer["file"] = Json::string(wire::base64("<iframe src=\"" + url + "\"></iframe>"));
  } else {
    answer["file"] = Json::string(wire::base64(wire::label_html(labels.lines)));
  }
  return result(std::move(answer));
}

Reply label_page(Shop& shop, const Call& call) {
  const auto found = shop.labels.find(call.text("key"));
  Reply reply;
  reply.content_type = "text/plain; charset=utf-8";
  if (found == shop.labels.end() || wire::integer(found->second, "until_ms") <= shop.now_ms()) {
    reply.status = 404;
    reply.raw = "The label is not here any more.\n";
    return reply;
  }
  std::vector<std::string> lines;
  for (const auto& line : wire::list(found->second, "lines")) lines.push_back(wire::as_text(line));
  reply.content_type = "application/pdf";
  reply.raw = wire::label_pdf(lines);
  return reply;
}

Reply legacy_document(Shop& shop, const Call& call) {
  const auto type = call.text("doc_type");
  if (type != "invoice" && type != "shippingLabel" && type != "carrierManifest") {
    return fail("ISP", "32", "E032: Document type \"" + type + "\" is not valid");
  }
  const auto ids = call.integers("order_item_ids");
  if (ids.empty() || ids.size() > kItemsMax) {
    return fail("ISP", "20", "E020: order_item_ids Invalid Order Item ID");
  }
  std::vector<std::string> lines;
  std::set<std::string> printed;
  for (const auto id : ids) {
    const auto found = find_unit(shop, id);
    if (found.unit == nullptr) {
      return fail("ISP", "20", "E020: " + std::to_string(id) + " Invalid Order Item ID");
    }
    if (!printable(*found.unit)) {
      return fail("ISP", "34",
                  "E034: Order item must be packed. Please call setStatusToReadyToShip");
    }
    if (!printed.insert(found.unit->package_id).second) continue;
    const auto more = label_lines(*found.order, found.unit->package_id, type != "shippingLabel");
    lines.insert(lines.end(), more.begin(), more.end());
  }
  return data(object({{"document", object({{"file", wire::base64(wire::label_html(lines))},
                                           {"mime_type", "text/html"},
                                           {"document_type", type}})}}));
}

}  // namespace sandbox::lazada
