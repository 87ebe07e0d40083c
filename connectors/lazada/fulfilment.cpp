#include "connectors/lazada/fulfilment.h"

#include <algorithm>
#include <utility>

#include "connectors/lazada/parcel_calls.h"

namespace connectors::lazada {

namespace {

using base::Done;
using base::Error;
using base::ErrorCode;
using common::Json;

constexpr std::string_view kLocal = "TFS";  // Lazada allots the carrier
constexpr std::string_view kDropship = "dropship";

Error refused(const std::string& order_id, const std::string& what) {
  return {ErrorCode::rejected, "Lazada: order " + order_id + " " + what, {}, {}};
}

OrderUnits only(const OrderUnits& units, bool (*wanted)(const OrderUnit&)) {
  OrderUnits out;
  std::copy_if(units.begin(), units.end(), std::back_inserter(out), wanted);
  return out;
}

bool is_order_id(std::string_view id) {
  return !id.empty() && id.find_first_not_of("0123456789") == std::string_view::npos;
}

// Nothing to send, or nothing that may be sent yet.
std::optional<Error> cannot_ship(const ShipRequest& request, const OrderUnits& units,
                                 const Options& options) {
  if (units.empty()) return refused(request.order_id, "has no such line");
  if (std::all_of(units.begin(), units.end(), is_cancelled)) {
    return refused(request.order_id, "is cancelled");
  }
  const auto waits = [](const OrderUnit& unit) { return unit.status == "unpaid"; };
  if (std::any_of(units.begin(), units.end(), waits)) {
    return refused(request.order_id, "is not paid yet");
  }
  if (!request.tracking_number.empty() && options.fulfilment == FulfilmentCalls::current) {
    return refused(request.order_id,
                   "gets its number from Lazada; a number of the seller's own carrier needs "
                   "fulfilment = legacy");
  }
  return std::nullopt;
}

// "NTFS:LEX" of a HandoverChoice.
std::pair<std::string, std::string> split_handover(const std::string& handover) {
  if (handover.empty()) return {std::string{kLocal}, {}};
  const auto colon = std::min(handover.find(':'), handover.size());
  return {handover.substr(0, colon), handover.substr(std::min(colon + 1, handover.size()))};
}

}  // namespace

base::Result<OrderUnits> LazadaFulfilment::units_of(const std::string& order_id) {
  if (!is_order_id(order_id)) {
    return Error{ErrorCode::invalid, "Lazada: an order's id is digits", {}, {}};
  }
  const auto answer = client_.items_of_order(order_id);
  if (!answer) return answer.error();
  return read_units(answer.value());
}

base::Result<Json> LazadaFulfilment::ask(Verb verb, const std::string& path,
                                         const common::Query& query) {
  // A second arrival finds the step done and changes nothing.
  auto answer = client_.change(verb, path, query, Nature::write_again);
  if (!answer) return answer.error();
  if (answer.value().error) return *answer.value().error;
  if (auto error = inner_failure(answer.value().body, client_.now())) return *error;
  return std::move(answer).value().body;
}

base::Result<Json> LazadaFulfilment::ask_one(Verb verb, const std::string& path,
                                             const char* parameter, const std::string& body) {
  common::Query query;
  query.add(parameter, body);
  return ask(verb, path, query);
}

base::Result<std::vector<HandoverChoice>> LazadaFulfilment::choices(const std::string& order_id) {
  const auto units = units_of(order_id);
  if (!units) return units.error();
  const auto open = only(units.value(), is_packable);
  if (open.empty()) return std::vector<HandoverChoice>{};
  const auto answer = ask_one(Verb::get, "/order/shipment/providers/get", "getShipmentProvidersReq",
                              providers_body(order_id, ids_of(open)));
  if (!answer) return answer.error();
  const Json* data = inner_data(answer.value());
  if (data == nullptr) return std::vector<HandoverChoice>{};
  auto type = common::text(*data, "shipping_allocate_type");
  if (type.empty()) type = kLocal;
  std::vector<HandoverChoice> choices;
  for (const Json& provider : common::items(*data, "shipment_providers")) {
    const auto name = common::text(provider, "name");
    const auto code = common::text(provider, "provider_code");
    if (type != kLocal) choices.push_back({type + ":" + code, name});
    if (type == kLocal && choices.empty()) choices.push_back({type, name + " (Lazada chooses)"});
  }
  return choices;
}

base::Result<std::vector<Parcel>> LazadaFulfilment::ship(const ShipRequest& request) {
  auto units = units_of(request.order_id);
  if (!units) return units.error();
  auto wanted = chosen(units.value(), request.line_ids);
  if (auto error = cannot_ship(request, wanted, client_.options())) return *error;
  if (const auto open = only(wanted, is_packable); !open.empty()) {
    const auto packed = pack(request, open);
    units = units_of(request.order_id);
    if (!units) return units.error();
    wanted = chosen(units.value(), request.line_ids);
    if (!packed && std::any_of(wanted.begin(), wanted.end(), is_packable)) return packed.error();
  }
  if (const auto packed = only(wanted, is_packed); !packed.empty()) {
    const auto announced = announce(request, packed);
    units = units_of(request.order_id);
    if (!units) return units.error();
    wanted = chosen(units.value(), request.line_ids);
    if (!announced && std::any_of(wanted.begin(), wanted.end(), is_packed)) {
      return announced.error();
    }
  }
  return parcels_of(wanted);
}

base::Status LazadaFulfilment::pack(const ShipRequest& request, const OrderUnits& units) {
  const auto ids = ids_of(units);
  if (client_.options().fulfilment == FulfilmentCalls::current) {
    const auto [type, provider] = split_handover(request.handover);
    const auto answer = ask_one(Verb::post, "/order/fulfill/pack", "packReq",
                                pack_body(request.order_id, ids, type, provider));
    return answer ? base::Status{Done{}} : answer.error();
  }
  const auto carrier = carrier_of(request);
  if (!carrier) return carrier.error();
  common::Query query;
  query.add("shipping_provider", carrier.value());
  query.add("delivery_type", kDropship);
  query.add("order_item_ids", id_list(ids));
  const auto answer = ask(Verb::post, "/order/pack", query);
  return answer ? base::Status{Done{}} : answer.error();
}

base::Status LazadaFulfilment::announce(const ShipRequest& request, const OrderUnits& units) {
  if (client_.options().fulfilment == FulfilmentCalls::current) {
    const auto packages = packages_of(units);
    for (std::size_t i = 0; i < packages.size(); i += kPackagesMax) {
      const auto some = std::span{packages}.subspan(i, std::min(kPackagesMax, packages.size() - i));
      const auto answer =
          ask_one(Verb::post, "/order/package/rts", "readyToShipReq", packages_body(some));
      if (!answer) return answer.error();
    }
    return Done{};
  }
  common::Query query;
  query.add("delivery_type", kDropship);
  query.add("order_item_ids", id_list(ids_of(units)));
  const auto& carrier = request.carrier.empty() ? units.front().carrier : request.carrier;
  const auto& number =
      request.tracking_number.empty() ? units.front().tracking_number : request.tracking_number;
  if (!carrier.empty()) query.add("shipment_provider", carrier);
  if (!number.empty()) query.add("tracking_number", number);
  const auto answer = ask(Verb::post, "/order/rts", query);
  return answer ? base::Status{Done{}} : answer.error();
}

// The old calls want a carrier by name: the shop's default where none was given.
base::Result<std::string> LazadaFulfilment::carrier_of(const ShipRequest& request) {
  if (!request.carrier.empty()) return request.carrier;
  const auto answer = client_.read("/shipment/providers/get", {});
  if (!answer) return answer.error();
  std::string first;
  const Json* data = inner_data(answer.value());
  const auto rows =
      data == nullptr ? std::span<const Json>{} : common::items(*data, "shipment_providers");
  for (const Json& row : rows) {
    const auto name = common::text(row, "name");
    if (common::flag(row, "is_default").value_or(false)) return name;
    if (first.empty()) first = name;
  }
  if (first.empty()) return refused(request.order_id, "needs a carrier: the shop has none");
  return first;
}

base::Result<std::vector<Parcel>> LazadaFulfilment::parcels(const std::string& order_id) {
  const auto units = units_of(order_id);
  if (!units) return units.error();
  return parcels_of(units.value());
}

base::Result<Label> LazadaFulfilment::label(const std::string& order_id) {
  const auto units = units_of(order_id);
  if (!units) return units.error();
  const auto packages = packages_of(units.value());
  if (packages.empty()) return refused(order_id, "has no parcel yet: ship it first");
  if (packages.size() > kPackagesMax)
    return refused(order_id, "has too many parcels for one label");
  if (client_.options().label == LabelForm::html) return document("HTML", packages);
  auto pdf = document("PDF", packages);
  // A PDF that cannot be fetched is no reason to go without: the page prints the same.
  const bool fetched = pdf || pdf.error().code == ErrorCode::rejected;
  return fetched ? pdf : document("HTML", packages);
}

base::Result<Label> LazadaFulfilment::document(const char* type,
                                               std::span<const std::string> packages) {
  auto answer = ask_one(Verb::get, "/order/package/document/get", "getDocumentReq",
                        document_body(type, packages));
  if (!answer) {
    auto error = answer.error();
    if (error.code == ErrorCode::unavailable && !error.retry_after) error.retry_after = kLabelPause;
    return error;
  }
  const Json* data = inner_data(answer.value());
  const auto url = data == nullptr ? std::string{} : common::text(*data, "pdf_url");
  if (!url.empty()) {
    auto file = client_.download(url, kLabelBytesMax);
    if (!file) return file.error();
    if (file.value().starts_with("%PDF")) return Label{"application/pdf", std::move(file).value()};
    return Error{ErrorCode::protocol, "Lazada: the label is no PDF", {}, {}};
  }
  auto page = decode_base64(data == nullptr ? std::string{} : common::text(*data, "file"));
  if (!page || page->empty()) {
    return Error{ErrorCode::unavailable, "Lazada: the label is not there yet", kLabelPause, {}};
  }
  if (page->size() > kLabelBytesMax) {
    return Error{ErrorCode::protocol, "Lazada: the label is too large", {}, {}};
  }
  return Label{"text/html", std::move(*page)};
}

}  // namespace connectors::lazada
