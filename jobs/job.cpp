#include "jobs/job.h"

#include "base/enum_names.h"

namespace jobs {
namespace {

constexpr base::EnumNames<JobKind, 6> kKinds{{{
    {JobKind::pull_orders, "pull_orders"},
    {JobKind::push_stock, "push_stock"},
    {JobKind::push_prices, "push_prices"},
    {JobKind::publish_listings, "publish_listings"},
    {JobKind::read_back, "read_back"},
    {JobKind::reconcile, "reconcile"},
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

}  // namespace

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
      return 0;
    case JobKind::read_back:
      return 1;
    case JobKind::push_stock:
      return 2;
    case JobKind::push_prices:
      return 3;
    case JobKind::publish_listings:
      return 4;
    case JobKind::reconcile:
      return 5;
  }
  return 5;
}

}  // namespace jobs
