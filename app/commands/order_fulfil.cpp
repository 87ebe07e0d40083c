// What a person asks for an order: kept first, then done by the job of that order, then shown.
#include <filesystem>

#include "app/commands/commands.h"
#include "app/commands/order_parcel.h"
#include "app/commands/sync_run.h"
#include "app/errors.h"
#include "catalog/parcel.h"
#include "connectors/fulfilment.h"

namespace app {
namespace {

using catalog::OrderAction;
using catalog::OrderRequest;

std::optional<catalog::Order> find_order(Invocation& in) {
  ReadSession session(in);
  std::optional<catalog::Order> order;
  session.store().read([&](jobs::Tables& tables) {
    order = tables.catalog.orders.order(catalog::AccountId{in.word(0)}, in.word(1));
  });
  if (!order) {
    in.out.problem("không có đơn " + in.word(1) + " trên " + in.word(0),
                   "there is no order " + in.word(1) + " on " + in.word(0));
  }
  return order;
}

cc::Json to_json(const catalog::Parcel& parcel) {
  return cc::json_object({{"package", cc::json_string(parcel.package_id)},
                          {"carrier", cc::json_string(parcel.carrier)},
                          {"tracking_number", cc::json_string(parcel.tracking_number)},
                          {"remote_status", cc::json_string(parcel.remote_status)}});
}

// The end of the request, as the store knows it after the run.
int show_end(Invocation& in, const OrderRequest& request, int code) {
  ReadSession session(in);
  std::vector<catalog::Parcel> parcels;
  std::optional<OrderRequest> end;
  session.store().read([&](jobs::Tables& tables) {
    parcels = tables.catalog.fulfilment.parcels(request.account, request.order_id);
    for (auto& kept : tables.catalog.fulfilment.requests(request.account, request.order_id)) {
      if (kept.action == request.action) end = std::move(kept);
    }
  });
  if (in.out.json()) {
    std::vector<cc::Json> list;
    for (const auto& parcel : parcels) list.push_back(to_json(parcel));
    print_json(in, {{"action", cc::json_string(to_string(request.action))},
                    {"state", cc::json_string(end ? to_string(end->state) : "asked")},
                    {"problem", cc::json_string(end ? end->problem : "")},
                    {"parcels", cc::json_array(std::move(list))}});
  } else {
    for (const auto& parcel : parcels) {
      const auto number = parcel.tracking_number.empty()
                              ? in.out.pick("(chưa có mã vận đơn)", "(no number yet)")
                              : parcel.tracking_number;
      in.out.line(parcel.package_id + "  " + parcel.carrier + "  " + number);
    }
    if (end && end->state == catalog::RequestState::done && !request.file.empty()) {
      in.out.line(request.file);
    }
  }
  if (end && end->state == catalog::RequestState::refused) {
    in.out.problem("sàn từ chối: " + end->problem, "the channel refused: " + end->problem);
    return exit_failed;
  }
  return code;
}

int ask(Invocation& in, OrderAction action, const std::function<void(OrderRequest&)>& fill) {
  if (!find_order(in)) return exit_failed;
  OrderRequest request;
  request.account = catalog::AccountId{in.word(0)};
  request.order_id = in.word(1);
  request.action = action;
  request.asked_at = base::SystemClock{}.now();
  fill(request);
  if (in.dry_run()) {
    in.out.say("(chạy thử: không gửi gì) " + std::string(to_string(action)),
               "(dry run: nothing is sent) " + std::string(to_string(action)));
    return exit_ok;
  }
  in.options["account"] = request.account.text;
  const auto keep = [&](jobs::Tables& tables) {
    tables.catalog.fulfilment.put(request);
    return 1;
  };
  const int code = run_sync(in, {{jobs::JobKind::fulfil_order, request.order_id}}, keep,
                            Summary::left_to_caller);
  return show_end(in, request, code);
}

// A channel without such calls is told by a person; its next export says the rest.
bool channel_takes_orders_back(Invocation& in) {
  ReadSession session(in);
  const auto* channel = session.wiring().services().channel(catalog::AccountId{in.word(0)});
  if (channel != nullptr && channel->connector->fulfilment() != nullptr) return true;
  in.out.say("kiện đã hủy; hãy hủy đơn trên sàn, trạng thái đơn theo tệp đơn kế tiếp",
             "the parcel is cancelled; cancel the order on the channel, its next file says so");
  return false;
}

}  // namespace

int order_ship(Invocation& in) {
  if (wants_carrier(in)) return ship_with_carrier(in);
  return ask(in, OrderAction::ship, [&](OrderRequest& request) {
    request.handover = in.option("handover");
    request.carrier = in.option("carrier");
    request.tracking_number = in.option("tracking");
  });
}

int order_label(Invocation& in) {
  if (in.option("out").empty()) {
    in.out.problem("cần --out TỆP để ghi phiếu gửi hàng",
                   "--out FILE is needed: the label goes there");
    return exit_usage;
  }
  if (const auto parcel = parcel_of_order(in)) return label_parcel(in, *parcel);
  return ask(in, OrderAction::label, [&](OrderRequest& request) {
    request.file = std::filesystem::absolute(in.option("out")).string();
  });
}

int order_cancel(Invocation& in) {
  const auto reason = in.option("reason", "cannot_deliver");
  if (!connectors::cancel_reason_from(reason)) {
    in.out.problem("--reason phải là out_of_stock, cannot_deliver, buyer_asked hoặc wrong_price",
                   "--reason must be out_of_stock, cannot_deliver, buyer_asked or wrong_price");
    return exit_usage;
  }
  if (const auto parcel = parcel_of_order(in)) {
    // The goods must not travel for an order that is no more.
    const int code = cancel_parcel(in, *parcel);
    if (code != exit_ok || !channel_takes_orders_back(in)) return code;
  }
  return ask(in, OrderAction::cancel, [&](OrderRequest& request) { request.reason = reason; });
}

int order_answer(Invocation& in) {
  const auto answer = in.word(2);
  if (answer != "accept" && answer != "refuse") {
    in.out.problem("trả lời là accept hoặc refuse", "the answer is accept or refuse");
    return exit_usage;
  }
  const auto action =
      answer == "accept" ? OrderAction::accept_cancellation : OrderAction::refuse_cancellation;
  return ask(in, action, [](OrderRequest&) {});
}

}  // namespace app
