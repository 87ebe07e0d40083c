// Parcels at carriers: list, show, cancel, settle what contradicts, ask about all that are under
// way.
#include "app/commands/commands.h"
#include "app/commands/order_parcel.h"
#include "app/commands/sync_run.h"
#include "base/time_text.h"
#include "jobs/shipments.h"

namespace app {
namespace {

constexpr std::size_t kRowsDefault = 50;
constexpr std::size_t kRowsSearched = 100'000;

// By our reference or by the carrier's number.
std::optional<ShownParcel> parcel_named(Invocation& in) {
  ReadSession session(in);
  std::optional<ShownParcel> out;
  session.store().read([&](jobs::Tables& tables) {
    auto& table = tables.catalog.shipments;
    for (auto& shipment : table.shipments({}, kRowsSearched)) {
      if (shipment.reference != in.word(0) && shipment.tracking_no != in.word(0)) continue;
      auto request = table.request(shipment.carrier, shipment.reference);
      out = ShownParcel{std::move(shipment), request.value_or(catalog::CarrierRequest{})};
    }
  });
  if (!out) {
    in.out.problem("không có kiện " + in.word(0) + " (nongsan shipment list)",
                   "there is no parcel " + in.word(0) + " (nongsan shipment list)");
  }
  return out;
}

}  // namespace

int shipment_list(Invocation& in) {
  ReadSession session(in);
  std::vector<ShownParcel> parcels;
  session.store().read([&](jobs::Tables& tables) {
    auto& table = tables.catalog.shipments;
    const catalog::AccountId carrier{in.option("carrier")};
    for (auto& shipment : table.shipments(carrier, limit_of(in, kRowsDefault))) {
      auto request = table.request(shipment.carrier, shipment.reference);
      parcels.push_back({std::move(shipment), request.value_or(catalog::CarrierRequest{})});
    }
  });
  if (in.out.json()) {
    std::vector<cc::Json> list;
    for (const auto& parcel : parcels) list.push_back(to_json(parcel));
    print_json(in, {{"shipments", cc::json_array(std::move(list))}});
    return exit_ok;
  }
  std::vector<std::vector<std::string>> rows = {
      {in.out.pick("KIỆN", "PARCEL"), in.out.pick("HÃNG", "CARRIER"),
       in.out.pick("MÃ VẬN ĐƠN", "NUMBER"), in.out.pick("GIAN HÀNG", "SHOP"),
       in.out.pick("ĐƠN", "ORDER"), in.out.pick("TRẠNG THÁI", "STATE"), in.out.pick("LÚC", "AT"),
       in.out.pick("THU HỘ", "COD"), in.out.pick("GIỮ LẠI", "HELD")}};
  for (const auto& [shipment, request] : parcels) {
    const auto state = request.booking == catalog::BookingState::booked
                           ? std::string(to_string(shipment.state))
                           : std::string(to_string(request.booking));
    rows.push_back({shipment.reference, shipment.carrier.text,
                    shipment.tracking_no.empty() ? "-" : shipment.tracking_no,
                    shipment.account.text, shipment.order_id, state,
                    base::local_minute(shipment.state_at), catalog::to_text(shipment.cod),
                    shipment.held ? in.out.pick("có", "yes") : "-"});
  }
  in.out.table(rows);
  return exit_ok;
}

int shipment_show(Invocation& in) {
  const auto parcel = parcel_named(in);
  if (!parcel) return exit_failed;
  if (in.out.json()) {
    print_json(in, {{"shipment", to_json(*parcel)}});
    return exit_ok;
  }
  in.out.line(one_line(in, *parcel));
  in.out.line(parcel->shipment.account.text + " " + parcel->shipment.order_id + "  COD " +
              catalog::to_text(parcel->shipment.cod) + "  " + in.out.pick("cước ", "fee ") +
              catalog::to_text(parcel->shipment.fee));
  if (!parcel->request.problem.empty()) in.out.line(parcel->request.problem);
  show_history(in, *parcel);
  return exit_ok;
}

int shipment_cancel(Invocation& in) {
  const auto parcel = parcel_named(in);
  return parcel ? cancel_parcel(in, *parcel) : exit_failed;
}

int shipment_settle(Invocation& in) {
  const auto state = catalog::shipment_state_from(in.word(1));
  if (!state || !catalog::is_end(*state) || !in.has("by")) {
    in.out.problem("cần delivered, returned, lost hoặc cancelled, và --by AI",
                   "delivered, returned, lost or cancelled is needed, and --by WHO");
    return exit_usage;
  }
  const auto parcel = parcel_named(in);
  if (!parcel) return exit_failed;
  if (!parcel->shipment.held) {
    in.out.problem("kiện này không bị giữ lại", "this parcel is not held");
    return exit_failed;
  }
  if (in.dry_run()) {
    in.out.say("(chạy thử) " + in.word(1), "(dry run) " + in.word(1));
    return exit_ok;
  }
  WriteSession session(in);
  bool settled = false;
  session.store().write([&](jobs::Tables& tables) {
    auto shipment =
        tables.catalog.shipments.shipment(parcel->shipment.carrier, parcel->shipment.reference);
    settled =
        shipment && jobs::settle_shipment(tables, session.wiring().services(), std::move(*shipment),
                                          *state, in.option("by"), session.wiring().clock().now());
  });
  if (!settled) {
    in.out.problem("kiện vừa đổi; hãy xem lại", "the parcel has just changed; look again");
    return exit_locked;
  }
  return shipment_show(in);
}

int sync_shipments(Invocation& in) {
  std::vector<Errand> errands;
  for (const auto& name : in.settings.carriers()) {
    errands.push_back({jobs::JobKind::follow_parcels, {}, catalog::AccountId{name}});
  }
  if (errands.empty()) {
    in.out.problem("cấu hình không có hãng vận chuyển nào", "the configuration has no carrier");
    return exit_usage;
  }
  return run_sync(in, errands, {});
}

}  // namespace app
