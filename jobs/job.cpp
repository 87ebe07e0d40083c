#include "jobs/job.h"

#include "base/enum_names.h"

namespace jobs {
namespace {

constexpr base::EnumNames<JobKind, 15> kKinds{{{
    {JobKind::pull_orders, "pull_orders"},
    {JobKind::push_stock, "push_stock"},
    {JobKind::push_prices, "push_prices"},
    {JobKind::publish_listings, "publish_listings"},
    {JobKind::read_back, "read_back"},
    {JobKind::reconcile, "reconcile"},
    {JobKind::fetch_order, "fetch_order"},
    {JobKind::fulfil_order, "fulfil_order"},
    {JobKind::push_featured, "push_featured"},
    {JobKind::pull_returns, "pull_returns"},
    {JobKind::pull_settlements, "pull_settlements"},
    {JobKind::check_maps, "check_maps"},
    {JobKind::adopt, "adopt"},
    {JobKind::ship_parcel, "ship_parcel"},
    {JobKind::follow_parcels, "follow_parcels"},
}}};
constexpr base::EnumNames<JobState, 7> kStates{{{
    {JobState::scheduled, "scheduled"},
    {JobState::available, "available"},
    {JobState::running, "running"},
    {JobState::retryable, "retryable"},
    {JobState::completed, "completed"},
    {JobState::cancelled, "cancelled"},
    {JobState::discarded, "discarded"},
}}};
constexpr base::EnumNames<WorksheetAction, 3> kActions{{{
    {WorksheetAction::create, "create"},
    {WorksheetAction::update, "update"},
    {WorksheetAction::withdraw, "withdraw"},
}}};
constexpr base::EnumNames<Stream, 3> kStreams{{{
    {Stream::orders, "orders"},
    {Stream::returns, "returns"},
    {Stream::settlements, "settlements"},
}}};

}  // namespace

std::string_view to_string(Stream value) {
  return kStreams.name(value);
}
std::string_view to_string(JobKind value) {
  return kKinds.name(value);
}
std::optional<JobKind> job_kind_from(std::string_view text) {
  return kKinds.value(text);
}
std::string_view to_string(JobState value) {
  return kStates.name(value);
}
std::optional<JobState> job_state_from(std::string_view text) {
  return kStates.value(text);
}
std::string_view to_string(WorksheetAction value) {
  return kActions.name(value);
}
std::optional<WorksheetAction> worksheet_action_from(std::string_view text) {
  return kActions.value(text);
}

int default_priority(JobKind kind) {
  switch (kind) {
    case JobKind::pull_orders:
    case JobKind::fetch_order:
      return 0;
    case JobKind::read_back:
    case JobKind::fulfil_order:
    case JobKind::ship_parcel:
      return 1;
    case JobKind::push_stock:
      return 2;
    case JobKind::push_prices:
      return 3;
    case JobKind::adopt:
    case JobKind::publish_listings:
      return 4;
    case JobKind::push_featured:
    case JobKind::reconcile:
      return 5;
    case JobKind::pull_returns:
    case JobKind::pull_settlements:
    case JobKind::check_maps:
    case JobKind::follow_parcels:
      return 6;
  }
  return 6;
}

}  // namespace jobs
