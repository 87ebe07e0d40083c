#include "connectors/shopee/parcels.h"

#include <algorithm>
#include <array>

#include "base/time_text.h"
#include "connectors/shopee/ids.h"
#include "connectors/shopee/mapping.h"

namespace connectors::shopee {

namespace {

using common::Json;
using common::json_array;
using common::json_object;
using common::json_string;

struct StageRow {
  std::string_view word;
  Stage stage;
};
constexpr auto kStages = std::to_array<StageRow>({
    {"READY_TO_SHIP", Stage::to_ship},
    {"RETRY_SHIP", Stage::to_ship},
    {"PROCESSED", Stage::arranged},
    {"SHIPPED", Stage::arranged},
    {"TO_CONFIRM_RECEIVE", Stage::arranged},
    {"COMPLETED", Stage::arranged},
    {"TO_RETURN", Stage::arranged},
    {"IN_CANCEL", Stage::in_cancel},
    {"CANCELLED", Stage::cancelled},
});

constexpr std::string_view kArranged[] = {"LOGISTICS_REQUEST_CREATED", "LOGISTICS_PICKUP_DONE",
                                          "LOGISTICS_PICKUP_RETRY", "LOGISTICS_DELIVERY_DONE"};
constexpr std::string_view kWaiting[] = {"LOGISTICS_NOT_START", "LOGISTICS_READY",
                                         "LOGISTICS_PENDING_ARRANGE", "LOGISTICS_PICKUP_RETRY"};

template <std::size_t kCount>
bool is_one_of(const std::string_view (&words)[kCount], const std::string& word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

std::string address_text(const Json& address) {
  std::string out;
  for (const auto name : {"address", "town", "district", "city", "state"}) {
    const auto part = common::text(address, name);
    if (!part.empty()) out += (out.empty() ? "" : ", ") + part;
  }
  return out;
}

bool is_recommended(const Json& slot) {
  const auto flags = common::items(slot, "flags");
  return std::any_of(flags.begin(), flags.end(),
                     [](const Json& flag) { return common::text_of(flag) == "recommended"; });
}

void add_pickups(const Json& pickup, std::vector<HandoverChoice>& out) {
  for (const Json& address : common::items(pickup, "address_list")) {
    const auto id = "pickup:" + common::text(address, "address_id") + ":";
    const auto where = address_text(address);
    const auto slots = common::items(address, "time_slot_list");
    if (slots.empty()) out.push_back({id, "pickup, " + where});
    std::size_t first = out.size();
    for (const Json& slot : slots) {
      const auto date = common::integer(slot, "date");
      std::string label = "pickup ";
      if (date && *date > 0) label += base::local_date(base::from_unix_s(*date)) + " ";
      label += common::text(slot, "time_text") + ", " + where;
      HandoverChoice choice{id + common::text(slot, "pickup_time_id"), std::move(label)};
      if (!is_recommended(slot)) {
        out.push_back(std::move(choice));
        continue;
      }
      out.insert(out.begin() + static_cast<std::ptrdiff_t>(first), std::move(choice));
      ++first;
    }
  }
}

void add_dropoffs(const Json& dropoff, std::vector<HandoverChoice>& out) {
  bool any = false;
  for (const Json& branch : common::items(dropoff, "branch_list")) {
    out.push_back(
        {"dropoff:" + common::text(branch, "branch_id"), "dropoff, " + address_text(branch)});
    any = true;
  }
  if (!any) out.push_back({"dropoff", "dropoff at any office of the carrier"});
}

OrderState::Line read_line(const Json& item) {
  OrderState::Line line;
  line.id = order_line_id(item);
  line.item_id = common::text(item, "item_id");
  line.model_id = common::text(item, "model_id");
  line.order_item_id = common::text(item, "order_item_id");
  line.quantity = common::integer(item, "model_quantity_purchased").value_or(0);
  line.cancelled = common::integer(item, "cancelled_qty").value_or(0);
  return line;
}

Json line_json(const OrderState::Line& line) {
  return json_object({{"item_id", id_json(line.item_id)}, {"model_id", id_json(line.model_id)}});
}

std::vector<std::string> split(const std::string& text, char mark) {
  std::vector<std::string> parts{{}};
  for (const char letter : text) {
    if (letter == mark) {
      parts.emplace_back();
    } else {
      parts.back() += letter;
    }
  }
  return parts;
}

// The one member that says how: pickup, dropoff or non_integrated.
std::optional<std::pair<std::string, Json>> way_of(const ShipRequest& request,
                                                   const std::string& handover) {
  const auto parts = split(handover, ':');
  Json way = Json::object();
  if (parts[0] == "pickup" && parts.size() == 3) {
    way["address_id"] = id_json(parts[1]);
    if (!parts[2].empty()) way["pickup_time_id"] = json_string(parts[2]);
    return std::pair{"pickup", way};
  }
  if (parts[0] == "dropoff" && parts.size() <= 2) {
    if (parts.size() == 2) way["branch_id"] = id_json(parts[1]);
    return std::pair{"dropoff", way};
  }
  if (handover != "own") return std::nullopt;
  way["tracking_number"] = json_string(request.tracking_number);
  return std::pair{"non_integrated", way};
}

}  // namespace

std::optional<OrderState> order_state(const Json& answer) {
  const Json* response = payload(answer);
  if (response == nullptr) return std::nullopt;
  const auto rows = common::items(*response, "order_list");
  if (rows.empty()) return std::nullopt;
  OrderState order;
  order.order_sn = common::text(rows.front(), "order_sn");
  order.status = common::text(rows.front(), "order_status");
  for (const Json& item : common::items(rows.front(), "item_list")) {
    order.lines.push_back(read_line(item));
  }
  for (const Json& row : common::items(rows.front(), "package_list")) {
    Parcel parcel;
    parcel.package_id = common::text(row, "package_number");
    parcel.carrier = common::text(row, "shipping_carrier");
    parcel.remote_status = common::text(row, "logistics_status");
    parcel.ready = is_one_of(kArranged, parcel.remote_status);
    order.packages.push_back(std::move(parcel));
  }
  if (order.packages.empty()) order.packages.push_back({});
  return order;
}

Stage stage_of(const OrderState& order) {
  const auto row = std::find_if(kStages.begin(), kStages.end(), [&](const StageRow& candidate) {
    return candidate.word == order.status;
  });
  return row == kStages.end() ? Stage::waiting : row->stage;
}

bool waits_for_shipping(const Parcel& parcel) {
  return parcel.remote_status.empty() || is_one_of(kWaiting, parcel.remote_status);
}

std::vector<HandoverChoice> handover_choices(const Json& answer) {
  std::vector<HandoverChoice> out;
  const Json* response = payload(answer);
  if (response == nullptr) return out;
  const Json* needed = common::child(*response, "info_needed");
  const Json nothing = Json::object();
  const auto part = [&](std::string_view name) -> const Json& {
    const Json* found = common::child(*response, name);
    return found == nullptr ? nothing : *found;
  };
  const auto allowed = [&](std::string_view name) {
    return needed != nullptr && common::child(*needed, name) != nullptr;
  };
  if (allowed("pickup")) add_pickups(part("pickup"), out);
  if (allowed("dropoff")) add_dropoffs(part("dropoff"), out);
  if (allowed("non_integrated")) out.push_back({"own", "a carrier of your own"});
  return out;
}

std::optional<std::string> ship_body(const ShipRequest& request, const std::string& handover,
                                     const std::string& package_number) {
  const auto way = way_of(request, handover);
  if (!way) return std::nullopt;
  Json body = json_object({{"order_sn", json_string(request.order_id)}, {way->first, way->second}});
  if (!package_number.empty()) body["package_number"] = json_string(package_number);
  return common::to_text(body);
}

std::string document_body(const OrderState& order, const std::string& type) {
  std::vector<Json> rows;
  for (const auto& parcel : order.packages) {
    Json row = json_object({{"order_sn", json_string(order.order_sn)}});
    if (!parcel.package_id.empty()) row["package_number"] = json_string(parcel.package_id);
    if (!parcel.tracking_number.empty()) {
      row["tracking_number"] = json_string(parcel.tracking_number);
    }
    if (!type.empty()) row["shipping_document_type"] = json_string(type);
    rows.push_back(std::move(row));
  }
  Json body = json_object({{"order_list", json_array(std::move(rows))}});
  if (!type.empty()) body["shipping_document_type"] = json_string(type);
  return common::to_text(body);
}

DocumentState document_state(const Json& answer) {
  DocumentState state;
  const Json* response = payload(answer);
  if (response == nullptr) return state;
  for (const Json& row : common::items(*response, "result_list")) {
    const auto status = common::text(row, "status");
    const auto code = common::text(row, "fail_error");
    if (!code.empty()) {
      const auto words = common::text(row, "fail_message");
      return {"FAILED", words.empty() ? code : words};
    }
    if (state.status.empty() || status != "READY") state.status = status;
  }
  return state;
}

std::string document_type(const Json& answer) {
  const Json* response = payload(answer);
  if (response == nullptr) return {};
  const auto rows = common::items(*response, "result_list");
  return rows.empty() ? std::string{} : common::text(rows[0], "suggest_shipping_document_type");
}

std::optional<std::string_view> cancel_word(CancelReason reason, const std::string& region) {
  const bool far_away_is_known = region == "TW" || region == "MY";
  switch (reason) {
    case CancelReason::out_of_stock:
      return "OUT_OF_STOCK";
    case CancelReason::buyer_asked:
      return "CUSTOMER_REQUEST";
    case CancelReason::cannot_deliver:
      if (far_away_is_known) return "UNDELIVERABLE_AREA";
      return std::nullopt;
    case CancelReason::wrong_price:
      return std::nullopt;
  }
  return std::nullopt;
}

std::string cancel_body(const OrderState& order, std::span<const std::string> lines,
                        std::string_view reason) {
  Json body = json_object(
      {{"order_sn", json_string(order.order_sn)}, {"cancel_reason", json_string(reason)}});
  std::vector<Json> rows;
  for (const auto& line : order.lines) {
    const bool wanted =
        lines.empty() || std::find(lines.begin(), lines.end(), line.id) != lines.end();
    if (!wanted) continue;
    Json row = line_json(line);
    if (!lines.empty()) {
      row["model_quantity"] = common::json_number(line.quantity - line.cancelled);
      if (id_number(line.order_item_id) > 0) row["order_item_id"] = id_json(line.order_item_id);
    }
    rows.push_back(std::move(row));
  }
  const bool whole = lines.empty();
  if (!whole || reason == "OUT_OF_STOCK") {
    body[whole ? "item_list" : "partial_cancel_item_list"] = json_array(std::move(rows));
  }
  return common::to_text(body);
}

}  // namespace connectors::shopee
