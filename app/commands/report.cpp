// How things stand, on one page: what a person must look at and nothing that is well.
#include <algorithm>

#include "app/commands/channel_state.h"
#include "app/commands/commands.h"
#include "app/commands/order_parcel.h"
#include "base/time_text.h"

namespace app {
namespace {

constexpr std::size_t kIncidentsShown = 20;
constexpr std::size_t kJobsLookedAt = 10'000;
constexpr std::size_t kParcelsLookedAt = 100'000;
constexpr base::Millis kRefusalsShown = std::chrono::hours{24 * 7};
constexpr base::Millis kStuckAfter = std::chrono::hours{1};

struct Page {
  std::vector<ChannelState> channels;
  std::vector<ShownParcel> parcels;  // held, refused or without a number for a day
  std::vector<catalog::StockIncident> incidents;
  std::vector<jobs::Job> stuck;  // given up, or due for an hour
  jobs::JobCounts counts;
  std::vector<std::string> pools_off;  // the ledger does not add up
};

bool needs_a_person(const ShownParcel& parcel, base::Instant now) {
  const auto& [shipment, request] = parcel;
  if (shipment.held) return true;
  if (request.booking == catalog::BookingState::refused) {
    return !request.problem.empty() && now - request.asked_at < kRefusalsShown;
  }
  if (request.cancel == catalog::CancelState::refused) return !catalog::is_end(shipment.state);
  return shipment.tracking_no.empty() && now - request.asked_at > std::chrono::hours{24};
}

void look_at_parcels(jobs::Tables& tables, Page& page, base::Instant now) {
  auto& table = tables.catalog.shipments;
  for (auto& shipment : table.shipments({}, kParcelsLookedAt)) {
    auto request = table.request(shipment.carrier, shipment.reference);
    ShownParcel parcel{std::move(shipment), request.value_or(catalog::CarrierRequest{})};
    if (needs_a_person(parcel, now)) page.parcels.push_back(std::move(parcel));
  }
}

void look_at_jobs(jobs::Tables& tables, Page& page, base::Instant now) {
  page.counts = tables.jobs.counts(now);
  page.stuck = tables.jobs.list(jobs::JobState::discarded, kJobsLookedAt);
  for (const auto state : {jobs::JobState::available, jobs::JobState::scheduled,
                           jobs::JobState::retryable, jobs::JobState::running}) {
    for (auto& job : tables.jobs.list(state, kJobsLookedAt)) {
      if (now - job.run_at > kStuckAfter) page.stuck.push_back(std::move(job));
    }
  }
}

Page look(Invocation& in, ReadSession& session) {
  Page page;
  page.channels = channel_states(in, session);
  const auto now = session.wiring().clock().now();
  session.store().read([&](jobs::Tables& tables) {
    look_at_parcels(tables, page, now);
    look_at_jobs(tables, page, now);
    page.incidents = tables.catalog.stock.incidents(kIncidentsShown);
    for (const auto& pool : tables.catalog.stock.mismatches()) page.pools_off.push_back(pool.text);
  });
  return page;
}

cc::Json to_json(const catalog::StockIncident& incident) {
  return cc::json_object({{"kind", cc::json_string(incident.kind)},
                          {"account", cc::json_string(incident.account.text)},
                          {"sku", cc::json_string(incident.sku.text)},
                          {"pool", cc::json_string(incident.pool.text)},
                          {"quantity", cc::json_number(incident.quantity)},
                          {"cause", cc::json_string(incident.cause)},
                          {"at", cc::json_string(base::utc_iso(incident.at))}});
}

cc::Json to_json(const jobs::Job& job) {
  return cc::json_object({{"job", cc::json_number(job.id.value)},
                          {"kind", cc::json_string(to_string(job.kind))},
                          {"account", cc::json_string(job.account.text)},
                          {"state", cc::json_string(to_string(job.state))},
                          {"due_at", cc::json_string(base::utc_iso(job.run_at))},
                          {"why", cc::json_string(job.last_error)}});
}

cc::Json channels_json(const std::vector<ChannelState>& channels, base::Instant now) {
  std::vector<cc::Json> out;
  for (const auto& state : channels) out.push_back(to_json(state, now));
  return cc::json_array(std::move(out));
}

template <typename Rows>
cc::Json list_of(const Rows& rows) {
  std::vector<cc::Json> out;
  for (const auto& row : rows) out.push_back(to_json(row));
  return cc::json_array(std::move(out));
}

// The oldest row of each shop says how bad it is.
cc::Json unconfirmed_json(const std::vector<ChannelState>& channels, base::Instant now) {
  std::vector<cc::Json> out;
  for (const auto& state : channels) {
    for (const auto& row : state.unconfirmed) {
      out.push_back(
          cc::json_object({{"account", cc::json_string(state.account.id.text)},
                           {"sku", cc::json_string(row.row.sku.text)},
                           {"worksheet", cc::json_string(row.stem)},
                           {"age_days", cc::json_number(days_since(row.declared_at, now))}}));
    }
  }
  return cc::json_array(std::move(out));
}

void print_page(Invocation& in, const Page& page, base::Instant now) {
  std::vector<cc::Json> off;
  for (const auto& pool : page.pools_off) off.push_back(cc::json_string(pool));
  print_json(in,
             {{"at", cc::json_string(base::utc_iso(now))},
              {"channels", channels_json(page.channels, now)},
              {"unconfirmed", unconfirmed_json(page.channels, now)},
              {"parcels", list_of(page.parcels)},
              {"incidents", list_of(page.incidents)},
              {"stuck_jobs", list_of(page.stuck)},
              {"jobs", cc::json_object({{"due", cc::json_number(page.counts.due)},
                                        {"running", cc::json_number(page.counts.running)},
                                        {"later", cc::json_number(page.counts.later)},
                                        {"discarded", cc::json_number(page.counts.discarded)}})},
              {"ledger_mismatches", cc::json_array(std::move(off))}});
}

void show_unconfirmed(Invocation& in, const Page& page, base::Instant now) {
  for (const auto& state : page.channels) {
    if (state.unconfirmed.empty()) continue;
    auto oldest = now;
    for (const auto& row : state.unconfirmed) oldest = std::min(oldest, row.declared_at);
    const auto rows = std::to_string(state.unconfirmed.size());
    const auto days = std::to_string(days_since(oldest, now));
    in.out.line(in.out.pick("Phiếu ", "Worksheets ") + state.account.id.text + ": " + rows +
                in.out.pick(" dòng chưa xác nhận, lâu nhất ", " rows unconfirmed, the oldest ") +
                days + in.out.pick(" ngày", " days"));
  }
}

void show_page(Invocation& in, const Page& page, base::Instant now) {
  show_table(in, page.channels);
  show_unconfirmed(in, page, now);
  for (const auto& parcel : page.parcels) {
    in.out.line(in.out.pick("Kiện hàng: ", "Parcel: ") + one_line(in, parcel) +
                (parcel.request.problem.empty() ? "" : "  " + parcel.request.problem));
  }
  for (const auto& incident : page.incidents) {
    in.out.line(in.out.pick("Sự cố ", "Incident ") + base::local_minute(incident.at) + ": " +
                incident.kind + "  " + incident.account.text + "  " + incident.sku.text +
                incident.pool.text + "  " + incident.cause);
  }
  for (const auto& job : page.stuck) {
    in.out.line(in.out.pick("Việc kẹt: ", "Stuck job: ") + std::to_string(job.id.value) + "  " +
                job.account.text + "  " + std::string(to_string(job.kind)) + "  " +
                std::string(to_string(job.state)) + "  " + job.last_error);
  }
  for (const auto& pool : page.pools_off) {
    in.out.line(in.out.pick("Sổ kho lệch: ", "The ledger does not add up: ") + pool);
  }
  in.out.line(in.out.pick("Việc: ", "Jobs: ") + std::to_string(page.counts.due) +
              in.out.pick(" đến hạn, ", " due, ") + std::to_string(page.counts.later) +
              in.out.pick(" hẹn sau, ", " for later, ") + std::to_string(page.counts.discarded) +
              in.out.pick(" đã bỏ", " given up"));
}

}  // namespace

int report_status(Invocation& in) {
  ReadSession session(in);
  const auto page = look(in, session);
  const auto now = session.wiring().clock().now();
  if (in.out.json()) {
    print_page(in, page, now);
  } else {
    show_page(in, page, now);
  }
  warn(in, page.channels, now);
  return exit_ok;
}

}  // namespace app
