#include "app/commands/commands.h"
#include "app/commands/order_parcel.h"
#include "app/commands/support.h"
#include "base/time_text.h"

namespace app {
namespace {

constexpr std::size_t kRowsDefault = 50;

cc::Json to_json(const catalog::Order& order) {
  std::vector<cc::Json> lines;
  for (const auto& line : order.lines) {
    lines.push_back(cc::json_object({{"sku", cc::json_string(line.sku.text)},
                                     {"name", cc::json_string(line.name)},
                                     {"quantity", cc::json_number(line.quantity)},
                                     {"cancelled", cc::json_number(line.cancelled)},
                                     {"unit_price", cc::json_number(line.unit_price.minor)}}));
  }
  return cc::json_object({{"account", cc::json_string(order.account.text)},
                          {"order", cc::json_string(order.remote_id)},
                          {"status", cc::json_string(to_string(order.status))},
                          {"remote_status", cc::json_string(order.remote_status)},
                          {"created_at", cc::json_string(base::utc_iso(order.created_at))},
                          {"goods", cc::json_number(order.goods.minor)},
                          {"total", cc::json_number(order.total.minor)},
                          {"lines", cc::json_array(std::move(lines))}});
}

std::string goods_text(const catalog::Order& order) {
  std::string out;
  for (const auto& line : order.lines) {
    out += (out.empty() ? "" : ", ") + std::to_string(line.quantity) + " × " +
           (line.sku.empty() ? line.name : line.sku.text);
  }
  return out;
}

}  // namespace

int order_list(Invocation& in) {
  ReadSession session(in);
  std::vector<catalog::Order> orders;
  std::int64_t total = 0;
  session.store().read([&](jobs::Tables& tables) {
    const catalog::AccountId account{in.option("account")};
    orders = tables.catalog.orders.orders(account, limit_of(in, kRowsDefault));
    total = tables.catalog.orders.count(account);
  });
  if (in.out.json()) {
    std::vector<cc::Json> list;
    for (const auto& order : orders) list.push_back(to_json(order));
    print_json(in,
               {{"orders", cc::json_array(std::move(list))}, {"total", cc::json_number(total)}});
    return exit_ok;
  }
  std::vector<std::vector<std::string>> rows = {
      {in.out.pick("GIAN HÀNG", "SHOP"), in.out.pick("ĐƠN", "ORDER"), in.out.pick("LÚC", "AT"),
       in.out.pick("TRẠNG THÁI", "STATUS"), in.out.pick("TIỀN HÀNG", "GOODS"),
       in.out.pick("HÀNG", "LINES")}};
  for (const auto& order : orders) {
    rows.push_back({order.account.text, order.remote_id, base::local_minute(order.created_at),
                    std::string(to_string(order.status)), catalog::to_text(order.goods),
                    goods_text(order)});
  }
  in.out.table(rows);
  return exit_ok;
}

int order_show(Invocation& in) {
  ReadSession session(in);
  std::optional<catalog::Order> order;
  std::vector<ShownParcel> parcels;
  session.store().read([&](jobs::Tables& tables) {
    order = tables.catalog.orders.order(catalog::AccountId{in.word(0)}, in.word(1));
    parcels = parcels_of_order(tables, catalog::AccountId{in.word(0)}, in.word(1));
  });
  if (!order) {
    in.out.problem("không có đơn " + in.word(1) + " trên " + in.word(0),
                   "there is no order " + in.word(1) + " on " + in.word(0));
    return exit_failed;
  }
  if (in.out.json()) {
    std::vector<cc::Json> list;
    for (const auto& parcel : parcels) list.push_back(to_json(parcel));
    print_json(in, {{"order", to_json(*order)}, {"shipments", cc::json_array(std::move(list))}});
    return exit_ok;
  }
  in.out.line(order->account.text + " " + order->remote_id + "  " +
              std::string(to_string(order->status)) + " (" + order->remote_status + ")  " +
              base::local_minute(order->created_at));
  std::vector<std::vector<std::string>> rows = {
      {"SKU", in.out.pick("TÊN", "NAME"), in.out.pick("SỐ", "QTY"),
       in.out.pick("ĐÃ HỦY", "CANCELLED"), in.out.pick("ĐƠN GIÁ", "PRICE")}};
  for (const auto& line : order->lines) {
    rows.push_back({line.sku.text, line.name, std::to_string(line.quantity),
                    std::to_string(line.cancelled), catalog::to_text(line.unit_price)});
  }
  in.out.table(rows);
  for (const auto& parcel : parcels) {
    in.out.line(one_line(in, parcel));
    show_history(in, parcel);
  }
  return exit_ok;
}

}  // namespace app
