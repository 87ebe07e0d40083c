// An order as the store prints it. Its buyer is nobody: a name and a phone made of the order's id.
#include "base/digest.h"
#include "sandbox/json_tools.h"
#include "sandbox/provincial/till.h"

namespace sandbox::provincial {
namespace {

constexpr std::size_t kKeyLength = 13;

Json line_json(const OrderedLine& line, std::int64_t line_id, bool stock_taken) {
  const auto total = js(std::to_string(line.price * line.quantity));
  Json out;
  out["id"] = jn(line_id);
  out["name"] = js(line.name);
  const bool is_variation = line.parent_id != 0;
  out["product_id"] = jn(is_variation ? line.parent_id : line.item_id);
  out["variation_id"] = jn(is_variation ? line.item_id : 0);
  out["quantity"] = jn(line.quantity);
  out["tax_class"] = js("");
  set_each(out, {"subtotal", "total"}, total);
  set_each(out, {"subtotal_tax", "total_tax"}, js("0"));
  out["taxes"] = empty_list();
  out["meta_data"] = empty_list();
  if (stock_taken) {
    Json meta;
    meta["id"] = jn(line_id * 10);
    set_each(meta, {"key", "display_key"}, js("_reduced_stock"));
    set_each(meta, {"value", "display_value"}, js(std::to_string(line.quantity)));
    push(out["meta_data"], meta);
  }
  out["sku"] = js(line.sku);
  out["price"] = jn(line.price);
  out["image"]["id"] = js("");
  out["image"]["src"] = js("");
  out["parent_name"] = Json::null();
  return out;
}

Json free_shipping(std::int64_t line_id) {
  Json out;
  out["id"] = jn(line_id);
  out["method_title"] = js("Giao hàng miễn phí");
  out["method_id"] = js("free_shipping");
  out["instance_id"] = js("");
  set_each(out, {"total", "total_tax"}, js("0"));
  out["taxes"] = empty_list();
  out["meta_data"] = empty_list();
  return out;
}

void fill_buyer(Json& out, const std::string& id) {
  for (const char* member : {"billing", "shipping"}) {
    auto& address = out[member];
    address["first_name"] = js("Khách");
    address["last_name"] = js(id);
    address["address_1"] = js("Số " + id + " đường Thử Nghiệm");
    address["city"] = js("Tân An");
    address["country"] = js("VN");
  }
  out["billing"]["phone"] = js("0912345678");
  out["billing"]["email"] = js("khach" + id + "@example.vn");
}

}  // namespace

Json shown(const PlacedOrder& order, const std::string& site) {
  Json out = blank_order();
  const auto id = to_integer(order.id).value_or(0);
  const auto key = "wc_order_" + base::fingerprint("order " + order.id).substr(0, kKeyLength);
  out["id"] = jn(id);
  out["number"] = js(order.id);
  out["status"] = js(order.status);
  out["order_key"] = js(key);
  out["date_created"] = js(local(order.created_at));
  out["date_created_gmt"] = js(gmt(order.created_at));
  out["date_modified"] = js(local(order.updated_at));
  out["date_modified_gmt"] = js(gmt(order.updated_at));
  if (order.completed_at) {
    set_each(out, {"date_completed", "date_paid"}, js(local(*order.completed_at)));
    set_each(out, {"date_completed_gmt", "date_paid_gmt"}, js(gmt(*order.completed_at)));
  }
  fill_buyer(out, order.id);
  constexpr std::int64_t kLinesPerOrder = 1'000;
  auto line_id = id * kLinesPerOrder;
  const bool stock_taken = order.status != "pending" && order.status != "cancelled";
  for (const auto& line : order.lines) {
    push(out["line_items"], line_json(line, ++line_id, stock_taken));
  }
  push(out["shipping_lines"], free_shipping(++line_id));
  out["total"] = js(std::to_string(order.total()));
  out["payment_url"] =
      js(site + "/checkout/order-pay/" + order.id + "/?pay_for_order=true&key=" + key);
  out["needs_payment"] = jb(order.status == "pending" || order.status == "failed");
  out["is_editable"] = jb(order.status == "pending" || order.status == "on-hold");
  out["_links"] = links(site + "/wp-json/wc/v3/orders", order.id);
  return out;
}

}  // namespace sandbox::provincial
