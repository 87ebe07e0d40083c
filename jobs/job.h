#pragma once
// A unit of work and what may become of it.
//
//   scheduled ─due─> available ─claim─> running ─┬─ Done ──> completed
//        ▲               ▲                       ├─ Snooze ─> scheduled   (no attempt spent)
//        └───────────────┴────────────────────── ├─ Retry ──> retryable   (attempt spent, run_at)
//                        rescue (lease over)     ├─ Cancel ─> cancelled
//                                                └─ Discard > discarded   (kept, with the reason)
// `scheduled`, `available` and `retryable` are waiting; a waiting job is due when run_at <= now.
// Three leases lost while running discard the job. Threads: values.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "base/error.h"
#include "base/ids.h"
#include "catalog/ids.h"
#include "catalog/tables.h"

namespace jobs {

using JobId = base::RowId<struct JobTag>;
using WorksheetId = base::RowId<struct WorksheetTag>;

enum class JobKind {
  pull_orders,
  push_stock,
  push_prices,
  publish_listings,
  read_back,     // reads shown stock: anchors bounds, settles unknown outcomes
  reconcile,     // reads everything the account shows
  fetch_order,   // one order by its id, the job's subject
  fulfil_order,  // what a person asked for the order in the job's subject
  push_featured,
  pull_returns,
  pull_settlements,
  check_maps,  // our maps against the channel's tree
  adopt,       // binds what the shop holds already to what we sell
  // Of a carrier's account, not of a shop's:
  ship_parcel,     // what a person asked for the parcel in the job's subject (our reference)
  follow_parcels,  // asks about the parcels under way
};
std::string_view to_string(JobKind kind);
std::optional<JobKind> job_kind_from(std::string_view text);
// Orders before stock, stock before content; small runs first.
int default_priority(JobKind kind);

enum class JobState { scheduled, available, running, retryable, completed, cancelled, discarded };
std::string_view to_string(JobState state);
std::optional<JobState> job_state_from(std::string_view text);

struct NewJob {
  JobKind kind = JobKind::pull_orders;
  catalog::AccountId account;
  std::string subject;  // empty, or what tells two jobs of one kind and account apart
  base::Instant run_at;
};

struct Job {
  JobId id;
  JobKind kind = JobKind::pull_orders;
  catalog::AccountId account;
  std::string subject;
  JobState state = JobState::available;
  int attempt = 0;  // failed ones so far
  int crashes = 0;
  std::int64_t token = 0;  // grows with every claim
  base::Instant run_at;
  base::Instant lease_until;
  base::Instant created_at;
  std::string last_error_code;
  std::string last_error;  // redacted, for people
};

struct Done {
  bool operator==(const Done&) const = default;
};
struct Snooze {
  base::Millis delay{0};
  std::string reason;
  bool operator==(const Snooze&) const = default;
};
struct Retry {
  base::Millis delay{0};
  base::Error error;
  bool operator==(const Retry& other) const { return delay == other.delay; }
};
struct Cancel {
  std::string reason;
  bool operator==(const Cancel&) const = default;
};
struct Discard {
  base::Error error;
  bool operator==(const Discard& other) const { return error.code == other.error.code; }
};
using Outcome = std::variant<Done, Snooze, Retry, Cancel, Discard>;

struct JobCounts {
  std::int64_t due = 0;
  std::int64_t running = 0;
  std::int64_t later = 0;  // waiting, not due by then
  std::int64_t discarded = 0;
};

struct Change {
  catalog::ChangeKind kind = catalog::ChangeKind::content;
  catalog::AccountId account;
  base::Instant at;
};

// What is read window by window, each with a mark of its own.
enum class Stream { orders, returns, settlements };
std::string_view to_string(Stream stream);

// Orders created or updated up to `through` are ingested. While a window is being read, its bounds
// and the channel's page cursor are kept so that a restart goes on where it stopped.
struct OrderMark {
  base::Instant through;
  std::optional<base::Instant> window_to;  // set while pages of (through, window_to] are read
  std::string page_cursor;

  bool operator==(const OrderMark&) const = default;
};

enum class WorksheetAction { create, update, withdraw };
std::string_view to_string(WorksheetAction action);
std::optional<WorksheetAction> worksheet_action_from(std::string_view text);

// One line a clerk types. -1 in a price or stock means "unchanged" or, as old, "unknown".
struct WorksheetRow {
  WorksheetId worksheet;
  int position = 0;
  catalog::Sku sku;
  WorksheetAction action = WorksheetAction::update;
  std::int64_t price_old = -1;
  std::int64_t price_new = -1;
  std::int64_t stock_old = -1;
  std::int64_t stock_new = -1;
  std::string content_hash;
  std::optional<base::Instant> confirmed_at;
  std::string confirmed_by;

  bool operator==(const WorksheetRow&) const = default;
};

struct Worksheet {
  WorksheetId id;
  catalog::AccountId account;
  std::string stem;  // "voso-2026-11-24-01"
  base::Instant created_at;
  std::vector<WorksheetRow> rows;
};
inline constexpr std::size_t kWorksheetRowsMax = 5'000;

}  // namespace jobs
