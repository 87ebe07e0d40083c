#include "app/commands/order_parcel.h"

#include <filesystem>

#include "app/commands/parcel_request.h"
#include "app/commands/sync_run.h"
#include "app/errors.h"
#include "base/replace_file.h"
#include "base/time_text.h"
#include "catalog/quantity.h"
#include "connectors/carriers/request_text.h"

namespace app {
namespace {

using catalog::BookingState;
using catalog::CancelState;
using catalog::OrderStatus;
namespace carriers = connectors::carriers;

// It was made and will never arrive: another may be sent in its place.
bool is_void(const catalog::Shipment& shipment) {
  return !shipment.held && (shipment.state == catalog::ShipmentState::cancelled ||
                            shipment.state == catalog::ShipmentState::lost);
}

bool is_live(const ShownParcel& parcel) {
  return parcel.request.booking != BookingState::refused && !is_void(parcel.shipment);
}

enum class Sending { first, in_place_of_another };

// Why no parcel can be made of it. An order whose parcel was lost is on its way in every book.
bool refuse_status(Invocation& in, const catalog::Order& order, std::int64_t cod, Sending sending) {
  const auto status = std::string(to_string(order.status));
  if (order.status == OrderStatus::unpaid && cod == 0) {
    in.out.problem("đơn chưa trả tiền và --cod là 0",
                   "the order is not paid and nothing is collected");
    return true;
  }
  const auto end = sending == Sending::first ? OrderStatus::shipped : OrderStatus::returned;
  if (catalog::rank(order.status) < catalog::rank(end)) return false;
  in.out.problem("đơn đã " + status + ", không gửi được nữa",
                 "the order is " + status + " and cannot be sent");
  return true;
}

// The next reference of this order at this carrier: one that was refused made no parcel and is used
// again, one that was cancelled or lost did.
std::string next_reference(jobs::Tables& tables, const CarrierSetup& setup,
                           const catalog::AccountId& carrier, const catalog::Order& order) {
  int voided = 0;
  for (const auto& parcel : parcels_of_order(tables, order.account, order.remote_id)) {
    if (parcel.shipment.carrier != carrier) continue;
    if (!is_void(parcel.shipment)) return parcel.shipment.reference;
    ++voided;
  }
  const auto number = voided == 0 ? "" : "#" + std::to_string(voided + 1);
  return catalog::shipment_reference(setup.reference_prefix, order.account,
                                     order.remote_id + number);
}

// In one transaction: the parcel, what is asked of the carrier, and the job that does it.
void keep(jobs::Tables& tables, const Wiring& wiring, const jobs::Services& services,
          const jobs::CarrierAccount& account, ParcelRequest& wanted, base::Instant now) {
  const auto& setup = wiring.carriers().at(account.id.text);
  auto& table = tables.catalog.shipments;
  auto& request = wanted.request;
  request.reference = next_reference(tables, setup, account.id, wanted.order);
  catalog::Shipment shipment;
  shipment.account = wanted.order.account;
  shipment.order_id = wanted.order.remote_id;
  shipment.carrier = account.id;
  shipment.reference = request.reference;
  shipment.cod = catalog::Money{request.cod};
  shipment.state_at = now;
  const auto before = table.request(account.id, request.reference);
  if (!before) table.put(shipment);
  catalog::CarrierRequest asked;
  asked.carrier = account.id;
  asked.reference = request.reference;
  asked.booking = before ? BookingState::sent : BookingState::asked;
  asked.sealed =
      services.sealer->seal(account.id.text + "/" + request.reference, carriers::to_text(request));
  asked.asked_at = now;
  table.put(asked);
  tables.jobs.enqueue({jobs::JobKind::ship_parcel, account.id, request.reference, now}, now);
}

void show_wish(Invocation& in, const jobs::CarrierAccount& account, const ParcelRequest& wanted) {
  const auto& request = wanted.request;
  const auto cod = catalog::to_text(catalog::Money{request.cod});
  if (in.out.json()) {
    print_json(in, {{"dry_run", cc::json_flag(true)},
                    {"carrier", cc::json_string(account.id.text)},
                    {"weight_g", cc::json_number(request.contents.weight_g)},
                    {"cod", cc::json_number(request.cod)},
                    {"value", cc::json_number(request.value)},
                    {"service", cc::json_string(request.service)},
                    {"province", cc::json_string(request.receiver.place.province)},
                    {"commune", cc::json_string(request.receiver.place.commune)}});
    return;
  }
  const auto weight = catalog::quantity_text(request.contents.weight_g, catalog::BaseUnit::gram);
  in.out.line(account.name + "  " + weight + "  COD " + cod + "  " +
              masked_phone(request.receiver.phone) + "  " + request.receiver.place.province + "/" +
              request.receiver.place.commune);
  in.out.say("(chạy thử: không gửi gì)", "(dry run: nothing is sent)");
}

// What the store knows after the run.
int show_end(Invocation& in, const catalog::AccountId& carrier, const std::string& reference,
             int code) {
  ReadSession session(in);
  ShownParcel parcel;
  session.store().read([&](jobs::Tables& tables) {
    auto& table = tables.catalog.shipments;
    parcel.shipment = table.shipment(carrier, reference).value_or(catalog::Shipment{});
    parcel.request = table.request(carrier, reference).value_or(catalog::CarrierRequest{});
  });
  if (in.out.json()) {
    print_json(in, {{"parcel", to_json(parcel)}});
  } else {
    in.out.line(one_line(in, parcel));
  }
  if (parcel.request.booking == BookingState::refused && !parcel.request.problem.empty()) {
    in.out.problem("hãng vận chuyển từ chối: " + parcel.request.problem,
                   "the carrier refused: " + parcel.request.problem);
    return exit_failed;
  }
  if (parcel.request.cancel == CancelState::refused) {
    in.out.problem("hãng vận chuyển không hủy: " + parcel.request.problem,
                   "the carrier does not cancel it: " + parcel.request.problem);
    return exit_failed;
  }
  return code;
}

int run_parcel(Invocation& in, const catalog::AccountId& shop, const catalog::AccountId& carrier,
               const std::string& reference) {
  in.options["account"] = shop.text;
  const int code =
      run_sync(in, {{jobs::JobKind::ship_parcel, reference, carrier}}, {}, Summary::left_to_caller);
  return show_end(in, carrier, reference, code);
}

// A parcel that is there already is the answer, unless it stands with another carrier.
std::optional<int> answer_with(Invocation& in, const ShownParcel& there,
                               const catalog::AccountId& carrier) {
  if (there.shipment.carrier == carrier) {
    in.out.say("đơn đã có kiện hàng này", "the order has this parcel already");
    return std::nullopt;
  }
  in.out.problem("đơn đã có kiện ở " + there.shipment.carrier.text + "; hãy hủy kiện ấy trước",
                 "the order has a parcel at " + there.shipment.carrier.text + "; cancel it first");
  return exit_failed;
}

struct Asked {
  int code = exit_ok;
  bool goes_on = false;
  catalog::AccountId shop;
  std::string reference;
};

// The part that holds the database: afterwards the job runs as every other does.
Asked ask(Invocation& in, const catalog::AccountId& carrier) {
  Asked out;
  out.code = exit_failed;
  WriteSession session(in);
  auto& wiring = session.wiring();
  const auto* account = usable_carrier(in, wiring, carrier.text);
  const auto* channel = wiring.services().channel(catalog::AccountId{in.word(0)});
  if (account == nullptr) return out;
  if (channel != nullptr && channel->connector->capabilities().own_shipping) {
    in.out.problem("sàn này tự chọn hãng vận chuyển: nongsan order ship " + in.word(0) + " …",
                   "this channel books its own carriers: nongsan order ship " + in.word(0) + " …");
    out.code = exit_usage;
    return out;
  }
  out.shop = catalog::AccountId{in.word(0)};
  if (const auto there = parcel_of_order(in)) {
    if (const auto code = answer_with(in, *there, carrier)) {
      out.code = *code;
      return out;
    }
    return {exit_ok, true, out.shop, there->shipment.reference};
  }
  std::optional<ParcelRequest> wanted;
  session.with_account(
      carrier, [&] { wanted = parcel_request(in, wiring, *account, carriers::Purpose::create); });
  if (!wanted) return out;
  auto sending = Sending::first;
  session.store().read([&](jobs::Tables& tables) {
    for (const auto& parcel : parcels_of_order(tables, out.shop, in.word(1))) {
      if (is_void(parcel.shipment)) sending = Sending::in_place_of_another;
    }
  });
  if (refuse_status(in, wanted->order, wanted->request.cod, sending)) return out;
  if (in.dry_run()) {
    show_wish(in, *account, *wanted);
    out.code = exit_ok;
    return out;
  }
  session.store().write([&](jobs::Tables& tables) {
    keep(tables, wiring, wiring.services(), *account, *wanted, wiring.clock().now());
  });
  return {exit_ok, true, out.shop, wanted->request.reference};
}

}  // namespace

bool wants_carrier(const Invocation& in) {
  if (in.has("tracking") || !in.has("carrier")) return false;
  for (const auto& name : in.settings.carriers()) {
    if (name == in.option("carrier")) return true;
  }
  return in.has("to") || in.has("to-ward") || in.has("cod") || in.has("weight");
}

int ship_with_carrier(Invocation& in) {
  const catalog::AccountId carrier{in.option("carrier")};
  const auto asked = ask(in, carrier);
  if (!asked.goes_on) return asked.code;
  if (in.dry_run()) return exit_ok;
  return run_parcel(in, asked.shop, carrier, asked.reference);
}

std::vector<ShownParcel> parcels_of_order(jobs::Tables& tables, const catalog::AccountId& account,
                                          const std::string& order) {
  std::vector<ShownParcel> out;
  auto& table = tables.catalog.shipments;
  for (auto& shipment : table.of_order(account, order)) {
    auto request = table.request(shipment.carrier, shipment.reference);
    out.push_back({std::move(shipment), request.value_or(catalog::CarrierRequest{})});
  }
  return out;
}

std::optional<ShownParcel> parcel_of_order(Invocation& in) {
  ReadSession session(in);
  std::optional<ShownParcel> out;
  session.store().read([&](jobs::Tables& tables) {
    for (auto& parcel : parcels_of_order(tables, catalog::AccountId{in.word(0)}, in.word(1))) {
      if (is_live(parcel)) out = std::move(parcel);
    }
  });
  return out;
}

int label_parcel(Invocation& in, const ShownParcel& parcel) {
  const auto& shipment = parcel.shipment;
  if (shipment.tracking_no.empty()) {
    in.out.problem("kiện chưa có mã vận đơn", "the parcel has no tracking number yet");
    return exit_failed;
  }
  WriteSession session(in);
  const auto* account = usable_carrier(in, session.wiring(), shipment.carrier.text);
  if (account == nullptr) return exit_failed;
  base::Result<connectors::Label> label =
      base::Error{base::ErrorCode::unavailable, "the daemon is stopping", {}, {}};
  session.with_account(shipment.carrier,
                       [&] { label = account->carrier->label(shipment.tracking_no); });
  if (!label) {
    say_error(in.out, label.error());
    return exit_for(label.error().code);
  }
  const auto path = std::filesystem::absolute(in.option("out")).string();
  if (const auto written = base::replace_file(path, label.value().bytes, base::Readers::owner);
      !written) {
    say_error(in.out, written.error());
    return exit_failed;
  }
  if (in.out.json()) {
    print_json(in, {{"parcel", to_json(parcel)}, {"file", cc::json_string(path)}});
  } else {
    in.out.line(path);
  }
  return exit_ok;
}

int cancel_parcel(Invocation& in, const ShownParcel& parcel) {
  const auto& shipment = parcel.shipment;
  if (in.dry_run()) {
    in.out.say("(chạy thử: không gửi gì) hủy " + shipment.reference,
               "(dry run: nothing is sent) cancel " + shipment.reference);
    return exit_ok;
  }
  {
    WriteSession session(in);
    if (usable_carrier(in, session.wiring(), shipment.carrier.text) == nullptr) return exit_failed;
    session.store().write([&](jobs::Tables& tables) {
      auto request = tables.catalog.shipments.request(shipment.carrier, shipment.reference);
      if (!request || request->cancel == CancelState::done) return;
      request->cancel = CancelState::asked;
      tables.catalog.shipments.put(*request);
      const auto now = session.wiring().clock().now();
      tables.jobs.enqueue({jobs::JobKind::ship_parcel, shipment.carrier, shipment.reference, now},
                          now);
    });
  }
  return run_parcel(in, shipment.account, shipment.carrier, shipment.reference);
}

cc::Json to_json(const ShownParcel& parcel) {
  const auto& [shipment, request] = parcel;
  std::vector<cc::Json> history;
  for (const auto& event : shipment.history) {
    history.push_back(cc::json_object({{"state", cc::json_string(to_string(event.state))},
                                       {"remote_state", cc::json_string(event.remote_state)},
                                       {"at", cc::json_string(base::utc_iso(event.at))}}));
  }
  return cc::json_object({{"carrier", cc::json_string(shipment.carrier.text)},
                          {"reference", cc::json_string(shipment.reference)},
                          {"account", cc::json_string(shipment.account.text)},
                          {"order", cc::json_string(shipment.order_id)},
                          {"tracking_number", cc::json_string(shipment.tracking_no)},
                          {"booking", cc::json_string(to_string(request.booking))},
                          {"cancel", cc::json_string(to_string(request.cancel))},
                          {"problem", cc::json_string(request.problem)},
                          {"state", cc::json_string(to_string(shipment.state))},
                          {"state_at", cc::json_string(base::utc_iso(shipment.state_at))},
                          {"remote_state", cc::json_string(shipment.remote_state)},
                          {"held", cc::json_flag(shipment.held)},
                          {"settled_by", cc::json_string(shipment.settled_by)},
                          {"cod", cc::json_number(shipment.cod.minor)},
                          {"fee", cc::json_number(shipment.fee.minor)},
                          {"asked_at", cc::json_string(base::utc_iso(request.asked_at))},
                          {"history", cc::json_array(std::move(history))}});
}

std::string one_line(Invocation& in, const ShownParcel& parcel) {
  const auto& [shipment, request] = parcel;
  const auto number = shipment.tracking_no.empty()
                          ? in.out.pick("(chưa có mã vận đơn)", "(no number yet)")
                          : shipment.tracking_no;
  const auto state = request.booking == BookingState::booked
                         ? std::string(to_string(shipment.state))
                         : std::string(to_string(request.booking));
  auto out = shipment.reference + "  " + shipment.carrier.text + "  " + number + "  " + state +
             "  " + base::local_minute(shipment.state_at);
  if (shipment.held) out += in.out.pick("  GIỮ LẠI: cần người xem", "  HELD: a person must look");
  return out;
}

void show_history(Invocation& in, const ShownParcel& parcel) {
  std::vector<std::vector<std::string>> rows = {{in.out.pick("LÚC", "AT"),
                                                 in.out.pick("TRẠNG THÁI", "STATE"),
                                                 in.out.pick("MÃ CỦA HÃNG", "CARRIER'S CODE")}};
  for (const auto& event : parcel.shipment.history) {
    rows.push_back(
        {base::local_minute(event.at), std::string(to_string(event.state)), event.remote_state});
  }
  if (rows.size() > 1) in.out.table(rows);
}

}  // namespace app
