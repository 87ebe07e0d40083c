#include "connectors/provincial/fulfilment.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "connectors/provincial/mapping.h"

namespace connectors::provincial {
namespace {

using base::Done;
using base::Error;
using base::ErrorCode;
using common::Json;
using common::Repeatable;

constexpr std::string_view kCarrierKey = "_nongsan_carrier";
constexpr std::string_view kNumberKey = "_nongsan_tracking_number";

enum class Stage { waits_for_money, open, sent, ended };

// What may still be done with the order. A plug-in's own status is open.
Stage stage_of(const std::string& status, const std::string& shipped_status) {
  using catalog::OrderStatus;
  switch (to_status(status, shipped_status)) {
    case OrderStatus::unpaid:
      return Stage::waits_for_money;
    case OrderStatus::shipped:
    case OrderStatus::delivered:
    case OrderStatus::completed:
      return Stage::sent;
    case OrderStatus::returned:
    case OrderStatus::cancelled:
      return Stage::ended;
    case OrderStatus::to_ship:
    case OrderStatus::packed:
      break;
  }
  return Stage::open;
}

Error refused(const std::string& order_id, const std::string& what) {
  return {ErrorCode::rejected, "order " + order_id + " " + what, {}, {}};
}

Json meta(std::string_view key, const std::string& value) {
  return common::json_object(
      {{"key", common::json_string(key)}, {"value", common::json_string(value)}});
}

std::string meta_of(const Json& order, std::string_view key) {
  for (const auto& one : common::items(order, "meta_data")) {
    if (common::text(one, "key") == key) return common::text(one, "value");
  }
  return {};
}

// One parcel, as far as a carrier or a number was noted; a number never comes later here.
std::vector<Parcel> parcels_in(const Json& order) {
  Parcel parcel;
  parcel.package_id = common::text(order, "id");
  parcel.carrier = meta_of(order, kCarrierKey);
  parcel.tracking_number = meta_of(order, kNumberKey);
  parcel.remote_status = common::text(order, "status");
  parcel.ready = true;
  if (parcel.tracking_number.empty()) return {};
  return {std::move(parcel)};
}

bool is_whole(const Json& order, std::span<const std::string> line_ids) {
  if (line_ids.empty()) return true;
  const auto lines = common::items(order, "line_items");
  return std::all_of(lines.begin(), lines.end(), [&](const Json& line) {
    return std::find(line_ids.begin(), line_ids.end(), common::text(line, "id")) != line_ids.end();
  });
}

}  // namespace

base::Result<Json> StoreFulfilment::order(const std::string& order_id) {
  if (!is_number(order_id)) {
    return Error{ErrorCode::invalid, "an order of a WooCommerce store is a number", {}, {}};
  }
  return client_.get_one("/orders/" + order_id);
}

base::Result<std::vector<HandoverChoice>> StoreFulfilment::choices(const std::string&) {
  return std::vector<HandoverChoice>{};  // the seller's own carrier
}

base::Result<std::vector<Parcel>> StoreFulfilment::ship(const ShipRequest& request) {
  const auto note = tracking_note(request);
  if (!note) return note.error();
  const auto found = order(request.order_id);
  if (!found) return found.error();
  const auto& shipped = client_.options().shipped_status;
  const auto status = common::text(found.value(), "status");
  const auto stage = stage_of(status, shipped);
  if (!is_whole(found.value(), request.line_ids)) {
    return refused(request.order_id, "is sent whole");
  }
  if (stage == Stage::ended) return refused(request.order_id, "is " + status);
  if (stage == Stage::waits_for_money) {
    return refused(request.order_id, "is " + status + ": it is not paid yet");
  }
  if (!note.value().empty()) {
    const auto said = say(request.order_id, note.value(), Reader::buyer);
    if (!said) return said.error();
  }
  std::vector<Json> news;
  const auto keep = [&](std::string_view key, std::string_view typed) {
    const std::string value(base::trim(typed));
    if (!value.empty() && meta_of(found.value(), key) != value) news.push_back(meta(key, value));
  };
  keep(kCarrierKey, request.carrier);
  keep(kNumberKey, request.tracking_number);
  if (stage != Stage::sent || !news.empty()) {
    const auto done =
        set_status(request.order_id, stage == Stage::sent ? status : shipped, std::move(news));
    if (!done) return done.error();
  }
  return parcels(request.order_id);
}

base::Result<std::vector<Parcel>> StoreFulfilment::parcels(const std::string& order_id) {
  const auto found = order(order_id);
  if (!found) return found.error();
  return parcels_in(found.value());
}

base::Result<Label> StoreFulfilment::label(const std::string& order_id) {
  return refused(order_id,
                 "has no label: a WooCommerce store makes none, the seller's carrier does");
}

base::Status StoreFulfilment::cancel(const std::string& order_id,
                                     std::span<const std::string> line_ids, CancelReason reason) {
  const auto found = order(order_id);
  if (!found) return found.error();
  const auto status = common::text(found.value(), "status");
  const auto stage = stage_of(status, client_.options().shipped_status);
  if (!is_whole(found.value(), line_ids)) {
    return refused(order_id, "is cancelled whole: refund single lines in the store");
  }
  if (stage == Stage::ended && to_status(status) == catalog::OrderStatus::cancelled) return Done{};
  if (stage == Stage::sent || stage == Stage::ended) {
    return refused(order_id, "is " + status + ": too late to cancel");
  }
  // Said first, so that an order that was cancelled by somebody else never gets our reason.
  if (const auto said = say(order_id, cancel_note(reason), Reader::staff); !said) return said;
  return set_status(order_id, "cancelled", {});
}

base::Status StoreFulfilment::answer_cancellation(const std::string& order_id, Decision decision) {
  if (decision == Decision::accept) return cancel(order_id, {}, CancelReason::buyer_asked);
  return refused(order_id,
                 "stays as it is: a WooCommerce store has no wish to cancel that could be refused");
}

// Sent again it changes nothing. The store answers with the order as it is now.
base::Status StoreFulfilment::set_status(const std::string& order_id, const std::string& status,
                                         std::vector<Json> news) {
  std::vector<std::pair<std::string, Json>> members{{"status", common::json_string(status)}};
  if (!news.empty()) members.emplace_back("meta_data", common::json_array(std::move(news)));
  const auto answer =
      client_.write("PUT", "/orders/" + order_id, common::json_object(members), Repeatable::yes);
  if (!answer) return answer.error();
  const auto kept = common::text(answer.value(), "status");
  if (kept != status) return refused(order_id, "was kept as " + kept + " by the store");
  return Done{};
}

base::Result<bool> StoreFulfilment::is_said(const std::string& order_id, const std::string& text,
                                            Reader reader) {
  const auto notes = client_.get("/orders/" + order_id + "/notes", {});
  if (!notes) return notes.error();
  const auto rows = common::items_of(notes.value().rows);
  return std::any_of(rows.begin(), rows.end(),
                     [&](const Json& note) { return is_note(note, text, reader); });
}

base::Status StoreFulfilment::say(const std::string& order_id, const std::string& text,
                                  Reader reader) {
  const auto before = is_said(order_id, text, reader);
  if (!before) return before.error();
  if (before.value()) return Done{};
  const auto body =
      common::json_object({{"note", common::json_string(text)},
                           {"customer_note", common::json_flag(reader == Reader::buyer)}});
  const auto answer = client_.write("POST", "/orders/" + order_id + "/notes", body, Repeatable::no);
  if (answer) return Done{};
  auto error = answer.error();
  if (error.code != ErrorCode::unknown_outcome) return error;
  const auto after = is_said(order_id, text, reader);
  if (after && after.value()) return Done{};
  error.retry_after = kNoteLandsWithin;
  return error;
}

}  // namespace connectors::provincial
