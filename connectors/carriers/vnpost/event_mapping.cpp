// What VNPost says of a parcel: states, histories, callbacks, labels.
#include <algorithm>
#include <array>

#include "connectors/carriers/request_check.h"
#include "connectors/carriers/vnpost/mapping.h"

namespace connectors::carriers::vnpost {

namespace {

using base::Error;
using base::ErrorCode;
using catalog::ShipmentEvent;
using catalog::ShipmentState;
using common::Json;

struct StateRow {
  std::string_view code;
  ShipmentState state;
};
// 0 (a draft) and 28 (the fee was paid) say nothing of where the parcel is.
constexpr auto kTo29 = std::to_array<StateRow>({
    {"1", ShipmentState::created},     {"2", ShipmentState::created},
    {"3", ShipmentState::created},     {"4", ShipmentState::created},
    {"5", ShipmentState::created},     {"8", ShipmentState::created},
    {"6", ShipmentState::picked_up},   {"7", ShipmentState::picked_up},
    {"9", ShipmentState::cancelled},   {"22", ShipmentState::cancelled},
    {"29", ShipmentState::cancelled},  {"10", ShipmentState::in_transit},
    {"11", ShipmentState::in_transit}, {"13", ShipmentState::in_transit},
    {"12", ShipmentState::delivering}, {"15", ShipmentState::delivering},
    {"14", ShipmentState::delivered},  {"21", ShipmentState::delivered},
    {"16", ShipmentState::returning},  {"17", ShipmentState::returning},
    {"18", ShipmentState::returning},  {"24", ShipmentState::returning},
    {"19", ShipmentState::returned},
});
constexpr auto kTo100 = std::to_array<StateRow>({
    {"1", ShipmentState::created},
    {"50", ShipmentState::in_transit},
    {"70", ShipmentState::delivering},
    {"80", ShipmentState::delivering},
    {"90", ShipmentState::delivered},
    {"100", ShipmentState::returned},
});

ShipmentState look_up(std::span<const StateRow> rows, std::string_view code) {
  const auto row = std::find_if(rows.begin(), rows.end(),
                                [&](const StateRow& known) { return known.code == code; });
  return row == rows.end() ? ShipmentState::unknown : row->state;
}

// A callback and a poll that tell the same have the same id.
ShipmentEvent event(const std::string& tracking_no, const std::string& code, base::Instant at,
                    Scale scale) {
  ShipmentEvent out;
  out.tracking_no = tracking_no;
  out.remote_state = code;
  out.state = state_of(code, scale);
  out.at = at;
  out.id = tracking_no + "|" + code + "|" + std::to_string(base::to_unix_s(at));
  return out;
}

Error lacks(const std::string& what) {
  return {ErrorCode::protocol, "VNPost: the message lacks " + what, {}, {}};
}

std::optional<std::string> from_base64(std::string_view text) {
  std::string out;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    if (c == '=' || c == '\n' || c == '\r') continue;
    constexpr std::string_view kDigits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const auto digit = kDigits.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    bits = (bits << 6U) | static_cast<std::uint32_t>(digit);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out += static_cast<char>((bits >> static_cast<unsigned>(count)) & 0xFFU);
  }
  return out;
}

}  // namespace

ShipmentState state_of(std::string_view code, Scale scale) {
  if (scale == Scale::to_100) return look_up(kTo100, code);
  return look_up(kTo29, code);
}

std::vector<ShipmentEvent> history(const Json& answer, const std::string& tracking_no,
                                   Scale scale) {
  const Json* data = common::child(answer, "data");
  const Json* block = data == nullptr ? &answer : data;
  if (block->is_array()) {
    const auto blocks = common::items_of(*block);
    if (blocks.empty()) return {};
    block = &blocks.front();
  }
  std::vector<ShipmentEvent> out;
  for (const auto& row : common::items(*block, "statusHistory")) {
    auto when = common::text(row, "createdDate");
    if (const auto hour = common::text(row, "createdHour"); !hour.empty()) when += " " + hour;
    auto code = common::text(row, "statusCode");
    if (code.empty()) code = common::text(row, "statusName");  // kept raw, moves nothing
    const auto at = local_time(when);
    if (at && !code.empty()) out.push_back(event(tracking_no, code, *at, scale));
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const ShipmentEvent& a, const ShipmentEvent& b) { return a.at < b.at; });
  return out;
}

std::string signed_text(const Json& message) {
  const auto orders = common::items(message, "data");
  if (orders.empty()) return {};
  return "MYVNP" + common::text(message, "sendDate") + common::text(orders.front(), "itemCode") +
         common::text(orders.front(), "status");
}

// Signed are the time of sending, and number and state of the first order. The order's own time is
// believed when it is not later than that; the other orders are asked about.
base::Result<CallbackReading> read_message(const Json& message, Scale scale) {
  const auto orders = common::items(message, "data");
  if (orders.empty()) return lacks("an order");
  const auto& first = orders.front();
  const auto tracking_no = common::text(first, "itemCode");
  const auto code = common::text(first, "status");
  const auto sent = local_time(common::text(message, "sendDate"));
  if (tracking_no.empty()) return lacks("itemCode");
  if (code.empty()) return lacks("status");
  if (!sent) return lacks("a readable sendDate");
  const auto moved = local_time(common::text(first, "updatedDate"));
  CallbackReading reading;
  auto told = event(tracking_no, code, moved ? std::min(*moved, *sent) : *sent, scale);
  told.reference = common::text(first, "saleOrderCode");
  reading.events.push_back(std::move(told));
  for (const auto& order : orders.subspan(1)) {
    auto other = common::text(order, "itemCode");
    if (!other.empty()) reading.ask_about.push_back(std::move(other));
  }
  return reading;
}

base::Result<Label> label_of(const Json& answer) {
  const auto files = common::items_of(answer);
  const auto text = files.empty() ? common::text_of(answer) : common::text_of(files.front());
  const auto bytes = from_base64(text);
  if (!bytes || bytes->empty()) {
    return Error{ErrorCode::protocol, "VNPost: the answer holds no label", {}, {}};
  }
  return Label{"application/pdf", *bytes};
}

}  // namespace connectors::carriers::vnpost
