#include "connectors/shopee/fulfilment.h"

#include <algorithm>

#include "connectors/shopee/ids.h"

namespace connectors::shopee {

namespace {

using base::Error;
using base::ErrorCode;
using namespace std::chrono_literals;

constexpr base::Millis kLabelPause = 5s;

Error wrong_state(const OrderState& order, const std::string& what) {
  return failed(ErrorCode::rejected,
                "order " + order.order_sn + " is " + order.status + ": " + what);
}

Error later(const std::string& what) {
  auto error = failed(ErrorCode::unavailable, what);
  error.retry_after = kLabelPause;
  return error;
}

// The number of a package is needed only where there are several.
std::string number_of(const OrderState& order, const Parcel& parcel) {
  return order.packages.size() > 1 ? parcel.package_id : std::string{};
}

}  // namespace

base::Result<OrderState> ShopFulfilment::state_of(const std::string& order_id) {
  const auto answer = client_.order_details({&order_id, 1});
  if (!answer) return answer.error();
  auto order = order_state(answer.value());
  if (!order) return failed(ErrorCode::not_found, "order " + order_id + " is not known");
  return std::move(*order);
}

base::Result<std::vector<HandoverChoice>> ShopFulfilment::choices_of(
    const std::string& order_id, const std::string& package_number) {
  common::Query query;
  query.add("order_sn", order_id);
  if (!package_number.empty()) query.add("package_number", package_number);
  const auto answer = client_.get("logistics/get_shipping_parameter", query);
  if (!answer) return answer.error();
  return handover_choices(answer.value());
}

base::Result<std::vector<HandoverChoice>> ShopFulfilment::choices(const std::string& order_id) {
  const auto order = state_of(order_id);
  if (!order) return order.error();
  if (stage_of(order.value()) != Stage::to_ship) return std::vector<HandoverChoice>{};
  for (const auto& parcel : order.value().packages) {
    if (!waits_for_shipping(parcel)) continue;
    return choices_of(order_id, number_of(order.value(), parcel));
  }
  return std::vector<HandoverChoice>{};
}

base::Result<std::vector<Parcel>> ShopFulfilment::ship(const ShipRequest& request) {
  auto order = state_of(request.order_id);
  if (!order) return order.error();
  const auto& lines = request.line_ids;
  const bool part = !lines.empty() && lines.size() < order.value().lines.size();
  if (part) return wrong_state(order.value(), "it is shipped whole");
  const auto stage = stage_of(order.value());
  if (stage == Stage::arranged) return parcels_of(order.value());
  if (stage != Stage::to_ship) return wrong_state(order.value(), "it cannot be shipped");
  for (const auto& parcel : order.value().packages) {
    if (!waits_for_shipping(parcel)) continue;
    const auto handing =
        order.value().status == "RETRY_SHIP" ? Handing::again : Handing::first_time;
    const auto shipped = ship_package(request, number_of(order.value(), parcel), handing);
    if (!shipped) return shipped.error();
  }
  return parcels(request.order_id);
}

base::Status ShopFulfilment::ship_package(const ShipRequest& request,
                                          const std::string& package_number, Handing handing) {
  std::string handover = request.handover;
  if (handover.empty() && !request.tracking_number.empty()) handover = "own";
  if (handover.empty()) {
    const auto choices = choices_of(request.order_id, package_number);
    if (!choices) return choices.error();
    if (choices.value().empty()) {
      return failed(ErrorCode::rejected, "no way to hand the parcel over is offered");
    }
    handover = choices.value().front().id;
  }
  const auto body = ship_body(request, handover, package_number);
  if (!body) return failed(ErrorCode::invalid, "the handover cannot be read: " + handover);
  const auto path =
      handing == Handing::again ? "logistics/update_shipping_order" : "logistics/ship_order";
  const auto answer = client_.write(path, *body, Nature::write_once);
  if (answer) return base::Done{};
  const bool done_before =
      answer.error().vendor_code.find("package_already_shipped") != std::string::npos;
  if (done_before) return base::Done{};
  if (answer.error().code != ErrorCode::unknown_outcome) return answer.error();
  const auto now = state_of(request.order_id);
  if (!now) return answer.error();
  const auto& packages = now.value().packages;
  const bool arranged =
      stage_of(now.value()) == Stage::arranged ||
      std::any_of(packages.begin(), packages.end(), [&](const Parcel& parcel) {
        return parcel.package_id == package_number && parcel.ready && packages.size() > 1;
      });
  if (arranged) return base::Done{};
  return answer.error();
}

base::Result<std::vector<Parcel>> ShopFulfilment::parcels(const std::string& order_id) {
  const auto order = state_of(order_id);
  if (!order) return order.error();
  return parcels_of(order.value());
}

base::Result<std::vector<Parcel>> ShopFulfilment::parcels_of(const OrderState& order) {
  std::vector<Parcel> out = order.packages;
  if (stage_of(order) != Stage::arranged) {
    std::erase_if(out, [](const Parcel& parcel) { return !parcel.ready; });
  }
  for (auto& parcel : out) {
    common::Query query;
    query.add("order_sn", order.order_sn);
    const auto number = number_of(order, parcel);
    if (!number.empty()) query.add("package_number", number);
    const auto answer = client_.get("logistics/get_tracking_number", query);
    if (!answer) return answer.error();
    parcel.tracking_number = common::text_at(answer.value(), "response", "tracking_number");
    parcel.ready = true;
  }
  return out;
}

// One document call: what its rows say, whether or not the envelope complains about all of them.
base::Result<DocumentState> ShopFulfilment::document(const std::string& path,
                                                     const std::string& body) {
  const auto answer = client_.attempt(path, body, Nature::write_again);
  if (!answer) return answer.error();
  auto state = document_state(answer.value().body);
  if (answer.value().error && state.status.empty()) return *answer.value().error;
  return state;
}

// Asked for once; asked for again it is the same document.
base::Status ShopFulfilment::make_document(const std::string& body) {
  auto state = document("logistics/get_shipping_document_result", body);
  if (!state) return state.error();
  if (state.value().status == "FAILED") {  // never asked for, or it went wrong
    const auto begun = document("logistics/create_shipping_document", body);
    if (!begun) return begun.error();
    if (begun.value().status == "FAILED") {
      return failed(ErrorCode::rejected, "label: " + begun.value().problem);
    }
    state = document("logistics/get_shipping_document_result", body);
    if (!state) return state.error();
  }
  if (state.value().status == "READY") return base::Done{};
  if (state.value().status == "FAILED") {
    return failed(ErrorCode::rejected, "label: " + state.value().problem);
  }
  return later("the label is still being made");
}

base::Result<Label> ShopFulfilment::label(const std::string& order_id) {
  auto order = state_of(order_id);
  if (!order) return order.error();
  if (stage_of(order.value()) != Stage::arranged) {
    return wrong_state(order.value(), "a label comes after the shipment is arranged");
  }
  auto found = parcels_of(order.value());
  if (!found) return found.error();
  order.value().packages = std::move(found).value();
  for (const auto& parcel : order.value().packages) {
    if (parcel.tracking_number.empty()) return later("the courier has given no number yet");
  }
  const auto parameters = client_.write("logistics/get_shipping_document_parameter",
                                        document_body(order.value(), {}), Nature::write_again);
  if (!parameters) return parameters.error();
  const auto body = document_body(order.value(), document_type(parameters.value()));
  if (const auto made = make_document(body); !made) return made.error();
  auto file = client_.download("logistics/download_shipping_document", body);
  if (!file) return file.error();
  if (file.value().bytes.size() > kLabelBytesMax) {
    return failed(ErrorCode::protocol, "the label is larger than 16 MB");
  }
  return Label{std::move(file.value().content_type), std::move(file.value().bytes)};
}

base::Status ShopFulfilment::cancel(const std::string& order_id,
                                    std::span<const std::string> line_ids, CancelReason reason) {
  const auto order = state_of(order_id);
  if (!order) return order.error();
  const auto is_open = [&](const OrderState::Line& line) {
    const bool named =
        line_ids.empty() || std::find(line_ids.begin(), line_ids.end(), line.id) != line_ids.end();
    return named && line.cancelled < line.quantity;
  };
  const auto is_done = [&](const OrderState& now) {
    return stage_of(now) == Stage::cancelled ||
           std::none_of(now.lines.begin(), now.lines.end(), is_open);
  };
  if (is_done(order.value())) return base::Done{};
  const auto word = cancel_word(reason, client_.options().region);
  if (!word) {
    return failed(ErrorCode::rejected,
                  "this reason is not on Shopee's list here: say that the goods are out of stock "
                  "or that the buyer asked");
  }
  const bool whole = line_ids.size() >= order.value().lines.size();
  const auto body = cancel_body(order.value(), whole ? line_ids.first(0) : line_ids, *word);
  const auto answer = client_.write("order/cancel_order", body, Nature::write_once);
  if (answer) return base::Done{};
  const auto now = state_of(order_id);
  if (now && is_done(now.value())) return base::Done{};
  return answer.error();
}

base::Status ShopFulfilment::answer_cancellation(const std::string& order_id, Decision decision) {
  const auto order = state_of(order_id);
  if (!order) return order.error();
  const bool accept = decision == Decision::accept;
  const auto is_done = [&](const OrderState& now) {
    const auto stage = stage_of(now);
    return accept ? stage == Stage::cancelled : stage == Stage::to_ship || stage == Stage::arranged;
  };
  if (is_done(order.value())) return base::Done{};
  if (stage_of(order.value()) != Stage::in_cancel) {
    return wrong_state(order.value(), "nobody asked to cancel it");
  }
  const auto body = common::to_text(
      common::json_object({{"order_sn", common::json_string(order_id)},
                           {"operation", common::json_string(accept ? "ACCEPT" : "REJECT")}}));
  const auto answer = client_.write("order/handle_buyer_cancellation", body, Nature::write_once);
  if (answer) return base::Done{};
  const auto now = state_of(order_id);
  if (now && is_done(now.value())) return base::Done{};
  return answer.error();
}

}  // namespace connectors::shopee
